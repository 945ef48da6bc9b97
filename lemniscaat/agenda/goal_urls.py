"""Addresses of the development agenda."""

from django.urls import path

from lemniscaat.agenda import effect_views, follow_views, goal_views, look_views, point_views, taking_views

app_name = "goals"
urlpatterns = [
    path("laag/<int:layer>/", goal_views.agenda, name="agenda"),
    path("laag/<int:layer>/nieuw/", taking_views.new, name="new"),
    path("punt/<int:pk>/", point_views.goal, name="goal"),
    path("punt/<int:pk>/wijzig/", taking_views.change, name="change"),
    path("punt/<int:pk>/fase/", point_views.move, name="move"),
    path("punt/<int:pk>/stap/", point_views.add, name="add_step"),
    path("punt/<int:pk>/taak/", point_views.task, name="task"),
    path("punt/<int:pk>/afspraak/", point_views.hang_under, name="hang"),
    path("punt/<int:pk>/kijk/", look_views.look, name="look"),
    path("punt/<int:pk>/verloop/", effect_views.effect, name="effect"),
    path("ronde/<int:pk>/vraag/", follow_views.ask, name="ask"),
    path("stap/<int:pk>/", point_views.step, name="step"),
]

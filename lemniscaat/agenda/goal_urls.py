"""Addresses of the development agenda."""

from django.urls import path

from lemniscaat.agenda.letters import digest_views
from lemniscaat.agenda.links import link_views
from lemniscaat.agenda.looks import agenda_views
from lemniscaat.agenda.points import effect_views, follow_views, look_views, point_views, taking_views

app_name = "goals"
urlpatterns = [
    path("laag/<int:layer>/", agenda_views.agenda, name="agenda"),
    path("laag/<int:layer>/a4/", agenda_views.wall, name="wall"),
    path("laag/<int:layer>/nieuw/", taking_views.new, name="new"),
    path("van/<str:key>.ics", agenda_views.feed, name="feed"),
    path("minder-post/<str:token>/", digest_views.no_digest, name="no_digest"),
    path("punt/<int:pk>/", point_views.goal, name="goal"),
    path("punt/<int:pk>/wijzig/", taking_views.change, name="change"),
    path("punt/<int:pk>/fase/", point_views.move, name="move"),
    path("punt/<int:pk>/bord/", agenda_views.lay, name="lay"),
    path("punt/<int:pk>/plaats/", agenda_views.place, name="place"),
    path("punt/<int:pk>/stap/", point_views.add, name="add_step"),
    path("punt/<int:pk>/taak/", point_views.task, name="task"),
    path("punt/<int:pk>/afspraak/", point_views.hang_under, name="hang"),
    path("punt/<int:pk>/kijk/", look_views.look, name="look"),
    path("punt/<int:pk>/verloop/", effect_views.effect, name="effect"),
    path("ronde/<int:pk>/vraag/", follow_views.ask, name="ask"),
    path("stap/<int:pk>/", point_views.step, name="step"),
    path("laag/<int:layer>/verband/", link_views.alignment_page, name="alignment"),
    path("punt/<int:pk>/delen/", link_views.share, name="share"),
    path("punt/<int:pk>/verband/", link_views.links, name="links"),
    path("gedeeld/<int:pk>/oppakken/", link_views.take_up_share, name="take_up_share"),
    path("gedeeld/<int:pk>/waar/", link_views.came_of, name="came_of"),
]

"""Addresses of the development agenda."""

from django.urls import path

from lemniscaat.agenda import agenda_views, digest_views, goal_views

app_name = "goals"
urlpatterns = [
    path("laag/<int:layer>/", agenda_views.agenda, name="agenda"),
    path("laag/<int:layer>/a4/", agenda_views.wall, name="wall"),
    path("van/<str:key>.ics", agenda_views.feed, name="feed"),
    path("minder-post/<str:token>/", digest_views.no_digest, name="no_digest"),
    path("punt/<int:pk>/", goal_views.goal, name="goal"),
    path("punt/<int:pk>/fase/", agenda_views.move, name="move"),
    path("punt/<int:pk>/plaats/", agenda_views.place, name="place"),
]

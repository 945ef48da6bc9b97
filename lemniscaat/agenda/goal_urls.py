"""Addresses of the development agenda."""

from django.urls import path

from lemniscaat.agenda import goal_views

app_name = "goals"
urlpatterns = [
    path("laag/<int:layer>/", goal_views.agenda, name="agenda"),
    path("punt/<int:pk>/", goal_views.goal, name="goal"),
]

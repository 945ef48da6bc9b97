"""Addresses of this room."""

from django.urls import path

from lemniscaat.concerns import views

app_name = "concerns"
urlpatterns = [
    path("", views.people, name="people"),
    path("bel-mij/<int:contact>/", views.call, name="call"),
    path("gevraagd/", views.calls, name="calls"),
    path("gevraagd/<int:pk>/opgepakt/", views.pick_up, name="pick_up"),
]

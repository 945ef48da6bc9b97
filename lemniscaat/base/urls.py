"""Addresses that a device asks for by itself; they are the same for everybody."""

from django.urls import path

from lemniscaat.base import views

app_name = "base"
urlpatterns = [
    path("werker.js", views.worker, name="worker"),
    path("app.webmanifest", views.manifest, name="manifest"),
    path("zonder-netwerk/", views.without_network, name="without_network"),
]

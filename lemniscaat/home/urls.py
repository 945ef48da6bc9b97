"""Addresses of this room."""

from django.urls import path

from lemniscaat.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("laag/<int:pk>/", views.layer, name="layer"),
    path("laag/<int:pk>/<str:activity>/", views.door, name="door"),
]

"""Addresses of this room."""

from django.urls import URLPattern

app_name = "returning"
urlpatterns: list[URLPattern] = []

"""Addresses of this room."""

from django.urls import URLPattern

app_name = "vision"
urlpatterns: list[URLPattern] = []

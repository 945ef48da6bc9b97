"""Addresses of this room."""

from django.urls import URLPattern

app_name = "interpretation"
urlpatterns: list[URLPattern] = []

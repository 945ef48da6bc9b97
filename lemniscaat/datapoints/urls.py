"""Addresses of this room."""

from django.urls import URLPattern

app_name = "datapoints"
urlpatterns: list[URLPattern] = []

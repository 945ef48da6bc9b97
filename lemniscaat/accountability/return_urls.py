"""Addresses for those who gave: by the code of a round."""

from django.urls import path

from lemniscaat.accountability import return_views

app_name = "returning"
urlpatterns = [
    path("", return_views.enter, name="enter"),
    path("<str:code>/", return_views.page, name="page"),
]

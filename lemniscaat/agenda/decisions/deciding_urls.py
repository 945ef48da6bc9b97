"""Addresses of the moments at which is decided on a criterion."""

from django.urls import path

from lemniscaat.agenda.decisions import deciding_views

app_name = "deciding"
urlpatterns = [
    path("lat/<int:pk>/besluit/", deciding_views.moment, name="moment"),
    path("besluit/<int:pk>/", deciding_views.decision, name="decision"),
]

"""Addresses of this room."""

from django.urls import path

from lemniscaat.interpretation import assumption_views, views

app_name = "interpretation"
urlpatterns = [
    path("lat/<int:pk>/", views.for_criterion, name="for_criterion"),
    path("datapunt/<int:pk>/", views.resting_on, name="resting_on"),
    path("<int:pk>/", views.meaning, name="meaning"),
    path("<int:pk>/delen/", views.share, name="share"),
    path("aannames/laag/<int:layer>/", assumption_views.assumptions, name="assumptions"),
    path("aannames/laag/<int:layer>/papier/", assumption_views.assumptions_print, name="assumptions_print"),
    path("aannames/<int:pk>/", assumption_views.assumption, name="assumption"),
    path("aannames/<int:pk>/toets/", assumption_views.assumption_plan, name="assumption_plan"),
]

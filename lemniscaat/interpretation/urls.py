"""Addresses of this room."""

from django.urls import path

from lemniscaat.interpretation import views

app_name = "interpretation"
urlpatterns = [
    path("lat/<int:pk>/", views.for_criterion, name="for_criterion"),
    path("datapunt/<int:pk>/", views.resting_on, name="resting_on"),
    path("<int:pk>/", views.meaning, name="meaning"),
    path("<int:pk>/delen/", views.share, name="share"),
    path("aannames/laag/<int:layer>/", views.assumptions, name="assumptions"),
    path("aannames/<int:pk>/", views.judge, name="judge"),
]

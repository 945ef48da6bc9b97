"""Addresses of this room."""

from django.urls import path

from lemniscaat.agenda import views

app_name = "agenda"
urlpatterns = [
    path("lat/<int:pk>/", views.for_criterion, name="for_criterion"),
    path("laag/<int:layer>/", views.agreements, name="agreements"),
    path("laag/<int:layer>/nieuw/", views.new, name="new"),
    path("datapunt/<int:pk>/", views.resting_on, name="resting_on"),
    path("<int:pk>/", views.agreement, name="agreement"),
    path("<int:pk>/terug/", views.look_back, name="look_back"),
    path("<int:pk>/delen/", views.share, name="share"),
]

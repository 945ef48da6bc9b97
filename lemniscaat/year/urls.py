"""Addresses of this room."""

from django.urls import path

from lemniscaat.year import intent_views, views

app_name = "year"
urlpatterns = [
    path("laag/<int:layer>/", views.year, name="year"),
    path("laag/<int:layer>/stil/", views.silent, name="silent"),
    path("laag/<int:layer>/stil/<int:pk>/", views.begin, name="begin"),
    path("laag/<int:layer>/papier/", views.year_print, name="print"),
    path("laag/<int:layer>/<str:key>.ics", views.feed, name="feed"),
    path("laag/<int:layer>/erbij/", intent_views.plan, name="plan"),
    path("laag/<int:layer>/overnemen/", intent_views.copy, name="copy"),
    path("<int:pk>/", intent_views.intent, name="intent"),
    path("<int:pk>/wijzigen/", intent_views.change, name="change"),
    path("<int:pk>/niet/", intent_views.drop, name="drop"),
    path("<int:pk>/gedaan/", intent_views.done, name="done"),
]

"""Addresses of this room; mounted in demo mode only."""

from django.urls import path

from lemniscaat.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("als/<slug:slug>/", views.be, name="be"),
    path("als/<slug:slug>/gesprek/<int:pk>/<slug:screen>/", views.step_in, name="step_in"),
    path("later/", views.later, name="later"),
    path("vandaag/", views.today, name="today"),
    path("opnieuw/", views.anew, name="anew"),
    path("podium/", views.stage, name="stage"),
    path("post/", views.letters, name="letters"),
    path("post/<int:pk>/", views.letter, name="letter"),
]

"""Addresses of this room."""

from django.urls import path

from lemniscaat.examples import thank_views, views

app_name = "examples"
urlpatterns = [
    path("", views.examples, name="examples"),
    path("nieuw/", views.new, name="new"),
    path("lat/<int:pk>/", views.for_criterion, name="for_criterion"),
    path("<int:pk>/", views.example, name="example"),
    path("<int:pk>/wijzigen/", views.change, name="change"),
    path("<int:pk>/delen/", views.share, name="share"),
    path("<int:pk>/terugnemen/", views.take_back, name="take_back"),
    path("<int:pk>/weg/", views.discard, name="discard"),
    path("<int:pk>/bedankt/", thank_views.thank, name="thank"),
    path("<int:pk>/vraag/", thank_views.ask, name="ask"),
    path("bedankt/<int:pk>/weg/", thank_views.remove_thank, name="remove_thank"),
    path("vraag/<int:pk>/antwoord/", thank_views.answer, name="answer"),
]

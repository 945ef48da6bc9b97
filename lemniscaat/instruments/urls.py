"""Addresses of the cabinet."""

from django.urls import path

from lemniscaat.instruments import views

app_name = "instruments"
urlpatterns = [
    path("", views.cabinet, name="cabinet"),
    path("matrix/", views.matrix_page, name="matrix"),
    path("paden/", views.paths_page, name="paths"),
    path("paden/<slug:path>/", views.path_page, name="path"),
    path("kies/", views.methods_page, name="methods"),
    path("<slug:key>/", views.instrument_page, name="instrument"),
    path("<slug:key>/proberen/", views.try_page, name="try"),
    path("<slug:key>/plaat/<slug:item>/", views.picture, name="picture"),
]

"""Addresses of this room, for who organises."""

from django.urls import path

from lemniscaat.collection import paper_views, reader_views, reading_views, views

app_name = "collection"
urlpatterns = [
    path("lezers/", reader_views.readers, name="readers"),
    path("laag/<int:layer>/", views.rounds, name="rounds"),
    path("laag/<int:layer>/nieuw/", views.new, name="new"),
    path("<int:pk>/", views.round_, name="round"),
    path("<int:pk>/stop/", views.stop, name="stop"),
    path("<int:pk>/poster/", views.poster, name="poster"),
    path("<int:pk>/qr.svg", views.qr, name="qr"),
    path("<int:pk>/papier/", paper_views.sheets, name="paper"),
    path("<int:pk>/papier/typen/", paper_views.type_in, name="type_in"),
    path("<int:pk>/uitkomst/", reading_views.outcome, name="outcome"),
    path("<int:pk>/uitkomst/tabel/", reading_views.export, name="export"),
    path("<int:pk>/uitkomst/door-de-tijd/", reading_views.over_time, name="over_time"),
    path("<int:pk>/teksten/", reader_views.texts, name="texts"),
]

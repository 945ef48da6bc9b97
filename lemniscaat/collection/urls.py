"""Addresses of this room, for who organises."""

from django.urls import path

from lemniscaat.collection import invite_views, paper_views, reader_views, reading_views, ticket_views, views

app_name = "collection"
urlpatterns = [
    path("lezers/", reader_views.readers, name="readers"),
    path("laag/<int:layer>/", views.rounds, name="rounds"),
    path("laag/<int:layer>/nieuw/", views.new, name="new"),
    path("laag/<int:layer>/exitticket/", ticket_views.ticket, name="ticket"),
    path("<int:pk>/exitticket/", ticket_views.wall, name="ticket_wall"),
    path("<int:pk>/", views.round_, name="round"),
    path("<int:pk>/aan-wie/", invite_views.guests, name="guests"),
    path("<int:pk>/brief/", invite_views.letter, name="letter"),
    path("<int:pk>/brief/proef/", invite_views.test_mail, name="test_mail"),
    path("<int:pk>/voorproef/", invite_views.preview, name="preview"),
    path("<int:pk>/herinneren/", invite_views.remind, name="remind"),
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

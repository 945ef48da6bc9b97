"""Addresses of the cabinet."""

from django.urls import path

from lemniscaat.instruments import bring_views, copy_views, print_views, views

app_name = "instruments"
urlpatterns = [
    path("", views.cabinet, name="cabinet"),
    path("matrix/", views.matrix_page, name="matrix"),
    path("paden/", views.paths_page, name="paths"),
    path("paden/<slug:path>/", views.path_page, name="path"),
    path("kies/", views.methods_page, name="methods"),
    path("erbij/", bring_views.bring, name="bring"),
    path("boekje/", print_views.booklet, name="booklet"),
    path("boekje.pdf", print_views.booklet_pdf, name="booklet_pdf"),
    path("<slug:key>/papier/", print_views.paper, name="paper"),
    path("<slug:key>/papier.pdf", print_views.pdf, name="pdf"),
    path("<slug:key>/", views.instrument_page, name="instrument"),
    path("<slug:key>/proberen/", views.try_page, name="try"),
    path("<slug:key>/plaat/<slug:item>/", views.picture, name="picture"),
    path("<slug:key>/kopie/", copy_views.copy, name="copy"),
    path("<slug:key>/aanpassen/", copy_views.adapt, name="adapt"),
    path("<slug:key>/aanpassen/erbij/", copy_views.add, name="add"),
    path("<slug:key>/aanpassen/weg/", copy_views.leave_out, name="leave_out"),
    path("<slug:key>/aanpassen/bestand/", copy_views.replace, name="replace"),
    path("<slug:key>/weg/", copy_views.put_away, name="put_away"),
    path("<slug:key>/verschil/", copy_views.difference, name="difference"),
    path("<slug:key>/bestand/", copy_views.file, name="file"),
    path("<slug:key>/vullen/", bring_views.fill, name="fill"),
]

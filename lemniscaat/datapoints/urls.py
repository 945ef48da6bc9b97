"""Addresses of this room."""

from django.urls import path

from lemniscaat.datapoints import figure_import_views as bring
from lemniscaat.datapoints import figure_views, figure_yes_views, intent_views, views, year_views

app_name = "datapoints"
urlpatterns = [
    path("lat/<int:pk>/", views.criterion, name="criterion"),
    path("lat/<int:pk>/cijfers/", views.figures, name="figures"),
    path("lat/<int:pk>/bekend/", views.known, name="known"),
    path("lat/<int:pk>/gesprek/", views.report, name="report"),
    path("lat/<int:pk>/cijfer/", views.figure, name="figure"),
    path("geeltje/", views.note, name="note"),
    path("geeltjes/", views.notes, name="notes"),
    path("geeltje/<int:pk>/ophangen/", views.attach, name="attach"),
    path("geeltje/<int:pk>/weg/", views.withdraw, name="withdraw"),
    path("laag/<int:layer>/", views.ledger, name="ledger"),
    path("cijfers/", figure_views.indicators, name="indicators"),
    path("cijfers/<int:pk>/", figure_views.indicator, name="indicator"),
    path("cijfers/<int:pk>/cijfer.csv", figure_views.indicator_csv, name="indicator_csv"),
    path("cijfers/ingelezen/", figure_views.imports, name="figures_imports"),
    path("cijfers/ingelezen/<int:pk>/", figure_views.one_import, name="figures_import"),
    path("cijfers/ingelezen/<int:pk>/terug/", figure_views.undo, name="figures_undo"),
    path("cijfers/inlezen/", bring.choose, name="figures_choose"),
    path("cijfers/vorm/<str:key>.csv", bring.shape, name="figures_shape"),
    path("cijfers/inlezen/<int:pk>/", bring.columns, name="figures_columns"),
    path("cijfers/inlezen/<int:pk>/over/", bring.about, name="figures_about"),
    path("cijfers/inlezen/<int:pk>/kijken/", figure_yes_views.preview, name="figures_preview"),
    path("cijfers/inlezen/<int:pk>/ja/", figure_yes_views.yes, name="figures_yes"),
    path("<int:pk>/", views.data_point, name="data_point"),
    path("laag/<int:layer>/jaar/", year_views.year, name="year"),
    path("laag/<int:layer>/jaar/stil/", year_views.silent, name="silent"),
    path("laag/<int:layer>/jaar/stil/<int:pk>/", year_views.begin, name="begin"),
    path("laag/<int:layer>/jaar/papier/", year_views.year_print, name="year_print"),
    path("laag/<int:layer>/jaar/<str:key>.ics", year_views.feed, name="year_feed"),
    path("laag/<int:layer>/jaar/erbij/", intent_views.plan, name="plan"),
    path("laag/<int:layer>/jaar/overnemen/", intent_views.copy, name="year_copy"),
    path("jaar/<int:pk>/", intent_views.intent, name="intent"),
    path("jaar/<int:pk>/wijzigen/", intent_views.change, name="change"),
    path("jaar/<int:pk>/niet/", intent_views.drop, name="drop"),
    path("jaar/<int:pk>/gedaan/", intent_views.done, name="done"),
]

"""Addresses of this room."""

from django.urls import path

from lemniscaat.figures import hand_views, import_views, views, yes_views

app_name = "figures"
urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("<int:pk>/", views.indicator, name="indicator"),
    path("<int:pk>/cijfer.csv", views.indicator_csv, name="indicator_csv"),
    path("ingelezen/", views.imports, name="imports"),
    path("ingelezen/<int:pk>/", views.one_import, name="import"),
    path("ingelezen/<int:pk>/terug/", views.undo, name="undo"),
    path("lat/<int:pk>/", hand_views.by_hand, name="by_hand"),
    path("inlezen/", import_views.choose, name="choose"),
    path("vorm/<str:key>.csv", import_views.shape, name="shape"),
    path("inlezen/<int:pk>/", import_views.columns, name="columns"),
    path("inlezen/<int:pk>/over/", import_views.about, name="about"),
    path("inlezen/<int:pk>/kijken/", yes_views.preview, name="preview"),
    path("inlezen/<int:pk>/ja/", yes_views.yes, name="yes"),
]

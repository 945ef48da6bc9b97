"""Addresses of this room."""

from django.urls import path

from lemniscaat.datapoints import views

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
    path("<int:pk>/", views.data_point, name="data_point"),
]

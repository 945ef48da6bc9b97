"""Addresses of this room."""

from django.urls import path

from lemniscaat.datapoints import capture_views, views

app_name = "datapoints"
urlpatterns = [
    path("lat/<int:pk>/", views.criterion, name="criterion"),
    path("lat/<int:pk>/cijfers/", views.figures, name="figures"),
    path("lat/<int:pk>/bekend/", views.known, name="known"),
    path("lat/<int:pk>/gesprek/", views.report, name="report"),
    path("lat/<int:pk>/cijfer/", views.figure, name="figure"),
    path("snel/", capture_views.capture, name="capture"),
    path("snel/wie/", capture_views.sender, name="sender"),
    path("snel/zonder-netwerk/", capture_views.without_network, name="without_network"),
    path("snel/zonder-netwerk/<str:kind>/", capture_views.without_network, name="without_network"),
    path("snel/<str:kind>/", capture_views.capture, name="capture"),
    path("bijlage/<str:slug>/", capture_views.attachment, name="attachment"),
    path("geeltje/", capture_views.capture, name="note"),
    path("geeltjes/", views.notes, name="notes"),
    path("geeltje/<int:pk>/ophangen/", views.attach, name="attach"),
    path("geeltje/<int:pk>/weg/", views.withdraw, name="withdraw"),
    path("laag/<int:layer>/", views.ledger, name="ledger"),
    path("<int:pk>/", views.data_point, name="data_point"),
]

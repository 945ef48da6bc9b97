"""Addresses of this room."""

from django.urls import path

from lemniscaat.datapoints import capture_views, ledger_views, report_views, use_views, views

app_name = "datapoints"
urlpatterns = [
    path("lat/<int:pk>/", views.criterion, name="criterion"),
    path("lat/<int:pk>/cijfers/", views.figures, name="figures"),
    path("lat/<int:pk>/bekend/", views.known, name="known"),
    path("lat/<int:pk>/gesprek/", report_views.report, name="report"),
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
    path("laag/<int:layer>/", ledger_views.ledger, name="ledger"),
    path("laag/<int:layer>/verslag/", report_views.report_here, name="report_here"),
    path("laag/<int:layer>/panel/", report_views.panel, name="panel"),
    path("papier/<slug:sort>/", report_views.blank, name="report_paper"),
    path("<int:pk>/", ledger_views.data_point, name="data_point"),
    path("<int:pk>/verslag/", report_views.change, name="report_change"),
    path("<int:pk>/nagelezen/", report_views.read_back, name="read_back"),
    path("<int:pk>/gebruik/", use_views.change_use, name="change_use"),
    path("<int:pk>/gebruik/vragen/", use_views.ask_use, name="ask_use"),
    path("gebruik/<int:pk>/antwoord/", use_views.answer_use, name="answer_use"),
]

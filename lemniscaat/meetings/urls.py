"""Addresses of this room."""

from django.urls import path

from lemniscaat.meetings import (
    body_views,
    group_views,
    lead_views,
    points_views,
    record_views,
    sitting_views,
    slip_views,
    table_views,
    together_views,
    views,
)

app_name = "meetings"
urlpatterns = [
    path("laag/<int:layer>/", views.talks, name="talks"),
    path("laag/<int:layer>/klaarzetten/", views.plan, name="plan"),
    path("laag/<int:layer>/tafel/", sitting_views.table_new, name="table_new"),
    path("laag/<int:layer>/eigen-vel/", sitting_views.own_new, name="own_new"),
    path("tafel/<int:pk>/", sitting_views.table, name="table"),
    path("tafel/<int:pk>/doe/", sitting_views.table_act, name="table_act"),
    path("tafel/<int:pk>/qr/", sitting_views.table_qr, name="table_qr"),
    path("tafel/<int:pk>/samen/", sitting_views.table_look, name="table_look"),
    path("tafel/<int:pk>/groepen/", together_views.table_sort, name="table_sort"),
    path("tafel/<int:pk>/stoel/papier/", sitting_views.table_paper, name="table_paper"),
    path("tafel/<int:pk>/verslag/", sitting_views.table_record, name="table_record"),
    path("tafel/<int:pk>/punten/", points_views.points, name="table_points"),
    path("tafel/<int:pk>/delen/", sitting_views.own_share, name="own_share"),
    path("overleg/<int:body>/", body_views.body, name="body"),
    path("<int:pk>/tafel/", views.prepare, name="prepare"),
    path("<int:pk>/leiden/", lead_views.lead, name="lead"),
    path("<int:pk>/stap/", lead_views.act, name="act"),
    path("<int:pk>/qr/", lead_views.qr, name="qr"),
    path("<int:pk>/groepen/", group_views.groups, name="groups"),
    path("<int:pk>/briefjes/", slip_views.slips, name="slips"),
    path("<int:pk>/mee/", table_views.mine, name="mine"),
    path("<int:pk>/beamer/", table_views.beamer, name="beamer"),
    path("<int:pk>/papier/", table_views.paper, name="paper"),
    path("<int:pk>/", table_views.record, name="record"),
    path("<int:pk>/verslag.docx", record_views.document, name="record_docx"),
    path("<int:pk>/verslag/vooraf/", record_views.preview, name="record_preview"),
    path("<int:pk>/verslag/stuur/", record_views.send, name="record_send"),
    path("<int:pk>/delen/", record_views.share, name="record_share"),
    path("<int:pk>/verslag/verbeter/", record_views.fix, name="record_fix"),
]

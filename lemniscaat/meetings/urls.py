"""Addresses of this room."""

from django.urls import path

from lemniscaat.meetings import table_views, views

app_name = "meetings"
urlpatterns = [
    path("laag/<int:layer>/", views.talks, name="talks"),
    path("laag/<int:layer>/klaarzetten/", views.plan, name="plan"),
    path("<int:pk>/tafel/", views.prepare, name="prepare"),
    path("<int:pk>/leiden/", views.lead, name="lead"),
    path("<int:pk>/stap/", views.act, name="act"),
    path("<int:pk>/mee/", table_views.mine, name="mine"),
    path("<int:pk>/waar/", table_views.pulse, name="pulse"),
    path("<int:pk>/beamer/", table_views.beamer, name="beamer"),
    path("<int:pk>/papier/", table_views.paper, name="paper"),
    path("<int:pk>/", table_views.record, name="record"),
]

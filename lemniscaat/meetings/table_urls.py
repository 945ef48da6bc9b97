"""Addresses for whoever sits at a table where an instrument lies; most have no account."""

from django.urls import path

from lemniscaat.meetings import chair_views, together_views

app_name = "table"
urlpatterns = [
    path("", chair_views.join, name="join"),
    path("code/<str:code>/", chair_views.start, name="start"),
    path("<int:pk>/", chair_views.sheet, name="sheet"),
    path("<int:pk>/deel/<int:number>/", chair_views.section, name="section"),
    path("<int:pk>/samen/", chair_views.look, name="look"),
    path("<int:pk>/stem/", together_views.vote, name="vote"),
    path("<int:pk>/groepen/", together_views.sort, name="sort"),
    path("<int:pk>/zeg/", chair_views.say, name="say"),
    path("<int:pk>/bestand/<str:slug>/", chair_views.file, name="file"),
]

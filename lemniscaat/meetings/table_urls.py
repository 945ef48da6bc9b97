"""Addresses for whoever sits at a table where an instrument lies; most have no account."""

from django.urls import path

from lemniscaat.meetings import chair_views, now_views, together_views

app_name = "table"
urlpatterns = [
    path("", chair_views.join, name="join"),
    path("code/<str:code>/", chair_views.start, name="start"),
    path("<int:pk>/", chair_views.sheet, name="sheet"),
    path("<int:pk>/nu/", now_views.now, name="now"),
    path("<int:pk>/nu/geef/", now_views.give, name="give"),
    path("<int:pk>/nu/delen/", now_views.share, name="share"),
    path("<int:pk>/nu/hand/", now_views.hand, name="hand"),
    path("<int:pk>/nu/groep/", now_views.group, name="group"),
    path("<int:pk>/nu/stip/", now_views.dot, name="dot"),
    path("<int:pk>/deel/<int:number>/", chair_views.section, name="section"),
    path("<int:pk>/samen/", chair_views.look, name="look"),
    path("<int:pk>/stem/", together_views.vote, name="vote"),
    path("<int:pk>/groepen/", together_views.sort, name="sort"),
    path("<int:pk>/zeg/", chair_views.say, name="say"),
    path("<int:pk>/bestand/<str:slug>/", chair_views.file, name="file"),
]

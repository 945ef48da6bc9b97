"""Addresses of this room."""

from django.urls import path

from lemniscaat.vision import together_views, views

app_name = "vision"
urlpatterns = [
    path("laag/<int:layer>/", views.page, name="page"),
    path("laag/<int:layer>/tekst/<str:kind>/", views.profile, name="profile"),
    path("laag/<int:layer>/tekst/<str:kind>/schrijven/", views.profile_edit, name="profile_edit"),
    path("laag/<int:layer>/punt/nieuw/", views.point_new, name="point_new"),
    path("punt/<int:pk>/", views.point, name="point"),
    path("punt/<int:pk>/wijzigen/", views.point_edit, name="point_edit"),
    path("punt/<int:pk>/geschiedenis/", views.history, name="history"),
    path("punt/<int:pk>/lat/nieuw/", views.criterion_new, name="criterion_new"),
    path("lat/<int:pk>/wijzigen/", views.criterion_edit, name="criterion_edit"),
    path("punt/<int:pk>/alleen/", together_views.alone, name="alone"),
    path("punt/<int:pk>/delen/", together_views.share, name="share"),
    path("punt/<int:pk>/laag/<int:layer>/naast-elkaar/", together_views.side_by_side, name="side_by_side"),
    path("punt/<int:pk>/laag/<int:layer>/samen/", together_views.together, name="together"),
]

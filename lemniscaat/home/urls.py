"""Addresses of this room."""

from django.urls import path

from lemniscaat.home import mine_views, views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("mijn/", mine_views.mine, name="mine"),
    path("mijn/met/", mine_views.choose, name="choose"),
    path("mijn/met/<int:pk>/", mine_views.pair, name="pair"),
    path("mijn/met/<int:pk>/<int:agreement>/", mine_views.look, name="look"),
    path("mijn/plekken/", mine_views.places, name="places"),
    path("mijn/patroon/", mine_views.pattern, name="pattern"),
    path("laag/<int:pk>/", views.layer, name="layer"),
    path("laag/<int:pk>/<str:activity>/", views.door, name="door"),
]

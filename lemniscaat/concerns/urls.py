"""Addresses of this room."""

from django.urls import path

from lemniscaat.concerns import name_views, views

app_name = "concerns"
urlpatterns = [
    path("", views.people, name="people"),
    path("bel-mij/<int:contact>/", views.call, name="call"),
    path("bel-mij/<int:contact>/gevraagd/", views.asked, name="asked"),
    path("gevraagd/", views.calls, name="calls"),
    path("gevraagd/<int:pk>/opgepakt/", views.pick_up, name="pick_up"),
    path("ik-bel/<str:value>/", views.calling, name="calling"),
    path("namen/<int:layer>/", name_views.names, name="names"),
    path("naam/<int:pk>/", name_views.name, name="name"),
    path("naam/<int:pk>/klopt/", name_views.confirm_name, name="confirm_name"),
    path("naam/<int:pk>/weg/", name_views.remove_name, name="remove_name"),
]

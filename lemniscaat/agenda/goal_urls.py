"""Addresses of the development agenda."""

from django.urls import path

from lemniscaat.agenda import goal_views, link_views

app_name = "goals"
urlpatterns = [
    path("laag/<int:layer>/", goal_views.agenda, name="agenda"),
    path("laag/<int:layer>/verband/", link_views.alignment_page, name="alignment"),
    path("punt/<int:pk>/", goal_views.goal, name="goal"),
    path("punt/<int:pk>/delen/", link_views.share, name="share"),
    path("punt/<int:pk>/verband/", link_views.links, name="links"),
    path("gedeeld/<int:pk>/oppakken/", link_views.take_up_share, name="take_up_share"),
    path("gedeeld/<int:pk>/waar/", link_views.came_of, name="came_of"),
]

"""Addresses of this room."""

from django.urls import path

from lemniscaat.home import desk_views, mine_views, views

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
    path("voor/school/<int:layer>/", desk_views.school, name="school"),
    path("voor/school/<int:layer>/papier/", desk_views.school_paper, name="school_paper"),
    path("voor/school/<int:layer>/mt.pdf", desk_views.school_pdf, name="school_pdf"),
    path("voor/bestuur/<int:layer>/", desk_views.board, name="board"),
    path("voor/bestuur/<int:layer>/papier/", desk_views.board_paper, name="board_paper"),
    path("voor/bestuur/<int:layer>/bestuur.pdf", desk_views.board_pdf, name="board_pdf"),
    path("voor/overleg/<int:pk>/", desk_views.meeting, name="meeting"),
    path("voor/overleg/<int:pk>/klaarzetten/", desk_views.prepare_meeting, name="prepare_meeting"),
    path("voor/overleg/<int:pk>/papier/", desk_views.meeting_paper, name="meeting_paper"),
    path("voor/overleg/<int:pk>/overleg.pdf", desk_views.meeting_pdf, name="meeting_pdf"),
    path("voor/programma/", desk_views.programme, name="programme"),
    path("voor/programma/papier/", desk_views.programme_paper, name="programme_paper"),
    path("voor/programma/programma.pdf", desk_views.programme_pdf, name="programme_pdf"),
]

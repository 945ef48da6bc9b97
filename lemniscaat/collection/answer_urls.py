"""Addresses of who answers: no account, one link."""

from django.urls import path

from lemniscaat.collection import answer_views, door_views, stop_views

app_name = "answer"
urlpatterns = [
    path("", door_views.join, name="join"),
    path("verder/", door_views.resume, name="resume"),
    path("geen-post/<str:token>/", stop_views.no_mail, name="no_mail"),
    path("<str:token>/", answer_views.start, name="start"),
    path("<str:token>/kaart/<int:number>/", answer_views.card, name="card"),
    path("<str:token>/alles/", answer_views.whole, name="whole"),
    path("<str:token>/nakijken/", answer_views.check, name="check"),
    path("<str:token>/versturen/", answer_views.send, name="send"),
    path("<str:token>/bewaren/", door_views.save_code, name="save_code"),
    path("<str:token>/dank/", door_views.done, name="done"),
    path("<str:token>/mensen/", door_views.people, name="people"),
    path("<str:token>/terugkoppeling.ics", door_views.calendar, name="calendar"),
]

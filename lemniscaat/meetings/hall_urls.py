"""The address of what is the same for a whole hall."""

from django.urls import path

from lemniscaat.meetings import now_views

app_name = "hall"
urlpatterns = [path("<str:topic>/<str:token>/", now_views.shared, name="shared")]

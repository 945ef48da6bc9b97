"""Addresses of this room."""

from django.urls import path

from lemniscaat.people import import_views, shared_views, views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("partnerschap/<int:pk>/", views.switch, name="switch"),
    path("wie-ziet-wat/", views.who_sees_what, name="who_sees_what"),
    path("overleg/<int:pk>/", views.body, name="body"),
    path("laag/<int:layer>/overleg/", views.bodies, name="bodies"),
    path("laag/<int:layer>/gedeeld/", shared_views.shared, name="shared"),
    path("gedeeld/<int:pk>/antwoord/", shared_views.answer_share, name="answer_share"),
    path("gedeeld/<int:pk>/terugnemen/", shared_views.revoke_share, name="revoke_share"),
    path("inlezen/", import_views.import_table, name="import_table"),
    path("inlezen/<int:pk>/", import_views.import_preview, name="import_preview"),
    path("inlezen/<int:pk>/ja/", import_views.import_yes, name="import_yes"),
    path("spoor/", views.trail, name="trail"),
]

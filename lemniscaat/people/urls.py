"""Addresses of this room."""

from django.urls import path

from lemniscaat.people import address_views, feed_views, import_views, moment_views, shared_views, views

app_name = "people"
urlpatterns = [
    path("", views.me, name="me"),
    path("partnerschap/<int:pk>/", views.switch, name="switch"),
    path("wie-ziet-wat/", views.who_sees_what, name="who_sees_what"),
    path("overleg/<int:pk>/", views.body, name="body"),
    path("overleg/<int:pk>/agenda-adres/", feed_views.renew_body, name="renew_body_feed"),
    path("moment/<int:pk>/", moment_views.moment, name="moment"),
    path("agenda-adres/", feed_views.renew_mine, name="renew_my_feed"),
    path("agenda/mij/<str:key>.ics", feed_views.my_feed, name="my_feed"),
    path("agenda/overleg/<str:key>.ics", feed_views.body_feed, name="body_feed"),
    path("laag/<int:layer>/overleg/", views.bodies, name="bodies"),
    path("laag/<int:layer>/gedeeld/", shared_views.shared, name="shared"),
    path("gedeeld/<int:pk>/antwoord/", shared_views.answer_share, name="answer_share"),
    path("gedeeld/<int:pk>/terugnemen/", shared_views.revoke_share, name="revoke_share"),
    path("inlezen/", import_views.import_table, name="import_table"),
    path("inlezen/<int:pk>/", import_views.import_preview, name="import_preview"),
    path("inlezen/<int:pk>/ja/", import_views.import_yes, name="import_yes"),
    path("adressen/", address_views.addresses, name="addresses"),
    path("adressen/<int:pk>/", address_views.correct, name="correct_address"),
    path("spoor/", views.trail, name="trail"),
]

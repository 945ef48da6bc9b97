"""Addresses of signing in; the library's other pages are closed."""

from django.urls import path
from django.views.generic import RedirectView

from lemniscaat.people import signin_views

# the library looks some of its own names up; those that have no page here lead back to the door
door = RedirectView.as_view(pattern_name="account_login")
urlpatterns = [
    path("", signin_views.ask, name="account_login"),
    path("", signin_views.ask, name="account_request_login_code"),
    path("code/", signin_views.confirm, name="account_confirm_login_code"),
    path("opnieuw/", signin_views.anew, name="signin_anew"),
    path("uit/", signin_views.leave, name="account_logout"),
    path("gesloten/", door, name="account_signup"),
    path("gesloten/", door, name="account_inactive"),
    path("gesloten/", door, name="account_reauthenticate"),
]

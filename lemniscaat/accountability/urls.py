"""Addresses of this room."""

from django.urls import path

from lemniscaat.accountability import reflection_views, views

app_name = "accountability"
urlpatterns = [
    path("ronde/<int:pk>/", views.write_return, name="write_return"),
    path("ronde/<int:pk>/lezen/", views.preview_return, name="preview_return"),
    path("laag/<int:layer>/", views.account, name="account"),
    path("laag/<int:layer>/afsluiten/", views.close_period, name="close_period"),
    path("datapunt/<int:pk>/", views.resting_on, name="resting_on"),
    path("<int:pk>/", views.account_page, name="account_page"),
    path("<int:pk>/blad/", reflection_views.one_page, name="one_page"),
    path("<int:pk>/blad/kiezen/", reflection_views.choose, name="choose_page"),
    path("<int:pk>/blad/papier/", reflection_views.one_page_print, name="one_page_print"),
    path("<int:pk>/zin/<slug:key>/", reflection_views.sentence, name="sentence"),
    path("<int:pk>/papier/", views.account_print, name="account_print"),
]

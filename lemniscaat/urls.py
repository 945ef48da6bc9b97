"""Which address leads where."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("lemniscaat.base.urls")),
    path("", include("lemniscaat.home.urls")),
    path("inloggen/", include("lemniscaat.people.signin_urls")),
    path("taal/", include("django.conf.urls.i18n")),
    path("mensen/", include("lemniscaat.people.urls")),
    path("ergens-mee/", include("lemniscaat.concerns.urls")),
    path("visie/", include("lemniscaat.vision.urls")),
    path("kast/", include("lemniscaat.instruments.urls")),
    path("mee/", include("lemniscaat.collection.answer_urls")),
    path("ronde/", include("lemniscaat.collection.urls")),
    path("weten/", include("lemniscaat.datapoints.urls")),
    path("cijfers/", include("lemniscaat.figures.urls")),
    path("jaar/", include("lemniscaat.year.urls")),
    path("betekenis/", include("lemniscaat.interpretation.urls")),
    path("afspraak/", include("lemniscaat.agenda.urls")),
    path("agenda/", include("lemniscaat.agenda.goal_urls")),
    path("voorbeelden/", include("lemniscaat.examples.urls")),
    path("agenda/", include("lemniscaat.agenda.decisions.deciding_urls")),
    path("gesprek/", include("lemniscaat.meetings.urls")),
    path("tafel/", include("lemniscaat.meetings.table_urls")),
    path("samen/", include("lemniscaat.meetings.hall_urls")),
    path("verantwoording/", include("lemniscaat.accountability.urls")),
    path("terug/", include("lemniscaat.accountability.return_urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("lemniscaat.demo.urls")))

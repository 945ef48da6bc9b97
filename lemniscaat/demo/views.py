"""The pages around the demo: who to be, the calendar, the post, and starting anew."""

from __future__ import annotations

import time

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lemniscaat.base import clock
from lemniscaat.demo import actions
from lemniscaat.demo.cards import CARDS, card_of
from lemniscaat.demo.crowd import new_person
from lemniscaat.demo.mailbox import paragraphs
from lemniscaat.demo.models import Letter
from lemniscaat.demo.queries import letters_kept, to_step_into
from lemniscaat.demo.ten_minutes import ten_minutes
from lemniscaat.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SCREENS = {"leiden": "meetings:lead", "beamer": "meetings:beamer"}
"""The screens of a talk that one can come in at."""


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody one can be, the calendar and the post."""
    shown = {"first": CARDS[:1], "others": CARDS[1:], "today": clock.today(), "ahead": actions.days_ahead()}
    shown["talks"] = to_step_into()
    return render(request, "demo/people.html", shown)


@require_safe
def be(request: HttpRequest, slug: str) -> HttpResponse:
    """Come in as somebody and go to his first page, or to the one in `verder`. A plain link, for it must work from a terminal."""
    _become(request, slug)
    onward = request.GET.get("verder", "")
    inside = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return redirect(onward if inside else "home:index")


@require_safe
def step_in(request: HttpRequest, slug: str, pk: int, screen: str) -> HttpResponse:
    """Come in as somebody, at once on a screen of a talk; whether he may be there is for that screen to say."""
    if screen not in SCREENS:
        raise Http404
    _become(request, slug)
    return redirect(SCREENS[screen], pk)


def _become(request: HttpRequest, slug: str) -> None:
    card = card_of(slug)
    if card is None:
        raise Http404
    person = get_object_or_404(Person, email=new_person(card.name).email)
    logout(request)
    login(request, person, backend=BACKEND)


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Three months later."""
    day = actions.move_on()
    messages.success(request, _("Het is nu %(day)s.") % {"day": date_format(day, "l j F Y")})
    return _back("demo:stage" if request.POST.get("terug") == "stage" else "demo:people")


@require_POST
def today(request: HttpRequest) -> HttpResponse:
    """Back to the real day."""
    actions.move_back()
    messages.success(request, _("De agenda staat weer op vandaag."))
    return _back()


def anew(request: HttpRequest) -> HttpResponse:
    """Ask first; then throw everything away and load the demo again."""
    if request.method != "POST":
        return render(request, "demo/anew.html")
    started = time.monotonic()
    actions.reset()
    logout(request)
    seconds = round(time.monotonic() - started)
    messages.success(
        request, _("Alles is opnieuw klaargezet, in %(seconds)d seconden.") % {"seconds": seconds}
    )
    return _back()


@require_safe
def stage(request: HttpRequest) -> HttpResponse:
    """The ten minutes on a stage, for whoever stands there: the steps with their doors, as far as the story is."""
    trail = _trail((_("Het podium"), ""))
    shown = {"steps": ten_minutes(), "today": clock.today(), "ahead": actions.days_ahead(), "trail": trail}
    return render(request, "demo/stage.html", shown)


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The mail that the demo did not send."""
    return render(
        request, "demo/letters.html", {"letters": letters_kept(), "trail": _trail((_("De post"), ""))}
    )


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail, with its links to click."""
    found = get_object_or_404(Letter, pk=pk)
    trail = _trail((_("De post"), reverse("demo:letters")), (found.subject, ""))
    return render(
        request, "demo/letter.html", {"letter": found, "paragraphs": paragraphs(found), "trail": trail}
    )


def _trail(*after: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Het voorbeeld"), reverse("demo:people")), *after]


def _back(to: str = "demo:people") -> HttpResponseRedirect:
    response = redirect(to)
    response.status_code = 303
    return response

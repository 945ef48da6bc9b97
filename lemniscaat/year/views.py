"""The year of a layer, and whom it does not hear yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion
from lemniscaat.vision.queries import criterion as one_criterion
from lemniscaat.year import lines as calendar
from lemniscaat.year.drawn import grid
from lemniscaat.year.feed import address, year_feed
from lemniscaat.year.forms import year_of
from lemniscaat.year.hearing import voices_here
from lemniscaat.year.pages import Telling, care, listening
from lemniscaat.year.roads import starts
from lemniscaat.year.schoolyear import SchoolYear, now_of, year_from
from lemniscaat.year.words import several


def opened(request: MemberRequest, layer: int) -> tuple[Layer, SchoolYear]:
    """The layer and the school year that are asked for; 404 where its year is not mine to see."""
    place = calendar.year_layer(request.access, layer)
    request.layer_id = place.id  # type: ignore[attr-defined]  # read by the shell
    return place, year_of(str(request.GET.get("jaar", "")), request.access.day)


def around(place: Layer, year: SchoolYear, request: MemberRequest, page: str) -> dict[str, Any]:
    """What every page of the year shows: where it is, and its neighbours."""
    return {
        "layer": place,
        "year": year,
        "page": page,
        "before": year_from(year.year - 1),
        "after": year_from(year.year + 1),
        "may_plan": calendar.may_plan(request.access, place.id),
        "this_year": year.holds(request.access.day),
        "trail": [(place.name, reverse("home:layer", args=[place.id])), (_("Het jaar"), "")],
    }


def criteria_here(request: MemberRequest, place: Layer) -> list[Criterion]:
    """The criteria of a layer and above it, as far as I may see them."""
    access = request.access
    reach = {place.id, *access.tree.above(place.id)} & access.where(Verb.SEE, Noun.VISION)
    rows = Criterion.objects.filter(
        partnership=access.partnership, organisation_id__in=reach, retired_on__isnull=True
    )
    return list(rows.select_related("point").order_by("point__order", "point_id", "id"))


@member
@require_GET
def year(request: MemberRequest, layer: int) -> HttpResponse:
    """What is collected when, from whom, discussed where and returned when."""
    access = request.access
    place, shown = opened(request, layer)
    stands = calendar.stands(access, place.id, shown)
    lines = stands.lines
    heard = listening(access, place, shown, criteria_here(request, place), lines)
    now = now_of(lines, access.day)
    telling = Telling(shown, access.day, heard.voices)
    context = {
        **around(place, shown, request, "year"),
        "months": telling.months(lines),
        "asked": telling.all(now.asked),
        "coming": telling.one(now.next),
        "talked": telling.one(now.discussed),
        "due": telling.one(now.back),
        "late": telling.all(now.late),
        "nothing": not lines,
        "sentence": heard.sentence,
        "about": heard.about,
        "dropped": stands.dropped,
        "grid": grid(),
        "today": shown.place(access.day) if shown.holds(access.day) else None,
        "feed": address(access.person, place.id),
    }
    return render(request, "year/year.html", context)


@member
@require_GET
def silent(request: MemberRequest, layer: int) -> HttpResponse:
    """Per criterion which voices are heard and which are not, and what is asked too often."""
    access = request.access
    place, shown = opened(request, layer)
    lines = calendar.lines(access, place.id, shown)
    heard = listening(access, place, shown, criteria_here(request, place), lines)
    context = {
        **around(place, shown, request, "silent"),
        "quiet": [one for one in heard.silences if one.quiet],
        "heard": [one for one in heard.silences if not one.quiet],
        "sentence": heard.sentence,
        "about": heard.about,
        "any": bool(heard.silences),
        "care": care(access, lines, heard.voices),
        "head": [_("Onze lat"), *(several([role]) for role in heard.voices)],
        "table": [
            (one.criterion.point.title, *(voice.word for voice in one.voices)) for one in heard.silences
        ],
    }
    return render(request, "year/silent.html", context)


@member
@require_GET
def begin(request: MemberRequest, layer: int, pk: int) -> HttpResponse:
    """From a silent voice: the ways to hear it, each with what it is good and bad at."""
    access = request.access
    place, shown = opened(request, layer)
    criterion = one_criterion(access, pk)
    lines = calendar.lines(access, place.id, shown)
    heard = listening(access, place, shown, [criterion], lines)
    asked = tuple(role for role in heard.voices if role in request.GET.getlist("rol"))
    roles = asked or heard.silences[0].found.silent or heard.voices
    context = {
        **around(place, shown, request, "begin"),
        "criterion": criterion,
        "who": several(roles),
        "many": len(roles) > 2,
        "roles": ",".join(roles),
        "starts": starts(access, place, criterion, roles),
        "care": care(access, lines, roles),
        "silence": heard.silences[0],
        "trail": [
            (_("Het jaar"), reverse("year:year", args=[place.id])),
            (_("Wie horen we nog niet?"), reverse("year:silent", args=[place.id])),
            (criterion.point.title, ""),
        ],
    }
    return render(request, "year/begin.html", context)


@require_safe
def feed(request: HttpRequest, layer: int, key: str) -> HttpResponse:
    """The year for a calendar program, which does not sign in: the key in the address opens it."""
    response = HttpResponse(year_feed(layer, key), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="jaar.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@member
@require_GET
def year_print(request: MemberRequest, layer: int) -> HttpResponse:
    """The year on one sheet of A4."""
    place, shown = opened(request, layer)
    lines = calendar.lines(request.access, place.id, shown)
    voices = voices_here(request.access, place.id)
    months = Telling(shown, request.access.day, voices).months(lines)
    context = {
        **around(place, shown, request, "print"),
        "halves": [months[:6], months[6:]],
        "back_url": reverse("year:year", args=[place.id]) + f"?jaar={shown.year}",
        "paper_left": place.name,
        "paper_middle": _("Het jaar %(name)s") % {"name": shown.name},
    }
    return render(request, "year/year_print.html", context)

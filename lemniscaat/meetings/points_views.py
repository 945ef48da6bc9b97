"""From what lies open on a table to at most three points on the agenda of its layer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.onward import onward
from lemniscaat.agenda.points.taking_up import MOST
from lemniscaat.instruments.wording import language
from lemniscaat.meetings import queries
from lemniscaat.meetings.models import Meeting, Table
from lemniscaat.meetings.opened import parts_laid_open
from lemniscaat.meetings.pointing import KEPT, MOVED, Proposal, proposals
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision


@member
@require_GET
def points(request: MemberRequest, pk: int) -> HttpResponse:
    """What this table may take up: each thing can be kept as well as moved. For who sat at it."""
    access = request.access
    table = queries.sat_at(access, pk)
    if table is None:
        raise Http404
    layer_id = table.organisation_id
    access.need(Verb.DO, Noun.AGREEMENT, layer_id)
    request.layer_id = layer_id  # type: ignore[attr-defined]  # read by the shell
    meeting = queries.talk_at_table(table.pk)
    about = _about(table, meeting)
    parts = [(part.title, proposals(part.seen, language())) for part in parts_laid_open(table)]
    taken = list(agenda.year_goals(access, layer_id, vision.current_period(access.partnership, access.day)))
    context = {
        "table": table,
        "parts": [
            (title, [(one, _ways(request, layer_id, one, about)) for one in some])
            for title, some in parts
            if some
        ],
        "meanings": _meanings(access, meeting),
        "taken": taken,
        "left": max(0, MOST - len(taken)),
        "back": onward(request, _home(access, table, meeting)),
        "plain_url": _new(request, layer_id, about),
    }
    return render(request, "meetings/points.html", context)


def _about(table: Table, meeting: Meeting | None) -> dict[str, str]:
    """On which criterion or vision point the talk was."""
    if meeting is not None and meeting.criterion_id:
        return {"lat": str(meeting.criterion_id)}
    return {"visiepunt": str(table.point_id)} if table.point_id else {}


def _ways(
    request: MemberRequest, layer_id: int, one: Proposal, about: dict[str, str]
) -> list[tuple[str, str]]:
    """Both ways to take something up, of equal weight; of a note the way it says itself."""
    told = {"zin": one.words[:300], "nu": one.now, "straks": one.wanted}
    told = {name: words for name, words in told.items() if words}
    courses = [one.course] if one.course else [KEPT, MOVED]
    return [(way, _new(request, layer_id, {**about, **told, "koers": way})) for way in courses]


def _new(request: MemberRequest, layer_id: int, told: dict[str, Any]) -> str:
    return (
        reverse("goals:new", args=[layer_id]) + "?" + urlencode({**told, "verder": request.get_full_path()})
    )


def _meanings(access: Access, meeting: Meeting | None) -> list[Any]:
    """The meanings this talk left, from which a point may begin as well."""
    left = queries.outcomes(meeting) if meeting else []
    return [one.interpretation for one in left if one.interpretation and one.interpretation.text]


def _home(access: Access, table: Table, meeting: Meeting | None) -> str:
    """Where I came from, when nothing says so."""
    if meeting is not None:
        return reverse("meetings:record", args=[meeting.pk])
    led = table.led_by_id == access.person.pk
    return reverse("meetings:table" if led else "table:sheet", args=[table.pk])

"""What a stopped round says: its outcome, and the same as a table to take along."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lemniscaat.base.drawings.distribution import Road
from lemniscaat.collection import exports, reading
from lemniscaat.collection.figures import label, quality_sentence, shown
from lemniscaat.collection.independence import read_by
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.outcome import (
    WHOLE,
    GroupTable,
    Participation,
    outcomes,
    participation,
    quality_of,
    released_round,
    seen_by,
    voice_of,
)
from lemniscaat.collection.through_time import before, named, through_time
from lemniscaat.collection.through_time import voices as time_voices
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import FAMILY
from lemniscaat.people.policy import Noun, Verb

PLACES = frozenset({"school", "board", "institute"})


@member
@require_GET
def outcome(request: MemberRequest, pk: int) -> HttpResponse:
    """Every question of a stopped round by perspective, who took part, and where to go with it."""
    access = request.access
    found = released_round(access, pk)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    book = seen_by(access, found)
    places = [layer for layer in access.layers if layer.kind in PLACES]
    place = next((layer for layer in places if str(layer.id) == request.GET.get("plek")), None)
    told = outcomes(access, found, place_id=place.id if place else None, book=book)
    everybody, voices = participation(access, found, book=book)
    talk = reverse("meetings:plan", args=[_talk_layer(request, found.organisation_id)])
    talk += f"?lat={found.criterion_id}" if found.criterion_id else ""
    roads = (Road(_("Nodig ze uit aan tafel"), talk),)
    context = {
        "round": found,
        "shown": [shown(item, roads=roads) for item in told],
        "everybody": everybody,
        "voices": [_voice(voice, voices) for voice in voices if not _counted(voice, voices)],
        "places": places,
        "place": place,
        "quality": quality_sentence(found.title, quality_of(access, found, book=book)),
        "talk_url": talk,
        "criterion_url": reverse("datapoints:criterion", args=[found.criterion_id])
        if found.criterion_id
        else "",
        "may_see_round": access.may(Verb.SEE, Noun.ROUND, found.organisation_id),
        "may_return": found.state == RoundState.STOPPED
        and access.may(Verb.DO, Noun.RETURN, found.organisation_id),
        "texts": _texts_waiting(request, found),
        "read_by": read_by(found),
        "earlier": len(before(access, found)) - 1,
    }
    return render(request, "collection/outcome.html", context)


@member
@require_GET
def over_time(request: MemberRequest, pk: int) -> HttpResponse:
    """The questions of a stopped round beside those of earlier rounds, for everybody or one voice."""
    found = released_round(request.access, pk)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    rounds = before(request.access, found)
    groups = time_voices(rounds)
    asked = request.GET.get("stem", "")
    chosen = next((group for group in groups if f"{group.kind}-{group.key}" == asked), None)
    context = {
        "round": found,
        "rounds": rounds,
        "chosen": chosen,
        "voices": [
            {"kind": group.kind, "key": group.key, "name": named(group), "chosen": group is chosen}
            for group in groups
        ],
        "lines": through_time(rounds, (chosen.kind, chosen.key) if chosen else (WHOLE, "")),
        "break_title": _("Hier veranderde de vraag."),
    }
    return render(request, "collection/through_time.html", context)


def _talk_layer(request: MemberRequest, layer: int) -> int:
    """Where I can plan a talk on this: at the round's own layer if it is one of mine, else at my nearest."""
    layers = [one.id for one in request.access.layers]
    return layer if layer in layers else layers[0]


def _roles_of(family: Participation, voices: tuple[Participation, ...]) -> list[Participation]:
    if family.group.kind != "family":
        return []
    return [v for v in voices if v.group.kind == "role" and FAMILY.get(v.group.key) == family.group.key]


def _counted(voice: Participation, voices: tuple[Participation, ...]) -> bool:
    """Whether a family tells no more than its roles beside it already tell."""
    roles = [role.n or 0 for role in _roles_of(voice, voices)]
    return bool(roles) and voice.n == sum(roles)


def _voice(voice: Participation, voices: tuple[Participation, ...]) -> dict[str, Any]:
    name = label(GroupTable(voice.group, None))
    return {
        "voice": voice_of(voice.group),
        "name": name[:1].upper() + name[1:],
        "n": voice.n,
        "whole": voice.whole,
        "total": bool(_roles_of(voice, voices)),
    }


def _texts_waiting(request: MemberRequest, round_: Round) -> int | None:
    """How many open answers wait for me to read them; None where that is not for me."""
    if not request.access.may(Verb.DO, Noun.TEXT, round_.organisation_id):
        return None
    return reading.waiting(round_)


@member
@require_GET
def export(request: MemberRequest, pk: int) -> HttpResponse:
    """The same figures as the page, to take along: `soort` csv or json, `per` rol or plek (my own places)."""
    found = released_round(request.access, pk)
    by: exports.By = "organisation" if request.GET.get("per") == "plek" else "role"
    mine = frozenset(str(layer.id) for layer in request.access.layers)
    rows, out = exports.rows(found, by, only=mine), StringIO()
    if request.GET.get("soort") == "json":
        exports.write_json(rows, out)
        kind, ending = "application/json", "json"
    else:
        exports.write_csv(rows, out)
        kind, ending = "text/csv; charset=utf-8", "csv"
    response = HttpResponse(out.getvalue(), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{found.key}-{by}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response

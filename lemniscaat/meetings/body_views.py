"""A body's own page: its rhythm, its talks, what it agreed and shared, and its own talk map."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lemniscaat.base.numbers import number_in
from lemniscaat.meetings import queries, rhythm
from lemniscaat.meetings.packing import WIDE
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import Body
from lemniscaat.people.policy import Noun, Verb

NEWEST = 8


@member
@require_safe
def body(request: MemberRequest, body: int) -> HttpResponse:
    """What comes, what runs, what was, and what we talked about when. Only for who sits there or sees its talks."""
    access = request.access
    row = rhythm.body(access, body)
    layer = row.organisation_id
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    year = number_in(request.GET.get("jaar", ""))
    moments, loose = rhythm.coming(access, row)
    held = list(rhythm.held(access, row))
    mine = layer in {one.id for one in access.layers}
    context = {
        "body": row,
        "moments": moments,
        "loose": loose,
        "held": held if "alles" in request.GET else held[:NEWEST],
        "more": 0 if "alles" in request.GET else len(held[NEWEST:]),
        "agreements": list(rhythm.agreements(access, row)),
        "goals": list(rhythm.goals(access, row)),
        "shared": rhythm.shared_up(access, row),
        "map": rhythm.talk_map(access, row, year or None),
        # what two people talk about asks nothing of others
        "may_lead": mine and not row.pair and access.may(Verb.DO, Noun.MEETING, layer),
        "may_ask": not row.pair and access.may(Verb.DO, Noun.ROUND, layer),
        "may_account": mine and access.may(Verb.SEE, Noun.ACCOUNT, layer),
        "may_share": mine,
        "seated": queries.seated(access),
        "wide": row.organisation.kind in WIDE,
        "crumbs": _up(access, row),
    }
    return render(request, "meetings/body.html", context)


def _up(access: Access, row: Body) -> list[tuple[str, str]]:
    """The way back to the list, for whoever has that layer."""
    if row.organisation_id not in {one.id for one in access.layers}:
        return [(row.name, "")]
    return [(_("Gesprekken"), reverse("meetings:talks", args=[row.organisation_id])), (row.name, "")]

"""The development agenda on screen."""

from django.http import HttpResponse
from django.shortcuts import render

from lemniscaat.agenda import queries
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
def agenda(request: MemberRequest, layer: int) -> HttpResponse:
    """The points of a layer, with their steps."""
    access = request.access
    place = access.layer(layer)
    access.need(Verb.SEE, Noun.AGREEMENT, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = list(queries.goals_of(access, layer))
    steps = queries.steps_of(rows)
    context = {
        "layer": place,
        "rows": [(row, steps.get(row.pk, [])) for row in rows],
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, layer),
        "open_below": bool(access.tree.below(layer)),
    }
    return render(request, "agenda/agenda.html", context)


@member
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    """One point: why, who, how we notice, its steps and each look."""
    access = request.access
    row = queries.goal(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    context = {
        "row": row,
        "steps": queries.steps_of([row]).get(pk, []),
        "looks": queries.looks_of([row]).get(pk, []),
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, row.organisation_id),
    }
    return render(request, "agenda/goal.html", context)

"""What we know of a criterion beside a point, through time."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lemniscaat.agenda import queries
from lemniscaat.agenda.points.effect import beside
from lemniscaat.people.access import MemberRequest, member


@member
@require_GET
def effect(request: MemberRequest, pk: int) -> HttpResponse:
    """The lines beside one point: a fragment of its page, or a page by itself."""
    row = queries.goal(request.access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    template = "_effect" if request.htmx else "effect"
    context = {"row": row, "lines": beside(request.access, row)}
    return render(request, f"agenda/{template}.html", context)

"""The register of assumptions on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base import clock
from lemniscaat.base.numbers import number_in
from lemniscaat.interpretation import actions, queries
from lemniscaat.interpretation.forms import VERDICTS, AssumptionForm, PlanForm, VerdictForm, told
from lemniscaat.interpretation.models import Assumption, Verdict
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.year.roads import Start, starts

ROADS = ("gesprek", "ronde", "panel", "register", "verslag", "geeltje")
MOST_ROADS = 4


@member
@require_http_methods(["GET", "POST"])
def assumptions(request: MemberRequest, layer: int) -> HttpResponse:
    """The assumptions of a layer: what is still to be tested, by vision point, and what came of the rest."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    access.need(Verb.SEE, Noun.MEANING, layer)
    first = {"criterion": number_in(request.GET.get("lat", "")) or None}
    form = AssumptionForm(request.POST or None, access=access, layer_id=layer, initial=first)
    if request.method == "POST" and form.is_valid():
        made = actions.assume(access=access, layer_id=layer, **form.cleaned_data)
        messages.success(
            request,
            _("Staat erbij. Het komt vanzelf terug.") if made.returns_at_id else _("Staat erbij."),
        )
        return redirect("interpretation:assumptions", layer)
    if request.method == "POST":
        access.need(Verb.DO, Noun.MEANING, layer)
    rows = list(queries.assumptions(access, layer))
    context = {
        "layer": place,
        "waiting": _by_point(row for row in rows if row.waits),
        "tested": [row for row in rows if not row.waits],
        "form": form,
        "today": clock.now(),
        "may_do": access.may(Verb.DO, Noun.MEANING, layer),
    }
    return render(request, "interpretation/assumptions.html", context, status=422 if form.errors else 200)


def _by_point(rows: Iterable[Assumption]) -> list[tuple[str, list[Assumption]]]:
    """By vision point, what hangs on none last; within it the one at which is looked first on top."""
    groups: dict[tuple[bool, int, str], list[Assumption]] = {}
    for row in rows:
        point = row.criterion.point if row.criterion else row.point
        key = (point is None, point.pk if point else 0, point.title if point else _("Wat nergens aan hangt"))
        groups.setdefault(key, []).append(row)
    return [
        (key[2], sorted(group, key=_when)) for key, group in sorted(groups.items(), key=lambda one: one[0])
    ]


def _when(row: Assumption) -> tuple[bool, Any]:
    moment = row.returns_at
    return (moment is None, moment.starts_at if moment else row.pk)


@member
@require_http_methods(["GET", "POST"])
def assumption(request: MemberRequest, pk: int) -> HttpResponse:
    """One assumption: how we test it, when we look, and each time that we did."""
    access = request.access
    row = queries.assumption(access, pk)
    form = VerdictForm(request.POST or None, access=access, row=row)
    if request.method == "POST":
        access.need(Verb.DO, Noun.MEANING, row.organisation_id)
        if form.is_valid():
            given = form.cleaned_data
            actions.judge_assumption(access=access, assumption=row, **given)
            messages.success(request, _thanks(given["verdict"]))
            return redirect("interpretation:assumption", pk)
    return _page(request, row, form, PlanForm(access=access, row=row))


def _thanks(verdict: str) -> str:
    if verdict == Verdict.FALSE:
        return _("Mooi. Nu weten jullie iets wat jullie eerst niet wisten.")
    return _("Genoteerd. Alles wat jullie eerder vonden, blijft erbij staan.")


def _page(
    request: MemberRequest,
    row: Assumption,
    form: VerdictForm,
    plan: PlanForm,
    theirs: Assumption | None = None,
) -> HttpResponse:
    access = request.access
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    listed = row.organisation_id in {layer.id for layer in access.layers}
    there = reverse("interpretation:assumptions", args=[row.organisation_id])
    context = {
        "row": row,
        "form": form,
        "plan": plan,
        "verdicts": [(value, label, value == form["verdict"].value()) for value, label in VERDICTS],
        "theirs": theirs,
        "tests": [_test(access, one) for one in queries.tests_of(row)],
        "roads": _roads(access, row) if row.waits else [],
        "may_do": access.may(Verb.DO, Noun.MEANING, row.organisation_id),
        "trail": [(_("Aannames"), there), (_("Aanname"), "")] if listed else [],
    }
    wrong = 409 if theirs else 422 if form.errors else 200
    return render(request, "interpretation/assumption.html", context, status=wrong)


def _test(access: Access, one: Any) -> dict[str, Any]:
    points = queries.answered_by(access, one)
    return {"row": one, "points": [(point.pk, told(point)) for point in points]}


def _roads(access: Access, row: Assumption) -> list[Start]:
    """The ways to test it, the nearest first; none where it hangs on no criterion."""
    if row.criterion is None or row.organisation_id not in access.tree.layers:
        return []
    found = {
        one.key: one for one in starts(access, access.tree.layers[row.organisation_id], row.criterion, ())
    }
    return [found[key] for key in ROADS if key in found][:MOST_ROADS]


@member
@require_http_methods(["GET", "POST"])
def assumption_plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Say anew how an assumption is tested and when we look."""
    access = request.access
    row = queries.assumption(access, pk)
    access.need(Verb.DO, Noun.MEANING, row.organisation_id)
    plan = PlanForm(request.POST or None, access=access, row=row)
    if request.method == "POST" and plan.is_valid():
        try:
            actions.plan_test(access=access, assumption=row, **plan.cleaned_data)
        except actions.AssumptionClashError as clash:
            return _page(request, row, VerdictForm(access=access, row=row), plan, clash.theirs)
        messages.success(request, _("Bijgewerkt."))
    return redirect("interpretation:assumption", pk)


@member
@require_GET
def assumptions_print(request: MemberRequest, layer: int) -> HttpResponse:
    """What is still to be tested on one sheet of A4, with room to write what was heard."""
    access = request.access
    place = access.layer(layer)
    access.need(Verb.SEE, Noun.MEANING, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = sorted((row for row in queries.assumptions(access, layer) if row.waits), key=_when)
    context = {
        "rows": rows[:6],
        "more": len(rows) > 6,
        "back_url": reverse("interpretation:assumptions", args=[layer]),
        "paper_left": place.name,
        "paper_middle": _("We denken dat ..."),
    }
    return render(request, "interpretation/assumptions_print.html", context)

"""From own words to ours: alone and unseen, shared by choice, side by side, one text with its other voice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base.numbers import number_in
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import actions, own_words, queries
from lemniscaat.vision.forms import ALONE, TOGETHER, AloneForm, TogetherForm
from lemniscaat.vision.models import VisionPoint
from lemniscaat.vision.overview import may_write
from lemniscaat.vision.own_words import Cell
from lemniscaat.vision.queries import QUESTIONS


@dataclass(frozen=True)
class Row:
    """One question: what was shared, what I kept to myself, and what we wrote."""

    key: str
    mine_label: str
    ours_label: str
    cells: list[Cell]
    kept: str
    ours: str


def _card(request: MemberRequest) -> int:
    """Which of the four questions is asked, counted from 0."""
    asked = request.GET.get("vraag", "1")
    return max(min(number_in(asked), len(QUESTIONS)) - 1, 0)


@member
@require_http_methods(["GET", "POST"])
def alone(request: MemberRequest, pk: int) -> HttpResponse:
    """One question a card, alone. Each answer is kept at once and seen by nobody."""
    point = queries.point(request.access, pk)
    card = _card(request)
    question, mine = QUESTIONS[card], queries.own_view(request.access, point)
    address = reverse("vision:alone", args=[pk])
    form = AloneForm(request.POST or None, question=question, initial={"text": getattr(mine, question, "")})
    if request.method == "POST" and form.is_valid():
        own_words.answer_alone(
            access=request.access, point=point, question=question, text=form.cleaned_data["text"]
        )
        if card + 1 < len(QUESTIONS) and request.POST.get("then") != "share":
            return redirect(f"{address}?vraag={card + 2}")
        return redirect("vision:share", pk)
    context = {
        "point": point,
        "form": form,
        "number": card + 1,
        "total": len(QUESTIONS),
        "back": f"{address}?vraag={card}" if card else reverse("vision:point", args=[pk]),
        "last": card + 1 == len(QUESTIONS),
        "was_shared": mine is not None and question in mine.shared,
    }
    return render(request, "vision/alone.html", context, status=422 if form.errors else 200)


@member
@require_http_methods(["GET", "POST"])
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose per answer whether the people of my own tables may read it; nothing is ticked beforehand."""
    access = request.access
    point = queries.point(access, pk)
    mine = queries.own_view(access, point)
    if mine is None or not own_words.filled_in(mine):
        return redirect("vision:alone", pk)
    tables = own_words.tables(access)
    if request.method == "POST":
        own_words.share_own(access=access, point=point, shared=request.POST.getlist("shared"))
        messages.success(request, _("Bewaard. Alleen wat je aankruiste, is te lezen."))
        return redirect("vision:side_by_side", pk, tables[0].id)
    answers = [
        (question, ALONE[question], getattr(mine, question), question in mine.shared)
        for question in QUESTIONS
        if getattr(mine, question)
    ]
    names = ", ".join(layer.name for layer in tables)
    context = {"point": point, "answers": answers, "names": names}
    return render(request, "vision/share.html", context)


def _rows(request: MemberRequest, point: VisionPoint, layer: int) -> list[Row]:
    """The four questions of a table; empty-handed for who has not filled in himself."""
    shared = own_words.cells(request.access, point, layer)
    mine = queries.own_view(request.access, point)
    if mine is None or not own_words.filled_in(mine):
        return []
    ours = queries.collective_view(point, layer)
    return [
        Row(
            key=question,
            mine_label=str(ALONE[question]),
            ours_label=str(TOGETHER[question]),
            cells=shared[question],
            kept="" if question in mine.shared else getattr(mine, question),
            ours=getattr(ours, question, ""),
        )
        for question in QUESTIONS
    ]


@member
@require_GET
def side_by_side(request: MemberRequest, pk: int, layer: int) -> HttpResponse:
    """What people of one table shared, beside what we wrote; only for who wrote his own words first."""
    access = request.access
    point = queries.point(access, pk)
    place = own_words.table(access, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = _rows(request, point, layer)
    ours = queries.collective_view(point, layer) if rows else None
    mine = queries.own_view(access, point)
    context = {
        "point": point,
        "layer": place,
        "rows": rows,
        "ours": ours,
        "later": bool(ours and mine and mine.filled_on > ours.written_on),
        "versions": list(queries.collective_views(point, layer)[1:]) if rows else [],
        "may_write": may_write(access, layer),
        "tables": own_words.tables(access),
    }
    return render(request, "vision/side_by_side.html", context)


@member
@require_http_methods(["GET", "POST"])
def together(request: MemberRequest, pk: int, layer: int) -> HttpResponse:
    """Write our words with what was shared beside each question; a clash shows both."""
    access = request.access
    point = queries.point(access, pk)
    place = own_words.table(access, layer)
    access.need(Verb.DO, Noun.VISION, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = _rows(request, point, layer)
    if not rows:
        return redirect("vision:side_by_side", pk, layer)
    ours = queries.collective_view(point, layer)
    form = TogetherForm(request.POST or None, initial=vars(ours) if ours else {})
    theirs, status = None, 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.write_collective_view(
                access=access,
                point=point,
                layer_id=layer,
                answers={question: given[question] for question in QUESTIONS},
                dissent=given["dissent"],
                version=given["version"],
            )
        except actions.ClashError as error:
            theirs, status = error.theirs, 409
            form.data = request.POST.copy()
            form.data["version"] = str(error.theirs.version)
        else:
            messages.success(request, _("Dit zijn nu jullie woorden."))
            return redirect("vision:side_by_side", pk, layer)
    # this page is often on the wall: what I keep to myself stays off it
    told = [(replace(row, kept=""), form[row.key], getattr(theirs, row.key, "")) for row in rows]
    context = {"point": point, "layer": place, "form": form, "told": told, "theirs": theirs}
    return render(request, "vision/together.html", context, status=status)

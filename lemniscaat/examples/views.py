"""Examples on screen: finding them, reading one, writing, and sharing it with everybody in the partnership."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints.words import around, pieces
from lemniscaat.examples import actions, queries
from lemniscaat.examples.finding import PAGE, Found, Sought, look_up
from lemniscaat.examples.forms import ChangeForm, ExampleForm, about_of, kept_agreement, kept_goal
from lemniscaat.examples.models import Example
from lemniscaat.examples.page import hangs, names_under, shown, whose
from lemniscaat.instruments.wording import ELEMENTS
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import names_in
from lemniscaat.vision import queries as vision

LONGEST = 120
NEWEST = 3
SHORT = 260


@member
@require_GET
def examples(request: MemberRequest) -> HttpResponse:
    """All examples of the partnership to find one in; and mine that wait."""
    access = request.access
    sought = _sought(request)
    found = look_up(access, sought)
    agreements, goals = queries.sustained(access) if not sought.narrowed else ([], [])
    context = {
        "sought": sought,
        "found": found,
        "cards": [_card(access, row, found) for row in found.rows],
        "drafts": [(row, whose(access, row)) for row in queries.drafts(access)[:5]]
        if not sought.narrowed
        else [],
        "agreements": agreements,
        "goals": goals,
        "may_write": bool(queries.where_i_write(access)),
        "older": _address(sought, page=found.page + 1) if found.more else "",
        "newer": _address(sought, page=found.page - 1) if found.page > 1 else "",
    }
    return render(request, "examples/examples.html", context)


def _sought(request: MemberRequest) -> Sought:
    asked = request.GET
    element = asked.get("element", "")
    return Sought(
        words=asked.get("zoek", "")[:LONGEST],
        point_id=number_in(asked.get("visiepunt", "")),
        element=element if element in ELEMENTS else "",
        page=max(1, number_in(asked.get("blad", ""), 1)),
    )


def _address(sought: Sought, page: int) -> str:
    told: dict[str, str | int] = {
        "zoek": sought.words,
        "visiepunt": sought.point_id,
        "element": sought.element,
        "blad": page,
    }
    return "?" + urlencode({name: value for name, value in told.items() if value})


def _card(access: Access, row: Example, found: Found) -> dict[str, Any]:
    """One example in the list: its title, its question and the piece of its story in which the words stand."""
    told = next((text for text in (row.tried, row.happened, row.again) if _has(text, found)), row.tried)
    return {
        "row": row,
        "title": pieces(row.title, found.terms),
        "question": pieces(row.question, found.terms),
        "text": pieces(around(told, found.terms, SHORT), found.terms),
        "element": ELEMENTS.get(row.element, ""),
        "whose": whose(access, row),
    }


def _has(text: str, found: Found) -> bool:
    return any(piece.hit for piece in pieces(text, found.terms))


@member
@require_GET
def for_criterion(request: MemberRequest, pk: int) -> HttpResponse:
    """The examples on a vision point: a fragment of the page of its criterion, or a page by itself."""
    criterion = vision.criterion(request.access, pk)
    rows = queries.on_criterion(request.access, criterion)
    context = {
        "criterion": criterion,
        "rows": [(row, whose(request.access, row)) for row in rows[: NEWEST if request.htmx else PAGE]],
    }
    template = "_for_criterion" if request.htmx else "for_criterion"
    return render(request, f"examples/{template}.html", context)


@member
@require_GET
def example(request: MemberRequest, pk: int) -> HttpResponse:
    """One example, with what others thanked and asked."""
    row = queries.example(request.access, pk)
    _stand(request, row.organisation_id)
    return render(request, "examples/example.html", shown(request.access, row))


@member
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """Write an example, of one of my tables; started from an agreement or a point that was held on to, if asked."""
    access = request.access
    layers = queries.where_i_write(access)
    if not layers:
        raise Http404
    start = _start(request, access)
    here = start["layer"] if start["layer"] in {one.id for one in layers} else _nearest(access)
    _stand(request, here)
    form = ExampleForm(
        request.POST or None,
        access=access,
        layer_id=here,
        layers=layers,
        initial={**start, "layer": str(here), "form_key": link_token()},
    )
    if request.method == "POST" and form.is_valid():
        made = actions.write_example(
            access=access,
            layer_id=int(form.cleaned_data["layer"]),
            told_=form.told(),
            form_key=form.cleaned_data["form_key"],
        )
        messages.success(request, _("Jullie voorbeeld staat er. Alleen jullie lezen het nog."))
        return redirect("examples:example", made.pk)
    context = {"form": form, "came_from": start["title"]}
    return render(request, "examples/write.html", context, status=422 if form.errors else 200)


def _nearest(access: Access) -> int:
    """The smallest layer at which I have a role and write."""
    may = {one.id for one in queries.where_i_write(access)}
    own = access.tree.ordered({place.layer for place in access.places} & may)
    return own[0].id if own else min(may)


def _start(request: MemberRequest, access: Access) -> dict[str, Any]:
    """What a form begins with: an agreement (`afspraak`) or point (`punt`) that was held on to, or a place (`plek`)."""
    agreement = kept_agreement(access, request.GET.get("afspraak", ""))
    goal = None if agreement else kept_goal(access, request.GET.get("punt", ""))
    kept = agreement or goal
    if kept is None:
        return {"layer": number_in(request.GET.get("plek", "")), "title": ""}
    return {
        "layer": kept.organisation_id,
        "title": kept.sentence[:160],
        "tried": kept.sentence,
        "about": about_of(kept.criterion),
        "agreement": agreement.pk if agreement else "",
        "goal": goal.pk if goal else "",
    }


@member
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change an example of a table of mine; when it was changed meanwhile both wordings stay."""
    access = request.access
    row = queries.example_to_write(access, pk)
    _stand(request, row.organisation_id)
    form = ChangeForm(request.POST or None, access=access, row=row)
    theirs = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.revise_example(access=access, example=row, told_=form.told(), version=version)
        except actions.ClashError as clash:
            theirs = clash.theirs
            kept = {**request.POST.dict(), "version": theirs.version}
            form = ChangeForm(kept, access=access, row=row)
        else:
            messages.success(request, _("Bijgewerkt."))
            return redirect("examples:example", pk)
    status = 409 if theirs else 422 if form.errors else 200
    context = {"form": form, "row": row, "theirs": theirs, "whose": whose(access, row)}
    return render(request, "examples/change.html", context, status=status)


@member
@require_http_methods(["GET", "POST"])
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """First what everybody will read and who that is; then share it."""
    access = request.access
    row = queries.example_to_write(access, pk)
    access.need(Verb.SHARE, Noun.MEANING, row.organisation_id)
    _stand(request, row.organisation_id)
    if request.method == "POST":
        actions.share_example(access=access, example=row)
        messages.success(request, _("Gedeeld. Iedereen in het partnerschap kan het nu vinden."))
        return redirect("examples:example", pk)
    context = {
        "row": row,
        "hangs": hangs(access, row),
        "names": names_under(row),
        "whose": whose(access, row),
        "partnership": access.partnership,
        "mentioned": names_in(access, *(getattr(row, name) for name in actions.WORDS)),
    }
    return render(request, "examples/share.html", context)


@member
@require_POST
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was shared."""
    row = queries.example_to_write(request.access, pk)
    actions.take_back(access=request.access, example=row)
    messages.success(request, _("Teruggenomen. Alleen jullie lezen het nog."))
    return redirect("examples:example", pk)


@member
@require_POST
def discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = queries.example_to_write(request.access, pk)
    actions.discard(access=request.access, example=row)
    messages.success(request, _("Weggegooid."))
    return redirect("examples:examples")


def _stand(request: MemberRequest, layer_id: int) -> None:
    """Which of my layers the header shows: that of the example, when it is one of mine."""
    if layer_id in {one.id for one in request.access.layers}:
        request.layer_id = layer_id  # type: ignore[attr-defined]  # read by the shell

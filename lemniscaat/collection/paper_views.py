"""The paper door, for who organises: sheets to print, papers to type in one after another, each read back first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lemniscaat.collection import paper, queries
from lemniscaat.collection.answer_pages import dates
from lemniscaat.collection.answering import Sent
from lemniscaat.collection.carry import Carry, opened
from lemniscaat.collection.codes import site
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.places import Places
from lemniscaat.collection.sheets import clean, in_words, instrument_of, whole
from lemniscaat.instruments import sheets as printed
from lemniscaat.instruments.trying import role_worded
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import Role
from lemniscaat.people.policy import Noun, Verb

# names with a stroke in front: no question can be called so
SHEET, DO, ROLE, PLACE = "_blad", "_doe", "_rol", "_plek"


@member
@require_http_methods(["GET", "POST"])
def sheets(request: MemberRequest, pk: int) -> HttpResponse:
    """The sheet of exactly this round, to print; posted is that paper may join."""
    found = queries.round_(request.access, pk)
    if request.method == "POST":
        paper.open_paper(access=request.access, round_=found)
        messages.success(request, _("Meedoen kan nu ook op papier."))
        return redirect("collection:round", pk)
    if not found.by_paper or found.state != RoundState.OPEN:
        raise Http404
    return render(request, "collection/paper/sheets.html", _printed(request, found))


def _printed(request: MemberRequest, found: Round) -> dict[str, Any]:
    instrument, places = instrument_of(found), Places.from_json(found.places)
    worded = [role for role in role_worded(instrument) if role in places.roles]
    asked = request.GET.get("rol", "")
    role = asked if asked in worded else ""
    made = printed.bundle(instrument, ("werkblad",), role=role, partnership=found.partnership)
    labels = _labels(found)
    return {
        **printed.paper([made], title=found.title),
        "round": found,
        "one": made,
        "minutes": instrument.answering_minutes,
        "roles": [labels[one] for one in places.roles] if not role and len(places.roles) > 1 else [],
        "places": [choice.name for choice in places.choices] if len(places.choices) > 1 else [],
        "words_for": [
            (labels[one] if one else _("iedereen"), f"?rol={one}" if one else "?", one == role)
            for one in ("", *worded)
        ]
        if worded
        else [],
        "people": [one.contact for one in queries.contacts_at(found)],
        "address": site() + reverse("answer:join"),
        "site": site(),
        **dates(found),
    }


@member
@require_http_methods(["GET", "POST"])
def type_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Type in one paper after another. Nothing of it stays in this page's address, the session or the trail."""
    found = queries.round_(request.access, pk)
    request.access.need(Verb.DO, Noun.ROUND, found.organisation_id)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if not found.by_paper:
        raise Http404
    if request.method == "GET":
        if found.state != RoundState.OPEN:
            return redirect("collection:round", pk)
        return _form(request, found, paper.blank(found))
    sheet = opened(request.POST.get(SHEET, ""))
    if sheet is None or sheet.round != found.pk:
        problem = _(
            "We konden dit blad niet lezen. Er is niets opgenomen; kijk het na en probeer het opnieuw."
        )
        return _form(request, found, paper.blank(found), form=_posted(request), problem=problem)
    return _done(request, found, sheet)


def _done(request: MemberRequest, found: Round, sheet: Carry) -> HttpResponse:
    match request.POST.get(DO, ""):
        case "neem":
            return _take_in(request, found, sheet)
        case "weg":
            gone = paper.take_out(access=request.access, round_=found, sheet=sheet)
            said = _("Het blad is er weer uit.") if gone else _("Dit blad kan er niet meer uit.")
            return _form(request, found, paper.blank(found), said=said)
        case "terug":
            return _form(request, found, sheet)
        case _:
            return _look(request, found, sheet)


def _look(request: MemberRequest, found: Round, sheet: Carry) -> HttpResponse:
    """Read one sheet back before it goes in, or show what is wrong with it."""
    form = _posted(request)
    answers, problems = clean(instrument_of(found).items, form)
    placed = paper.placed(
        found, replace(sheet, answers=answers), role=_kept(request, ROLE), place=_kept(request, PLACE)
    )
    if isinstance(placed, str) or problems:
        problem = placed if isinstance(placed, str) else ""
        return _form(request, found, sheet, form=form, problems=problems, problem=problem)
    return _check(request, found, placed)


def _check(request: MemberRequest, found: Round, sheet: Carry, status: int = 200) -> HttpResponse:
    lines = in_words(instrument_of(found), sheet.answers, role=sheet.role)
    places = {choice.key: choice.name for choice in Places.from_json(found.places).choices}
    context = {
        "round": found,
        "stopped": found.state != RoundState.OPEN or status != 200,
        "lines": lines,
        "open": sum(not line.words for line in lines),
        "sealed": sheet.sealed(),
        "role_name": _labels(found).get(sheet.role, _("Rol staat er niet op")),
        "place_name": places.get(_kept(request, PLACE), ""),
        "kept": [(name, _kept(request, name)) for name in (ROLE, PLACE)],
    }
    return render(request, "collection/paper/check.html", context, status=status)


def _take_in(request: MemberRequest, found: Round, sheet: Carry) -> HttpResponse:
    try:
        sent = paper.take_in(access=request.access, round_=found, sheet=sheet)
    except ValueError:
        sent = Sent.NOWHERE
    if sent in {Sent.IN, Sent.BEFORE}:
        said = _("1 blad opgenomen.")
        return _form(request, found, paper.blank(found), said=said, last=paper.spent(sheet).sealed())
    if sent is Sent.STOPPED:
        return _check(request, found, sheet, status=409)
    problem = _(
        "We konden dit blad niet plaatsen. Er is niets opgenomen; kijk het na en probeer het opnieuw."
    )
    return _form(request, found, replace(paper.blank(found), answers=sheet.answers), problem=problem)


def _form(request: MemberRequest, found: Round, sheet: Carry, **more: Any) -> HttpResponse:
    """The whole sheet to type in. `form`, `problems` and `problem`: what was typed and what is wrong with it; `said`
    and `last`: what just went in, and how to take it out again."""
    form, problems = more.get("form"), more.get("problems") or {}
    places, labels = Places.from_json(found.places), _labels(found)
    role = _kept(request, ROLE) or (places.roles[0] if len(places.roles) == 1 else "")
    cards = whole(
        instrument_of(found), role=sheet.role, answers=sheet.answers, posted=form, problems=problems
    )
    context = {
        "round": found,
        "cards": cards,
        "sealed": sheet.sealed(),
        "wrong": [card for card in cards if card.problem],
        "problem": more.get("problem", ""),
        "said": more.get("said", ""),
        "last": more.get("last", ""),
        "role": role,
        "roles": [(one, labels[one]) for one in places.roles],
        "place": _kept(request, PLACE),
        "places": places.choices,
        "kept": [(name, _kept(request, name)) for name in (ROLE, PLACE)],
    }
    wrong = context["wrong"] or context["problem"]
    return render(request, "collection/paper/type.html", context, status=422 if wrong else 200)


def _labels(found: Round) -> dict[str, str]:
    return {**{role.value: str(role.label) for role in Role}, **found.partnership.role_labels}


def _kept(request: MemberRequest, name: str) -> str:
    """The role and place of the sheet before this one: papers come in piles."""
    return str(request.POST.get(name, ""))[:30]


def _posted(request: MemberRequest) -> dict[str, list[str]]:
    return {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if not name.startswith("_")
    }

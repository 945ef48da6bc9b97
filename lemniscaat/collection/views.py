"""Rounds, for who organises them: a list, a new one, its page, opening, stopping, a poster."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base.numbers import number_in
from lemniscaat.collection import queries
from lemniscaat.collection.actions import (
    BecauseError,
    NobodyError,
    link_items,
    open_round,
    start_round,
    stop_round,
)
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.codes import site
from lemniscaat.collection.forms import ASKABLE, ItemsForm, RoundForm
from lemniscaat.collection.models import CriterionItem, Plan, Round, RoundState
from lemniscaat.collection.parts import choose_parts, parts_of
from lemniscaat.collection.round_page import before_opening, told_of, while_open
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.collection.whom import UnknownGuestsError
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.shelf import on_shelf
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision

PLAN_WORDS = {
    Plan.ROLE: gettext_lazy(
        "We laten uitkomsten eerst per rol zien, en per plek als daar genoeg mensen meedoen."
    ),
    Plan.PLACE: gettext_lazy(
        "We laten uitkomsten eerst per school zien, en per rol als daar genoeg mensen meedoen."
    ),
    Plan.BOARD_ROLE: gettext_lazy("We laten uitkomsten per bestuur zien, en daarbinnen per rol."),
}


@member
@require_GET
def rounds(request: MemberRequest, layer: int) -> HttpResponse:
    """The rounds of a layer: what is open, what waits for its return, what was before."""
    access = request.access
    access.need(Verb.SEE, Noun.ROUND, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    found = list(queries.rounds(access, layer))
    groups = [
        (_("Nu open"), [one for one in found if one.state == RoundState.OPEN]),
        (_("Wacht op de terugkoppeling"), [one for one in found if one.state == RoundState.STOPPED]),
        (_("In voorbereiding"), [one for one in found if one.state == RoundState.DRAFT]),
        (_("Rond"), [one for one in found if one.state in {RoundState.RETURNED, RoundState.IMPORTED}]),
    ]
    context = {
        "layer": access.tree.layers[layer],
        "groups": [(name, some) for name, some in groups if some],
        "may_start": access.may(Verb.DO, Noun.ROUND, layer),
    }
    return render(request, "collection/rounds.html", context)


@member
@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, layer: int) -> HttpResponse:
    """Start a round: with what, to whom, where it is discussed, when people hear back."""
    access = request.access
    access.need(Verb.DO, Noun.ROUND, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    lat = str(request.GET.get("lat", ""))
    criterion = vision.criterion(access, number_in(lat)) if number_in(lat) else None
    form = RoundForm(request.POST or None, access=access, layer_id=layer, initial=_begun(request))
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            made = start_round(
                access=access,
                layer_id=layer,
                instrument_key=data.pop("instrument"),
                criterion=criterion,
                **{**data, "appointment": form.chosen_appointment},
                planned_as=number_in(str(request.GET.get("plan", ""))) or None,
            )
        except BecauseError as because:
            form.add_error(because.field, because.sentence)
        else:
            return redirect("collection:round", made.pk)
    context = {"form": form, "layer": access.tree.layers[layer], "criterion": criterion}
    return render(request, "collection/new.html", context, status=422 if form.errors else 200)


def _begun(request: MemberRequest) -> dict[str, Any]:
    """What the form of a new round holds already, from the address: a plan of the year or a silent voice leads here."""
    asked = {name: str(request.GET.get(name, "")) for name in ("instrument", "titel", "rollen", "moment")}
    chosen = on_shelf(request.access, asked["instrument"])
    title = chosen.instrument.titles.say(get_language() or "nl") if chosen else ""
    return {
        "asked_by": request.access.person.first_name,
        "instrument": chosen.key if chosen else "",
        "title": asked["titel"][:160] or title,
        "roles": [role for role in asked["rollen"].split(",") if role in ASKABLE],
        "appointment": asked["moment"],
        "stops_on": _day_in(str(request.GET.get("tot", ""))),
        "return_by": _day_in(str(request.GET.get("terug", ""))),
    }


def _day_in(text: str) -> date | None:
    """The day that a text is; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@member
@require_http_methods(["GET", "POST"])
def round_(request: MemberRequest, pk: int) -> HttpResponse:
    """One round: its state, the ways in, how many take part; in preparation: open it."""
    found = queries.round_(request.access, pk)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if request.method == "POST":
        request.access.need(Verb.DO, Noun.ROUND, found.organisation_id)
        if "items" in request.POST or "choose_items" in request.POST:
            return _choose_items(request, found)
        if "choose_parts" in request.POST:
            modules = [str(one) for one in request.POST.getlist("modules")]
            choose_parts(access=request.access, round_=found, modules=modules, quick="quick" in request.POST)
            return redirect("collection:round", found.pk)
        return _open(request, found)
    return _round_page(request, found)


@member
@require_http_methods(["GET", "POST"])
def stop(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once more, then stop: after that nothing comes in and the outcome is fixed."""
    found = queries.round_(request.access, pk)
    request.access.need(Verb.DO, Noun.ROUND, found.organisation_id)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if request.method == "POST":
        stop_round(round_=found, access=request.access)
        messages.success(request, _("De ronde is gestopt. Vertel wie meedeed wat jullie ermee doen."))
        return redirect("collection:round", found.pk)
    context = {"round": found, "participation": queries.participation_while_open(request.access, found)}
    return render(request, "collection/stop.html", context)


@member
@require_GET
def poster(request: MemberRequest, pk: int) -> HttpResponse:
    """A sheet for the wall of the staff room."""
    found = _with_link(request, pk)
    context = {
        "round": found,
        "address": site() + reverse("answer:join"),
        "back_url": reverse("collection:round", args=[pk]),
    }
    return render(request, "collection/poster.html", context)


@member
@require_GET
def qr(request: MemberRequest, pk: int) -> HttpResponse:
    """The round's own link as a QR code (SVG)."""
    found = _with_link(request, pk)
    out = BytesIO()
    address = settings.SITE_URL + reverse("answer:start", args=[found.link_token])
    segno.make(address, error="m").save(
        out, kind="svg", scale=8, border=3, dark="#1B2145", light="#FFFFFF", xmldecl=False
    )
    return HttpResponse(
        out.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=600"}
    )


def _with_link(request: MemberRequest, pk: int) -> Round:
    found = queries.round_(request.access, pk)
    if not found.by_link or found.state != RoundState.OPEN:
        raise Http404
    return found


def _open(request: MemberRequest, found: Round) -> HttpResponse:
    try:
        open_round(access=request.access, round_=found)
    except UnknownGuestsError:
        problem = _("Op de lijst staan nog regels die niet kloppen. Er is nog niemand uitgenodigd.")
    except BecauseError as because:
        problem = because.sentence
    except NobodyError as nobody:
        problem = str(nobody)
    else:
        messages.success(request, _("De ronde is open."))
        return redirect("collection:round", found.pk)
    return _round_page(request, found, problem, status=422)


def _choose_items(request: MemberRequest, found: Round) -> HttpResponse:
    instrument = instrument_of(found)
    form = ItemsForm(request.POST, round_=found, instrument=instrument)
    if found.criterion is not None and form.is_valid():
        link_items(
            criterion=found.criterion,
            instrument=instrument,
            items=form.cleaned_data["items"],
            only_these=True,
        )
    return redirect("collection:round", found.pk)


def _round_page(request: MemberRequest, found: Round, problem: str = "", status: int = 200) -> HttpResponse:
    access = request.access
    instrument = instrument_of(found)
    context = {
        "round": found,
        "instrument": instrument,
        "roles": told_of(access, found),
        "in_a_hall": Chosen.read(found.chosen).only is not None,
        "steps": queries.steps_of(found),
        "plan_words": PLAN_WORDS[Plan(found.plan)],
        "may_do": access.may(Verb.DO, Noun.ROUND, found.organisation_id),
        "may_read": access.may(Verb.DO, Noun.TEXT, found.organisation_id),
        "problem": problem,
        "link": settings.SITE_URL + reverse("answer:start", args=[found.link_token])
        if found.link_token
        else "",
        "join_address": site() + reverse("answer:join"),
    }
    if found.state == RoundState.DRAFT:
        context |= before_opening(access, found)
        context["parts"] = parts_of(found, (get_language() or "nl")[:2])
        context["items_form"] = _items_form(found, instrument) if found.criterion else None
    elif found.state == RoundState.OPEN:
        context["participation"] = queries.participation_while_open(access, found)
        context["invited"] = queries.invited_count(access, found)
        context |= while_open(access, found)
    return render(request, "collection/round.html", context, status=status)


def _items_form(found: Round, instrument: Instrument) -> ItemsForm:
    linked = CriterionItem.objects.filter(criterion=found.criterion, instrument_key=instrument.root)
    chosen = list(linked.values_list("item_key", flat=True))
    return ItemsForm(initial={"items": chosen}, round_=found, instrument=instrument)

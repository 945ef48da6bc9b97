"""Answering: one card at a time or all on one page. What was given so far travels in the page itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.collection.actions import Sent, submit
from lemniscaat.collection.answer_pages import (
    page,
    participant,
    posted,
    quick_whole,
    see_other,
    sheet_in,
    sheet_of,
    stopped,
    used,
    way_in,
    whole_context,
)
from lemniscaat.collection.carry import Carry, fresh
from lemniscaat.collection.places import Places
from lemniscaat.collection.queries import Door, came_in
from lemniscaat.collection.sheets import (
    card_at,
    clean,
    counted,
    in_words,
    instrument_for,
    instrument_of,
    step,
)
from lemniscaat.collection.start_page import start_page
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem

FORWARD, BACK = 1, -1


@participant
@require_GET
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Who asks, why, how long it takes, what is kept, when one hears back."""
    at = way_in(token)
    return at if isinstance(at, HttpResponse) else start_page(at)


@participant
@require_http_methods(["GET", "POST"])
def card(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Show card `number`; posted is the card that was just filled in (`van`), which goes with it in the page."""
    if request.method == "GET":
        return see_other(reverse("answer:start", args=[token]))
    given = sheet_in(request)
    at = way_in(token, given, posted(request))
    if isinstance(at, HttpResponse):
        return at
    where = request.POST.get("plek", "")
    sheet = sheet_of(at, given) or begin(at, request.POST.get("rol", ""), where)
    if isinstance(sheet, str):
        return start_page(at, problem=sheet, place=where)
    taken = take_card(request, at, sheet)
    if isinstance(taken, HttpResponse):
        return taken
    direction = BACK if number < _number(request, "van") else FORWARD
    return show(at, taken, number, direction)


def show(at: Door, sheet: Carry, number: int, direction: int = FORWARD) -> HttpResponse:
    """The first card that is asked from `number` on; past the last one comes the check."""
    instrument = instrument_for(at.round, sheet)
    place = step(instrument, sheet.answers, number, direction)
    if place < 1:
        return start_page(at, sheet=sheet)
    if place > len(instrument.items):
        return check_page(at, sheet, instrument)
    return card_page(at, sheet, place)


def card_page(at: Door, sheet: Carry, place: int, **filled: Any) -> HttpResponse:
    """One card; `filled` is what was typed and what is wrong with it."""
    instrument = instrument_for(at.round, sheet)
    one = card_at(instrument, place, role=sheet.role, answers=sheet.answers, **filled)
    which, total = counted(instrument, sheet.answers, place)
    context = {
        "round": at.round,
        "card": one,
        "place": place,
        "before": place - 1,
        "after": place + 1,
        "which": which,
        "total": total,
        "sealed": sheet.sealed(),
    }
    return page("collection/answer/card.html", context, at=at, status=422 if filled else 200, step=True)


@participant
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Everything once more, before it is sent."""
    if request.method == "GET":
        return see_other(reverse("answer:start", args=[token]))
    given = sheet_in(request)
    at = way_in(token, given, posted(request))
    if isinstance(at, HttpResponse):
        return at
    sheet = sheet_of(at, given)
    if sheet is None:
        return start_page(at, problem=_unreadable())
    taken = take_card(request, at, sheet)
    return (
        taken if isinstance(taken, HttpResponse) else check_page(at, taken, instrument_for(at.round, taken))
    )


def check_page(at: Door, sheet: Carry, instrument: Instrument) -> HttpResponse:
    lines = in_words(instrument, sheet.answers, role=sheet.role)
    last = step(instrument, sheet.answers, len(instrument.items), BACK)
    context = {
        "round": at.round,
        "lines": lines,
        "open": sum(not line.words for line in lines),
        "last": last,
        "end": len(instrument.items) + 1,
        "sealed": sheet.sealed(),
    }
    return page("collection/answer/check.html", context, at=at)


@participant
@require_http_methods(["GET", "POST"])
def whole(request: HttpRequest, token: str) -> HttpResponse:
    """All questions on one page; posted is that page itself, to be read in another language."""
    given, form = sheet_in(request), posted(request)
    at = way_in(token, given, form)
    if isinstance(at, HttpResponse):
        return at
    going_on = sheet_of(at, given)
    if going_on is not None:
        context = whole_context(at, going_on, going_on.sealed(), posted=form)
        return page("collection/answer/whole.html", context, at=at)
    where = request.GET.get("plek", "")
    sheet = begin(at, request.GET.get("rol", ""), where)
    return start_page(at, problem=sheet, place=where) if isinstance(sheet, str) else quick_whole(at, sheet)


@participant
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, token: str) -> HttpResponse:
    """Take the sheet in, and say thanks."""
    if request.method == "GET":
        return see_other(reverse("answer:start", args=[token]))
    given, form = sheet_in(request), posted(request)
    at = way_in(token, given, form)
    if isinstance(at, HttpResponse):
        # sent twice: the same sheet is in, so say thanks again
        return see_other(reverse("answer:done", args=[token])) if given and came_in(given.receipt) else at
    sheet = sheet_of(at, given)
    if sheet is None:
        return start_page(at, problem=_unreadable())
    if "alles" in form:
        answers, problems = clean(instrument_of(at.round).items, form)
        sheet = sheet.with_answers(answers)
        if problems:
            context = whole_context(at, sheet, sheet.sealed(), posted=form, problems=problems)
            return page("collection/answer/whole.html", context, at=at, status=422)
    return _sent(at, sheet)


def _sent(at: Door, sheet: Carry) -> HttpResponse:
    sent = submit(
        round_=at.round,
        answers=sheet.answers,
        receipt=sheet.receipt,
        token=at.token if at.personal else "",
        segment_id=at.segment or sheet.segment,
        draft=sheet.draft,
    )
    if sent in {Sent.IN, Sent.BEFORE}:
        return see_other(reverse("answer:done", args=[at.token]))
    return used(at, sheet, None) if sent is Sent.USED else stopped(at.round, sheet, None)


def begin(at: Door, role: str, place: str) -> Carry | str:
    """An empty sheet for who comes in here, or the sentence that says what to choose first."""
    language = get_language() or "nl"
    if at.personal:
        return fresh(round_id=at.round.pk, role=at.role, segment=0, language=language)
    places = Places.from_json(at.round.places)
    role = role or (places.roles[0] if len(places.roles) == 1 else "")
    if role not in places.roles:
        return _("Kies eerst je rol. Dan krijg je de vragen zoals ze bij jou passen.")
    if len(places.choices) == 1:
        place = places.choices[0].key
    segment = places.segment(role=role, place=place, plan=at.round.plan)  # type: ignore[arg-type]  # a choice
    return fresh(round_id=at.round.pk, role=role, segment=segment, language=language)


def take_card(request: HttpRequest, at: Door, sheet: Carry) -> Carry | HttpResponse:
    """The sheet with the posted card in it, or that card again with what is wrong with it."""
    instrument = instrument_for(at.round, sheet)
    place = _number(request, "van")
    if not 1 <= place <= len(instrument.items):
        return sheet
    item: BaseItem = instrument.items[place - 1]
    form = posted(request)
    answers, problems = clean((item,), form)
    if problems:
        return card_page(at, sheet, place, posted=form, problem=problems[item.key])
    kept = {key: stored for key, stored in sheet.answers.items() if key != item.key}
    return sheet.with_answers(kept | answers)


def _number(request: HttpRequest, name: str) -> int:
    value = str(request.POST.get(name, ""))
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _unreadable() -> str:
    return _("We konden je blad niet lezen. Begin opnieuw; er is nog niets verstuurd.")

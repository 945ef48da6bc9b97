"""The first page of a sheet: who asks, why, how long, what is kept, when one hears back, and where to begin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from lemniscaat.collection.answer_pages import dates, page
from lemniscaat.collection.carry import Carry
from lemniscaat.collection.places import Places
from lemniscaat.collection.queries import Door
from lemniscaat.collection.sheets import counted, instrument_of
from lemniscaat.instruments.cards import card
from lemniscaat.people.models import Role

FIGURES = {"number", "date"}
"""Kinds with a field to type in, but not for words."""


def start_page(at: Door, *, sheet: Carry | None = None, problem: str = "", place: str = "") -> HttpResponse:
    """The start; with `sheet` somebody came back here from the first card and loses nothing; `place` was chosen."""
    context = {**start_context(at, sheet=sheet, problem=problem), "place_chosen": place}
    return page("collection/answer/start.html", context, at=at, status=422 if problem else 200, step=True)


def start_context(at: Door, *, sheet: Carry | None = None, problem: str = "") -> dict[str, Any]:
    """What the start shows of a round, for who comes in at this door."""
    instrument = instrument_of(at.round)
    places = Places.from_json(at.round.places)
    labels = {**dict(Role.choices), **at.round.partnership.role_labels}
    return {
        "round": at.round,
        "minutes": instrument.answering_minutes,
        "questions": counted(instrument, {}, 1)[1],
        "roles": [(role, labels.get(role, role)) for role in places.roles],
        "places": places.choices,
        "ask_role": not at.personal and sheet is None and len(places.roles) > 1,
        "ask_place": not at.personal and sheet is None and len(places.choices) > 1,
        "writes": any(item.kind not in FIGURES and card(item).writes for item in instrument.items),
        "personal": at.personal,
        "sealed": sheet.sealed() if sheet else "",
        "problem": problem,
        **dates(at.round),
    }

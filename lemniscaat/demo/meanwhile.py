"""What people of De Brug do by themselves while the demo's calendar runs ahead: whoever gave hears back in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lemniscaat.accountability.actions import Promise, ReturnText, publish_return, save_return
from lemniscaat.base import clock
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.demo.crowd import CAST, new_person
from lemniscaat.demo.dates import on
from lemniscaat.demo.places import SLUG
from lemniscaat.demo.words import words
from lemniscaat.meetings.models import HallStep, Meeting
from lemniscaat.people.access import access_of
from lemniscaat.people.models import Person

HALL = "podium"
"""The talk in a hall that is held from a stage."""
AFTER = 35
"""So many days after the hall Petra tells it what is done with what it said."""


def talk_of(key: str) -> tuple[dict[str, Any], Meeting | None]:
    """One of the talks to step into: its words, and how it stands now."""
    told = next(one for one in words("live") if one["key"] == key)
    rows = Meeting.objects.filter(partnership__slug=SLUG, title=told["title"]).order_by("pk")
    return told, rows.select_related("table", "partnership", "criterion").first()


def hall_round() -> Round | None:
    """The first question that the hall answered from a stage, once it was closed."""
    _told, talk = talk_of(HALL)
    steps = HallStep.objects.filter(table=talk.table_id if talk else 0, round__comes_back_with__isnull=True)
    found = steps.exclude(round__state=RoundState.OPEN).select_related("round__partnership").first()
    return found.round if found else None


def tell_the_hall() -> None:
    """Petra gives back to the hall what it said, with what is done and what is not; once."""
    asked, day = hall_round(), clock.today() + timedelta(days=AFTER)
    if asked is None or asked.state != RoundState.STOPPED:
        return
    leader = dict(CAST)[talk_of(HALL)[0]["leader"]]
    access = access_of(Person.objects.get(email=new_person(leader).email), asked.partnership, day)
    if access is None:
        return
    told = words("returns")[HALL]
    text = ReturnText(told["heard"], told["meaning"], told["dissent"], told["spoke"])
    promises = [Promise(one["kind"], one["text"], one.get("because", "")) for one in told["items"]]
    with on(day):
        save_return(access=access, round_=asked, text=text, promises=promises)
        publish_return(access=access, round_=asked)

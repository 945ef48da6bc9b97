"""The small world of the tests on a Friday in November, whatever the day of the test is."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from lemniscaat.base import clock
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.people.models import Appointment, Body, Organisation, Person
from lemniscaat.year.models import Intent, Way
from lemniscaat.year.planning import Wish, plan
from lemniscaat.year.schoolyear import school_year
from tests.cast import World, build
from tests.collection.released import instrument

TODAY = date(2026, 11, 20)
YEAR = school_year(TODAY)


@pytest.fixture
def world(db: None) -> World:
    """De Brug and De Overkant, in November."""
    clock.move_to((TODAY - timezone.localdate()).days)
    return build()


def wish(**more: Any) -> Wish:
    told: dict[str, Any] = {
        "way": Way.ROUND,
        "title": "Halverwege",
        "begins_on": date(2027, 1, 1),
        "ends_on": date(2027, 1, 31),
        "instrument": "kijken",
        "roles": ("student", "mentor"),
    }
    return Wish(**{**told, **more})


def planned(world: World, who: Person, where: Organisation, key: str = "", **more: Any) -> Intent:
    return plan(access=world.access(who), layer_id=where.pk, wish=wish(**more), form_key=key)


def held(world: World, where: Organisation, key: str, **more: Any) -> Round:
    """A round, open since a week unless told otherwise; without anybody in it."""
    made = instrument()
    version, _new = InstrumentVersion.objects.get_or_create(
        partnership=world.partnership,
        key=made.key,
        version=1,
        defaults={"root": made.root, "definition": made.definition(), "frozen_on": TODAY},
    )
    told: dict[str, Any] = {
        "title": f"Ronde {key}",
        "state": RoundState.OPEN,
        "opened_on": TODAY - timedelta(days=7),
        "roles": ["student", "mentor"],
    }
    return Round.objects.create(
        partnership=world.partnership, organisation=where, instrument=version, key=key, **{**told, **more}
    )


def meeting(body: Body, day: date) -> Appointment:
    at = datetime(day.year, day.month, day.day, 15, 45, tzinfo=ZoneInfo("Europe/Amsterdam"))
    return Appointment.objects.create(body=body, starts_at=at)

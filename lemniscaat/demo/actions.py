"""Loading the demo, moving its calendar, and starting anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db import connection
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.actions import tick
from lemniscaat.demo.cards import CARDS
from lemniscaat.demo.loading import play
from lemniscaat.demo.meanwhile import tell_the_hall
from lemniscaat.demo.models import Clock
from lemniscaat.demo.places import SLUG
from lemniscaat.people.models import Partnership
from lemniscaat.vision.models import Period

THREE_MONTHS = 91
"""Thirteen weeks, so that a Thursday stays a Thursday."""
_AS_FAR_AS = 3 * 365


@dataclass(frozen=True)
class Link:
    """A way in for one role: who it is, and the path of the address."""

    who: str
    path: str


def needs_loading() -> bool:
    """Whether the demo partnership is not there yet."""
    return not Partnership.objects.filter(slug=SLUG).exists()


def load(*, small: bool = False) -> None:
    """Make the demo partnership as it stands today, all or nothing. `small`: six schools, for tests."""
    clock.move_to(0)
    with writing():
        Clock.objects.all().delete()
        play(today=clock.today(), small=small)
        Clock.objects.create(pk=1, days=0)


def reset() -> None:
    """Throw everything away and load the demo anew, in one transaction: nobody ever sees it half."""
    with writing():
        _empty()
        load()


def links() -> list[Link]:
    """A sign-in link for each role; these work in demo mode only."""
    return [Link(f"{card.name}, {card.task}", reverse("demo:be", args=[card.slug])) for card in CARDS]


def restore_clock() -> None:
    """Set the calendar to where the demo was left; call it once when the server starts."""
    row = Clock.objects.first()
    clock.move_to(row.days if row else 0)


def move_on(*, days: int = THREE_MONTHS) -> date:
    """Let the demo's calendar run ahead, and do what comes due on the way. Returns the new day."""
    tell_the_hall()
    return _stand(min(days_ahead() + days, _AS_FAR_AS))


def move_back() -> date:
    """Set the demo's calendar to the real day again. What was done in the meantime stays."""
    return _stand(0)


def days_ahead() -> int:
    """How many days the demo's calendar runs ahead of the real one."""
    row = Clock.objects.first()
    return row.days if row else 0


def _stand(days: int) -> date:
    with writing():
        Clock.objects.update_or_create(pk=1, defaults={"days": days})
        Clock.objects.exclude(pk=1).delete()
    clock.move_to(days)
    _next_year()
    tick()
    return clock.today()


def _next_year() -> None:
    """A school year to stand in, when the calendar runs past the last one."""
    today = clock.today()
    start = date(today.year if today.month >= 8 else today.year - 1, 8, 1)
    with writing():
        for partnership in Partnership.objects.filter(slug=SLUG):
            Period.objects.get_or_create(
                partnership=partnership,
                starts_on=start,
                defaults={"name": f"{start.year}–{start.year + 1}", "ends_on": date(start.year + 1, 7, 31)},
            )


def _empty() -> None:
    """Every row of every room; the order does not matter, for keys are checked at the end."""
    with connection.constraint_checks_disabled():
        for config in apps.get_app_configs():
            if config.name.startswith("lemniscaat."):
                for model in config.get_models(include_auto_created=True):
                    model._base_manager.all()._raw_delete(connection.alias)

"""The demo's days: last school year lies still, this year's story is told backwards from today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from lemniscaat.base import clock

_SEASON = 80
"""So many days of this school year the story needs; when the year is younger, its days are pressed together."""


@dataclass(frozen=True)
class Days:
    """Turns `{last: 94}`, `{ago: 6}` and `{ahead: 4}` into dates; never in a weekend."""

    today: date

    @property
    def start(self) -> date:
        """The first day of this school year."""
        return date(self.today.year if self.today.month >= 8 else self.today.year - 1, 8, 1)

    @property
    def start_before(self) -> date:
        """The first day of last school year."""
        return date(self.start.year - 1, 8, 1)

    def last(self, days: int) -> date:
        """So many days after the start of last school year."""
        return _workday(self.start_before + timedelta(days=days), -1)

    def ago(self, days: int) -> date:
        """So many days before today, and always in this school year."""
        passed = (self.today - self.start).days
        back = round(days * min(1.0, passed / _SEASON))
        return max(_workday(self.today - timedelta(days=back), -1), self.start)

    def ahead(self, days: int) -> date:
        """So many days after today."""
        return _workday(self.today + timedelta(days=days), 1)

    def at(self, spec: Mapping[str, object]) -> date:
        """The date of `last`, `ago` or `ahead` in a piece of content."""
        for name in ("last", "ago", "ahead"):
            if name in spec:
                return {"last": self.last, "ago": self.ago, "ahead": self.ahead}[name](int(str(spec[name])))
        raise KeyError(f"no day in {sorted(spec)}")


def moment(day: date, at: time = time(15, 45)) -> datetime:
    """A time of day in Amsterdam."""
    return datetime.combine(day, at, ZoneInfo("Europe/Amsterdam"))


@contextmanager
def on(day: date) -> Iterator[None]:
    """Play something on another day: the calendar of the product stands there for a while."""
    before = (clock.today() - timezone.localdate()).days
    clock.move_to((day - timezone.localdate()).days)
    try:
        yield
    finally:
        clock.move_to(before)


def _workday(day: date, step: int) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=step)
    return day

"""Last year's days in another year: whole weeks, so that a Thursday stays a Thursday. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lemniscaat.year.schoolyear import SchoolYear, month_after, month_end

NEAR = timedelta(days=21)
"""Farther from the wished day than this a meeting is another meeting."""


@dataclass(frozen=True)
class Window:
    """The days of one line of the year."""

    begins: date
    ends: date
    discussed: date | None = None
    back: date | None = None

    @property
    def whole_months(self) -> bool:
        """Whether it is said in months: from a first day to a last one."""
        return self.begins.day == 1 and self.ends == month_end(self.ends)


def weeks_between(old: SchoolYear, new: SchoolYear) -> timedelta:
    """The whole weeks nearest to the time between two school years."""
    return timedelta(weeks=round((new.first - old.first).days / 7))


def shifted(day: date, old: SchoolYear, new: SchoolYear) -> date:
    """The same weekday in another school year; a week on or back where it would fall just outside."""
    found = day + weeks_between(old, new)
    if old.holds(day):
        if found < new.first:
            found += timedelta(weeks=1)
        elif found > new.last:
            found -= timedelta(weeks=1)
    return found


def moved(window: Window, old: SchoolYear, new: SchoolYear) -> Window:
    """A line's days in another school year. Whole months stay the same months; the rest keeps its weekdays."""
    rest = Window(
        shifted(window.begins, old, new),
        shifted(window.ends, old, new),
        shifted(window.discussed, old, new) if window.discussed else None,
        shifted(window.back, old, new) if window.back else None,
    )
    if window.whole_months:
        months = (new.first.year - old.first.year) * 12
        begins, ends = month_after(window.begins, months), month_end(month_after(window.ends, months))
        return replace(rest, begins=begins, ends=ends)
    return replace(rest, ends=max(rest.begins, rest.ends))


def nearest(wished: date, moments: Iterable[tuple[int, date]], within: timedelta = NEAR) -> int | None:
    """The moment nearest to a day, the earlier of two that are as near; None where none is near."""
    near = [(abs(day - wished), day, pk) for pk, day in moments if abs(day - wished) <= within]
    return min(near)[2] if near else None


def alike(name: str, others: Sequence[tuple[int, str]]) -> int | None:
    """The body that is called the same or begins with the same word; None where none does."""
    same = [pk for pk, other in others if other.casefold() == name.casefold()]
    first = name.casefold().split(" ")[0]
    begins = [pk for pk, other in others if other.casefold().split(" ")[0] == first]
    return next(iter([*same, *begins]), None)

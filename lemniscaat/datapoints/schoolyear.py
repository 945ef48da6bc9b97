"""The year on paper: months, halves, and the lines that stand in it. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

WEEK = timedelta(days=7)
WIDTH = 720
"""How wide the year is drawn; a month is a twelfth, whatever its days."""


@dataclass(frozen=True)
class SchoolYear:
    """A school year, from its first day up to and including its last."""

    first: date
    last: date

    @property
    def year(self) -> int:
        return self.first.year

    @property
    def name(self) -> str:
        return f"{self.first.year}–{self.first.year + 1}"

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each of its twelve months."""
        start = self.first.replace(day=1)
        return tuple(month_after(start, n) for n in range(12))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def clipped(self, day: date) -> date:
        """The day itself, or the nearest day of this year."""
        return min(max(day, self.first), self.last)

    def place(self, day: date) -> float:
        """Where a day stands on a drawing of the year, from 0 to WIDTH."""
        day = self.clipped(day)
        start = self.first.replace(day=1)
        month = (day.year - start.year) * 12 + day.month - start.month
        part = (day.day - 1) / days_in(day)
        return round((month + part) * WIDTH / 12, 1)


def school_year(day: date) -> SchoolYear:
    """The school year of a day: August to July."""
    return year_from(day.year if day.month >= 8 else day.year - 1)


def year_from(year: int) -> SchoolYear:
    """The school year that starts in August of a year."""
    return SchoolYear(date(year, 8, 1), date(year + 1, 7, 31))


def month_after(first: date, months: int) -> date:
    """The first day of the month so many months after the month of a day."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return month_after(day, 1) - timedelta(days=1)


def days_in(day: date) -> int:
    """How many days the month of a day has."""
    return month_end(day).day


class Standing(StrEnum):
    """How a line stands: still a plan, being prepared, asked now, waiting for its return, come back, or known."""

    PLANNED = "planned"
    MISSED = "missed"
    DRAFT = "draft"
    OPEN = "open"
    WAITING = "waiting"
    RETURNED = "returned"
    DONE = "done"


REAL = frozenset({Standing.OPEN, Standing.WAITING, Standing.RETURNED, Standing.DONE})


@dataclass(frozen=True)
class Line:
    """One thing in the year: what is asked, of whom, where it is discussed, when it comes back.

    `key` names the row it was made of; `above` the layer it comes from, where that is not the layer itself.
    """

    key: str
    title: str
    way: str
    begins: date
    ends: date
    standing: Standing
    roles: tuple[str, ...] = ()
    where: str = ""
    discussed: date | None = None
    back: date | None = None
    above: str = ""
    url: str = ""
    instrument: str = ""
    criteria: tuple[int, ...] = ()
    owner: str = ""
    became: str = ""
    """The key of the plan that this round was, or the other way round."""

    @property
    def comes_back(self) -> bool:
        """Whether those who gave still wait for what was promised."""
        return self.back is not None and self.standing in {Standing.OPEN, Standing.WAITING, Standing.PLANNED}

    @property
    def last(self) -> date:
        """The last day on which something happens with it."""
        return max(day for day in (self.begins, self.ends, self.discussed, self.back) if day is not None)


@dataclass(frozen=True)
class Month:
    """A month with the lines that begin in it, and what of earlier lines is discussed or comes back in it."""

    first: date
    now: bool
    lines: tuple[Line, ...] = ()
    discussed: tuple[Line, ...] = ()
    back: tuple[Line, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.lines or self.discussed or self.back)


@dataclass(frozen=True)
class Now:
    """What one sees in ten seconds: what is asked now, what is discussed next, what comes back next."""

    asked: tuple[Line, ...] = ()
    next: Line | None = None
    discussed: Line | None = None
    back: Line | None = None
    late: tuple[Line, ...] = field(default=())


def by_month(lines: Iterable[Line], year: SchoolYear, today: date) -> tuple[Month, ...]:
    """The twelve months with their lines: each line stands once, in the month in which it begins."""
    inside = sorted((line for line in lines if touches(line, year)), key=lambda line: (line.begins, line.key))
    return tuple(
        Month(
            first,
            (first.year, first.month) == (today.year, today.month),
            tuple(line for line in inside if _month(year.clipped(line.begins)) == first),
            tuple(line for line in inside if line.discussed and _falls(line.discussed, first, year)),
            tuple(line for line in inside if line.back and _falls(line.back, first, year)),
        )
        for first in year.months
    )


def touches(line: Line, year: SchoolYear) -> bool:
    """Whether any day of a line falls in the year."""
    return line.begins <= year.last and line.last >= year.first


def _month(day: date) -> date:
    return day.replace(day=1)


def _falls(day: date, first: date, year: SchoolYear) -> bool:
    return year.holds(day) and _month(day) == first


def now_of(lines: Iterable[Line], today: date) -> Now:
    """What is asked today, and what comes next."""
    every = tuple(lines)
    asked = [line for line in every if line.standing is Standing.OPEN]
    coming = [line for line in every if line.standing is Standing.PLANNED and line.ends >= today]
    talked = [line for line in every if line.discussed and line.discussed >= today]
    due = [line for line in every if line.comes_back and line.back]
    return Now(
        tuple(sorted(asked, key=lambda line: (line.ends, line.key))),
        min(coming, key=lambda line: (line.begins, line.key), default=None),
        min(talked, key=lambda line: (line.discussed or today, line.key), default=None),
        min((one for one in due if one.back and one.back >= today), key=_back, default=None),
        tuple(
            sorted(
                (one for one in due if one.standing is Standing.WAITING and one.back and one.back < today),
                key=_back,
            )
        ),
    )


def _back(line: Line) -> tuple[date, str]:
    return (line.back or date.max, line.key)

"""The talk map of one body: which subject it talked about in which month of a school year. Pure: no database, no web.

Rows stand in the order of the vision, never by how often; a subject nobody talked about has a row like any other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

FIRST_MONTH = 8


@dataclass(frozen=True)
class Talked:
    """A talk that was held: its day, and the vision points and waarborgen it was about."""

    day: date
    points: tuple[int, ...] = ()
    waarborgen: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One month of one subject: the first day of the month, and the days on which there was a talk."""

    month: date
    days: tuple[date, ...]


@dataclass(frozen=True)
class Row:
    """One subject through a school year, a cell for each month."""

    key: int
    name: str
    cells: tuple[Cell, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The day of every talk about it, the first one first."""
        return tuple(day for cell in self.cells for day in cell.days)

    @property
    def last(self) -> date | None:
        """When it was talked about last; None when never."""
        return self.days[-1] if self.days else None


def school_year(day: date) -> int:
    """The year in which the school year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def months(year: int) -> tuple[date, ...]:
    """The twelve months of the school year that begins in this year, each by its first day."""
    places = range(FIRST_MONTH - 1, FIRST_MONTH + 11)
    return tuple(date(year + place // 12, place % 12 + 1, 1) for place in places)


def years(days: Iterable[date], today: date) -> tuple[int, ...]:
    """The school years in which there was a talk, and the present one, newest first."""
    return tuple(sorted({school_year(day) for day in days} | {school_year(today)}, reverse=True))


def rows(
    subjects: Sequence[tuple[int, str]], talks: Iterable[tuple[date, Collection[int]]], year: int
) -> tuple[Row, ...]:
    """A row for each subject (key, name) in the order given; `talks` are (day, the keys it was about)."""
    held = sorted(((day, keys) for day, keys in talks if school_year(day) == year), key=lambda pair: pair[0])
    return tuple(_row(key, name, [day for day, keys in held if key in keys], year) for key, name in subjects)


def _row(key: int, name: str, days: Sequence[date], year: int) -> Row:
    cells = [
        Cell(month, tuple(day for day in days if (day.year, day.month) == (month.year, month.month)))
        for month in months(year)
    ]
    return Row(key, name, tuple(cells))

"""A point in its school year, drawn: a thread from the day it was taken up, with what is done and due on it.
Knows no database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lemniscaat.year.schoolyear import WIDTH, SchoolYear

APART = 18.0
"""So far signs stand from each other at least, in the size in which they are drawn."""

FIRST = 10.0
"""No sign stands nearer to an edge: it would be cut."""


@dataclass(frozen=True)
class Size:
    """How large a thread is drawn: wide beside its words, or below them on a phone."""

    name: str
    width: int
    height: int
    y: int
    letters: int = 0
    """How high the letters of the months stand; 0 for none."""


WIDE = Size("wide", 740, 62, 40)
PHONE = Size("phone", 306, 78, 40, 72)


@dataclass(frozen=True)
class Event:
    """Something on a day: `return`, `flag` (a step to do), `done` (a step that is done) or `look`."""

    day: date
    kind: str


@dataclass(frozen=True)
class Thread:
    """From when to when a point runs, for years or for one; `until` is the day on which it ended or is meant to."""

    begins: date
    until: date
    events: tuple[Event, ...] = ()
    long: bool = False


@dataclass(frozen=True)
class Sign:
    kind: str
    x: float


@dataclass(frozen=True)
class Drawn:
    """A thread at one size. `x1`, `now`, `x2`: solid until now and dotted after; `earlier`, `on`: it runs beyond the edges."""

    size: Size
    x1: float
    now: float
    x2: float
    earlier: bool
    on: bool
    long: bool
    today: float | None
    signs: tuple[Sign, ...]
    months: tuple[tuple[float, bool], ...]
    letters: tuple[tuple[float, str, bool], ...]


def touches(thread: Thread, year: SchoolYear) -> bool:
    """Whether a thread runs in a school year, or anything on it falls there."""
    runs = thread.begins <= year.last and thread.until >= year.first
    return runs or any(year.holds(event.day) for event in thread.events)


def draw(thread: Thread, year: SchoolYear, today: date, size: Size, letters: Sequence[str] = ()) -> Drawn:
    """A thread in a year, at a size. `letters`: of the twelve months."""
    scale, edge = size.width / WIDTH, 6.0

    def at(day: date) -> float:
        return round(min(max(year.place(day) * scale, edge), size.width - edge), 1)

    x1, x2 = at(thread.begins), max(at(thread.until), at(thread.begins))
    here = today.replace(day=1)
    return Drawn(
        size,
        x1,
        min(max(at(today), x1), x2),
        x2,
        thread.begins < year.first,
        thread.until > year.last,
        thread.long,
        at(today) if year.holds(today) else None,
        _signs(thread.events, year, at, size),
        tuple((round(size.width * n / 12, 1), n == 6) for n in range(1, 12)),
        tuple(
            (round(size.width * (n + 0.5) / 12, 1), letter, year.months[n] == here)
            for n, letter in enumerate(letters)
        ),
    )


def _signs(
    events: Iterable[Event], year: SchoolYear, at: Callable[[date], float], size: Size
) -> tuple[Sign, ...]:
    """Each sign on its day, or as near to it as the one before it leaves room; never past the edge."""
    inside = sorted((event for event in events if year.holds(event.day)), key=lambda event: event.day)
    found: list[float] = []
    for event in inside:
        found.append(max(at(event.day), found[-1] + APART if found else FIRST))
    most = size.width - FIRST
    for number in range(len(found) - 1, -1, -1):
        found[number] = min(found[number], most)
        most = found[number] - APART
    return tuple(Sign(event.kind, round(max(x, FIRST), 1)) for event, x in zip(inside, found, strict=True))

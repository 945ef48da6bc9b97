"""The weeks to come as a drawing of three rows: when we meet, what is asked, what comes back. Knows no database.

The lists under it say the same in words; this shows only where it is busy and where there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 5
APART, LANE, SHORTEST, EDGE = 18.0, 8.0, 10.0, 8.0
MOST_LANES = 3


@dataclass(frozen=True)
class Size:
    """How wide it is drawn, where the line begins, and how high a row is; `above`: the name stands above its row."""

    kind: str
    width: float
    left: float
    row: float
    above: bool


SIZES = (Size("wide", 760, 132, 40, above=False), Size("phone", 306, 8, 54, above=True))


@dataclass(frozen=True)
class Strand:
    """Something that is asked, from where to where; `sure` is false while it is a plan."""

    x1: float
    x2: float
    y: float
    sure: bool


@dataclass(frozen=True)
class Week:
    """The Monday of a week, and where it stands."""

    day: date
    x: float


@dataclass(frozen=True)
class Drawn:
    """The weeks on a sheet of one size: signs at their places, one row under the other."""

    size: Size
    height: float
    weeks: tuple[Week, ...]
    today: float
    lines: tuple[float, ...]
    names: tuple[float, ...]
    meets: tuple[float, ...]
    strands: tuple[Strand, ...]
    backs: tuple[float, ...]


def weeks(
    today: date,
    *,
    meets: Iterable[date],
    asked: Sequence[tuple[date, date, bool]],
    backs: Iterable[date],
) -> tuple[Drawn, ...]:
    """The five weeks from the Monday of this week, for a wide page and for a phone; what lies outside is not drawn.

    `asked`: from which day to which, and whether it is certain.
    """
    first = today - timedelta(days=today.weekday())
    met, back = tuple(meets), tuple(backs)
    return tuple(_drawn(size, first, today, met, asked, back) for size in SIZES)


def _drawn(
    size: Size,
    first: date,
    today: date,
    meets: Sequence[date],
    asked: Sequence[tuple[date, date, bool]],
    backs: Sequence[date],
) -> Drawn:
    day = (size.width - size.left - 12) / (WEEKS * 7)
    last = first + timedelta(days=WEEKS * 7 - 1)

    def place(when: date) -> float:
        return round(size.left + (when - first).days * day + day / 2, 1)

    middle = [28 + size.row * n + (size.row * 0.68 if size.above else size.row / 2) for n in range(3)]
    found = [one for one in asked if one[0] <= last and one[1] >= first][:MOST_LANES]
    top = middle[1] - LANE * (len(found) - 1) / 2
    strands = [
        Strand(
            place(max(begins, first)),
            max(place(min(ends, last)), place(max(begins, first)) + SHORTEST),
            top + LANE * lane,
            sure,
        )
        for lane, (begins, ends, sure) in enumerate(found)
    ]
    return Drawn(
        size,
        28 + size.row * 3,
        tuple(Week(first + timedelta(weeks=n), round(size.left + n * 7 * day, 1)) for n in range(WEEKS)),
        place(today),
        tuple(middle),
        tuple(y - size.row * 0.36 if size.above else y + 5 for y in middle),
        _apart([place(when) for when in meets if first <= when <= last], size.width - EDGE),
        tuple(strands),
        _apart([place(when) for when in backs if first <= when <= last], size.width - EDGE),
    )


def _apart(places: Iterable[float], end: float) -> tuple[float, ...]:
    """Signs in the order of the days, each just past the one before it where they would cover each other; none past
    the end."""
    found: list[float] = []
    for x in sorted(places):
        found.append(max(x, found[-1] + APART) if found else x)
    return tuple(min(x, end) for x in found)

"""One line of the year as a drawing: a thread per voice that is asked, where it is discussed, when it comes back.
Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lemniscaat.base.drawings.voices import VOICES, look_of
from lemniscaat.year.schoolyear import REAL, WIDTH, Line, SchoolYear, Standing

GAP, EDGE, SHORTEST = 8.0, 12.0, 10.0


@dataclass(frozen=True)
class Strand:
    """The thread of a voice: from where to where, and how high."""

    voice: str
    y: float
    x1: float
    x2: float


@dataclass(frozen=True)
class Drawn:
    """A line of the year on a sheet of WIDTH by `height`; `middle`: how high its signs stand."""

    height: float
    middle: float
    strands: tuple[Strand, ...]
    real: bool
    talk: float | None = None
    back: float | None = None
    came_back: bool = False


def drawn(line: Line, year: SchoolYear) -> Drawn:
    """A line as it stands in the year; nothing is drawn of what lies outside it."""
    looks = [voice for voice in VOICES if voice in {look_of(role) for role in line.roles}] or [""]
    height = max(28.0, 2 * EDGE + GAP * (len(looks) - 1))
    top = (height - GAP * (len(looks) - 1)) / 2
    x1, x2 = year.place(line.begins), year.place(line.ends)
    x2 = min(max(x2, x1 + SHORTEST), WIDTH - 4.0)
    x1 = max(4.0, min(x1, x2 - SHORTEST))
    talk = _sign(line.discussed, year, x2 + 12)
    return Drawn(
        height,
        height / 2,
        tuple(Strand(look, top + GAP * n, x1, x2) for n, look in enumerate(looks)),
        line.standing in REAL,
        talk,
        _sign(line.back, year, (talk or x2) + (18 if talk else 12)),
        line.standing is Standing.RETURNED,
    )


def _sign(day: date | None, year: SchoolYear, after: float) -> float | None:
    """Where a sign stands: on its day, or just past what it would cover; nothing of what lies outside the year."""
    if day is None or not year.holds(day):
        return None
    return min(max(year.place(day), after), WIDTH - 10.0)


def grid() -> tuple[tuple[int, bool], ...]:
    """Where the months begin, and whether a half of the year does."""
    return tuple((WIDTH * n // 12, n == 6) for n in range(1, 12))

"""What hangs on the wall of the team room: at most three points, as large as their words allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.agenda.looks.overview import Told
from lemniscaat.agenda.points.taking_up import MOST

LARGE, MIDDLE = 90, 170
"""So many characters a sentence may have to be set large, or one size smaller."""
TIGHT = 120
"""How we notice in more characters than this is set smaller, and leaves less room to write."""


@dataclass(frozen=True)
class OnWall:
    """One point on the sheet, with the size of its sentence and so many lines to write on. `tight`: the rest is long."""

    told: Told
    size: str
    tight: bool
    lines: range


@dataclass(frozen=True)
class Wall:
    """The sheet; `more`: what was taken up beside these, in a line of small print."""

    points: tuple[OnWall, ...]
    more: tuple[Told, ...]


def on_the_wall(running: Sequence[Told]) -> Wall:
    """The first points of an agenda on one sheet; the fewer there are, the more room to write."""
    shown = running[:MOST]
    room = {1: 16, 2: 6, 3: 3}.get(len(shown), 0)
    return Wall(tuple(_set(one, room) for one in shown), tuple(running[MOST:]))


def _set(one: Told, room: int) -> OnWall:
    length = len(one.goal.sentence)
    size = "large" if length <= LARGE else "middle" if length <= MIDDLE else "small"
    tight = max(len(one.goal.noticeable or one.goal.measurable), len(one.who), len(one.returns)) > TIGHT
    spent = (size == "small") + tight
    return OnWall(one, size, tight, range(max(1, room - spent)))

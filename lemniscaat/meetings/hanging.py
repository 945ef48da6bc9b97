"""How a question hangs on the wall: all its rows in one drawing, the one where people differ most on top. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lemniscaat.base.drawings.distribution import Figure
from lemniscaat.meetings.looking import Seen

MOST = 7
"""So many rows can be read from the back of a room."""


def in_one(figures: Sequence[Figure], first: str = "") -> Figure | None:
    """Drawings of one question, each with one row for everybody, as the rows of one drawing. `first` is the name of
    the row that is framed. None where they do not have the same answers, or nothing is drawn."""
    drawn = [figure for figure in figures if len(figure.rows) == 1]
    if len(drawn) < 2 or len(drawn) < len(figures) or any(f.options != drawn[0].options for f in drawn):
        return None
    rows = [
        replace(figure.rows[0], label=figure.question, voice="", first=figure.question == first)
        for figure in drawn
    ]
    rows.sort(key=lambda row: not row.first)
    return Figure("", drawn[0].options, tuple(rows[:MOST]))


def of_table(seen: Seen) -> Figure | None:
    """What people at a table chose in the rows of one question."""
    figures = [
        replace(figure, question=place.label)
        for place in seen.places
        for figure in place.figures[:1]
        if place.label
    ]
    return in_one(figures, seen.apart.widest)

"""The eighteen instruments by the five working elements, as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from lemniscaat.instruments.shelf import Entry
from lemniscaat.instruments.vocabulary import Element

COLUMNS: tuple[str, ...] = get_args(Element)
EIGHTEEN = range(1, 19)
ORDER = ("", "maybe", "yes")


@dataclass(frozen=True)
class Row:
    """One number: its files and, per column, 'yes', 'maybe' or ''."""

    number: int
    entries: tuple[Entry, ...]
    cells: tuple[str, ...]

    @property
    def series(self) -> str:
        """The series where several files stand in one row together."""
        return (self.entries[0].instrument.series or "") if self.entries else ""

    @property
    def bare(self) -> bool:
        """True where the row has no cross at all."""
        return not any(self.cells)


def matrix(entries: Iterable[Entry]) -> tuple[Row, ...]:
    """A row for each of the eighteen, also where the cabinet holds no file with that number."""
    # copies adapt: the overview is about the instruments as they came
    numbered = [entry for entry in entries if entry.source == "ours" and entry.instrument.number]
    return tuple(
        _row(number, tuple(entry for entry in numbered if entry.instrument.number == number))
        for number in EIGHTEEN
    )


def _row(number: int, entries: tuple[Entry, ...]) -> Row:
    cells = tuple(
        max((str(e.instrument.elements.get(column, "")) for e in entries), key=ORDER.index, default="")  # type: ignore[call-overload]  # the keys are those of COLUMNS
        for column in COLUMNS
    )
    return Row(number, entries, cells)

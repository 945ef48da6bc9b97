"""What a figure can say: a part of a whole, a count, a number, yes or no, answers; and a fault of a row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lemniscaat.figures.amounts import Span

SHARE, COUNT, NUMBER, YES_NO, SPREAD = "share", "count", "number", "yes_no", "spread"


@dataclass(frozen=True)
class Value:
    """What a figure says: a part of a whole, a count, a number, yes or no, or counts per answer."""

    kind: str
    part: int = 0
    whole: int | None = None
    number: Decimal | None = None
    counts: tuple[tuple[str, int], ...] = ()

    @property
    def people(self) -> int:
        """How many it rests on: its whole, or itself."""
        return self.part if self.whole is None else self.whole

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        number = None if self.number is None else format(self.number.normalize(), "f")
        counts = [list(pair) for pair in self.counts]
        return {
            "kind": self.kind,
            "part": self.part,
            "whole": self.whole,
            "number": number,
            "counts": counts,
        }


@dataclass(frozen=True)
class Fact:
    """One figure as it stands in the file."""

    line: int
    place: str
    code: str
    span: Span | None
    name: str
    value: Value


@dataclass(frozen=True)
class Fault:
    """Why something of a row is not taken in. `aside`: it needs no mending, it is left out and said."""

    line: int
    problem: str
    value: str = ""
    suggestion: str = ""
    aside: bool = False

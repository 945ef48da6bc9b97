"""Amounts on squared paper: one square is so many, rows on one scale from nothing, the figure behind the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from lemniscaat.base.drawings.curve import short
from lemniscaat.base.drawings.distribution import BETWEEN_PEOPLE, MID, PHONE, WIDE, Size, box

MOST_SQUARES = 24
"""More than that nobody counts."""
STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Length:
    """One row: what stands before it, how much it is, and the same in words."""

    label: str
    amount: Decimal
    words: str


@dataclass(frozen=True)
class Squared:
    """Amounts under each other. `square`: how much one square is; `most`: where the scale ends, in that measure."""

    name: str
    rows: tuple[Length, ...]
    square: Decimal
    most: Decimal
    note: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Strip:
    """The squares of one row for one width."""

    kind: str
    width: int
    height: int
    path: str
    paper: str


def square_of(amounts: Iterable[Decimal], whole: bool) -> Decimal:
    """How much one square is, so that the largest takes some squares and not too many: 1, 2, 5, 10, 20 ...

    `whole`: what is counted does not come in pieces.
    """
    most = max(amounts, default=Decimal(0))
    if most <= 0:
        return Decimal(1)
    size = Decimal(10) ** (most / MOST_SQUARES).adjusted()
    found = next(step * size for step in STEPS if most / (step * size) <= MOST_SQUARES)
    return max(found, Decimal(1)) if whole else found


def strips(row: Length, of: Squared) -> tuple[Strip, ...]:
    """One row for a wide page, a narrow one and a phone."""
    return tuple(_strip(row, of, size) for size in (WIDE, MID, PHONE))


def _strip(row: Length, of: Squared, size: Size) -> Strip:
    cells = max(1, int((of.most / of.square).to_integral_value(ROUND_CEILING)))
    # few squares stay squares
    width = min((size.width - 2) / cells, float(size.height))
    full, rest = divmod(row.amount / of.square, 1)
    squares = [box(1 + at * width, width - BETWEEN_PEOPLE, size.height) for at in range(int(full))]
    if rest:
        squares.append(
            box(1 + int(full) * width, max(float(rest) * (width - BETWEEN_PEOPLE), 1.5), size.height)
        )
    end = 1 + cells * width
    lines = "".join(
        f"M{short(1 + at * width - BETWEEN_PEOPLE / 2)} 1v{size.height - 2}" for at in range(cells + 1)
    )
    paper = f"{lines}M1 {size.height - 1}h{short(end - 1)}"
    return Strip(size.kind, size.width, size.height, "".join(squares), paper)

"""How a figure through the years is drawn: so many of so many, answers as they were given, or squares of an amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from lemniscaat.base.drawings.distribution import Figure as Drawing
from lemniscaat.base.drawings.distribution import Option, Row
from lemniscaat.base.drawings.squared import Length, Squared, square_of
from lemniscaat.datapoints.models import Indicator
from lemniscaat.figures.titles import amount_told
from lemniscaat.figures.values import COUNT, NUMBER, SHARE, SPREAD, YES_NO, Value


@dataclass(frozen=True)
class Drawn:
    """One period of a line: when, what it says, and the same in words."""

    period: str
    value: Value
    words: str


@dataclass(frozen=True)
class Square:
    """How much one square is, and how far the scale goes."""

    amount: Decimal
    most: Decimal


def _amount(value: Value) -> Decimal:
    return (value.number or Decimal(0)) if value.kind == NUMBER else Decimal(value.part)


def square(of: Indicator, values: Sequence[Value]) -> Square | None:
    """The square on which a line of amounts is drawn; None where it is no line of amounts."""
    kinds = {value.kind for value in values}
    if of.kind == YES_NO or kinds not in ({COUNT}, {NUMBER}):
        return None
    amounts = [_amount(value) for value in values]
    return Square(square_of(amounts, whole=kinds == {COUNT}), max(amounts))


def squared(of: Indicator, points: Sequence[Drawn], on: Square | None) -> Squared | None:
    """A count, hours or money as squares; every stretch of a line on the same square."""
    if on is None:
        return None
    rows = tuple(Length(one.period, _amount(one.value), one.words) for one in points)
    note = _("Eén hokje is %(n)s%(unit)s.") % {
        "n": amount_told(on.amount),
        "unit": f" {of.unit}" if of.unit else "",
    }
    if on.amount == 1 and not of.unit:
        note = _("Eén hokje is één.")
    return Squared(of.name, rows, on.amount, on.most, note, _sentence(points))


def distribution(of: Indicator, points: Sequence[Drawn]) -> Drawing | None:
    """A share as so many of so many, answers as they were given."""
    values = [point.value for point in points]
    if of.kind == SHARE and all(one.whole for one in values):
        options: tuple[Option, ...] = (Option("in", of.name, "5"), Option("rest", _("de anderen"), "1"))
        rows = tuple(
            Row(
                "",
                point.period,
                {"in": value.part, "rest": (value.whole or 0) - value.part},
                value.whole or 0,
                counted=f"{value.whole} {of.unit}".strip(),
            )
            for point, value in zip(points, values, strict=True)
        )
        return Drawing(of.name, options, rows, sentence=_sentence(points))
    if of.kind == SPREAD and 2 <= len(values[0].counts) <= 7:
        names = [name for name, _n in values[0].counts]
        if any([name for name, _n in one.counts] != names for one in values):
            return None
        options = tuple(Option(str(at), name) for at, name in enumerate(names))
        spread = tuple(
            Row("", point.period, {str(at): n for at, (_name, n) in enumerate(value.counts)}, value.part)
            for point, value in zip(points, values, strict=True)
        )
        return Drawing(of.name, options, spread)
    return None


def _sentence(points: Sequence[Drawn]) -> str:
    """The newest, and the one before it under the same definition."""
    now = _("%(period)s: %(figure)s.") % {"period": points[0].period, "figure": points[0].words}
    if len(points) == 1:
        return now
    before = _("In %(period)s %(figure)s.") % {"period": points[1].period, "figure": points[1].words}
    return f"{now} {before}"

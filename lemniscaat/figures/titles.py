"""A figure in one line of words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lemniscaat.datapoints.models import Indicator
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.values import COUNT, NUMBER, SHARE, SPREAD, Value


def told(value: Value, unit: str = "") -> str:
    """14 van de 23 studenten; 6 werkplekken; 12,5 uren; ja; of het aantal antwoorden."""
    unit = f" {unit}" if unit else ""
    if value.kind == SHARE:
        return _("%(part)s van de %(whole)s%(unit)s") % {
            "part": value.part,
            "whole": value.whole,
            "unit": unit,
        }
    if value.kind == COUNT:
        return f"{value.part}{unit}"
    if value.kind == NUMBER:
        return f"{amount_told(value.number)}{unit}"
    if value.kind == SPREAD:
        counts = ", ".join(f"{name} {number}" for name, number in value.counts)
        return _("%(n)s antwoorden (%(counts)s)") % {"n": value.part, "counts": counts}
    return _("ja") if value.part else _("nee")


def amount_told(number: Decimal | None) -> str:
    """A number as a reader writes it: no needless zeros, and thousands apart."""
    plain = (number or Decimal(0)).normalize()
    return str(number_format(format(plain, "f"), force_grouping=True))


def told_state(state: Mapping[str, Any]) -> str:
    """What a figure says, from its JSON; a dash for nothing."""
    if not state:
        return "–"
    number = None if state["number"] is None else Decimal(state["number"])
    counts = tuple((str(name), int(n)) for name, n in state["counts"])
    return told(Value(state["kind"], state["part"], state["whole"], number, counts))


def title_of(indicator: Indicator, value: Value, span: Span) -> str:
    """What stands in the ledger."""
    short = told(value, indicator.unit) if value.kind != SPREAD else _("%(n)s antwoorden") % {"n": value.part}
    return f"{indicator.name[:110]}: {short}, {span.name}"[:200]

"""What a figure says, written and put back; and whether it may be told beside the others."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from lemniscaat.base import clock
from lemniscaat.datapoints.models import DataPoint, Figure
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.preview import least_of
from lemniscaat.figures.sheltering import Cell, tellable
from lemniscaat.figures.told_beside import Beside, Subject
from lemniscaat.figures.values import COUNT
from lemniscaat.people.models import Partnership
from lemniscaat.vision.models import Criterion


def in_turn(partnership: Partnership) -> None:
    """One import at a time: two at once would each see what the other had not yet put there."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def said(row: Figure, state: dict[str, Any], criterion: Criterion | None) -> Figure:
    """The same figure saying this; not saved yet."""
    point = row.data_point
    row.part, row.whole, row.counts = state["part"], state["whole"], state["counts"]
    row.number = None if state["number"] is None else Decimal(state["number"])
    row.version = state["version"]
    point.criterion = criterion
    point.point = criterion.point if criterion else None
    point.source_text, point.title = state["source"], state["title"]
    point.n = row.part if row.whole is None and state["kind"] == COUNT else row.whole
    return row


def put_all(rows: Iterable[tuple[Figure, dict[str, Any]]]) -> None:
    """Let figures say this."""
    rows = list(rows)
    wanted = {state["criterion"] for _row, state in rows if state["criterion"]}
    criteria = Criterion.objects.filter(pk__in=wanted).select_related("point").in_bulk()
    for row, state in rows:
        said(row, state, criteria.get(state["criterion"]))
        # one by one: a bulk update of so many fields takes five times as long
        row.data_point.save(update_fields=["criterion", "point", "source_text", "title", "n"])
        row.save(update_fields=["part", "whole", "counts", "number", "version"])


def shelter(partnership: Partnership, touched: dict[tuple[int, Span], set[int]]) -> None:
    """Say anew of what was touched whether it may be told; what was told stays, what was kept back waits."""
    told = Beside(partnership)
    rows = Figure.objects.filter(indicator_id__in={pk for pk, _ in touched}, starts_on__isnull=False)
    by_group: dict[tuple[int, Span], list[Figure]] = {}
    for row in rows.select_related("data_point", "indicator"):
        if row.starts_on and row.ends_on:
            by_group.setdefault((row.indicator_id, Span(row.starts_on, row.ends_on)), []).append(row)
    for group, places in touched.items():
        _shelter_group(by_group.get(group, []), group[1], places, told)


def _shelter_group(rows: list[Figure], when: Span, places: set[int], beside_: Beside) -> None:
    least = least_of(rows[0].indicator.about) if rows else 0
    by_place = {row.data_point.organisation_id: row.data_point for row in rows}
    if least:
        cells = [
            Cell(
                place,
                *beside_.nesting.of(place, when.last, clock.today()),
                row.part if row.whole is None else row.whole,
            )
            for row in rows
            for place in [row.data_point.organisation_id]
        ]
        told = {place for place, point in by_place.items() if not point.kept_back} - places
        shown = tellable(cells, told=told, ask=places, least=least)
        criteria = frozenset(pk for row in rows if (pk := row.data_point.criterion_id))
        subject = Subject(criteria, rows[0].indicator.name, when)
        shown = beside_.of_file(cells, subject, rows[0].indicator.about, told=told, shown=shown)
    else:
        shown = frozenset(by_place)
    for hidden in (True, False):
        other = [
            one.pk
            for place, one in by_place.items()
            if (place not in shown) is hidden and one.kept_back != hidden
        ]
        if other:
            DataPoint.objects.filter(pk__in=other).update(kept_back=hidden)

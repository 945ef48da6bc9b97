"""The newest of each figure of a layer, in a line of words; and of the partnership as a whole what may be told of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from lemniscaat.datapoints.models import About, Figure, Indicator
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.lines import Point, point_of, told_rows, whole
from lemniscaat.figures.places import Nesting
from lemniscaat.figures.standing import seen
from lemniscaat.people.access import Access

FAR = timedelta(days=800)
"""So far back a page that says how it stands now looks at all: two school years, and the wait for the next."""
_FIELDS = (
    *("part", "whole", "number", "counts", "starts_on", "ends_on", "version", "indicator", "data_point"),
    *("data_point__organisation", "data_point__happened_on", "data_point__source_text"),
    *("indicator__name", "indicator__unit", "indicator__kind", "indicator__about"),
)
"""What a line of words needs: there may be a figure of every school, and each stands beside long texts."""


@dataclass(frozen=True)
class Newest:
    """The newest period of a figure, and the one before it where it was counted in the same way."""

    indicator: Indicator
    now: Point
    before: Point | None = None
    broken: bool = False

    @property
    def drawn(self) -> bool:
        """Whether it is a part of a whole that squares can tell."""
        return self.now.value.whole is not None and self.now.value.whole <= 60

    @property
    def of_things(self) -> bool:
        """Hours, money or things; else people or what they answered."""
        return self.indicator.about == About.THINGS


def newest_at(access: Access, layer_id: int) -> list[Newest]:
    """The newest of each figure of a layer that I may read, hours and means first, then by name. One query."""
    if layer_id not in seen(access):
        return []
    rows = _rows(access).filter(data_point__organisation_id=layer_id)
    found: defaultdict[Indicator, list[Point]] = defaultdict(list)
    for row in rows:
        found[row.indicator].append(point_of(row, row.indicator))
    return _sorted(_newest(of, points) for of, points in found.items())


def newest_whole(access: Access) -> list[Newest]:
    """Hours and means of the partnership as a whole: its own figure, or the sum of enough places. Which is not said."""
    rows = _rows(access).filter(indicator__about=About.THINGS, indicator__made_by__isnull=False)
    by_indicator: defaultdict[Indicator, list[Figure]] = defaultdict(list)
    for row in rows:
        by_indicator[row.indicator].append(row)
    mine, nesting = access.tree.root in seen(access), Nesting(access.partnership)
    found = []
    for of, every in by_indicator.items():
        some = _last_two(every)
        own = [
            point_of(row, of) for row in some if mine and row.data_point.organisation_id == access.tree.root
        ]
        have = {point.span for point in own}
        points = own + [point for point in whole(access, of, some, nesting) if point.span not in have]
        if points:
            found.append(_newest(of, points))
    return _sorted(found)


def _last_two(rows: Sequence[Figure]) -> list[Figure]:
    """Those of the two newest periods."""
    ends = sorted({row.ends_on for row in rows if row.ends_on}, reverse=True)[:2]
    return [row for row in rows if row.ends_on in ends]


def _rows(access: Access):  # type: ignore[no-untyped-def]  # as told_rows
    rows = told_rows(access).filter(starts_on__isnull=False, ends_on__gte=access.day - FAR)
    return rows.select_related("indicator", "data_point").only(*_FIELDS)


def _newest(of: Indicator, points: Iterable[Point]) -> Newest:
    last: dict[Span, Point] = {point.span: point for point in points}
    now, *earlier = sorted(last.values(), key=lambda point: point.span, reverse=True)
    before = earlier[0] if earlier else None
    same = before is not None and before.version == now.version
    return Newest(of, now, before if same else None, before is not None and not same)


def _sorted(rows: Iterable[Newest]) -> list[Newest]:
    return sorted(rows, key=lambda one: (not one.of_things, one.indicator.name.lower(), one.indicator.pk))

"""An indicator through the years, for the layers of whoever looks: the own, what is around it, and the whole.

No page holds two schools beside each other for who is not in both. The whole is the partnership's own figure, or the
sum of at least three places that may be told; which places is not said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.base.drawings.distribution import Figure as Drawing
from lemniscaat.base.drawings.squared import Squared
from lemniscaat.datapoints.models import About, Figure, FormerDefinition, Indicator
from lemniscaat.figures import pictures
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.places import Nesting
from lemniscaat.figures.standing import seen
from lemniscaat.figures.titles import told
from lemniscaat.figures.values import NUMBER, SHARE, SPREAD, Value
from lemniscaat.people.access import Access

LEAST_PLACES = 3
MOST_PERIODS = 10
_PER = re.compile(r"\b(per|gemiddelde?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Point:
    """One period of a line. `places`: of how many places it is the sum, 0 for a figure of the layer itself."""

    span: Span
    value: Value
    version: int
    words: str
    source: str = ""
    places: int = 0


@dataclass(frozen=True)
class Stretch:
    """Periods that were counted under one definition, newest first. `broken`: the older stretch means another thing."""

    points: tuple[Point, ...]
    drawing: Drawing | None
    squared: Squared | None = None
    definition: str = ""
    broken: bool = False

    @property
    def head(self) -> list[str]:
        return [_("Periode"), _("Cijfer")]

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [(point.span.name, point.words) for point in self.points]


@dataclass(frozen=True)
class LayerLine:
    """The line of one layer."""

    name: str
    stretches: tuple[Stretch, ...]
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for stretch in self.stretches for point in stretch.points)


def value_of(figure: Figure, kind: str) -> Value:
    """What a stored figure says."""
    counts = tuple((str(name), int(number)) for name, number in figure.counts)
    return Value(kind, figure.part, figure.whole, figure.number, counts)


def indicators(access: Access) -> list[Indicator]:
    """The indicators with a figure that I may read, or of which the whole may be told; by name."""
    rows_told = told_rows(access)
    mine = rows_told.filter(data_point__organisation_id__in=seen(access)).values("indicator_id")
    own = Indicator.objects.filter(partnership=access.partnership, pk__in=mine)
    others = Indicator.objects.filter(partnership=access.partnership, made_by__isnull=False)
    rows = {row.pk: row for row in [*own, *others.filter(pk__in=rows_told.values("indicator_id"))]}
    return sorted(rows.values(), key=lambda row: (row.name.lower(), row.pk))


def indicator(access: Access, pk: int) -> Indicator:
    """One of these; 404 otherwise."""
    for row in indicators(access):
        if row.pk == pk:
            return row
    raise Http404


def told_rows(access: Access):  # type: ignore[no-untyped-def]  # the stubs cannot name a queryset of one's own reverse
    """The figures that stand and are told; which of them I may read is not asked here."""
    return Figure.objects.filter(
        data_point__partnership=access.partnership,
        data_point__kept_back=False,
        data_point__withdrawn_on__isnull=True,
    )


def lines(access: Access, of: Indicator) -> list[LayerLine]:
    """The lines I may read, from my nearest layer to the whole; four queries and one a period."""
    rows = list(told_rows(access).filter(indicator=of).select_related("data_point"))
    mine, former = seen(access), _former(of)
    by_layer: defaultdict[int, list[Point]] = defaultdict(list)
    for row in rows:
        if row.data_point.organisation_id in mine:
            by_layer[row.data_point.organisation_id].append(point_of(row, of))
    root = access.tree.root
    summed = whole(access, of, rows)
    have = {point.span for point in by_layer[root]}
    by_layer[root] += [point for point in summed if point.span not in have]
    found, kept = [], _kept(access, of)
    for layer in access.layers:
        points = sorted(by_layer[layer.id], key=lambda one: one.span, reverse=True)[:MOST_PERIODS]
        if points:
            notes = [_note(of, points), _kept_note(kept[layer.id] - {point.span for point in points})]
            told_notes = tuple(note for note in notes if note)
            found.append(LayerLine(layer.name, stretches(of, points, former), told_notes))
    return found


def _kept(access: Access, of: Indicator) -> defaultdict[int, set[Span]]:
    """The periods of my layers of which a figure is kept without being told."""
    found: defaultdict[int, set[Span]] = defaultdict(set)
    rows = Figure.objects.filter(
        indicator=of, data_point__kept_back=True, data_point__organisation_id__in=seen(access)
    )
    for row in rows.select_related("data_point"):
        found[row.data_point.organisation_id].add(_span(row))
    return found


def _kept_note(spans: set[Span]) -> str:
    if not spans:
        return ""
    return _(
        "Van %(periods)s is er een cijfer dat we niet tonen: er zou iets over minder dan vijf mensen uit volgen."
    ) % {"periods": ", ".join(span.name for span in sorted(spans))}


def _former(of: Indicator) -> dict[int, str]:
    rows = FormerDefinition.objects.filter(indicator=of)
    return {**{row.version: row.definition for row in rows}, of.version: of.definition}


def _span(row: Figure) -> Span:
    day = row.data_point.happened_on
    return Span(row.starts_on or day, row.ends_on or day)


def point_of(row: Figure, of: Indicator) -> Point:
    """A stored figure as one period of a line."""
    value = value_of(row, of.kind if row.whole is not None or of.kind != SHARE else "count")
    return Point(_span(row), value, row.version, told(value, of.unit), row.data_point.source_text)


def whole(
    access: Access, of: Indicator, rows: Sequence[Figure], nesting: Nesting | None = None
) -> list[Point]:
    """Per period the sum of the widest places that may be told, when there are enough; never with what was kept.

    `nesting`: read once, for who asks about several indicators.
    """
    groups: defaultdict[tuple[Span, int], list[Figure]] = defaultdict(list)
    if of.kind == NUMBER and _PER.search(f"{of.name} {of.unit}"):
        # hours per student of one school and of another are no hours together
        return []
    for row in rows:
        if row.starts_on is not None:
            groups[_span(row), row.version].append(row)
    nesting = nesting or Nesting(access.partnership)
    found: dict[Span, Point] = {}
    for (when, version), group in sorted(groups.items(), key=lambda one: (one[0][0], one[0][1])):
        top = _widest(group, when.last, access.day, nesting)
        if len(top) >= LEAST_PLACES:
            value = summed(of.kind, [value_of(row, of.kind) for row in top])
            if value is not None:
                words = told(value, of.unit)
                if value.kind == "count" and of.kind == "yes_no":
                    words = _("%(n)s van de %(all)s zeggen ja") % {"n": value.part, "all": len(top)}
                found[when] = Point(when, value, version, words, "", len(top))
    return list(found.values())


def _widest(rows: Iterable[Figure], day: date, today: date, nesting: Nesting) -> list[Figure]:
    """Those that lie in no other of these, and none of them the partnership itself."""
    paths = {}
    for row in rows:
        path, margin = nesting.of(row.data_point.organisation_id, day, today)
        if len(path) > 1 and not margin.startswith("crossing"):
            paths[path] = (row, margin)
    margins = {margin for _row, margin in paths.values()}
    if len(margins) > 1:
        # schools and institutes hold the same students: added up they would count twice
        return []
    return [
        row
        for path, (row, _margin) in paths.items()
        if not any(path[:length] in paths for length in range(1, len(path)))
    ]


def summed(kind: str, values: Sequence[Value]) -> Value | None:
    """Several places as one. None where they cannot be added."""
    if kind == SHARE:
        if any(one.whole is None for one in values):
            return None
        return Value(SHARE, sum(one.part for one in values), sum(one.whole or 0 for one in values))
    if kind == NUMBER:
        return Value(NUMBER, number=sum((one.number or Decimal(0) for one in values), Decimal(0)))
    if kind == SPREAD:
        if len({tuple(name for name, _n in one.counts) for one in values}) != 1:
            return None
        counts: dict[str, int] = {}
        for one in values:
            for name, number in one.counts:
                counts[name] = counts.get(name, 0) + number
        total = sum(counts.values())
        return Value(SPREAD, total, total, counts=tuple(counts.items()))
    return Value("count", sum(one.part for one in values))


def _note(of: Indicator, points: Sequence[Point]) -> str:
    places = {point.places for point in points if point.places}
    if not places:
        return ""
    n = max(places)
    if of.about == About.THINGS:
        return ngettext("Opgeteld uit %(n)d plek.", "Opgeteld uit %(n)d plekken.", n) % {"n": n}
    return ngettext(
        "Opgeteld uit %(n)d plek. Plekken met te weinig mensen tellen niet mee.",
        "Opgeteld uit %(n)d plekken. Plekken met te weinig mensen tellen niet mee.",
        n,
    ) % {"n": n}


def stretches(of: Indicator, points: Sequence[Point], former: dict[int, str]) -> tuple[Stretch, ...]:
    """Points newest first, cut wherever the definition is another one."""
    groups: list[list[Point]] = []
    for point in points:
        if groups and groups[-1][-1].version == point.version:
            groups[-1].append(point)
        else:
            groups.append([point])
    # on one scale: what a cut keeps apart in meaning is not drawn larger
    square = pictures.square(of, [point.value for point in points])
    return tuple(
        Stretch(
            tuple(group),
            pictures.distribution(of, told),
            pictures.squared(of, told, square),
            former.get(group[0].version, ""),
            broken=at + 1 < len(groups),
        )
        for at, group in enumerate(groups)
        for told in [[pictures.Drawn(point.span.name, point.value, point.words) for point in group]]
    )

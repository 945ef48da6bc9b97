"""What is known about a criterion at a layer, as facts to weigh: from the ledger, and from rounds through their door.

What I may not see is not here, so it does not count either; nor what somebody keeps to himself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, Max, QuerySet

from lemniscaat.agenda.decisions.richness import (
    DECIDE,
    LEARN,
    POOL,
    Aside,
    Known,
    Richness,
    Size,
    set_aside,
    weigh,
)
from lemniscaat.collection.models import PermittedUse, Round
from lemniscaat.datapoints.models import Circle, DataPoint, Figure, SourceKind
from lemniscaat.datapoints.queries import OWN, POINTING, ledger
from lemniscaat.people.access import Access
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion
from lemniscaat.year.coverage import HARD, SOFT
from lemniscaat.year.hearing import RoundHeard, rounds_on, voices_here

BACK = timedelta(days=5 * 365)
"""What is older is not looked at."""
MOST = 400
MOST_LEARN = 40
BLOCK = 6
"""A round that shows anything tells of so many people at least."""
_USES = {PermittedUse.LEARN: LEARN, PermittedUse.POOL: POOL, PermittedUse.DECIDE: DECIDE}


@dataclass(frozen=True)
class Here:
    """A criterion at a layer, with the voices that are there and all that is known, in the order of the ledger."""

    access: Access
    layer: Layer
    criterion: Criterion
    voices: tuple[str, ...]
    known: tuple[Known, ...]
    points: dict[int, DataPoint]
    rounds: dict[int, Round]

    def weighed(self, size: Size) -> Richness:
        """How rich it is for a decision of this size, today."""
        return weigh(self.known, voices=self.voices, size=size, today=self.access.day)

    @cached_property
    def aside(self) -> Aside:
        """What is known and does not count."""
        return set_aside(self.known, today=self.access.day)


def here(access: Access, layer: Layer, criterion: Criterion) -> Here:
    """All that is known about a criterion at a layer, below it and around it. About nine queries, whatever was collected."""
    rows = _rows(access, layer, criterion)
    rounds = [
        one for one in rounds_on(access, layer, [criterion.pk], access.day - BACK, access.day) if one.told
    ]
    asked = {one.round.pk: one.round for one in rounds}
    known = [
        *(fact for one in rounds for fact in _of_round(one)),
        *_of_texts(access, layer, criterion, asked),
        *_of_points(access, layer, rows),
    ]
    return Here(
        access,
        layer,
        criterion,
        voices_here(access, layer.id),
        tuple(known),
        {row.pk: row for row in rows},
        asked,
    )


def _seen(access: Access, layer: Layer, criterion: Criterion) -> QuerySet[DataPoint]:
    rows = ledger(access).filter(
        criterion=criterion, happened_on__gt=access.day - BACK, happened_on__lte=access.day
    )
    if layer.id != access.tree.root:
        around = (layer.id, *access.tree.below(layer.id), *access.tree.above(layer.id))
        rows = rows.filter(organisation_id__in=around)
    # what is between somebody and himself is no ground for others
    return rows.exclude(circle=Circle.ME)


def _rows(access: Access, layer: Layer, criterion: Criterion) -> list[DataPoint]:
    rows = _seen(access, layer, criterion).exclude(source__in=POINTING).filter(round__isnull=True)
    related = rows.select_related("organisation", "author", "report")
    learn = related.filter(permitted_use=PermittedUse.LEARN)[:MOST_LEARN]
    return [*related.exclude(permitted_use=PermittedUse.LEARN)[:MOST], *learn]


def _of_points(access: Access, layer: Layer, rows: list[DataPoint]) -> list[Known]:
    within = {layer.id, *access.tree.below(layer.id)} if layer.id != access.tree.root else None
    figures = [row.pk for row in rows if row.source == SourceKind.FIGURE]
    lines = dict(Figure.objects.filter(data_point__in=figures).values_list("data_point_id", "indicator_id"))
    return [
        Known(
            origin=_origin(row, lines.get(row.pk)),
            kind=row.evidence,
            way=row.source,
            day=row.happened_on,
            use=_USES[PermittedUse(row.permitted_use)],
            voice=row.perspective,
            apart=within is None or row.organisation_id in within,
            people=row.report.people if row.report is not None else row.n,
            point=row.pk,
        )
        for row in rows
    ]


def _origin(row: DataPoint, line: int | None) -> str:
    """Two notes of one giver, two years of one line of figures and two themes of one panel are one source."""
    if row.report_id is not None and row.source == SourceKind.PANEL:
        return f"report {row.report_id}"
    if row.source in OWN and row.author_id is not None:
        return f"person {row.author_id}"
    return f"line {line}" if line is not None else f"point {row.pk}"


def _of_round(one: RoundHeard) -> list[Known]:
    row = one.round
    voices = [(role, True) for role in sorted(one.heard)]
    voices += [(role, False) for role in sorted(one.counted - one.heard)]
    return [
        Known(
            origin=f"round {row.pk}",
            kind=HARD,
            way=SourceKind.ROUND,
            day=row.stopped_on or row.opened_on or date.min,
            use=_USES[PermittedUse(row.permitted_use)],
            voice=role,
            apart=apart,
            people=BLOCK,
            round=row.pk,
        )
        for role, apart in voices or [("", False)]
    ]


def _of_texts(access: Access, layer: Layer, criterion: Criterion, rounds: dict[int, Round]) -> list[Known]:
    """Open answers that a reader released: however many, one fact a round, of nobody in particular."""
    of = "free_text__block__release__round_id"
    rows = _seen(access, layer, criterion).filter(source=SourceKind.TEXT, **{f"{of}__in": list(rounds)})
    found = rows.order_by().values_list(of, "permitted_use").annotate(day=Max("happened_on"), n=Count("id"))
    return [
        Known(
            origin=f"round {pk}",
            kind=SOFT,
            way=SourceKind.ROUND,
            day=day,
            use=_USES[PermittedUse(use)],
            apart=False,
            people=BLOCK,
            round=pk,
        )
        for pk, use, day, _n in found
    ]

"""Taking a file of figures back as a whole, and the files that were brought in.

A figure shows what the newest import that was not undone says of it; undoing one uncovers the one before, or leaves
nothing. What a meaning or a decision rests on stays as it is: who looks up what it was taken with finds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.datapoints.models import (
    DataPoint,
    Figure,
    FigureChange,
    FigureImport,
    FormerDefinition,
    Indicator,
)
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.standing import standing, state_of
from lemniscaat.figures.storing import in_turn, put_all, shelter
from lemniscaat.figures.waiting import may_bring
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.trail import note_change


@dataclass(frozen=True)
class Undone:
    """How it went: figures that went, that went back, that stay because a later file says them too, and that would
    have gone and stay because a meaning or a decision rests on them."""

    gone: int
    back: int
    stayed: tuple[FigureChange, ...]
    rested_on: tuple[FigureChange, ...] = ()


def undo(*, access: Access, done: FigureImport) -> Undone:
    """Take a whole file back. What a later file says too stays, and what a meaning or a decision rests on; both are
    named. 404 where I may not."""
    if not may_undo(access, done):
        raise Http404
    with writing():
        in_turn(access.partnership)
        locked = FigureImport.objects.select_for_update().get(pk=done.pk)
        if locked.undone_on is not None:
            return Undone(0, 0, ())
        locked.undone_on, locked.undone_by = clock.today(), access.person
        locked.save(update_fields=["undone_on", "undone_by"])
        result = _taken_back(access.partnership, locked)
        note_change(access, verb="revoked", thing=locked, gone=result.gone, back=result.back)
    return result


def _taken_back(partnership: Partnership, done: FigureImport) -> Undone:
    changes = list(changes_of(done))
    indicators = {change.indicator for change in changes if change.indicator is not None}
    rows = standing(partnership, indicators)
    others = _standing_changes(partnership, indicators)
    first = _first_changes(changes)
    gone: list[int] = []
    back: list[tuple[Figure, dict[str, Any]]] = []
    stayed: list[FigureChange] = []
    rested_on: list[FigureChange] = []
    touched: dict[tuple[int, Span], set[int]] = {}
    for change in changes:
        when = Span(change.starts_on, change.ends_on)
        row = rows.get(_key(change))
        if row is None:
            continue
        top = others.get(_key(change))
        if top is not None and top.figure_import_id > done.pk:
            stayed.append(change)
            continue
        # a change that said the same may cover an older one that says it still
        state = top.after if top is not None else first[_key(change)].before
        if state is None and _rested_on(row.data_point):
            rested_on.append(change)
            continue
        if state is None:
            gone.append(row.data_point_id)
        elif state_of(row) != state:
            back.append((row, state))
        else:
            continue
        touched.setdefault((change.indicator_id or 0, when), set()).add(change.organisation_id)
    DataPoint.objects.filter(pk__in=gone).delete()
    put_all(back)
    shelter(partnership, touched)
    _clean(indicators)
    return Undone(len(gone), len(back), tuple(stayed), tuple(rested_on))


def _rested_on(point: DataPoint) -> bool:
    """Whether it was discussed or decided with; who wrote that meaning or decision said so to the ledger."""
    return point.discussed_on is not None or point.decided_on is not None


def _standing_changes(
    partnership: Partnership, indicators: Iterable[Indicator]
) -> dict[tuple[int, int, Span], FigureChange]:
    """The newest change that was not undone, by indicator, layer and period."""
    rows = FigureChange.objects.filter(
        indicator__in=list(indicators),
        figure_import__partnership=partnership,
        figure_import__undone_on__isnull=True,
    )
    return {_key(row): row for row in rows.order_by("figure_import_id", "pk")}


def _key(change: FigureChange) -> tuple[int, int, Span]:
    return (change.indicator_id or 0, change.organisation_id, Span(change.starts_on, change.ends_on))


def _first_changes(changes: Iterable[FigureChange]) -> dict[tuple[int, int, Span], FigureChange]:
    """The first that any import said of each of these figures: before it stood nothing, or what was put there by hand."""
    indicators = {change.indicator_id for change in changes if change.indicator_id is not None}
    rows = FigureChange.objects.filter(indicator_id__in=indicators)
    return {_key(row): row for row in rows.order_by("-figure_import_id", "-pk")}


def _clean(indicators: Iterable[Indicator]) -> None:
    """Definitions and indicators that only undone files brought, and under which nothing is counted, go again."""
    for indicator in indicators:
        indicator.refresh_from_db()
        used = set(Figure.objects.filter(indicator=indicator).values_list("version", flat=True))
        while indicator.version > 1 and indicator.version not in used:
            former = FormerDefinition.objects.filter(
                indicator=indicator, version=indicator.version - 1, replaced_by__undone_on__isnull=False
            ).first()
            if former is None:
                break
            indicator.version = former.version
            indicator.definition, indicator.unit = former.definition, former.unit
            indicator.save(update_fields=["version", "definition", "unit"])
            former.delete()
        if not used and indicator.made_by is not None and indicator.made_by.undone_on is not None:
            indicator.delete()


def changes_of(done: FigureImport) -> QuerySet[FigureChange]:
    """What one import said, in the order of the file."""
    rows = FigureChange.objects.filter(figure_import=done).select_related("indicator", "organisation")
    return rows.order_by("line", "pk")


def imports(access: Access) -> QuerySet[FigureImport]:
    """The files that I brought, or that are wholly about layers for which I may bring figures; newest first."""
    allowed = may_bring(access)
    rows = FigureImport.objects.filter(partnership=access.partnership)
    strange = FigureChange.objects.exclude(organisation__in=allowed).values("figure_import_id")
    return (rows.filter(person=access.person) | rows.exclude(pk__in=strange)).distinct().order_by("-pk")


def imported(access: Access, pk: int) -> FigureImport:
    """One of these; 404 otherwise."""
    found = imports(access).filter(pk=pk).select_related("person").first() if may_bring(access) else None
    if found is None:
        raise Http404
    return found


def may_undo(access: Access, done: FigureImport) -> bool:
    """Whether I may bring figures for every layer that the file is about."""
    if done.partnership_id != access.partnership.pk:
        return False
    where = set(FigureChange.objects.filter(figure_import=done).values_list("organisation_id", flat=True))
    return bool(where) and where <= may_bring(access)

"""Taking a file of figures back as a whole, and the files that were brought in.

A figure shows what the newest import that was not undone says of it; undoing one uncovers the one before, or leaves
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.datapoints.amounts import Span
from lemniscaat.datapoints.figure_standing import standing, state_of
from lemniscaat.datapoints.figure_storing import in_turn, put, shelter
from lemniscaat.datapoints.figure_waiting import may_bring
from lemniscaat.datapoints.models import Figure, FigureChange, FigureImport, FormerDefinition, Indicator
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.trail import note_change


@dataclass(frozen=True)
class Undone:
    """How it went: figures that went, that went back, and that stay because a later file says them too."""

    gone: int
    back: int
    stayed: tuple[FigureChange, ...]


def undo(*, access: Access, done: FigureImport) -> Undone:
    """Take a whole file back. What a later file says too stays, and is named. 404 where I may not."""
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
    gone, back, stayed = 0, 0, []
    touched: dict[tuple[int, Span], set[int]] = {}
    for change in changes:
        when = Span(change.starts_on, change.ends_on)
        row = rows.get((change.indicator_id or 0, change.organisation_id, when))
        if row is None:
            continue
        top = others.get((change.indicator_id or 0, change.organisation_id, when))
        if top is not None and top.figure_import_id > done.pk:
            stayed.append(change)
            continue
        # a change that said the same may cover an older one that says it still
        state = top.after if top is not None else _before_all(change, done)
        if state is None:
            row.data_point.delete()
            gone += 1
        elif state_of(row) != state:
            put(row, state)
            back += 1
        else:
            continue
        touched.setdefault((change.indicator_id or 0, when), set()).add(change.organisation_id)
    shelter(partnership, touched)
    _clean(indicators)
    return Undone(gone, back, tuple(stayed))


def _standing_changes(
    partnership: Partnership, indicators: Iterable[Indicator]
) -> dict[tuple[int, int, Span], FigureChange]:
    """The newest change that was not undone, by indicator, layer and period."""
    rows = FigureChange.objects.filter(
        indicator__in=list(indicators),
        figure_import__partnership=partnership,
        figure_import__undone_on__isnull=True,
    )
    return {
        (row.indicator_id or 0, row.organisation_id, Span(row.starts_on, row.ends_on)): row
        for row in rows.order_by("figure_import_id", "pk")
    }


def _before_all(change: FigureChange, done: FigureImport) -> dict[str, Any] | None:
    """What stood before any import said something of this figure: nothing, unless it was put there by hand."""
    first = (
        FigureChange.objects.filter(
            indicator=change.indicator,
            organisation=change.organisation_id,
            starts_on=change.starts_on,
            ends_on=change.ends_on,
        )
        .order_by("figure_import_id", "pk")
        .first()
    )
    before: dict[str, Any] | None = first.before if first is not None else None
    return before


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

"""The figures that stand, and which of them I may read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lemniscaat.datapoints.models import Figure, FigureChange, Indicator
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.values import Value
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tables import plain


def known_indicators(partnership: Partnership) -> dict[str, Indicator]:
    """The indicators of a partnership by their plain names; the newest where two have one name."""
    rows = Indicator.objects.filter(partnership=partnership).order_by("pk")
    return {plain(row.name): row for row in rows}


def state_of(figure: Figure) -> dict[str, Any]:
    """Everything a figure says, as JSON; what an import changes and an undo puts back."""
    value = Value(
        figure.indicator.kind,
        figure.part,
        figure.whole,
        figure.number,
        tuple((str(name), int(number)) for name, number in figure.counts),
    )
    point = figure.data_point
    return {
        **value.stored(),
        "version": figure.version,
        "criterion": point.criterion_id,
        "source": point.source_text,
        "title": point.title,
    }


def standing(
    partnership: Partnership, indicators: Iterable[Indicator]
) -> dict[tuple[int, int, Span], Figure]:
    """The figures with a period that stand, by indicator, layer and period."""
    rows = Figure.objects.filter(
        indicator__in=list(indicators), data_point__partnership=partnership, starts_on__isnull=False
    )
    found = {}
    for row in rows.select_related("data_point", "indicator").order_by("pk"):
        if row.starts_on and row.ends_on:
            key = (row.indicator_id, row.data_point.organisation_id, Span(row.starts_on, row.ends_on))
            found[key] = row
    return found


def seen(access: Access) -> set[int]:
    """The layers whose figures I may read: mine, and what is around them."""
    return {layer.id for layer in access.layers} & access.where(Verb.SEE, Noun.FIGURE)


def brought_by(access: Access, indicators: Iterable[Indicator]) -> set[tuple[int, int, Span]]:
    """The figures, by indicator, layer and period, of which I brought what stands there."""
    rows = FigureChange.objects.filter(
        indicator__in=list(indicators),
        figure_import__partnership=access.partnership,
        figure_import__undone_on__isnull=True,
    ).select_related("figure_import")
    newest = {
        (
            row.indicator_id or 0,
            row.organisation_id,
            Span(row.starts_on, row.ends_on),
        ): row.figure_import.person_id
        for row in rows.order_by("figure_import_id", "pk")
    }
    return {key for key, person in newest.items() if person == access.person.pk}

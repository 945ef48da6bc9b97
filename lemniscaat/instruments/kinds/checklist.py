"""Checklist: what is there and what is not, point by point; as an observation frame with what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lemniscaat.instruments.items import Option, Words, unique
from lemniscaat.instruments.kinds.rowwise import RowsItem, Rowwise, unreserved

THERE = (
    Option(key="yes", nl="Ja", en="Yes"),
    Option(key="partly", nl="Deels", en="Partly"),
    Option(key="not-yet", nl="Nog niet", en="Not yet"),
)


class ChecklistItem(RowsItem):
    """Points to go along; with `note` there is room per point for what was seen or heard."""

    kind: Literal["checklist"]
    points: Annotated[tuple[Option, ...], Field(min_length=1, max_length=30), AfterValidator(unique)]
    options: Annotated[
        tuple[Option, ...],
        Field(min_length=2, max_length=6),
        AfterValidator(unique),
        AfterValidator(unreserved),
    ] = THERE
    note: Words | None = None


class ChecklistKind(Rowwise[ChecklistItem]):
    name = "checklist"
    model = ChecklistItem

    def rows(self, item: ChecklistItem) -> Sequence[Option]:
        return item.points

    def choices(self, item: ChecklistItem) -> tuple[Option, ...]:
        return item.options

    def asks(self, item: ChecklistItem) -> tuple[Option, ...]:
        return (Option(key="note", nl=item.note.nl, en=item.note.en),) if item.note else ()


KIND = ChecklistKind()

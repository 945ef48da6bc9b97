"""Roadmap: stations on a road; per station where we are, who is needed and what is agreed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lemniscaat.instruments.items import Option, unique
from lemniscaat.instruments.kinds.rowwise import RowsItem, Rowwise, unreserved

WHERE = (
    Option(key="not-begun", nl="Nog niet begonnen", en="Not begun yet"),
    Option(key="on-the-way", nl="Onderweg", en="On our way"),
    Option(key="arrived", nl="Hier zijn we al", en="We are here already"),
)
ASKS = (
    Option(key="wie", nl="Wie is hierbij nodig?", en="Who is needed here?"),
    Option(key="nodig", nl="Wat hebben we daarvoor nodig?", en="What do we need for it?"),
    Option(key="afspraak", nl="Wat spreken we af?", en="What do we agree on?"),
)


class RoadmapItem(RowsItem):
    """Stations in the order of the road, and what is asked at each."""

    kind: Literal["roadmap"]
    stations: Annotated[tuple[Option, ...], Field(min_length=1, max_length=20), AfterValidator(unique)]
    asks: Annotated[
        tuple[Option, ...], Field(max_length=5), AfterValidator(unique), AfterValidator(unreserved)
    ] = ASKS


class RoadmapKind(Rowwise[RoadmapItem]):
    name = "roadmap"
    model = RoadmapItem

    def rows(self, item: RoadmapItem) -> Sequence[Option]:
        return item.stations

    def choices(self, item: RoadmapItem) -> tuple[Option, ...]:
        return WHERE

    def asks(self, item: RoadmapItem) -> tuple[Option, ...]:
        return item.asks


KIND = RoadmapKind()

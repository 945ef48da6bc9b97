"""Cards: a deck to draw from, talk about and note on; or, with piles, cards to sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Posted
from lemniscaat.instruments.items import BaseItem, Option, Text, Words, unique
from lemniscaat.instruments.kinds.rowwise import AT, Given, Rowwise, unreserved
from lemniscaat.instruments.language import gettext_noop

TAKEN = Option(key="yes", nl="Deze kaart", en="This card")
NOTE = Text(nl="Wat wil je hiervan onthouden?", en="What do you want to remember of this?")
TOO_MANY = gettext_noop("Neem hoogstens %(draw)d kaarten. Nu zijn het er %(n)d.")
MORE_THAN_ONE = gettext_noop("Neem één kaart. Nu zijn het er %(n)d.")


class CardFace(Option):
    """One card: its own words are the title; `ask` are the questions on it, `side` a small word at the edge."""

    ask: Annotated[tuple[Words, ...], Field(max_length=4)] = ()
    side: Words | None = None


class CardsItem(BaseItem):
    """A deck of which one person draws `draw` cards; with `piles` every card goes on a pile instead."""

    kind: Literal["cards"]
    cards: Annotated[tuple[CardFace, ...], Field(min_length=1, max_length=60), AfterValidator(unique)]
    draw: Annotated[int, Field(ge=1, le=10)] = 1
    note: Words | None = None
    piles: Annotated[
        tuple[Option, ...], Field(max_length=6), AfterValidator(unique), AfterValidator(unreserved)
    ] = ()

    @model_validator(mode="after")
    def _deck(self) -> CardsItem:
        if self.draw > len(self.cards):
            raise PydanticCustomError("draw", "'draw' is groter dan het aantal kaarten.")
        if len(self.piles) == 1:
            raise PydanticCustomError("few_piles", "Geef bij 'piles' minstens twee stapels, of geen.")
        return self


class CardsKind(Rowwise[CardsItem]):
    name = "cards"
    model = CardsItem

    def seconds(self, item: CardsItem) -> int:
        return 10 * len(item.cards) if item.piles else 60 * item.draw

    def rows(self, item: CardsItem) -> Sequence[CardFace]:
        return item.cards

    def choices(self, item: CardsItem) -> tuple[Option, ...]:
        return item.piles or (TAKEN,)

    def asks(self, item: CardsItem) -> tuple[Option, ...]:
        note = item.note or (None if item.piles else NOTE)
        return (Option(key="note", nl=note.nl, en=note.en),) if note else ()

    def hints(self, item: CardsItem, row: Option, code: str) -> tuple[str, ...]:
        """First the word at the edge, empty where there is none; then the questions."""
        if not isinstance(row, CardFace):
            return ()
        return (row.side.say(code) if row.side else "", *(ask.say(code) for ask in row.ask))

    def take(self, item: CardsItem, posted: Posted, name: str) -> Value | Problem | None:
        value = super().take(item, posted, name)
        if item.piles or value is None or isinstance(value, Problem):
            return value
        n = len(value["rows"])
        if n > item.draw:
            return Problem(TOO_MANY if item.draw > 1 else MORE_THAN_ONE, {"draw": item.draw, "n": n})
        # whoever wrote on a card took it, ticked or not
        taken: dict[str, Given] = {key: {AT: TAKEN.key, **given} for key, given in value["rows"].items()}
        return {"rows": taken}

    def readable(self, item: CardsItem, value: Value) -> bool:
        if not super().readable(item, value) or item.piles:
            return super().readable(item, value)
        rows = value.get("rows", {})
        return 0 < len(rows) <= item.draw and all(AT in given for given in rows.values())


KIND = CardsKind()

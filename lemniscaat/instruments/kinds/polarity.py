"""Polarity: between two descriptions, row by row. Neither side is the right one; between is a place to stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lemniscaat.instruments.items import Option, Text, Words, unique
from lemniscaat.instruments.kinds.rowwise import OWN_LABEL, RowsItem, Rowwise
from lemniscaat.instruments.language import gettext_noop, quoted
from lemniscaat.instruments.summaries import Part

PLACES = (
    Option(key="left", nl="Helemaal links", en="All the way left"),
    Option(key="more-left", nl="Meer links", en="More to the left"),
    Option(key="between", nl="Ertussenin", en="In between"),
    Option(key="more-right", nl="Meer rechts", en="More to the right"),
    Option(key="right", nl="Helemaal rechts", en="All the way right"),
)
NEAR = {
    "left": Text(nl="Helemaal zo", en="Just like this"),
    "more-left": Text(nl="Meer zo", en="More like this"),
    "more-right": Text(nl="Meer zo", en="More like this"),
    "right": Text(nl="Helemaal zo", en="Just like this"),
}
WHY = Text(nl="Waaraan zie je dat?", en="How can you tell?")
POLES = (
    Option(key="left", nl="Wat staat er aan de ene kant?", en="What stands on one side?"),
    Option(key="right", nl="En wat aan de andere kant?", en="And what on the other?"),
)


class Polar(Option):
    """A row between two poles; its own words name what it is about."""

    left: Words
    right: Words


class PolarityItem(RowsItem):
    """Rows between two descriptions; `why` is asked at each."""

    kind: Literal["polarity"]
    rows: Annotated[tuple[Polar, ...], Field(min_length=1, max_length=20), AfterValidator(unique)]
    why: Words = WHY


class PolarityKind(Rowwise[PolarityItem]):
    name = "polarity"
    model = PolarityItem
    nameless = gettext_noop("Geef je eigen regel een naam en schrijf op wat er aan beide kanten staat.")

    def rows(self, item: PolarityItem) -> Sequence[Polar]:
        return item.rows

    def choices(self, item: PolarityItem) -> tuple[Option, ...]:
        return PLACES

    def asks(self, item: PolarityItem) -> tuple[Option, ...]:
        return (Option(key="why", nl=item.why.nl, en=item.why.en),)

    def hints(self, item: PolarityItem, row: Option, code: str) -> tuple[str, ...]:
        return (row.left.say(code), row.right.say(code)) if isinstance(row, Polar) else ()

    def naming(self, item: PolarityItem) -> tuple[Option, ...]:
        return (OWN_LABEL, *POLES)

    def named(self, given: Mapping[str, str]) -> str:
        return f"{super().named(given)}: {given['left']} ↔ {given['right']}"

    def at_words(self, item: PolarityItem, row: Option | None, at: str, code: str) -> str:
        """The pole somebody stands near, in its own words."""
        if not isinstance(row, Polar) or at not in NEAR:
            return super().at_words(item, row, at, code)
        pole = row.left if at in ("left", "more-left") else row.right
        return f"{NEAR[at].say(code)}: {quoted(pole.say(code))}"

    def shape(self, item: PolarityItem) -> tuple[Part, ...]:
        """As every row kind; a drawing of one row has to say what stands left and right."""
        poled = {row.key: _poled(row) for row in item.rows}
        return tuple(Part(part.key, poled[part.key], part.options) for part in super().shape(item))


def _poled(row: Polar) -> Text:
    english = f"{row.en}: {row.left.say('en')} ↔ {row.right.say('en')}" if row.en else None
    return Text(nl=f"{row.nl}: {row.left.nl} ↔ {row.right.nl}", en=english)


KIND = PolarityKind()

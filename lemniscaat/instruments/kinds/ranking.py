"""Ranking: things in order, what comes first for me on place 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Choice, Line, PaperLine, Posted, one
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.items import BaseItem, Option, Options, Slug, at_least_two
from lemniscaat.instruments.kinds.kind import NOT_OURS, Cut, Kind, heard
from lemniscaat.instruments.kinds.telling import others
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop, quoted
from lemniscaat.instruments.summaries import Part, Row, Summary
from lemniscaat.instruments.vocabulary import Element

TWICE = gettext_noop("Plek %(place)s staat er twee keer. Geef elke plek één keer.")
INCOMPLETE = gettext_noop(
    "Geef %(most)d verschillende plekken, van 1 tot en met %(most)d. Er ontbreekt nog: %(place)s."
)


class RankingItem(BaseItem):
    """All options in order, or only the first `top` of them."""

    kind: Literal["ranking"]
    options: Annotated[Options, Field(max_length=12)] = ()
    top: Annotated[int, Field(ge=1)] | None = None
    bridges: dict[Slug, Element] = Field(default_factory=dict)
    """To which working element an option leads."""

    @model_validator(mode="after")
    def _answers(self) -> RankingItem:
        at_least_two(self.options, None)
        if self.top is not None and self.top > len(self.options):
            raise PydanticCustomError("top", "'top' is groter dan het aantal antwoorden.")
        strange = sorted(set(self.bridges) - {option.key for option in self.options})
        if strange:
            raise PydanticCustomError(
                "bridge", "'{key}' bij 'bridges' is geen antwoord.", {"key": strange[0]}
            )
        return self

    @property
    def places(self) -> int:
        """How many places there are to give."""
        return self.top or len(self.options)


class RankingKind(Kind[RankingItem]):
    name = "ranking"
    model = RankingItem

    def cut(self, item: RankingItem) -> Cut:
        return "bound"

    def seconds(self, item: RankingItem) -> int:
        return 6 * item.places

    def lines(self, item: RankingItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        lines = []
        for option in item.options:
            field = f"{name}.{option.key}"
            given = one(posted, field)
            choices = tuple(
                Choice(f"{field}.{place}", field, str(place), str(place), given == str(place))
                for place in range(1, item.places + 1)
            )
            label = option.say(code)
            lines.append(Line(label, (FormField(field, field, label, given, choices),)))
        return tuple(lines)

    def printed(self, item: RankingItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return tuple(PaperLine("number", option.say(code)) for option in item.options)

    def take(self, item: RankingItem, posted: Posted, name: str) -> Value | Problem | None:
        places: dict[str, str] = {}
        for option in item.options:
            place = one(posted, f"{name}.{option.key}")
            if not place:
                continue
            if place in places:
                return Problem(TWICE, {"place": place})
            places[place] = option.key
        wanted = [str(place) for place in range(1, item.places + 1)]
        if not places:
            return None
        if not set(wanted).issuperset(places):
            return Problem(NOT_OURS)
        missing = [place for place in wanted if place not in places]
        if missing:
            return Problem(INCOMPLETE, {"most": item.places, "place": ", ".join(missing)})
        return [places[place] for place in wanted]

    def fill(self, item: RankingItem, value: Value, name: str) -> dict[str, list[str]]:
        return {f"{name}.{key}": [str(place)] for place, key in enumerate(value, 1)}

    def readable(self, item: RankingItem, value: Value) -> bool:
        if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
            return False
        keys = {option.key for option in item.options}
        return len(value) == item.places == len(set(value)) and keys.issuperset(value)

    def shape(self, item: RankingItem) -> tuple[Part, ...]:
        return tuple(Part(option.key, option, _places(item)) for option in item.options)

    def count(self, item: RankingItem, values: Sequence[Value]) -> Summary:
        """Per option how often on each place; with `top`, 'rest' is: not among the first."""
        counted = Counter((key, f"p{place}") for value in values for place, key in enumerate(value, 1))
        parts = {o.key: {p.key: counted[o.key, p.key] for p in _places(item)} for o in item.options}
        if item.top is not None:
            for option in item.options:
                parts[option.key]["rest"] = len(values) - sum(parts[option.key].values())
        return Summary(len(values), parts)

    def sentence(self, item: RankingItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """What stands first or second most often in the first group, and how often in the others."""
        groups = heard(rows)
        if not groups:
            return ""
        first = groups[0].counts
        keys = ["p1", "p2"][: item.places]
        top = max(
            item.options, key=lambda option: sum(first.parts.get(option.key, {}).get(k, 0) for k in keys)
        )
        k = sum(first.parts.get(top.key, {}).get(key, 0) for key in keys)
        where = language.gettext("op plek 1 of 2") if len(keys) > 1 else language.gettext("op plek 1")
        opening = language.ngettext(
            "%(k)d van de %(n)d %(group)s zet %(words)s %(where)s.",
            "%(k)d van de %(n)d %(group)s zetten %(words)s %(where)s.",
            k,
        ) % {
            "k": k,
            "n": first.n,
            "group": groups[0].label,
            "where": where,
            "words": quoted(top.say(language.code)),
        }
        return " ".join([opening, *(others(row, top.key, keys, language) for row in groups[1:])])


def _places(item: RankingItem) -> tuple[Option, ...]:
    places = [Option(key=f"p{n}", nl=f"Plek {n}", en=f"Place {n}") for n in range(1, item.places + 1)]
    if item.top is not None:
        places.append(Option(key="rest", nl="Niet gekozen", en="Not chosen"))
    return tuple(places)


KIND = RankingKind()

"""A kind that is not in the house: how many of three stars somebody draws. It is planted by a test."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Line, PaperLine, Posted, choice_field, one
from lemniscaat.instruments.items import BaseItem, Option
from lemniscaat.instruments.kinds.kind import Kind
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import Part, Row, Summary

STARS = tuple(Option(key=f"s{n}", nl="★" * n) for n in (1, 2, 3))


class StarsItem(BaseItem):
    """Some stars."""

    kind: Literal["stars"]


class StarsKind(Kind[StarsItem]):
    name = "stars"
    model = StarsItem

    def seconds(self, item: StarsItem) -> int:
        return 5

    def lines(self, item: StarsItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        return (Line("", (choice_field(name, STARS, posted, code),)),)

    def printed(self, item: StarsItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return tuple(PaperLine("box", star.nl) for star in STARS)

    def take(self, item: StarsItem, posted: Posted, name: str) -> Value | Problem | None:
        return one(posted, name) or None

    def fill(self, item: StarsItem, value: Value, name: str) -> dict[str, list[str]]:
        return {name: [value]}

    def readable(self, item: StarsItem, value: Value) -> bool:
        return value in {star.key for star in STARS}

    def shape(self, item: StarsItem) -> tuple[Part, ...]:
        return (Part("", None, STARS),)

    def count(self, item: StarsItem, values: Sequence[Value]) -> Summary:
        counted = Counter(values)
        return Summary(len(values), {"": {star.key: counted[star.key] for star in STARS}})

    def sentence(self, item: StarsItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        return "Sterren."


KIND = StarsKind()

"""Number: a whole number, counted in the classes that the instrument gives. No finer number leaves the answers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, one
from lemniscaat.instruments.items import BaseItem, Option, Text, Words
from lemniscaat.instruments.kinds.kind import Kind, heard
from lemniscaat.instruments.kinds.telling import others, widest_pair
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary

HIGHEST = 1_000_000
WHOLE = re.compile(r"-?[0-9]{1,9}")
NOT_WHOLE = gettext_noop("Vul een heel getal in, zonder letters, punt of komma. Bijvoorbeeld 12.")
TOO_FAR = gettext_noop("Vul een getal in van %(least)d tot en met %(greatest)d.")
RANGE = Text(
    nl="Een heel getal van %(least)d tot en met %(greatest)d", en="A whole number, %(least)d to %(greatest)d"
)

Whole = Annotated[int, Field(ge=0, le=HIGHEST)]


class NumberItem(BaseItem):
    """A whole number. `bins` are the lower edges of the classes it is counted in; the first is `least`."""

    kind: Literal["number"]
    unit: Words | None = None
    """What is counted, as it stands behind the number: 'lesuren'."""
    least: Whole = 0
    greatest: Whole = 1000
    bins: Annotated[tuple[Whole, ...], Field(min_length=2, max_length=7)]

    @model_validator(mode="after")
    def _rising(self) -> NumberItem:
        if any(low >= high for low, high in pairwise(self.bins)):
            raise PydanticCustomError("bins", "Zet de grenzen bij 'bins' van laag naar hoog, elk één keer.")
        if self.bins[0] != self.least or self.bins[-1] > self.greatest:
            raise PydanticCustomError(
                "bins",
                "Laat 'bins' beginnen bij {least} (de 'least') en niet verder gaan dan {greatest} (de 'greatest').",
                {"least": self.least, "greatest": self.greatest},
            )
        return self

    @cached_property
    def classes(self) -> tuple[Option, ...]:
        """The classes in order, in words: '0–4', '5–9', '20 of meer'."""
        return tuple(self._class(place, low) for place, low in enumerate(self.bins))

    def _class(self, place: int, low: int) -> Option:
        high = self.until(place)
        last = place == len(self.bins) - 1
        if low == high:
            return Option(key=f"b{place}", nl=str(low), en=str(low))
        if last:
            return Option(key=f"b{place}", nl=f"{low} of meer", en=f"{low} or more")
        return Option(key=f"b{place}", nl=f"{low}–{high}", en=f"{low}–{high}")

    def until(self, place: int) -> int:
        """The highest number in the class at this place."""
        return self.bins[place + 1] - 1 if place + 1 < len(self.bins) else self.greatest


class NumberKind(Kind[NumberItem]):
    name = "number"
    model = NumberItem
    drawn = True
    in_classes = True

    def seconds(self, item: NumberItem) -> int:
        return 10

    def lines(self, item: NumberItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        """One line: its label is the unit, its hint between which numbers."""
        unit = item.unit.say(code) if item.unit else ""
        between = RANGE.say(code) % {"least": item.least, "greatest": item.greatest}
        return (Line(unit, (FormField(name, name, "", one(posted, name)),), (between,)),)

    def printed(self, item: NumberItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return (PaperLine("number", item.unit.say(code) if item.unit else ""),)

    def take(self, item: NumberItem, posted: Posted, name: str) -> Value | Problem | None:
        typed = one(posted, name)
        if not typed:
            return None
        if not WHOLE.fullmatch(typed):
            return Problem(NOT_WHOLE)
        if not self.readable(item, int(typed)):
            return Problem(TOO_FAR, {"least": item.least, "greatest": item.greatest})
        return int(typed)

    def fill(self, item: NumberItem, value: Value, name: str) -> dict[str, list[str]]:
        return {name: [str(value)]}

    def readable(self, item: NumberItem, value: Value) -> bool:
        return type(value) is int and item.least <= value <= item.greatest

    def shape(self, item: NumberItem) -> tuple[Part, ...]:
        return (Part("", None, item.classes),)

    def count(self, item: NumberItem, values: Sequence[Value]) -> Summary:
        counted = Counter(bisect_right(item.bins, value) - 1 for value in values)
        return Summary(len(values), {"": {o.key: counted[place] for place, o in enumerate(item.classes)}})

    def said(self, item: NumberItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        unit = item.unit.say(language.code) if item.unit else ""
        return (Saying("", f"{value} {unit}".strip()),)

    def sentence(self, item: NumberItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """The two neighbouring classes that most people of the first group are in, as one stretch of numbers."""
        groups = heard(rows)
        if not groups:
            return ""
        first = groups[0]
        counts = dict(first.counts.parts.get("", {}))
        chosen = [o for o in widest_pair(item.classes, counts) if counts.get(o.key)] or [item.classes[0]]
        keys = [option.key for option in chosen]
        k = sum(counts.get(key, 0) for key in keys)
        opening = language.ngettext(
            "%(k)d van de %(n)d %(group)s vult %(words)s in.",
            "%(k)d van de %(n)d %(group)s vullen %(words)s in.",
            k,
        ) % {
            "k": k,
            "n": first.counts.n,
            "group": first.label,
            "words": self._stretch(item, chosen, language),
        }
        return " ".join([opening, *(others(row, "", keys, language) for row in groups[1:])])

    def _stretch(self, item: NumberItem, chosen: Sequence[Option], language: Language) -> str:
        places = [item.classes.index(option) for option in chosen]
        low, high = item.bins[places[0]], item.until(places[-1])
        if low == high:
            words = str(low)
        elif places[-1] == len(item.bins) - 1:
            words = language.gettext("%(low)d of meer") % {"low": low}
        else:
            words = language.gettext("%(low)d tot en met %(high)d") % {"low": low, "high": high}
        return f"{words} {item.unit.say(language.code)}" if item.unit else words


KIND = NumberKind()

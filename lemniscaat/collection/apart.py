"""Where a hall lies furthest apart, in one sentence of counts. Difference first: no mean, no winner, no verdict.

Pure: no database. In goes a table that was released, so every number named here stands in it. A side of one is not
named: nobody in a hall is asked to speak up as the only one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lemniscaat.collection.release import Table
from lemniscaat.instruments.items import BaseItem, Option
from lemniscaat.instruments.kinds.ranking import RankingItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language, quoted
from lemniscaat.instruments.summaries import Part

LEAST = 2
NO_CHOICE = {"open", "pass"}
"""Options with which somebody leaves a row aside."""
UNORDERED = {"choice", "picture"}
"""Kinds whose options lie in no order, so that no two are further apart than others."""


@dataclass(frozen=True)
class Apart:
    """`part` is the key of the row to put on top ('' where the question has no rows), `sentence` what to say."""

    part: str
    sentence: str


@dataclass(frozen=True)
class Sides:
    """Two groups in one row: `many` people on the first side, `others` on the second, and how far these lie apart."""

    part: Part
    first: Option
    second: Option
    many: int
    others: int
    distance: int = 1

    @property
    def weight(self) -> tuple[int, int]:
        """Two large groups far apart weigh most."""
        return min(self.many, self.others) * self.distance, self.many + self.others


def apart(item: BaseItem, table: Table | None, language: Language = DUTCH) -> Apart | None:
    """Where people lie furthest apart in one question. None where nothing is shown, where nobody differs, and for a
    question about a fact."""
    if table is None or item.factual:
        return None
    shape = kind_of(item).shape(item)
    if isinstance(item, RankingItem):
        return _ranked(item, shape, table, language)
    if kind_of(item).cut(item) == "multi":
        return _divided(shape, table, language)
    ordered = item.kind not in UNORDERED
    sides = [side for part in shape for side in _sides(part, table.parts.get(part.key, {}), ordered)]
    return _said(max(sides, key=lambda side: side.weight), len(shape), language) if sides else None


def _sides(part: Part, counts: Mapping[str, int], ordered: bool) -> Iterator[Sides]:
    taken = [
        (place, option)
        for place, option in enumerate(part.options)
        if counts.get(option.key, 0) >= LEAST and option.key not in NO_CHOICE
    ]
    for at, (place, one) in enumerate(taken):
        for far, other in taken[at + 1 :]:
            distance = far - place if ordered else 1
            yield Sides(part, one, other, counts[one.key], counts[other.key], distance)


def _said(sides: Sides, rows: int, language: Language) -> Apart:
    values = {
        "many": sides.many,
        "others": sides.others,
        "first": quoted(sides.first.say(language.code)),
        "second": quoted(sides.second.say(language.code)),
    }
    if rows > 1 and sides.part.label:
        values["row"] = quoted(sides.part.label.say(language.code))
        words = language.gettext(
            "Bij %(row)s verschillen we het meest: %(many)d kozen %(first)s, %(others)d %(second)s. Wie vertelt?"
        )
    else:
        words = language.gettext(
            "Hier verschillen we: %(many)d kozen %(first)s, %(others)d %(second)s. Wie vertelt?"
        )
    return Apart(sides.part.key, words % values)


def _ranked(item: RankingItem, shape: Sequence[Part], table: Table, language: Language) -> Apart | None:
    """First for some, last (or left out) for others; else the two that most people put first."""
    poles = []
    for part in shape:
        counts, top, last = table.parts.get(part.key, {}), part.options[0], part.options[-1]
        if min(counts.get(top.key, 0), counts.get(last.key, 0)) >= LEAST:
            poles.append(Sides(part, top, last, counts[top.key], counts[last.key]))
    if not poles:
        return _two_tops(shape, table, language)
    most = max(poles, key=lambda side: side.weight)
    words = (
        language.gettext(
            "Hier verschillen we het meest: %(many)d zetten %(row)s bovenaan, %(others)d onderaan. Wie vertelt?"
        )
        if item.top is None
        else language.gettext(
            "Hier verschillen we het meest: %(many)d zetten %(row)s bovenaan, bij %(others)d staat het er niet bij."
            " Wie vertelt?"
        )
    )
    values = {"many": most.many, "others": most.others, "row": _name(most.part, language)}
    return Apart(most.part.key, words % values)


def _two_tops(shape: Sequence[Part], table: Table, language: Language) -> Apart | None:
    tops = [(table.parts.get(part.key, {}).get(part.options[0].key, 0), part) for part in shape]
    found = sorted((top for top in tops if top[0] >= LEAST), key=lambda top: -top[0])
    if len(found) < 2:
        return None
    (many, one), (others, other) = found[:2]
    words = language.gettext(
        "Hier verschillen we: %(many)d zetten %(row)s bovenaan, %(others)d %(other)s. Wie vertelt?"
    )
    values = {"many": many, "others": others, "row": _name(one, language), "other": _name(other, language)}
    return Apart(one.key, words % values)


def _divided(shape: Sequence[Part], table: Table, language: Language) -> Apart | None:
    """What about half of the people chose and the others did not; a row of which an answer is kept back tells none."""
    found = []
    for part in shape:
        chose = sum(table.parts.get(part.key, {}).values())
        least = min(chose, table.n - chose)
        if least >= LEAST and not table.kept_back.get(part.key, 0):
            found.append((least, chose, part))
    if not found:
        return None
    _least, chose, part = max(found, key=lambda one: one[0])
    words = language.gettext(
        "Over %(row)s zijn we het meest verdeeld: %(many)d van de %(n)d kozen het, de anderen niet. Wie vertelt?"
    )
    return Apart(part.key, words % {"row": _name(part, language), "many": chose, "n": table.n})


def _name(part: Part, language: Language) -> str:
    return quoted(part.label.say(language.code)) if part.label else ""

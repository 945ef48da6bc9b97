"""Scale: one of a few answers in order, from little to much. The four or five words carry the meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import model_validator

from lemniscaat.instruments.answers import Problem, Stored, Value
from lemniscaat.instruments.asking import Line, PaperLine, Posted, choice_field
from lemniscaat.instruments.items import BaseItem, Options, at_least_two
from lemniscaat.instruments.kinds.kind import NOT_OURS, I, Kind
from lemniscaat.instruments.kinds.telling import told, widest_pair
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import SKIPPED, Counts, Part, Row, Summary


class OneOfItem(BaseItem):
    """An item with one answer out of several."""

    options: Options = ()


class ScaleItem(OneOfItem):
    """Answers in order. `scale` names a list under 'scales'; or give `options` here."""

    kind: Literal["scale"]
    scale: str | None = None

    @model_validator(mode="after")
    def _answers(self) -> ScaleItem:
        at_least_two(self.options, self.scale)
        return self


class OneOf(Kind[I]):
    """What a scale and a choice share: one key out of the item's options."""

    skips_are_radios = True
    opens = True
    drawn = True

    def seconds(self, item: I) -> int:
        return 8

    def lines(self, item: I, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        return (Line("", (choice_field(name, self._options(item), posted, code),)),)

    def printed(self, item: I, code: str = "nl") -> tuple[PaperLine, ...]:
        return tuple(PaperLine("box", option.say(code)) for option in self._options(item))

    def take(self, item: I, posted: Posted, name: str) -> Value | Problem | None:
        given = [value for value in posted.get(name, ()) if value]
        if not given:
            return None
        if len(given) > 1 or not self.readable(item, given[0]):
            return Problem(NOT_OURS)
        return given[0]

    def fill(self, item: I, value: Value, name: str) -> dict[str, list[str]]:
        return {name: [value]}

    def readable(self, item: I, value: Value) -> bool:
        return isinstance(value, str) and any(option.key == value for option in self._options(item))

    def shape(self, item: I) -> tuple[Part, ...]:
        return (Part("", None, self._options(item)),)

    def count(self, item: I, values: Sequence[Value]) -> Summary:
        counted = Counter(values)
        return Summary(len(values), {"": {o.key: counted[o.key] for o in self._options(item)}})

    def batch(self, item: I, column: Iterable[Stored | None]) -> tuple[Summary, int]:
        """The quick way: count first, then ask of each distinct value whether it is an option."""
        rows = list(column)
        try:
            counted = Counter([row["v"] if row and "v" in row else None for row in rows])
        except TypeError:  # a damaged row holds a list or a mapping: take the careful way
            return super().batch(item, rows)
        known = {option.key: counted.pop(option.key, 0) for option in self._options(item)}
        skips = Counter([row.get("skip") for row in rows if row and "v" not in row])
        skipped = {key: skips[key] for key in SKIPPED if key != "blank"}
        n = sum(known.values())
        skipped["blank"] = len(rows) - n - sum(skipped.values())
        unread = sum(count for value, count in counted.items() if value is not None)
        return Summary(n, {"": known}, skipped), unread

    def sentence(self, item: I, rows: Sequence[Row], language: Language = DUTCH) -> str:
        groups = [row for row in rows if row.counts.n]
        if not groups:
            return ""
        part = self.shape(item)[0]
        chosen = widest_pair(part.options, dict(groups[0].counts.parts.get("", {})))
        return told(part, chosen, rows, language)

    def _options(self, item: I) -> Options:
        options: Options = item.options  # type: ignore[attr-defined]  # only scales come here
        return options


class ScaleKind(OneOf[ScaleItem]):
    name = "scale"
    model = ScaleItem
    ordered = True


def mean(item: ScaleItem, counts: Counts) -> float | None:
    """The mean position, the first option being 1; for exports only, never for a screen."""
    part = counts.parts.get("", {})
    total = sum(part.get(option.key, 0) for option in item.options)
    if not total:
        return None
    return sum(place * part.get(option.key, 0) for place, option in enumerate(item.options, 1)) / total


KIND = ScaleKind()

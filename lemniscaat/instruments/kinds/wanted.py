"""Current and wanted: on one indicator what is so now and what somebody wants, in the same few words.

Stored: `{"now": option, "want": option, "evidence": words}`, the words only where given. Both or neither: a now
without a wanted would let each be counted over other people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, choice_field, one
from lemniscaat.instruments.items import Option, Text, Words, at_least_two
from lemniscaat.instruments.kinds.kind import NOT_OURS, Kind, heard
from lemniscaat.instruments.kinds.placement import MOST, under, written
from lemniscaat.instruments.kinds.scale import OneOfItem
from lemniscaat.instruments.kinds.telling import told, widest_pair
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary

MOST_OPTIONS = 7
NOW, WANT, EVIDENCE = "now", "want", "evidence"
SIDES = {NOW: Text(nl="Nu", en="Now"), WANT: Text(nl="Gewenst", en="Wanted")}
DEFAULT_EVIDENCE = Text(nl="Waaraan zien we dat?", en="What shows us that?")
BOTH_SIDES = gettext_noop("Kies er een bij ‘nu’ en een bij ‘gewenst’. Dat mag dezelfde zijn.")


class WantedItem(OneOfItem):
    """An indicator with answers from little to much. `scale` names a list under 'scales'; or give `options`."""

    kind: Literal["wanted"]
    scale: str | None = None
    evidence: Words = DEFAULT_EVIDENCE

    @model_validator(mode="after")
    def _answers(self) -> WantedItem:
        at_least_two(self.options, self.scale)
        if len(self.options) > MOST_OPTIONS:
            raise PydanticCustomError(
                "many_options",
                "Geef ten hoogste {most} antwoorden, van weinig naar veel.",
                {"most": MOST_OPTIONS},
            )
        if any(option.nl.isdigit() for option in self.options):
            raise PydanticCustomError("numbers", "Schrijf elk antwoord in woorden, niet als cijfer.")
        return self


class WantedKind(Kind[WantedItem]):
    name = "wanted"
    model = WantedItem

    def seconds(self, item: WantedItem) -> int:
        return 35

    # asking

    def lines(self, item: WantedItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        """A line per option with its two choices, now and wanted; then the line to write on."""
        rows = [
            Line(
                option.say(code),
                tuple(
                    choice_field(f"{name}.{side}", (option,), posted, code, words.say(code))
                    for side, words in SIDES.items()
                ),
            )
            for option in item.options
        ]
        field = f"{name}.{EVIDENCE}"
        question = item.evidence.say(code)
        typed = (posted.get(field) or ("",))[-1]
        return (*rows, Line(question, (FormField(field, field, question, typed),)))

    def printed(self, item: WantedItem, code: str = "nl") -> tuple[PaperLine, ...]:
        cells = tuple(words.say(code) for words in SIDES.values())
        rows = (PaperLine("row", option.say(code), cells) for option in item.options)
        return (*rows, PaperLine("rules", item.evidence.say(code), ("", "")))

    # from a form to an answer and back

    def take(self, item: WantedItem, posted: Posted, name: str) -> Value | Problem | None:
        value = {side: given for side in SIDES if (given := one(posted, f"{name}.{side}"))}
        known = {option.key for option in item.options}
        if not known.issuperset(value.values()):
            return Problem(NOT_OURS)
        words = written(posted, f"{name}.{EVIDENCE}")
        if isinstance(words, Problem):
            return words
        if (value or words) and len(value) < len(SIDES):
            return Problem(BOTH_SIDES)
        return {**value, **({EVIDENCE: words} if words else {})} or None

    def fill(self, item: WantedItem, value: Value, name: str) -> dict[str, list[str]]:
        return {f"{name}.{key}": [given] for key, given in value.items()}

    def readable(self, item: WantedItem, value: Value) -> bool:
        if not isinstance(value, dict) or not {NOW, WANT} <= value.keys() <= {NOW, WANT, EVIDENCE}:
            return False
        if not all(isinstance(given, str) for given in value.values()):
            return False
        known = {option.key for option in item.options}
        return known.issuperset(value[side] for side in SIDES) and 0 < len(value.get(EVIDENCE, "x")) <= MOST

    # counting

    def shape(self, item: WantedItem) -> tuple[Part, ...]:
        return tuple(Part(side, words, item.options) for side, words in SIDES.items())

    def count(self, item: WantedItem, values: Sequence[Value]) -> Summary:
        given = Counter((side, value[side]) for value in values for side in SIDES)
        parts = {side: {option.key: given[side, option.key] for option in item.options} for side in SIDES}
        texts = (under(item.evidence, value[EVIDENCE]) for value in values if EVIDENCE in value)
        return Summary(len(values), parts, texts=tuple(sorted(texts)))

    # telling

    def said(self, item: WantedItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        code = language.code
        labels = {option.key: option.say(code) for option in item.options}
        found = [Saying(words.say(code), labels[value[side]]) for side, words in SIDES.items()]
        if EVIDENCE in value:
            found.append(Saying(item.evidence.say(code), value[EVIDENCE]))
        return tuple(found)

    def sentence(self, item: WantedItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """What most people say of now, and what most people want; two counts beside each other, no gap."""
        groups = heard(rows)
        if not groups:
            return ""
        return " ".join(
            language.gettext("%(side)s: %(sentence)s")
            % {
                "side": part.label.say(language.code) if part.label else "",
                "sentence": told(part, self._most(part, groups[0]), rows, language),
            }
            for part in self.shape(item)
        )

    def _most(self, part: Part, row: Row) -> Sequence[Option]:
        return widest_pair(part.options, dict(row.counts.parts.get(part.key, {})))


KIND = WantedKind()

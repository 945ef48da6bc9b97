"""Choices: several answers may be true. Each option is counted for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Line, PaperLine, Posted, choice_field
from lemniscaat.instruments.items import BaseItem, Options, at_least_two
from lemniscaat.instruments.kinds.kind import NOT_OURS, Cut, Kind, skip_columns, tail, tail_header
from lemniscaat.instruments.kinds.tallies import GIVEN, most_chosen
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary, Tabled

TOO_MANY = gettext_noop("Kies er hoogstens %(most)d. Nu zijn het er %(n)d.")


class ChoicesItem(BaseItem):
    """As many of these answers as are true; `most` sets a limit."""

    kind: Literal["choices"]
    options: Options = ()
    most: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _answers(self) -> ChoicesItem:
        at_least_two(self.options, None)
        if self.most is not None and self.most > len(self.options):
            raise PydanticCustomError("most", "'most' is groter dan het aantal antwoorden.")
        return self


class ChoicesKind(Kind[ChoicesItem]):
    name = "choices"
    model = ChoicesItem
    opens = True

    def cut(self, item: ChoicesItem) -> Cut:
        return "multi"

    def seconds(self, item: ChoicesItem) -> int:
        return 15

    def lines(self, item: ChoicesItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        return (Line("", (choice_field(name, item.options, posted, code),)),)

    def printed(self, item: ChoicesItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return tuple(PaperLine("box", option.say(code)) for option in item.options)

    def take(self, item: ChoicesItem, posted: Posted, name: str) -> Value | Problem | None:
        given = {value for value in posted.get(name, ()) if value}
        if not given:
            return None
        value = [option.key for option in item.options if option.key in given]
        if len(value) != len(given):
            return Problem(NOT_OURS)
        if item.most is not None and len(value) > item.most:
            return Problem(TOO_MANY, {"most": item.most, "n": len(value)})
        return value

    def fill(self, item: ChoicesItem, value: Value, name: str) -> dict[str, list[str]]:
        return {name: list(value)}

    def readable(self, item: ChoicesItem, value: Value) -> bool:
        if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
            return False
        keys = {option.key for option in item.options}
        return len(set(value)) == len(value) and keys.issuperset(value)

    def shape(self, item: ChoicesItem) -> tuple[Part, ...]:
        return tuple(Part(option.key, option, (GIVEN,)) for option in item.options)

    def count(self, item: ChoicesItem, values: Sequence[Value]) -> Summary:
        counted = Counter(key for value in values for key in value)
        return Summary(len(values), {option.key: {"yes": counted[option.key]} for option in item.options})

    def sentence(self, item: ChoicesItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """The option most often chosen in the first group, and how often in the others."""
        return most_chosen(self.shape(item), rows, language)

    def tabled(self, item: ChoicesItem, rows: Sequence[Row], language: Language = DUTCH) -> Tabled:
        """A row per group, a column per option: how many chose it. More than one may be chosen."""
        tails = skip_columns(rows)
        header = ("", *(option.say(language.code) for option in item.options), *tail_header(tails, language))
        body = []
        for row in rows:
            counts = [row.counts.parts.get(option.key, {}).get("yes", 0) for option in item.options]
            body.append((row.label, *map(str, counts), *tail(row, tails)))
        return Tabled(header, tuple(body))


KIND = ChoicesKind()

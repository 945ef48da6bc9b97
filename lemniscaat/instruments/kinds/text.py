"""Text: own words. Counted is only how many wrote; the words wait for a human reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.kind import Kind
from lemniscaat.instruments.kinds.tallies import own_words
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary

MOST = 2000
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
TOO_LONG = gettext_noop("Je tekst telt %(n)d tekens. Maak hem korter: er passen er %(most)d.")


def tidy(raw: str) -> str:
    """What was typed: one kind of line end, no hidden characters, no empty space around it."""
    return HIDDEN.sub("", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()


class TextItem(BaseItem):
    """An open question. `most` is the number of characters, `rows` the height of the field in lines."""

    kind: Literal["text"]
    most: Annotated[int, Field(ge=1, le=MOST)] = MOST
    rows: Annotated[int, Field(ge=1, le=20)] = 4


class TextKind(Kind[TextItem]):
    name = "text"
    model = TextItem

    def seconds(self, item: TextItem) -> int:
        return 40

    def lines(self, item: TextItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        typed = (posted.get(name) or ("",))[-1]
        return (Line("", (FormField(name, name, "", value=typed),)),)

    def printed(self, item: TextItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return (PaperLine("rules", "", cells=("",) * item.rows),)

    def take(self, item: TextItem, posted: Posted, name: str) -> Value | Problem | None:
        text = tidy((posted.get(name) or ("",))[-1])
        if len(text) > item.most:
            return Problem(TOO_LONG, {"n": len(text), "most": item.most})
        return text or None

    def fill(self, item: TextItem, value: Value, name: str) -> dict[str, list[str]]:
        return {name: [value]}

    def readable(self, item: TextItem, value: Value) -> bool:
        return isinstance(value, str) and 0 < len(value) <= item.most

    def shape(self, item: TextItem) -> tuple[Part, ...]:
        return ()

    def count(self, item: TextItem, values: Sequence[Value]) -> Summary:
        return Summary(len(values), texts=tuple(sorted(values)))

    def sentence(self, item: TextItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        return own_words(rows, language)


KIND = TextKind()

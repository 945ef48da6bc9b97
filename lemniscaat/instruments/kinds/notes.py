"""Notes: a few sticky notes a person, on named places where the item gives them. Clustered later, by people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, choice_field, one
from lemniscaat.instruments.items import BaseItem, Option, Text, unique
from lemniscaat.instruments.kinds.kind import NOT_OURS, Cut, Kind
from lemniscaat.instruments.kinds.rowwise import AT
from lemniscaat.instruments.kinds.tallies import GIVEN, most_chosen, own_words
from lemniscaat.instruments.kinds.text import TOO_LONG, tidy
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.summaries import Part, Row, Summary

SHORT = 300
NOTE = Text(nl="Briefje", en="Note")
WHERE = Text(nl="Waar hangt het?", en="Where does it go?")
PLACELESS = gettext_noop("Kies bij elk briefje waar het hangt. Bij briefje %(place)d staat dat nog niet.")


class NotesItem(BaseItem):
    """`most` notes a person; with `columns` every note hangs in one of them."""

    kind: Literal["notes"]
    most: Annotated[int, Field(ge=1, le=8)] = 3
    columns: Annotated[tuple[Option, ...], Field(max_length=6), AfterValidator(unique)] = ()

    @model_validator(mode="after")
    def _places(self) -> NotesItem:
        if len(self.columns) == 1:
            raise PydanticCustomError("few_columns", "Geef bij 'columns' minstens twee plekken, of geen.")
        return self


class NotesKind(Kind[NotesItem]):
    name = "notes"
    model = NotesItem

    def cut(self, item: NotesItem) -> Cut:
        return "multi"

    def seconds(self, item: NotesItem) -> int:
        return 30 * item.most

    def lines(self, item: NotesItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        lines = []
        for place in range(1, item.most + 1):
            field = f"{name}.{place}"
            label = f"{NOTE.say(code)} {place}"
            typed = (posted.get(f"{field}.text") or ("",))[-1]
            fields = [FormField(f"{field}.text", f"{field}.text", label, typed)]
            if item.columns:
                fields.append(choice_field(f"{field}.{AT}", item.columns, posted, code, WHERE.say(code)))
            lines.append(Line(label, tuple(fields)))
        return tuple(lines)

    def printed(self, item: NotesItem, code: str = "nl") -> tuple[PaperLine, ...]:
        """A line per place to hang notes on; without places one line per note."""
        if item.columns:
            return tuple(PaperLine("notes", column.say(code)) for column in item.columns)
        return tuple(PaperLine("notes", "") for _ in range(item.most))

    def take(self, item: NotesItem, posted: Posted, name: str) -> Value | Problem | None:
        notes: list[dict[str, str]] = []
        for place in range(1, item.most + 1):
            text = tidy((posted.get(f"{name}.{place}.text") or ("",))[-1])
            at = one(posted, f"{name}.{place}.{AT}")
            if at and all(column.key != at for column in item.columns):
                return Problem(NOT_OURS)
            if len(text) > SHORT:
                return Problem(TOO_LONG, {"n": len(text), "most": SHORT})
            if text and item.columns and not at:
                return Problem(PLACELESS, {"place": place})
            # a place without words is no note: a radio cannot be taken back
            if text:
                notes.append({"text": text, AT: at} if at else {"text": text})
        return notes or None

    def fill(self, item: NotesItem, value: Value, name: str) -> dict[str, list[str]]:
        return {
            f"{name}.{place}.{key}": [words]
            for place, note in enumerate(value, 1)
            for key, words in note.items()
        }

    def readable(self, item: NotesItem, value: Value) -> bool:
        if not isinstance(value, list) or not 0 < len(value) <= item.most:
            return False
        wanted = {"text", AT} if item.columns else {"text"}
        columns = {column.key for column in item.columns}
        return all(
            isinstance(note, dict)
            and set(note) == wanted
            and all(isinstance(words, str) for words in note.values())
            and 0 < len(note["text"]) <= SHORT
            and (not columns or note[AT] in columns)
            for note in value
        )

    def shape(self, item: NotesItem) -> tuple[Part, ...]:
        return tuple(Part(column.key, column, (GIVEN,)) for column in item.columns)

    def count(self, item: NotesItem, values: Sequence[Value]) -> Summary:
        """Per place how many people hung something there; the notes themselves are words."""
        labels = {column.key: column.nl for column in item.columns}
        parts = {
            key: {GIVEN.key: sum(any(note[AT] == key for note in value) for value in values)}
            for key in labels
        }
        texts = (
            f"{labels[note[AT]]}: {note['text']}" if labels else str(note["text"])
            for value in values
            for note in value
        )
        return Summary(len(values), parts, texts=tuple(sorted(texts)))

    def said(self, item: NotesItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        labels = {column.key: column.say(language.code) for column in item.columns}
        return tuple(Saying(labels.get(note.get(AT, ""), ""), note["text"]) for note in value)

    def sentence(self, item: NotesItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        parts = self.shape(item)
        return most_chosen(parts, rows, language) if parts else own_words(rows, language)


KIND = NotesKind()

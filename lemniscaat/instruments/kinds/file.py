"""File: a document or a photo, only among people who know each other. Nothing of it is counted.

Stored: `{"id": slug, "name": file name}`. The view upstairs keeps the upload first and posts the two as 'id|name'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Choice, Line, PaperLine, Posted, Saying, one
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.items import BaseItem, Text
from lemniscaat.instruments.kinds.kind import NOT_OURS, Kind, heard
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import Part, Row, Summary

MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 120
STORED = re.compile(r"[a-z0-9]{8,40}")
NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff/\\]+")
UPLOAD, AWAY = "upload", "away"
TAKE_AWAY = Text(nl="Haal dit bestand weg", en="Take this file away")
ON_PAPER = Text(nl="Dit leggen we erbij:", en="We add this:")


class FileItem(BaseItem):
    """A document or photo to add."""

    kind: Literal["file"]


class FileKind(Kind[FileItem]):
    name = "file"
    model = FileItem
    named_only = True
    uploads = True

    def seconds(self, item: FileItem) -> int:
        return 60

    def lines(self, item: FileItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        """One line, labelled with the name of the file that is there: what is kept, and a tick to take it away."""
        kept = one(posted, name)
        value = _read(kept)
        if not self.readable(item, value):
            return (Line("", (FormField(name, name, "", ""),)),)
        field = f"{name}.{AWAY}"
        tick = Choice(f"{field}.yes", field, "yes", TAKE_AWAY.say(code), one(posted, field) == "yes")
        fields = (FormField(name, name, "", kept), FormField(field, field, "", choices=(tick,)))
        return (Line(value["name"], fields),)

    def printed(self, item: FileItem, code: str = "nl") -> tuple[PaperLine, ...]:
        return (PaperLine("rules", ON_PAPER.say(code), ("",)),)

    def take(self, item: FileItem, posted: Posted, name: str) -> Value | Problem | None:
        given = one(posted, name)
        if not given or one(posted, f"{name}.{AWAY}") == "yes":
            return None
        value = _read(given)
        return value if self.readable(item, value) else Problem(NOT_OURS)

    def fill(self, item: FileItem, value: Value, name: str) -> dict[str, list[str]]:
        return {name: [f"{value['id']}|{value['name']}"]}

    def readable(self, item: FileItem, value: Value) -> bool:
        if not isinstance(value, dict) or value.keys() != {"id", "name"}:
            return False
        stored, called = value["id"], value["name"]
        return (
            isinstance(stored, str)
            and isinstance(called, str)
            and bool(STORED.fullmatch(stored))
            and bool(NAME.fullmatch(called))
            and called == called.strip()
            and len(called) <= LONGEST_NAME
        )

    def shape(self, item: FileItem) -> tuple[Part, ...]:
        return ()

    def count(self, item: FileItem, values: Sequence[Value]) -> Summary:
        return Summary(len(values))

    def said(self, item: FileItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        return (Saying("", str(value["name"])),)

    def sentence(self, item: FileItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        groups = heard(rows)
        if not groups:
            return ""
        listed = ", ".join(f"{row.counts.n} {row.label}" for row in groups)
        return language.gettext("Een bestand erbij: %(groups)s.") % {"groups": listed}


def _read(kept: str) -> dict[str, str]:
    stored, _, called = kept.partition("|")
    return {"id": stored, "name": called}


KIND = FileKind()

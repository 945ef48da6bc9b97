"""One item as a card on a screen: its words for this role, its controls, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lemniscaat.instruments.answers import CleanAnswer, Problem, Stored, read_answer
from lemniscaat.instruments.asking import Choice, Field, Line, Posted, Saying
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.kind import SKIP_LABELS
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language


@dataclass(frozen=True, slots=True)
class Grid:
    """One column of a table item, turned: its answers as headings, its rows with their field."""

    label: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, Field], ...]


def _grids(lines: tuple[Line, ...]) -> tuple[Grid, ...]:
    given = [line for line in lines if not line.own]
    columns = zip(*(line.fields for line in given), strict=True)
    labels = [line.label for line in given]
    return tuple(
        Grid(
            fields[0].label,
            tuple(c.label for c in fields[0].choices),
            tuple(zip(labels, fields, strict=True)),
        )
        for fields in columns
    )


@dataclass(frozen=True, slots=True)
class Card:
    """The context `card` of the templates `instruments/kinds/<kind>.html`."""

    item: BaseItem
    name: str
    template: str
    text: str
    help: str
    lines: tuple[Line, ...]
    skips: tuple[Choice, ...]
    problem: str

    @property
    def field(self) -> Field:
        """The only field of a card that has one."""
        return self.lines[0].fields[0]

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self.field.choices

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The columns of a table item, each to be asked as a table of its own."""
        return _grids(self.lines)

    @property
    def written_lines(self) -> tuple[tuple[str, tuple[Field, ...], bool], ...]:
        """Per line that is given: its label, its fields for words, and whether something stands there already."""
        found = []
        for line in self.lines:
            fields = tuple(field for field in line.fields if not field.choices)
            if fields and not line.own:
                found.append((line.label, fields, any(field.value for field in fields)))
        return tuple(found)

    @property
    def own_lines(self) -> tuple[Line, ...]:
        """The lines that somebody may add."""
        return tuple(line for line in self.lines if line.own)

    @property
    def writes(self) -> bool:
        """Whether somebody can write here in words of their own."""
        return any(not field.choices for line in self.lines for field in line.fields)

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader should read with the question."""
        ids = [f"{self.name}.help"] if self.help else []
        return " ".join([*ids, f"{self.name}.problem"] if self.problem else ids)


def card(
    item: BaseItem,
    *,
    role: str = "",
    answer: CleanAnswer | None = None,
    posted: Posted | None = None,
    problem: Problem | None = None,
    name: str = "",
    language: Language = DUTCH,
) -> Card:
    """The card of one item. `posted` (what was typed) goes before `answer` (what was stored)."""
    kind = kind_of(item)
    name = name or item.key
    filled: Posted | Mapping[str, list[str]] = (
        posted if posted is not None else kind.posted(item, answer or CleanAnswer(), name)
    )
    return Card(
        item=item,
        name=name,
        template=kind.template,
        text=asked(item, role, language.code),
        help=item.help.say(language.code) if item.help else "",
        lines=kind.lines(item, filled, name, language.code),
        skips=kind.skip_choices(item, filled, name, language),
        problem=problem.say(language) if problem else "",
    )


def told(item: BaseItem, stored: Stored | None, language: Language = DUTCH) -> tuple[Saying, ...]:
    """What one person gave to one item, in words; the way it was passed by; nothing where it was left blank."""
    answer = read_answer(stored)
    kind = kind_of(item)
    if answer.skip:
        return (Saying("", language.gettext(SKIP_LABELS[answer.skip])),)
    if answer.value is None or not kind.readable(item, answer.value):
        return ()
    return kind.said(item, answer.value, language)

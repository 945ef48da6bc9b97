"""What a screen needs to ask one item: lines of fields, with what was filled in before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lemniscaat.instruments.items import Option

Posted = Mapping[str, Sequence[str]]
"""A form as it comes in: name -> all values given under it."""


def one(posted: Posted, name: str) -> str:
    """The last value given under a name, without spaces around it; empty where there is none."""
    values = posted.get(name) or ("",)
    return values[-1].strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """One control to tick or pick."""

    id: str
    name: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: a list of choices, or a text."""

    id: str
    name: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Fields that stand together under one label."""

    label: str
    fields: tuple[Field, ...]
    hints: tuple[str, ...] = ()
    """What else stands with the label: two poles, the questions of a card, a phase in words."""
    own: bool = False
    """True for an empty line that somebody names."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A piece of what one person gave: under which label, in which words."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the item on paper. `mark`: 'box' to tick, 'number' to write one, 'rules' to write on (a cell a
    rule), 'head' and 'cells' for a table, 'row' for a line with its own boxes (`cells`) and questions to write under
    (`writes`: words and how many rules)."""

    mark: str
    label: str
    cells: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    writes: tuple[tuple[str, int], ...] = ()


def choice_field(name: str, options: Sequence[Option], posted: Posted, code: str, label: str = "") -> Field:
    """A field whose options are those of an item; ticked are the values in `posted`."""
    given = set(posted.get(name, ()))
    choices = tuple(
        Choice(f"{name}.{option.key}", name, option.key, option.say(code), option.key in given)
        for option in options
    )
    return Field(name, name, label, value=one(posted, name), choices=choices)

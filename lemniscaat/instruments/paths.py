"""Paths through the cabinet: a few instruments in an order, for somebody in a certain place."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path as File
from typing import Annotated

from pydantic import AfterValidator, Field

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.guides import read_guide
from lemniscaat.instruments.items import Frozen, Slug, Words, unique

FILE = File(__file__).parent / "paths.yaml"


class Step(Frozen):
    """One stop: when, with which instrument (or with none: just do it), for how long, and why here."""

    when: Words
    instrument: Slug | None = None
    option: Slug | None = None
    """Only for who came from this outcome: the key of an answer of an earlier instrument of the path."""
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    why: Words


class Path(Frozen):
    """A way through the cabinet."""

    key: Slug
    title: Words
    for_whom: Annotated[Words, Field(alias="for")]
    why: Words
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=20)]

    @property
    def shared(self) -> tuple[Step, ...]:
        """The steps for everybody."""
        return tuple(step for step in self.steps if step.option is None)

    @property
    def branches(self) -> dict[str, tuple[Step, ...]]:
        """The steps after each outcome, by its key, in the order of the file."""
        keys = dict.fromkeys(step.option for step in self.steps if step.option)
        return {key: tuple(step for step in self.steps if step.option == key) for key in keys}

    @property
    def minutes(self) -> int:
        """What all steps that say so take together; 0 where it depends on an outcome."""
        return 0 if self.branches else sum(step.minutes or 0 for step in self.steps)


Paths = Annotated[tuple[Path, ...], AfterValidator(unique)]


@cache
def paths(file: File = FILE) -> tuple[Path, ...]:
    """Every path, in the order of the file; none where there is no file. Raises GuideError."""
    found: tuple[Path, ...] = read_guide(file, Paths) if file.exists() else ()
    return found


def outcome_in_words(instruments: Iterable[Instrument], key: str, code: str = "nl") -> str:
    """What an outcome is called in the instrument that asked for it; its key where none did."""
    options = (one for i in instruments for item in i.items for one in getattr(item, "options", ()))
    return next((one.say(code) for one in options if one.key == key), key.replace("-", " ").capitalize())

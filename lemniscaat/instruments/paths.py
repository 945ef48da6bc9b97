"""Paths through the cabinet: a few instruments in an order, for somebody in a certain place."""

from __future__ import annotations

from functools import cache
from pathlib import Path as File
from typing import Annotated

from pydantic import AfterValidator, Field

from lemniscaat.instruments.guides import read_guide
from lemniscaat.instruments.items import Frozen, Slug, Words, unique

FILE = File(__file__).parent / "paths.yaml"


class Step(Frozen):
    """One stop: when, with which instrument (or with none: just do it), for how long, and why here."""

    when: Words
    instrument: Slug | None = None
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
    def minutes(self) -> int:
        """What all steps that say so take together."""
        return sum(step.minutes or 0 for step in self.steps)


Paths = Annotated[tuple[Path, ...], AfterValidator(unique)]


@cache
def paths(file: File = FILE) -> tuple[Path, ...]:
    """Every path, in the order of the file; none where there is no file. Raises GuideError."""
    found: tuple[Path, ...] = read_guide(file, Paths) if file.exists() else ()
    return found

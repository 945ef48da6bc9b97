"""The ready-made year of a partnership, to start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path as File
from typing import Annotated

from pydantic import AfterValidator, Field

from lemniscaat.instruments.guides import read_guide
from lemniscaat.instruments.items import Frozen, Slug, unique
from lemniscaat.people.models import Role

FILE = File(__file__).parent / "year.yaml"
MonthNumber = Annotated[int, Field(ge=1, le=12)]


class Ready(Frozen):
    """A line of the ready-made year."""

    key: Slug
    way: str
    month: MonthNumber
    until: MonthNumber | None = None
    title: Annotated[str, Field(max_length=160)]
    instrument: str = ""
    roles: tuple[Role, ...] = ()
    body: str = ""
    discuss: MonthNumber | None = None
    back: MonthNumber | None = None
    note: str = ""


class ReadyYear(Frozen):
    lines: Annotated[tuple[Ready, ...], AfterValidator(unique)]


@cache
def ready_year() -> tuple[Ready, ...]:
    """The ready-made year of a partnership. Raises GuideError."""
    return read_guide(FILE, ReadyYear).lines

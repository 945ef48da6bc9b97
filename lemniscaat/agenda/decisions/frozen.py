"""What a decision rested on, typed, as it is kept in a column: frozen, and read with care. Knows no Django.

Words that somebody gave do not stand here: they stand beside it and go when they are taken back (`DecisionGround`).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptGround(Frozen):
    """One thing that counted. `words`: of what was counted, as it was told then; empty for what somebody told."""

    line: int
    kind: str
    source: str
    day: date
    layer: int
    voice: str = ""
    point: int = 0
    round: int = 0
    title: str = ""
    words: str = ""


class KeptMeaning(Frozen):
    """A meaning in the words it had, with the other voices. `share`: by which another layer showed it."""

    meaning: int
    text: str
    day: date
    dissent: tuple[str, ...] = ()
    share: int = 0
    whose: str = ""


class KeptVoice(Frozen):
    """How a voice was heard then."""

    voice: str
    ear: str
    day: date | None = None


class RestedOn(Frozen):
    """All that a decision rested on, and what was missing. `together`: the kinds that counted unnamed."""

    schema_version: int = SCHEMA_VERSION
    size: str = ""
    criterion: str = ""
    good_enough: str = ""
    grounds: tuple[KeptGround, ...] = ()
    together: tuple[str, ...] = ()
    meanings: tuple[KeptMeaning, ...] = ()
    voices: tuple[KeptVoice, ...] = ()
    lacking: tuple[str, ...] = ()

    @classmethod
    def read(cls, raw: dict[str, Any]) -> RestedOn:
        """From a JSON column; empty for a decision that was taken at a talk."""
        return cls.model_validate(raw or {})

    def stored(self) -> dict[str, Any]:
        """As a JSON column keeps it."""
        return self.model_dump(mode="json")

"""One answer to one item: as it comes in, as it is stored, as it is read again.

Stored: `{"v": value}` or `{"skip": "na" | "cannot_judge" | "rather_not"}`; an item left blank is not in the row at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from lemniscaat.instruments.language import DUTCH, Language

SCHEMA_VERSION = 1
Value = Any
"""What a kind stores under `v`: plain JSON. Only its own kind knows the shape."""
Stored = Mapping[str, Any]
Skip = Literal["na", "cannot_judge", "rather_not"]
SKIPS: tuple[Skip, ...] = ("na", "cannot_judge", "rather_not")
"""From what says most to what says least."""


@dataclass(frozen=True, slots=True)
class CleanAnswer:
    """A value, a skip, or neither (left blank)."""

    value: Value | None = None
    skip: Skip | None = None

    @property
    def blank(self) -> bool:
        return self.value is None and self.skip is None

    def stored(self) -> dict[str, Any] | None:
        """What goes into the row; None where nothing was given."""
        if self.skip is not None:
            return {"skip": self.skip}
        return None if self.value is None else {"v": self.value}


@dataclass(frozen=True)
class Problem:
    """Why posted data is no answer, in a sentence that says what to do."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, language: Language = DUTCH) -> str:
        values = {
            key: language.gettext(value) if isinstance(value, str) and value else value
            for key, value in self.values.items()
        }
        return language.gettext(self.message) % values


class UnknownSchemaError(ValueError):
    """A row was written by a newer version of the product."""


def read_answers(raw: Mapping[str, object], schema_version: int = SCHEMA_VERSION) -> dict[str, Stored]:
    """The answers of one stored row by item key. What is no answer at all is left out."""
    if schema_version != SCHEMA_VERSION:
        raise UnknownSchemaError(f"answers of schema {schema_version} cannot be read here")
    return {key: cast("Stored", one) for key, one in raw.items() if isinstance(one, Mapping)}


def read_answer(stored: Stored | None) -> CleanAnswer:
    """One stored answer, typed. Whether the value fits its item is for the kind to say."""
    if not stored:
        return CleanAnswer()
    skip = stored.get("skip")
    if skip in SKIPS:
        return CleanAnswer(skip=cast("Skip", skip))
    return CleanAnswer(value=stored.get("v"))

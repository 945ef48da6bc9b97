"""What is written down on the leader's screen while the talk runs, typed. Kept as JSON until the talk ends."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1
CHOICES = ("certainty", "course", "returns_at", "share_with")
"""Fields that are chosen; the others are written, and of what is written no word is lost."""


class Promise(BaseModel):
    """One agreement in words, as far as it was written down."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    course: str = ""
    sentence: str = ""
    owner_text: str = ""
    notice: str = ""
    weighed: str = ""
    returns_at: str = ""
    no_return_because: str = ""

    @property
    def lacks(self) -> str:
        """What it still lacks: course, owner_text, notice or return; empty when it is whole or not begun."""
        if not self.sentence.strip():
            return ""
        for name in ("course", "owner_text", "notice"):
            if not getattr(self, name).strip():
                return name
        return "" if self.returns_at or self.no_return_because.strip() else "return"


class Notes(Promise):
    """The words of the group so far; empty where nothing was written yet. Its own promise is the one at hand, `earlier`
    are those that were set aside whole."""

    schema_version: int = SCHEMA_VERSION
    assumption: str = ""
    test: str = ""
    meaning: str = ""
    dissent: str = ""
    certainty: str = ""
    missing: str = ""
    good_enough: str = ""
    share_with: str = ""
    reflection: str = ""
    earlier: tuple[Promise, ...] = ()

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Notes:
        """The notes in a JSON column."""
        return cls.model_validate(raw or {})

    @property
    def not_yet(self) -> bool:
        """Whether the group said that it does not know yet: an outcome like any other."""
        return not self.meaning.strip() and (self.certainty == "unknown" or bool(self.dissent.strip()))

    @property
    def agreed(self) -> bool:
        """Whether an agreement is written down at this moment."""
        return bool(self.sentence.strip())

    @property
    def promises(self) -> tuple[Promise, ...]:
        """Everything that was agreed, in the order in which it was."""
        return (*self.earlier, *([self._at_hand] if self.agreed else []))

    @property
    def _at_hand(self) -> Promise:
        return Promise(**{name: getattr(self, name) for name in Promise.model_fields})

    def set_aside(self) -> Notes:
        """With the agreement at hand among the earlier ones, and room for a next."""
        if not self.agreed:
            return self
        return self.model_copy(update={**Promise().model_dump(), "earlier": self.promises})

    def taken_up(self, place: int) -> Notes:
        """With an earlier agreement at hand again; the one at hand, if any, takes a place among the earlier ones."""
        if not 0 <= place < len(self.earlier):
            return self
        rest = (*self.earlier[:place], *self.earlier[place + 1 :], *([self._at_hand] if self.agreed else []))
        return self.model_copy(update={**self.earlier[place].model_dump(), "earlier": rest})


WRITTEN = tuple(name for name in Notes.model_fields if name not in {"schema_version", "earlier"})
"""The fields that stand on a screen."""

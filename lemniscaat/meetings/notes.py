"""What is written down on the leader's screen while the talk runs, typed. Kept as JSON until the talk ends."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1
CHOICES = ("certainty", "course", "returns_at", "share_with")
"""Fields that are chosen; the others are written, and of what is written no word is lost."""


class Notes(BaseModel):
    """The words of the group so far; empty where nothing was written yet."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    schema_version: int = SCHEMA_VERSION
    assumption: str = ""
    test: str = ""
    meaning: str = ""
    dissent: str = ""
    certainty: str = ""
    missing: str = ""
    course: str = ""
    sentence: str = ""
    owner_text: str = ""
    notice: str = ""
    weighed: str = ""
    returns_at: str = ""
    no_return_because: str = ""
    share_with: str = ""
    reflection: str = ""

    @classmethod
    def read(cls, raw: dict[str, Any]) -> Notes:
        """The notes in a JSON column."""
        return cls.model_validate(raw or {})

    @property
    def not_yet(self) -> bool:
        """Whether the group said that it does not know yet: an outcome like any other."""
        return not self.meaning.strip() and (self.certainty == "unknown" or bool(self.dissent.strip()))

    @property
    def lacks(self) -> str:
        """What an agreement still lacks: course, owner_text, notice or return; empty when it is whole."""
        if not self.agreed:
            return ""
        for name in ("course", "owner_text", "notice"):
            if not getattr(self, name).strip():
                return name
        return "" if self.returns_at or self.no_return_because.strip() else "return"

    @property
    def agreed(self) -> bool:
        """Whether an agreement was written down."""
        return bool(self.sentence.strip())

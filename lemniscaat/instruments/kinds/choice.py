"""Choice: one answer out of several that have no order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import model_validator

from lemniscaat.instruments.items import at_least_two
from lemniscaat.instruments.kinds.kind import heard
from lemniscaat.instruments.kinds.scale import OneOf, OneOfItem
from lemniscaat.instruments.kinds.telling import told
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import Row


class ChoiceItem(OneOfItem):
    """One of these answers."""

    kind: Literal["choice"]

    @model_validator(mode="after")
    def _answers(self) -> ChoiceItem:
        at_least_two(self.options, None)
        return self


class ChoiceKind(OneOf[ChoiceItem]):
    name = "choice"
    model = ChoiceItem

    def seconds(self, item: ChoiceItem) -> int:
        return 12

    def sentence(self, item: ChoiceItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """The answer most often given in the first group, and how often in the others."""
        groups = heard(rows)
        if not groups:
            return ""
        counts = groups[0].counts.parts.get("", {})
        chosen = max(item.options, key=lambda option: counts.get(option.key, 0))
        return told(self.shape(item)[0], [chosen], rows, language)


KIND = ChoiceKind()

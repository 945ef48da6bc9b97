"""Statements: agree, disagree or pass, one by one; participants may add some of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from lemniscaat.instruments.items import BaseItem, Option, unique
from lemniscaat.instruments.kinds.rowwise import Rowwise

VOTES = (
    Option(key="agree", nl="Eens", en="Agree"),
    Option(key="disagree", nl="Oneens", en="Disagree"),
    Option(key="pass", nl="Ik sla over", en="Pass"),
)


class StatementsItem(BaseItem):
    """Statements to vote on; `add` is how many somebody may bring in."""

    kind: Literal["statements"]
    statements: Annotated[tuple[Option, ...], Field(min_length=1, max_length=30), AfterValidator(unique)]
    add: Annotated[int, Field(ge=0, le=5)] = 0


class StatementsKind(Rowwise[StatementsItem]):
    name = "statements"
    model = StatementsItem

    def rows(self, item: StatementsItem) -> Sequence[Option]:
        return item.statements

    def choices(self, item: StatementsItem) -> tuple[Option, ...]:
        return VOTES

    def own(self, item: StatementsItem) -> int:
        return item.add


KIND = StatementsKind()

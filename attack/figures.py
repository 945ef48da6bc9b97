"""What an attacker has in hand: published figures, and what he may be assumed to know already."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Counts = dict[str, int]


@dataclass(frozen=True)
class Figure:
    """One published table: the segments that count in it, how many answered, and the count per option. The truth
    of each option lies between its count and its count + kept_back; an option left out was counted zero times."""

    item: str
    members: frozenset[str]
    n: int
    counts: Counts
    part: str = ""
    kept_back: int = 0


@dataclass(frozen=True)
class Question:
    """What the form itself tells. `kind`: "one" (options exclude each other), "many" (a part per option, counting
    "yes"; `least`..`most` choices each) or "ranking" (parts get different positions). `factual`: that all in a
    small group gave the same answer is no secret (items that open others). `open`: the option under which a part
    counts who left just that part open; `filled`: somebody who left every part open gave no answer at all."""

    kind: str = "one"
    options: tuple[str, ...] = ()
    parts: tuple[str, ...] = ("",)
    least: int = 0
    most: int | None = None
    factual: bool = False
    opened_by: str | None = None
    open: str = ""
    filled: bool = False


@dataclass(frozen=True)
class Evidence:
    """Everything published, and the worst that may be known: how many people each segment has (`people`) and how
    many of those gave each item a substantive answer (`answered`). `seen`: groups of people whose number showed."""

    people: Counts
    questions: dict[str, Question]
    figures: list[Figure]
    answered: dict[str, Counts] = field(default_factory=dict)
    seen: list[frozenset[str]] = field(default_factory=list)

    def weights(self, item: str) -> Counts:
        """People per segment on whom an option's count of this item can rest."""
        return self.answered.get(item, self.people)


def load(path: Path) -> Evidence:
    """Read a dump as README.md describes it; raises ValueError on what it does not know."""
    data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    unknown = set(data) - {"people", "answered", "questions", "figures", "participation"}
    if unknown:
        raise ValueError(f"unknown keys: {', '.join(sorted(unknown))}")
    figures = [
        Figure(
            item=row["item"],
            members=frozenset(map(str, row["members"])),
            n=int(row["n"]),
            counts={str(k): int(v) for k, v in row["counts"].items()},
            part=row.get("part", ""),
            kept_back=int(row.get("kept_back", 0)),
        )
        for row in data["figures"]
    ]
    told = data.get("questions", {})
    questions = {item: _question(told.get(item, {}), item, figures) for item in {f.item for f in figures}}
    people = {str(k): int(v) for k, v in data["people"].items()}
    strange = {m for f in figures for m in f.members} - set(people)
    if strange:
        raise ValueError(f"members without a number of people: {', '.join(sorted(strange))}")
    seen = [frozenset(map(str, row["members"])) for row in data.get("participation", [])]
    return Evidence(people, questions, figures, data.get("answered", {}), seen)


def _question(told: Mapping[str, Any], item: str, figures: list[Figure]) -> Question:
    own = [f for f in figures if f.item == item]
    fields = dict(told)
    fields["options"] = tuple(told.get("options") or sorted({o for f in own for o in f.counts}))
    fields["parts"] = tuple(told.get("parts") or sorted({f.part for f in own}))
    return Question(**fields)

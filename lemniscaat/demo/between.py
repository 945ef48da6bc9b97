"""What a student or a starting teacher agreed with one other; nobody else reads it."""

from __future__ import annotations

from typing import Any

from lemniscaat.demo.dates import moment, on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.home.pairs import agree_between
from lemniscaat.people.pairing import pair_with


def agree_in_pairs(stage: Stage) -> None:
    """Make each pair, and what it agreed."""
    for one in words("between"):
        _agree(stage, one)


def _agree(stage: Stage, one: dict[str, Any]) -> None:
    day = stage.days.ago(one["ago"])
    access = stage.access(one["who"], day)
    with on(day):
        body = pair_with(access=access, person_id=stage.crowd.cast[one["with"]].pk)
        agree_between(
            access=access,
            pair=body,
            sentence=one["sentence"],
            notice=one["notice"],
            course=one["course"],
            starts_at=moment(stage.days.ahead(one["ahead"])),
        )

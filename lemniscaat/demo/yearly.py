"""What the partnership and its school planned for the year, beside what was already asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.year.models import Intent, Way
from lemniscaat.year.planning import Wish, done, drop, plan
from lemniscaat.year.schoolyear import month_after, month_end

_BY = {"root": "petra", "school": "noor"}
_EARLY = 78
"""The year was planned so many days ago."""


def plan_the_year(stage: Stage) -> list[Intent]:
    """Put the year in the calendar of the partnership and of one school; what lies behind today is done."""
    told = words("year")
    made = [_planned(stage, where, one) for where, lines in told.items() for one in lines]
    return [one for one in made if one is not None]


def _planned(stage: Stage, where: str, one: dict[str, Any]) -> Intent | None:
    begins = _month(stage, one["month"])
    past = month_end(begins) < stage.days.today
    if past and one["way"] == Way.ROUND:
        return None
    day = stage.days.ago(_EARLY)
    with on(day):
        access = stage.access(_BY[where], day)
        row = plan(access=access, layer_id=stage.place(where).pk, wish=_wish(stage, one, begins))
        if "drop" in one:
            drop(access=access, intent=row, because=one["drop"])
        elif past:
            done(access=access, intent=row)
    return row


def _month(stage: Stage, number: int) -> date:
    return month_after(stage.days.start, (number - 8) % 12)


def _wish(stage: Stage, one: dict[str, Any], begins: date) -> Wish:
    return Wish(
        way=one["way"],
        title=one["title"],
        begins_on=begins,
        ends_on=month_end(begins),
        instrument=one.get("instrument", ""),
        roles=tuple(one.get("roles", ())),
        criteria=tuple(stage.criteria[key] for key in one.get("criteria", ())),
        body=stage.calendar.bodies[one["body"]] if "body" in one else None,
        return_by=month_end(_month(stage, one["back"])) if "back" in one else None,
        note=one.get("note", ""),
        owner=stage.crowd.cast[one["owner"]] if "owner" in one else None,
    )

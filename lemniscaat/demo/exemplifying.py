"""What teams tried and shared with everybody: each example by who sits there, with thanks and questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.examples import actions
from lemniscaat.examples.models import Example
from lemniscaat.people.models import Organisation, Person, Role

Told = dict[str, Any]


def write_examples(stage: Stage) -> list[Example]:
    """Write and share every example, oldest first, then what others said to it."""
    made = [_example(stage, one) for one in words("examples")]
    for row, one in zip(made, words("examples"), strict=True):
        for thank in one.get("thanks", ()):
            _thank(stage, row, thank)
        for question in one.get("questions", ()):
            _question(stage, row, question, one)
    return made


def _example(stage: Stage, one: Told) -> Example:
    place, day = _place(stage, one), stage.days.ago(one["ago"])
    told = actions.Told(
        **{name: one.get(name, "") for name in (*actions.WORDS, "element", "instrument")},
        criterion=stage.criteria[one["lat"]],
        signed=one.get("sign", False),
    )
    who = _who(stage, one["by"], place, day)
    with on(day):
        row = actions.write_example(access=stage.access(who, day), layer_id=place.pk, told_=told)
        # a mentor writes it; who leads the talks there shares it
        sharer = who if one["by"] != Role.MENTOR else _who(stage, Role.SCHOOL_EDUCATOR, place, day)
        return actions.share_example(access=stage.access(sharer, day), example=row)


def _place(stage: Stage, one: Told) -> Organisation:
    if "layer" in one:
        return stage.place(one["layer"])
    return stage.places.schools[one["school"]].teams[one["team"]]


def _who(stage: Stage, by: str, place: Organisation, day: date) -> Person:
    """Somebody of the cast, or the first with this role at a team or its school."""
    if by in stage.crowd.cast:
        return stage.crowd.cast[by]
    school = next((one.place for one in stage.places.schools if place in one.teams), place)
    return stage.crowd.then(by, day, [place, school])[0]


def _thank(stage: Stage, row: Example, one: Told) -> None:
    day = stage.days.ago(one["ago"])
    place = _place(stage, one) if "school" in one else None
    who = _who(stage, Role.MENTOR, place, day) if place else stage.crowd.cast[one["who"]]
    with on(day):
        actions.thank_for(
            access=stage.access(who, day), example=row, text=one["text"], layer_id=place.pk if place else None
        )


def _question(stage: Stage, row: Example, one: Told, about: Told) -> None:
    day = stage.days.ago(one["ago"])
    with on(day):
        asked = actions.ask(access=stage.access(one["who"], day), example=row, text=one["text"])
    if "answer" in one:
        later = stage.days.ago(one["ago"] - one["after"])
        by: str = one.get("by") or about["by"]
        who = _who(stage, by, _place(stage, about), later)
        with on(later):
            actions.answer(access=stage.access(who, later), question=asked, text=one["answer"])

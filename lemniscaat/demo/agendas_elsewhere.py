"""The agendas of the other schools of De Brug: three points of this year each, and one of last year, in few statements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lemniscaat.agenda.models import (
    Act,
    Contribution,
    Course,
    Difference,
    Goal,
    GoalState,
    Look,
    Step,
)
from lemniscaat.demo.places import School
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.people.models import Appointment, Body
from lemniscaat.vision.models import Period
from lemniscaat.vision.queries import current_period

Told = dict[str, Any]
EACH, STRIDE = 3, 11
"""So many points a school; dealt from places so far apart, so that neighbours have different ones."""


def take_up_elsewhere(stage: Stage) -> list[Goal]:
    """Three points for every other school, each with a step, some that contribute to the partnership; one that ended."""
    told = words("agendas")
    meetings = _meetings(stage)
    schools = [school for school in stage.places.schools if school is not stage.places.waterrad]
    now, then = (
        current_period(stage.places.partnership, day) for day in (stage.days.today, stage.days.last(60))
    )
    dealt: list[tuple[Goal, Told, int]] = []
    ended: list[tuple[Goal, Told]] = []
    for number, school in enumerate(schools):
        for turn in range(EACH):
            one = told["points"][(number * EACH + turn * STRIDE) % len(told["points"])]
            dealt.append((_point(stage, school, one, now, meetings[school.place.pk], turn), one, number))
        one = told["past"][number % len(told["past"])]
        ended.append((_ended(stage, school, one, then), one))
    rows = Goal.objects.bulk_create([row for row, *_ in dealt] + [row for row, _ in ended])
    _steps(stage, dealt)
    _looks(stage, ended)
    _contributions(stage, dealt)
    return rows


def _meetings(stage: Stage) -> dict[int, Appointment]:
    """The next moment of the body of each school, by the school."""
    teams = Body.objects.filter(name__startswith="Opleidingsteam").values_list("pk", "organisation_id")
    found: dict[int, Appointment] = {}
    for (pk, _day), at in sorted(stage.calendar.made.items(), key=lambda pair: pair[0][1], reverse=True):
        place = dict(teams).get(pk)
        if place is not None and at.starts_at.date() > stage.days.today:
            found[place] = at
    return found


def _point(
    stage: Stage, school: School, one: Told, period: Period | None, back: Appointment, turn: int
) -> Goal:
    criterion = stage.criteria[one["criterion"]]
    return Goal(
        partnership=stage.places.partnership,
        organisation=school.place,
        period=period,
        course=one["course"],
        sentence=one["sentence"],
        point=criterion.point,
        criterion=criterion,
        owner_text=one["who"][0].upper() + one["who"][1:],
        noticeable=one["notice"],
        returns_at=back,
        phase=one["phase"],
        taken_up_on=stage.days.ago(54 - 7 * turn),
        place=turn + 2,
    )


def _ended(stage: Stage, school: School, one: Told, period: Period | None) -> Goal:
    criterion = stage.criteria[one["criterion"]]
    return Goal(
        partnership=stage.places.partnership,
        organisation=school.place,
        period=period,
        course=Course.ADJUST,
        sentence=one["sentence"],
        point=criterion.point,
        criterion=criterion,
        no_return_because="Dit kwam terug en is klaar.",
        state=one["state"],
        phase="act",
        taken_up_on=stage.days.last(70),
        ended_on=stage.days.last(260),
        ended_because=one["because"],
        place=1,
    )


def _steps(stage: Stage, dealt: list[tuple[Goal, Told, int]]) -> None:
    """A small thing under each point: for some done, for some late, for most to do."""
    rows = []
    for row, one, number in dealt:
        done = stage.days.ago(4 + number % 9) if number % 3 == 0 else None
        due = done or stage.days.ahead(6 + number % 20) if number % 5 else stage.days.ago(3)
        rows.append(Step(goal=row, sentence=one["step"], owner_text=row.owner_text, due_on=due, done_on=done))
    Step.objects.bulk_create(rows)


def _looks(stage: Stage, ended: list[tuple[Goal, Told]]) -> None:
    Look.objects.bulk_create(
        Look(
            goal=row,
            looked_on=row.ended_on or stage.days.last(260),
            difference=Difference.YES if row.state == GoalState.SUSTAINED else Difference.NO,
            act=Act.SUSTAIN if row.state == GoalState.SUSTAINED else Act.STOP,
            because=one["because"],
        )
        for row, one in ended
    )


def _contributions(stage: Stage, dealt: list[tuple[Goal, Told, int]]) -> None:
    """Two of three schools said to what of the partnership their point contributes; nobody has to."""
    Contribution.objects.bulk_create(
        Contribution(
            lower=row,
            upper=stage.goals[one["serves"]],
            made_on=max(row.taken_up_on, stage.goals[one["serves"]].taken_up_on) + timedelta(days=1),
        )
        for row, one, number in dealt
        if "serves" in one and number % 3
    )

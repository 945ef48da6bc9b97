"""The development agendas around Het Waterrad: points of years and of this year, what was seen of them, who contributes
to what, and what was shared upward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.models import Agreement, Contribution, Goal, Task
from lemniscaat.agenda.points.checking import Seen, look
from lemniscaat.agenda.points.stepping import add_step, drop_step, tick_step
from lemniscaat.agenda.points.taking_up import Aim, move_to, take_up
from lemniscaat.demo.dates import moment, on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.meetings.models import Outcome
from lemniscaat.people.actions import answer_share, share
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.pairing import pair_with

Told = dict[str, Any]
_AS_TOLD = (
    "sentence",
    "course",
    "why",
    "now",
    "wanted",
    "weighed",
    "owner_role",
    "owner_text",
    "measurable",
    "noticeable",
    "anchors",
    "anchor_text",
    "raised_by",
)
_NEAR = 7
"""A moment that stands in the calendar within so many days is the moment that is meant."""


def take_up_points(stage: Stage) -> None:
    """Every point on the day on which it was taken up, then what became of it; the points of last year come first."""
    told = words("agenda")
    for one in sorted(told["points"], key=lambda one: (_on(stage, one["taken"]), one.get("span") != "years")):
        stage.goals[one["key"]] = _taken_up(stage, one)
    _pair(stage, told["pair"])
    for lower, upper in told["contributions"]:
        low = stage.goals[lower]
        made_on = max(low.taken_up_on, stage.goals[upper].taken_up_on)
        Contribution.objects.create(lower=low, upper=stage.goals[upper], made_by=low.owner, made_on=made_on)
    for one in told["shares"]:
        _share(stage, one)


def _on(stage: Stage, spec: Mapping[str, object]) -> date:
    return stage.days.at(spec)


def _taken_up(stage: Stage, one: Told) -> Goal:
    day = _on(stage, one["taken"])
    access = stage.access(one["by"], day)
    with on(day):
        row = take_up(access=access, layer_id=stage.place(one["at"]).pk, aim=_aim(stage, one))
        for task in one.get("tasks", ()):
            body = stage.calendar.bodies[task["body"]] if "body" in task else None
            rest = {name: task[name] for name in ("role", "words") if name in task}
            Task.objects.create(goal=row, kind=task["kind"], body=body, **rest)
    _steps(stage, one, row)
    for seen in one.get("looks", ()):
        _looked(stage, one, row, seen)
    kept = [stage.agreements[key].pk for key in one.get("agreements", ())]
    Agreement.objects.filter(pk__in=kept).update(goal=row)
    if "phase" in one:
        with on(stage.days.today):
            move_to(access=access, goal=row, phase=one["phase"])
    row.refresh_from_db()
    return row


def _aim(stage: Stage, one: Told) -> Aim:
    fields = {name: one[name] for name in _AS_TOLD if name in one}
    span = {"span": one["span"]} if "span" in one else {}
    until = date(stage.days.start.year + one["until"], 7, 31) if "until" in one else None
    return Aim(
        **fields,
        **span,
        until=until,
        within=stage.goals[one["within"]] if "within" in one else None,
        criterion=stage.criteria[one["criterion"]],
        interpretation=_meaning(stage, one["meaning"]) if "meaning" in one else None,
        owner=stage.crowd.cast[one["owner"]] if "owner" in one else None,
        returns_at=_moment(stage, stage.calendar.bodies[one["body"]], one["returns"]),
    )


def _meaning(stage: Stage, talk: str) -> Interpretation:
    """The meaning that a talk of the story left behind."""
    found = Outcome.objects.select_related("interpretation").get(
        meeting=stage.talks[talk], interpretation__isnull=False
    )
    assert found.interpretation is not None
    return found.interpretation


def _moment(stage: Stage, body: Body, spec: Mapping[str, object]) -> Appointment:
    """The moment of a body on a day, or the one that stands nearby; put in the calendar where there is none."""
    day = _on(stage, spec)
    near = {when: at for (pk, when), at in stage.calendar.made.items() if pk == body.pk}
    found = min(near, key=lambda when: abs(when - day), default=None)
    if (
        found is not None
        and abs(found - day).days <= _NEAR
        and (found > stage.days.today) == (day > stage.days.today)
    ):
        return near[found]
    return stage.calendar.appointment(body, day)


def _steps(stage: Stage, one: Told, row: Goal) -> None:
    for told in one.get("steps", ()):
        day = min(_on(stage, told["due"]), row.taken_up_on) if "due" in told else row.taken_up_on
        with on(max(day, row.taken_up_on)):
            owner = stage.crowd.cast[told["owner"]] if "owner" in told else None
            access = stage.access(one["by"], max(day, row.taken_up_on))
            step = add_step(
                access=access,
                goal=row,
                sentence=told["sentence"],
                owner=owner,
                owner_text=told.get("owner_text", owner.first_name if owner else ""),
                due_on=_on(stage, told["due"]),
            )
        if "done" in told:
            with on(_on(stage, told["done"])):
                tick_step(access=access, step=step, done=True)
        elif "dropped" in told:
            drop_step(access=access, step=step, because=told["dropped"])


def _looked(stage: Stage, one: Told, row: Goal, told: Told) -> None:
    """Somebody looked on a day: what was seen, and how the point goes on."""
    day, body = _on(stage, told["at"]), stage.calendar.bodies[one["body"]]
    words_of = {name: told[name] for name in ("seen", "asked", "because", "sentence") if name in told}
    seen = Seen(
        difference=told["difference"],
        act=told["act"],
        appointment=_moment(stage, body, told["at"]),
        next_appointment=_moment(stage, body, told["next"]) if "next" in told else None,
        **words_of,
    )
    with on(day):
        look(access=stage.access(one["by"], day), goal=row, seen=seen)


def _pair(stage: Stage, told: Told) -> None:
    """A student and a mentor, the two of them: one point and one agreement that nobody else reads."""
    team = stage.place("team").pk
    moments = [_on(stage, spec) for spec in told["moments"]]
    day = moments[0]
    with on(day):
        access = stage.access("samira", day)
        body = pair_with(access=access, person_id=stage.crowd.cast["joost"].pk)
        at = [Appointment.objects.create(body=body, starts_at=moment(when), minutes=10) for when in moments]
        point = told["point"]
        fields = {name: point[name] for name in _AS_TOLD if name in point}
        aim = Aim(
            **fields,
            criterion=stage.criteria[point["criterion"]],
            owner=stage.crowd.cast[point["owner"]],
            returns_at=at[1],
        )
        row = take_up(access=access, layer_id=team, aim=aim, body=body)
        move_to(access=access, goal=row, phase=point["phase"])
    _steps(stage, {**point, "by": "samira"}, row)
    one = told["agreement"]
    with on(day):
        agree(
            access=stage.access("joost", day),
            layer_id=team,
            criterion=None,
            course=one["course"],
            sentence=one["sentence"],
            owner=stage.crowd.cast["joost"],
            owner_text=one["owner_text"],
            notice=one["notice"],
            returns_at=at[2],
            goal=row,
            body=body,
        )


def _share(stage: Stage, told: Told) -> None:
    """Share a point with the layer above, which answers or does not yet."""
    row, day = stage.goals[told["key"]], _on(stage, told["day"])
    with on(day):
        made = share(
            access=stage.access(told["by"], day),
            noun="goal",
            noun_id=row.pk,
            title=row.sentence[:200],
            text=f"{row.get_course_display()}: {row.sentence} {row.noticeable}".strip(),
            dissent=row.weighed,
            source_id=row.organisation_id,
            target_id=stage.place(told["to"]).pk,
        )
    if "answer" in told:
        answered = _on(stage, told["answer_day"])
        with on(answered):
            answer_share(access=stage.access(told["answer_by"], answered), share=made, text=told["answer"])

"""What the screens of a talk have in common: the steps, where we are, and what may be seen of this step."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda import queries as agenda
from lemniscaat.meetings import flow, queries
from lemniscaat.meetings.figures import talk_figures
from lemniscaat.meetings.models import Meeting, MeetingState, Seat
from lemniscaat.meetings.notes import Notes
from lemniscaat.people.access import Access


def steps_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The step list: done, now, next."""
    now = flow.at(meeting.step)
    plan = flow.plan(meeting.entry, now.key)
    place = plan.index(now)
    states = ["done" if i < place else "now" if i == place else "next" for i in range(len(plan))]
    if meeting.state == MeetingState.PLANNED:
        states = ["next"] * len(plan)
    return [
        {"name": _(step.name), "minutes": step.minutes, "state": state, "url": "", "key": step.key}
        for step, state in zip(plan, states, strict=True)
    ]


def context_of(access: Access, meeting: Meeting) -> dict[str, Any]:
    """Everything a screen of this talk shows at its present step. Holds no sentence that is not laid open."""
    step = flow.at(meeting.step)
    seats = queries.seats(meeting)
    following = flow.after(meeting.entry, step.key)
    criterion = meeting.criterion
    point = (
        {"name": criterion.point.title, "url": reverse("datapoints:criterion", args=[criterion.pk])}
        if criterion
        else None
    )
    return {
        "meeting": meeting,
        "talk_title": meeting.title,
        "point": point,
        "criterion": criterion,
        "at_table": at_table(meeting, seats),
        "steps": steps_of(meeting),
        "step": step,
        "name": _(step.name),
        "say": _(flow.opening(meeting.entry)) if step.key == "arrive" else _(step.say),
        "do": _(step.do),
        "hint": _(step.hint) if step.hint else "",
        "seats": seats,
        "is_open": step.key in meeting.revealed,
        "written": queries.written(meeting, step.key) if step.alone else 0,
        "next": following,
        "next_label": _(following.name) if following else "",
        "before": flow.before(meeting.entry, step.key),
        "state": f"{step.key}-{len(meeting.revealed)}-{meeting.state}",
        "notes": Notes.read(meeting.notes),
        **_of_step(access, meeting, step.key),
    }


def at_table(meeting: Meeting, seats: list[Seat]) -> str:
    """'Teamoverleg onderbouw, 5 aan tafel'."""
    told = ngettext("%(body)s, %(n)d aan tafel", "%(body)s, %(n)d aan tafel", len(seats))
    return told % {"body": meeting.body.name, "n": len(seats)}


def _of_step(access: Access, meeting: Meeting, key: str) -> dict[str, Any]:
    """What lies on the table at one step: what comes back, the data, the sentences that were laid open."""
    if key == "arrive":
        return {"due": agenda.due(access, body=meeting.body, appointment=meeting.appointment)}
    if key == "see":
        return {"table": talk_figures(access, meeting), "said": queries.laid_open(meeting, "expect")}
    if key == "together":
        return {"said": queries.laid_open(meeting, "alone")}
    return {"said": queries.laid_open(meeting, key)}

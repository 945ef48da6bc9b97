"""What the screens of a talk have in common: the steps, where we are, and what may be seen of this step."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.meetings import flow, queries
from lemniscaat.meetings.figures import talk_figures
from lemniscaat.meetings.models import Meeting
from lemniscaat.meetings.notes import Notes
from lemniscaat.people.access import Access


def steps_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The step list: done, now, next."""
    plan = list(flow.plan(meeting.entry))
    if meeting.step not in {step.key for step in plan}:
        plan.insert(1, flow.BY_KEY[meeting.step])
    at = [step.key for step in plan].index(meeting.step)
    state = ["done" if i < at else "now" if i == at else "next" for i in range(len(plan))]
    return [
        {"name": _(step.name), "minutes": step.minutes, "state": state[i], "url": "", "key": step.key}
        for i, step in enumerate(plan)
    ]


def context_of(access: Access, meeting: Meeting) -> dict[str, Any]:
    """Everything a screen of this talk shows at its present step. Holds no sentence that is not laid open."""
    step = flow.BY_KEY[meeting.step]
    seats = queries.seats(meeting)
    criterion = meeting.criterion
    following = flow.after(meeting.entry, step.key)
    return {
        "meeting": meeting,
        "talk_title": meeting.title,
        "point": {"name": criterion.point.title, "url": reverse("datapoints:criterion", args=[criterion.pk])}
        if criterion
        else None,
        "criterion": criterion,
        "at_table": _("%(body)s, %(n)d aan tafel") % {"body": meeting.body.name, "n": len(seats)},
        "steps": steps_of(meeting),
        "step": step,
        "say": _(step.say),
        "do": _(step.do),
        "hint": _(step.hint) if step.hint else "",
        "name": _(step.name),
        "left": flow.left(meeting.entry, step.key),
        "seats": seats,
        "is_open": step.key in meeting.revealed,
        "written": queries.written(meeting, step.key) if step.alone else 0,
        "said": queries.laid_open(meeting, step.key),
        "table": talk_figures(access, criterion) if step.key == "see" else None,
        "due": agenda.due(access, body=meeting.body, appointment=meeting.appointment)
        if step.key == "arrive"
        else (),
        "notes": Notes.read(meeting.notes),
        "next": following,
        "next_name": _(following.name) if following else "",
        "before": flow.before(meeting.entry, step.key),
    }

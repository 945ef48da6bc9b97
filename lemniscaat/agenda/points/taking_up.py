"""Taking up a point on the agenda of a layer, and changing its words: at most three for a year, or say why more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max

from lemniscaat.agenda.actions import ReasonNeededError, need_at
from lemniscaat.agenda.models import Anchor, Course, Goal, GoalState, Phase, Span
from lemniscaat.agenda.offering import tell_changed
from lemniscaat.agenda.queries import year_goals
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion, Period, VisionPoint

MOST = 3
"""So many points a layer takes up for a year; one more is possible, with a reason that everybody there reads."""


class OneMoreError(Exception):
    """There are three points already, and nobody says why a fourth is needed."""


class ClashError(Exception):
    """Somebody else saved in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: Goal) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


@dataclass(frozen=True)
class Aim:
    """The words of a point. `raised_by`: roles; `anchors`: values of Anchor; `period`: the school year it is for, this
    one where nothing is said; the other fields as in Goal."""

    sentence: str
    course: str = Course.ADJUST
    span: str = Span.YEAR
    within: Goal | None = None
    until: date | None = None
    point: VisionPoint | None = None
    criterion: Criterion | None = None
    interpretation: Interpretation | None = None
    why: str = ""
    now: str = ""
    wanted: str = ""
    weighed: str = ""
    raised_by: Sequence[str] = ()
    owner: Person | None = None
    owner_role: str = ""
    owner_text: str = ""
    measurable: str = ""
    noticeable: str = ""
    returns_at: Appointment | None = None
    no_return_because: str = ""
    anchors: Sequence[str] = ()
    anchor_text: str = ""
    more_because: str = ""
    period: Period | None = None


TEXTS = (
    "sentence",
    "why",
    "now",
    "wanted",
    "weighed",
    "owner_text",
    "measurable",
    "noticeable",
    "no_return_because",
    "anchor_text",
    "more_because",
)


def take_up(*, access: Access, layer_id: int, aim: Aim, body: Body | None = None, form_key: str = "") -> Goal:
    """Put a point on the agenda of a layer, or of one body of it alone. The same form sent twice is one point.

    Raises ReasonNeededError when it comes back nowhere and nobody says why, OneMoreError for a fourth point of a year
    without a reason. 404 where I may not, or for a body in which I do not sit.
    """
    need_at(access, layer_id, body)
    aim = _complete(aim)
    with writing():
        if form_key and (known := Goal.objects.filter(form_key=form_key).first()) is not None:
            return known
        period = aim.period or vision.current_period(access.partnership, access.day)
        taken = year_goals(access, layer_id, period, body)
        if aim.span == Span.YEAR and taken.count() >= MOST and not aim.more_because:
            raise OneMoreError
        last = Goal.objects.filter(organisation_id=layer_id, body=body).aggregate(last=Max("place"))["last"]
        made = Goal.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            body=body,
            place=(last or 0) + 1,
            form_key=form_key,
            taken_up_on=clock.today(),
            **_fields(replace(aim, period=period if aim.span == Span.YEAR else None)),
        )
        if body is None:
            # what is of a student and a mentor alone is in no trail that others read
            note_change(access, verb="took_up", thing=made)
    return made


def revise(*, access: Access, goal: Goal, aim: Aim, version: int) -> Goal:
    """Change the words of a point. Raises ClashError when `version` is no longer the newest, ReasonNeededError as above."""
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id)
    aim = _complete(aim)
    with writing():
        current = Goal.objects.select_for_update().get(pk=goal.pk)
        if current.version != version:
            raise ClashError(current)
        if current.body_id is None:
            note_change(access, verb="revised", thing=current, before=current.sentence)
        period = (aim.period or current.period) if aim.span == Span.YEAR else None
        for name, value in _fields(replace(aim, period=period)).items():
            setattr(current, name, value)
        current.version += 1
        current.save()
        tell_changed(current)
    return current


def move_to(*, access: Access, goal: Goal, phase: str) -> Goal:
    """Say where a running point is in plan, do, check, act. People say so; nothing moves by itself."""
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id)
    with writing():
        current = Goal.objects.select_for_update().get(pk=goal.pk)
        if current.state == GoalState.RUNNING and current.phase != Phase(phase):
            current.phase = Phase(phase)
            current.save(update_fields=["phase"])
            if current.body_id is None:
                note_change(access, verb="moved_phase", thing=current, phase=current.phase)
    return current


def _complete(aim: Aim) -> Aim:
    """The same words without loose ends; a goal for years hangs in no other."""
    aim = replace(aim, **{name: getattr(aim, name).strip() for name in TEXTS})
    if aim.returns_at is None and not aim.no_return_because:
        raise ReasonNeededError
    if aim.span == Span.YEARS:
        aim = replace(aim, within=None)
    known = [one for one in Anchor.values if one in aim.anchors]
    point = aim.criterion.point if aim.criterion is not None else aim.point
    return replace(aim, anchors=known, raised_by=sorted(set(aim.raised_by)), point=point)


def _fields(aim: Aim) -> dict[str, object]:
    return {name: getattr(aim, name) for name in aim.__dataclass_fields__}

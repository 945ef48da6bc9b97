"""Check and act: did we see it, what do those say who raised it, and how do we go on?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.agenda.actions import ReasonNeededError
from lemniscaat.agenda.models import Act, Difference, Goal, GoalState, Look, LookGround, Phase
from lemniscaat.agenda.offering import tell_changed
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import Round
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


@dataclass(frozen=True)
class OnTable:
    """Something that was looked at: a data point or the outcome of a round, in words as they were."""

    data_point: DataPoint | None = None
    round: Round | None = None
    words: str = ""


@dataclass(frozen=True)
class Seen:
    """What was seen and decided. `sentence`: the new words of the point, where it is adjusted."""

    difference: str = Difference.NOT_LOOKED
    seen: str = ""
    asked: str = ""
    act: str = Act.GO_ON
    because: str = ""
    sentence: str = ""
    appointment: Appointment | None = None
    next_appointment: Appointment | None = None


def look(*, access: Access, goal: Goal, seen: Seen, grounds: Sequence[OnTable] = ()) -> Look:
    """Keep a look at a running point and go on from it: on, adjusted, held on to for good, or stopped because.

    Raises ReasonNeededError when nobody looked and nobody says why, when it stops without a reason, or when it goes on
    and comes back nowhere. The same words on one day are one look.
    """
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id)
    _reasoned(seen)
    with writing():
        current = Goal.objects.select_for_update().get(pk=goal.pk)
        kept = {"difference": seen.difference, "seen": seen.seen.strip(), "asked": seen.asked.strip()}
        kept |= {"act": seen.act, "because": seen.because.strip()}
        known = Look.objects.filter(goal=goal, looked_on=clock.today(), **kept).first()
        if known is not None:
            return known
        made = Look.objects.create(
            goal=goal,
            looked_on=clock.today(),
            appointment=seen.appointment,
            next_appointment=seen.next_appointment,
            before=current.sentence if seen.act == Act.ADJUST else "",
            **kept,
        )
        LookGround.objects.bulk_create(
            LookGround(look=made, data_point=one.data_point, round=one.round, words=one.words)
            for one in grounds
        )
        _go_on(current, seen)
        if current.body_id is None:
            note_change(access, verb="looked_at_goal", thing=current, act=seen.act)
    return made


def _reasoned(seen: Seen) -> None:
    looked = seen.difference != Difference.NOT_LOOKED
    ends = seen.act in {Act.SUSTAIN, Act.STOP}
    if not looked and not seen.because.strip():
        raise ReasonNeededError
    if seen.act == Act.STOP and not seen.because.strip():
        raise ReasonNeededError
    if not ends and seen.next_appointment is None:
        raise ReasonNeededError


def _go_on(goal: Goal, seen: Seen) -> None:
    if goal.state != GoalState.RUNNING:
        return
    if seen.act == Act.SUSTAIN:
        goal.state, goal.phase = GoalState.SUSTAINED, Phase.ACT
    elif seen.act == Act.STOP:
        goal.state, goal.phase = GoalState.STOPPED, Phase.ACT
    else:
        goal.phase = Phase.PLAN if seen.act == Act.ADJUST else Phase.DO
        goal.returns_at = seen.next_appointment
        goal.sentence = seen.sentence.strip() or goal.sentence
        goal.version += 1
    if goal.state != GoalState.RUNNING:
        goal.ended_on, goal.ended_because = clock.today(), seen.because.strip()
    goal.save()
    tell_changed(goal)

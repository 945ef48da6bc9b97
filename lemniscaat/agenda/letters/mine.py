"""What somebody owns on the agendas: points, agreements and steps that run, and the day on which each asks for him."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import Agreement, AgreementState, Goal, GoalState, Step
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body


@dataclass(frozen=True)
class Owned:
    """Something that comes back or is due. `kind`: goal, agreement or step; `where`: at which moment it comes back."""

    kind: str
    pk: int
    sentence: str
    day: date
    url: str
    where: str = ""
    cancelled: bool = False
    mine: bool = True


def owned(access: Access, *, until: date, sat_with: bool = False) -> list[Owned]:
    """What is mine and asks for me until a day, the earliest first. `sat_with`: also what comes back in a body I sit in,
    and the steps of a body's own points."""
    bodies = Body.objects.filter(people=access.person, partnership=access.partnership).values("pk")
    mine = Q(owner=access.person)
    back = mine | Q(returns_at__body__in=bodies) if sat_with else mine
    due = mine | Q(goal__body__in=bodies) if sat_with else mine
    goals = queries.goals(access).filter(back, state=GoalState.RUNNING)
    agreements = queries.agreements(access).filter(back, state=AgreementState.RUNNING)
    steps = Step.objects.filter(
        due,
        goal__in=queries.goals(access).values("pk"),
        goal__state=GoalState.RUNNING,
        done_on__isnull=True,
        dropped_because="",
        due_on__lte=until,
    )
    found = [*_returning(goals, "goal", access), *_returning(agreements, "agreement", access)]
    found += [
        Owned(
            "step",
            row.pk,
            row.sentence,
            row.due_on,
            reverse("goals:goal", args=[row.goal_id]),
            mine=row.owner_id == access.person.pk,
        )
        for row in steps
        if row.due_on
    ]
    return sorted((one for one in found if one.day <= until), key=lambda one: (one.day, one.kind, one.pk))


def _returning(rows: Iterable[Goal] | Iterable[Agreement], kind: str, access: Access) -> Iterator[Owned]:
    name = "goals:goal" if kind == "goal" else "agenda:agreement"
    for row in rows:
        if row.returns_at is None:
            continue
        yield Owned(
            kind,
            row.pk,
            row.sentence,
            timezone.localtime(row.returns_at.starts_at).date(),
            reverse(name, args=[row.pk]),
            row.returns_at.body.name,
            row.returns_at.cancelled_on is not None,
            row.owner_id == access.person.pk,
        )

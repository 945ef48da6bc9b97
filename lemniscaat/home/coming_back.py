"""What comes back when: agreements, points on the agenda and returns, in the order of the calendar."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, AgreementState, Goal, GoalState
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body
from lemniscaat.year.schoolyear import Line

MOST = 12


@dataclass(frozen=True)
class Back:
    """One thing that comes back: on which day, in whose talk, and whether I am the one who keeps an eye on it."""

    day: date
    what: str
    sort: str
    where: str
    url: str
    mine: bool = False
    late: bool = False
    layer: str = ""


@dataclass(frozen=True)
class Returning:
    """Everything that comes back at some layers and tables. `loose`: mine, and it comes back nowhere."""

    backs: tuple[Back, ...]
    loose: tuple[Back, ...] = ()

    @property
    def mine(self) -> tuple[Back, ...]:
        """What I look after, the nearest first."""
        return tuple(one for one in self.backs if one.mine)

    @property
    def others(self) -> tuple[Back, ...]:
        """What somebody else looks after."""
        return tuple(one for one in self.backs if not one.mine)

    @property
    def late(self) -> tuple[Back, ...]:
        """What should have come back already."""
        return tuple(one for one in self.backs if one.late)


def returning(
    access: Access, layers: Collection[int], *, bodies: Collection[Body] = (), lines: Iterable[Line] = ()
) -> Returning:
    """What comes back at these layers or at the talks of these bodies, and all that is mine; not what is of
    two people alone. Two queries.

    `lines`: of these the days on which those who gave hear back.
    """
    here = Q(organisation_id__in=layers) | Q(owner=access.person) | Q(returns_at__body__in=list(bodies))
    # these pages are printed and taken along to a meeting: what is of two people, or of a body that was not asked for,
    # has its own page
    ours = here & (Q(body__isnull=True) | Q(body__pair=False, body__in=list(bodies)))
    agreed = agenda.agreements(access).filter(ours, state=AgreementState.RUNNING)
    goals = agenda.goals(access).filter(ours, state=GoalState.RUNNING)
    found: list[Back] = []
    loose: list[Back] = []
    rows: list[Agreement | Goal] = [*agreed, *goals]
    for row in rows:
        back = _of(access, row)
        if back.day != date.max:
            found.append(back)
        elif back.mine:
            loose.append(back)
    found += [_told(access, line) for line in lines if line.comes_back and line.back]
    return Returning(tuple(sorted(found, key=lambda one: (one.day, one.what))), tuple(loose))


def _of(access: Access, row: Agreement | Goal) -> Back:
    moment = _standing(row.returns_at)
    day = timezone.localtime(moment.starts_at).date() if moment else date.max
    goal = isinstance(row, Goal)
    return Back(
        day,
        row.sentence,
        _("Punt op de agenda") if goal else _("Afspraak"),
        moment.body.name if moment else "",
        reverse("goals:goal" if goal else "agenda:agreement", args=[row.pk]),
        mine=row.owner_id == access.person.pk,
        late=day < access.day,
        layer=row.organisation.name,
    )


def _standing(moment: Appointment | None) -> Appointment | None:
    """A moment that was not called off."""
    return moment if moment is not None and moment.cancelled_on is None else None


def _told(access: Access, line: Line) -> Back:
    assert line.back is not None
    return Back(
        line.back,
        line.title,
        _("Terug bij wie gaf"),
        "",
        line.url,
        late=line.back < access.day,
        layer=line.above,
    )

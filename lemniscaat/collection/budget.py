"""How often a group was asked something this half-year: a question for the organiser, never a ban."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lemniscaat.collection.models import Round, RoundState
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role

BUDGET_OF_STUDENTS = 3
BUDGET = 2
TICKET = "exitticket"
"""Filled in on the spot by who is there: by its code alone it is pushed to nobody, so it does not count."""
_ASKED = (RoundState.OPEN, RoundState.STOPPED, RoundState.RETURNED)


@dataclass(frozen=True)
class Asked:
    """A role, how many rounds it was asked in this half-year, and how many we hold ourselves to."""

    role: str
    times: int
    budget: int

    @property
    def full(self) -> bool:
        """Whether one more would be one too many."""
        return self.times >= self.budget


def half_year(day: date) -> tuple[date, date]:
    """The half of the school year a day is in: first day, and the first day after it."""
    if 2 <= day.month <= 7:
        return date(day.year, 2, 1), date(day.year, 8, 1)
    start = day.year if day.month >= 8 else day.year - 1
    return date(start, 8, 1), date(start + 1, 2, 1)


def asked_before(access: Access, *, layer_id: int, roles: Iterable[str]) -> tuple[Asked, ...]:
    """Per role how often it was asked this half-year at this layer, above it or below it; one query."""
    first, after = half_year(access.day)
    near = {layer_id, *access.tree.above(layer_id), *access.tree.below(layer_id)}
    pushed = Round.objects.exclude(instrument__root=TICKET, by_mail=False)
    rounds = pushed.filter(
        partnership=access.partnership,
        organisation_id__in=near,
        state__in=_ASKED,
        opened_on__gte=first,
        opened_on__lt=after,
    ).values_list("roles", flat=True)
    lists = [set(asked) for asked in rounds]
    return tuple(
        Asked(role, sum(role in asked for asked in lists), budget_of(role)) for role in sorted(set(roles))
    )


def over_budget(access: Access, *, layer_id: int, roles: Iterable[str]) -> tuple[Asked, ...]:
    """The roles for whom one more round is more than we agreed to ask."""
    return tuple(one for one in asked_before(access, layer_id=layer_id, roles=roles) if one.full)


def budget_of(role: str) -> int:
    """How often a role is asked something in half a year, as agreed."""
    return BUDGET_OF_STUDENTS if role == Role.STUDENT else BUDGET

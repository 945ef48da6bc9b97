"""How often people were asked something this half-year: a question for the organiser, never a ban.

Counted are invitations, wherever they came from: school, institute or partnership. Who answered something in a hall, or
with a code in a lesson, was not asked by it: he was there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from lemniscaat.collection.models import Invitation, RoundState
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role

BUDGET_OF_STUDENTS = 3
BUDGET = 2
TICKET = "exitticket"
"""Filled in on the spot by who is there: by its code alone it is pushed to nobody, so it does not count."""
FEW = 500
_ASKED = (RoundState.OPEN, RoundState.STOPPED, RoundState.RETURNED)


@dataclass(frozen=True)
class Before:
    """A round that asked people before: its title, its day, and how many of these people."""

    title: str
    day: date
    people: int


@dataclass(frozen=True)
class Asked:
    """A role, how often whoever of it was asked most was asked this half-year, how often we hold ourselves to, and by
    what."""

    role: str
    times: int
    budget: int
    people: int = 0
    by: tuple[Before, ...] = ()
    label: str = ""

    @property
    def full(self) -> bool:
        """Whether one more would be one too many for somebody."""
        return self.times >= self.budget

    @property
    def marks(self) -> tuple[bool, ...]:
        """A row of marks: full for a time that was used, empty for one that is left."""
        return tuple(place < self.times for place in range(max(self.times, self.budget)))


def half_year(day: date) -> tuple[date, date]:
    """The half of the school year a day is in: first day, and the first day after it."""
    if 2 <= day.month <= 7:
        return date(day.year, 2, 1), date(day.year, 8, 1)
    start = day.year if day.month >= 8 else day.year - 1
    return date(start, 8, 1), date(start + 1, 2, 1)


def asked_before(access: Access, *, layer_id: int, roles: Iterable[str]) -> tuple[Asked, ...]:
    """Per role how often the people who have it at this layer or below were asked this half-year, by rounds at any
    layer of the partnership; two queries."""
    wanted = sorted(set(roles))
    here = {layer_id, *access.tree.below(layer_id)}
    entries = people.register(access.partnership, access.day, organisation_ids=here, roles=wanted)
    of_role: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        of_role[entry.role].add(entry.person_id)
    asked = _asked(access, {entry.person_id for entry in entries})
    return tuple(_role(role, of_role[role], asked) for role in wanted)


def times_asked(access: Access, person_ids: Iterable[int]) -> Counter[int]:
    """How often each of these people was asked this half-year; one query."""
    return Counter(person for person, _, _, _ in _asked(access, set(person_ids)))


def over_budget(access: Access, *, layer_id: int, roles: Iterable[str]) -> tuple[Asked, ...]:
    """The roles in which one more round is more than we agreed to ask somebody."""
    return tuple(one for one in asked_before(access, layer_id=layer_id, roles=roles) if one.full)


def budget_of(role: str) -> int:
    """How many rounds a half-year we hold ourselves to."""
    return BUDGET_OF_STUDENTS if role == Role.STUDENT else BUDGET


def labelled(asked: Iterable[Asked], labels: Mapping[str, str]) -> tuple[Asked, ...]:
    """The same, with what a partnership calls each role; roles that nobody has are left out."""
    return tuple(replace(one, label=labels.get(one.role, one.role)) for one in asked if one.people)


def _asked(access: Access, person_ids: set[int]) -> list[tuple[int, int, str, date]]:
    """(person, round, title, day) of every invitation of these people this half-year."""
    first, after = half_year(access.day)
    rows = Invitation.objects.filter(
        round__partnership=access.partnership,
        round__state__in=_ASKED,
        round__opened_on__gte=first,
        round__opened_on__lt=after,
        person__isnull=False,
    ).order_by("round__opened_on", "round_id")
    if len(person_ids) <= FEW:
        rows = rows.filter(person_id__in=person_ids)
    fields = ("person_id", "round_id", "round__title", "round__opened_on")
    return [row for row in rows.values_list(*fields) if row[0] in person_ids]


def _role(role: str, members: set[int], asked: Iterable[tuple[int, int, str, date]]) -> Asked:
    times: Counter[int] = Counter()
    by: dict[int, Before] = {}
    for person, round_id, title, day in asked:
        if person in members:
            times[person] += 1
            by[round_id] = Before(title, day, by[round_id].people + 1 if round_id in by else 1)
    most = max(times.values(), default=0)
    return Asked(role, most, budget_of(role), len(members), tuple(by.values()))

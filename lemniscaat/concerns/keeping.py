"""Whether the names are kept: nobody outside the line of assessment, somebody who left, nobody who stands in, a name
that nobody looked at this half-year, a call that waits too long. For who keeps the names; about callers nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lemniscaat.base import clock
from lemniscaat.concerns.hours import working_hours_later
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.concerns.queries import gaps
from lemniscaat.people.access import Access
from lemniscaat.people.models import Membership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import valid_on

AUGUST, FEBRUARY = 8, 2


class Gap(StrEnum):
    """What is missing; the last three belong to a name."""

    OUTSIDE = "outside"
    LEFT = "left"
    ALONE = "alone"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Missing:
    """One thing that is missing at a layer, and the name it belongs to."""

    gap: Gap
    layer_id: int
    contact_id: int | None = None


def missing(access: Access) -> tuple[Missing, ...]:
    """Everything that is missing at the layers whose names I keep."""
    kept = access.where(Verb.DO, Noun.CONCERNS)
    rows = list(
        Contact.objects.filter(partnership=access.partnership, organisation_id__in=kept).select_related(
            "person"
        )
    )
    gone = _gone(access, rows)
    stood_in_for = {row.deputy_of_id for row in rows if row.person_id not in gone}
    found = [Missing(Gap.OUTSIDE, layer.id) for layer in gaps(access)]
    found += [
        Missing(gap, row.organisation_id, row.pk)
        for row in rows
        if (gap := _gap(row, gone, stood_in_for, access.day)) is not None
    ]
    return tuple(found)


def _gone(access: Access, rows: Iterable[Contact]) -> set[int]:
    """Who of them left: no account any more, or roles here of which none still holds. Who never had one, as a
    confidential adviser of elsewhere, is there as long as the name stands."""
    people = {row.person_id: row.person for row in rows if row.person_id}
    roles = Membership.objects.filter(partnership=access.partnership, person_id__in=people)
    now = set(roles.filter(valid_on(access.day)).values_list("person_id", flat=True))
    ever = set(roles.values_list("person_id", flat=True))
    closed = {pk for pk, person in people.items() if person is None or not person.is_active}
    return closed | (ever - now)


def _gap(row: Contact, gone: set[int], stood_in_for: set[int | None], day: date) -> Gap | None:
    """The first thing that is the matter with a name; who left needs no deputy."""
    if row.person_id in gone:
        return Gap.LEFT
    if row.deputy_of_id is None and row.pk not in stood_in_for:
        return Gap.ALONE
    if row.confirmed_on is None or row.confirmed_on < half_year_began(day):
        return Gap.UNSURE
    return None


def half_year_began(day: date) -> date:
    """The first day of the half-year of the school that this day is in: 1 August or 1 February."""
    if day.month >= AUGUST:
        return date(day.year, AUGUST, 1)
    if day.month >= FEBRUARY:
        return date(day.year, FEBRUARY, 1)
    return date(day.year - 1, AUGUST, 1)


def counted(found: Iterable[Missing]) -> dict[Gap, int]:
    """How often each thing is missing, in the order of their weight; what is in order is left out."""
    counts = Counter(one.gap for one in found)
    return {gap: counts[gap] for gap in Gap if counts[gap]}


def too_long_at(access: Access, hours: int) -> dict[int, int]:
    """How many calls nobody picked up at the layers whose names I keep, neither the first nor who stands in, twice
    the stated time after they were asked. A number: who asked is for who calls."""
    waiting = CallRequest.objects.filter(
        partnership=access.partnership,
        contact__organisation_id__in=access.where(Verb.DO, Noun.CONCERNS),
        picked_up_at__isnull=True,
    ).values_list("contact__organisation_id", "asked_at")
    return dict(Counter(layer for layer, asked in waiting if nobody_by(asked, hours) <= clock.now()))


def nobody_by(asked: datetime, hours: int) -> datetime:
    """Until when the second person has: as long again as the first had."""
    return working_hours_later(asked, 2 * hours)

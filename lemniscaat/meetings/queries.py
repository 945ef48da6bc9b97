"""Reading talks. What was written alone is given to nobody but its writer until it is laid open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import ngettext

from lemniscaat.base import clock
from lemniscaat.collection.figures import plural
from lemniscaat.interpretation.models import DissentingVoice
from lemniscaat.meetings.models import Chair, Meeting, MeetingState, Outcome, Table
from lemniscaat.meetings.script import Script
from lemniscaat.meetings.tables import chairs
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Membership, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import valid_on


def talks(access: Access, layer_id: int | None = None) -> QuerySet[Meeting]:
    """The talks I may see: of layers where I take part, and those where I have a seat."""
    seen = Q(organisation_id__in=access.where(Verb.SEE, Noun.MEETING)) | Q(table_id__in=_my_tables(access))
    rows = Meeting.objects.filter(seen, partnership=access.partnership)
    if layer_id is not None:
        rows = rows.filter(organisation_id=layer_id)
    related = rows.select_related(
        "body", "appointment", "criterion__point", "organisation", "leader", "table"
    )
    return related.select_related("table__point", "table__instrument", "table__partnership").order_by(
        "-appointment__starts_at", "-id"
    )


def _my_tables(access: Access) -> QuerySet[Chair]:
    return Chair.objects.filter(person=access.person).values("table_id")  # type: ignore[return-value]  # for a subquery


def talk_at_table(table_id: int) -> Meeting | None:
    """The talk that is held at a table; None where an instrument lies there by itself."""
    rows = Meeting.objects.filter(table_id=table_id)
    return rows.select_related("body", "appointment", "criterion__point", "organisation", "table").first()


def sat_at(access: Access, pk: int) -> Table | None:
    """A table of people who know each other at which I sit or sat, or that I lead, in a talk or by itself; else None."""
    mine = Q(led_by=access.person) | Q(pk__in=Chair.objects.filter(person=access.person).values("table_id"))
    rows = Table.objects.filter(mine, pk=pk, partnership=access.partnership, private=False, hall=False)
    return rows.select_related("organisation", "partnership", "point", "instrument", "led_by").first()


def meeting_in_groups(table: Table) -> bool:
    """Whether the talk at this table has steps in small groups, so that it helps to know who comes from where."""
    meeting = None if table.hall else talk_at_table(table.pk)
    return meeting is not None and Script.read(meeting.script).in_groups


def talk(access: Access, pk: int) -> Meeting:
    """One talk; 404 when I may not see it."""
    row = talks(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def sits(access: Access, meeting: Meeting) -> bool:
    """Whether I have a chair at this table."""
    return my_chair(access, meeting) is not None


def table(access: Access, pk: int) -> Meeting:
    """A talk at whose table I sit; 404 otherwise. What is said there is for those who are there."""
    row = talk(access, pk)
    if not sits(access, row):
        raise Http404
    return row


def talk_to_lead(access: Access, pk: int) -> Meeting:
    """A talk that I may prepare and lead: at a layer where I take part in talks; 404 otherwise."""
    row = talk(access, pk)
    access.need(Verb.DO, Noun.MEETING, row.organisation_id)
    return row


def talk_at(access: Access, moment: Appointment) -> Meeting | None:
    """The talk that was set ready for a moment and is not done."""
    return talks(access).filter(appointment=moment).exclude(state=MeetingState.DONE).first()


def next_talk(access: Access) -> Meeting | None:
    """The next talk at which I have a seat."""
    rows = talks(access).filter(table_id__in=_my_tables(access)).exclude(state=MeetingState.DONE)
    return rows.order_by("appointment__starts_at").first()


def seats(meeting: Meeting) -> list[Chair]:
    """Who sits at the table, the youngest voices first."""
    return chairs(meeting.table)


def role_of(access: Access, person_id: int, layer_id: int) -> str:
    """The role in which somebody sits at a table of a layer: his role there, else his first one."""
    rows = Membership.objects.filter(
        valid_on(access.day), partnership=access.partnership, person_id=person_id
    ).order_by("id")
    roles = dict(rows.values_list("organisation_id", "role"))
    return roles.get(layer_id) or next(iter(roles.values()), Role.MENTOR)


def my_chair(access: Access, meeting: Meeting) -> Chair | None:
    """My place at the table."""
    return Chair.objects.filter(table_id=meeting.table_id, person=access.person).first()


def seated(access: Access) -> set[int]:
    """The ids of the talks at which I have a chair."""
    return set(Meeting.objects.filter(table_id__in=_my_tables(access)).values_list("pk", flat=True))


def roles_at(access: Access, meeting: Meeting) -> list[tuple[str, str, int]]:
    """Which perspectives sat at the table: role, its name here, and how many, the youngest first. A hall tells none."""
    if meeting.table.hall:
        return []
    names = {**{str(key): str(name) for key, name in Role.choices}, **access.partnership.role_labels}
    return roles_in_words((seat.role for seat in seats(meeting)), names)


def roles_in_words(roles: Iterable[str], names: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Each role once, in the order in which it comes: its key, its name after a number, and how many have it."""
    return [
        (role, plural(role) if number > 1 else names[role], number)
        if role in names
        else (role, ngettext("die geen rol noemde", "die geen rol noemden", number), number)
        for role, number in Counter(roles).items()
    ]


def next_moment(meeting: Meeting) -> Appointment | None:
    """When the body of a talk meets again, after the day of this talk."""
    day = meeting.finished_on or clock.today()
    later = Appointment.objects.filter(
        body=meeting.body_id, starts_at__date__gt=day, cancelled_on__isnull=True
    )
    return later.order_by("starts_at").first()


def other_voices(meeting: Meeting) -> list[str]:
    """What was heard beside the meaning of a talk, as it is kept: without a name."""
    said = Outcome.objects.filter(meeting=meeting, interpretation__isnull=False).values("interpretation")
    rows = DissentingVoice.objects.filter(interpretation__in=said).order_by("id")
    return list(rows.values_list("text", flat=True))


def outcomes(meeting: Meeting) -> list[Outcome]:
    """What a talk left behind."""
    rows = Outcome.objects.filter(meeting=meeting)
    return list(
        rows.select_related(
            "interpretation", "agreement__returns_at__body", "assumption", "criterion"
        ).order_by("id")
    )

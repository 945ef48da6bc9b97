"""Reading talks. What was written alone is given to nobody but its writer until it is laid open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.collection.figures import plural
from lemniscaat.meetings.models import Contribution, Meeting, MeetingState, Outcome, Seat
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Membership, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import valid_on

YOUNGEST_FIRST = ("student", "career_changer", "starter", "mentor")


@dataclass(frozen=True)
class Said:
    """A sentence that was laid open, with who said it."""

    name: str
    role: str
    text: str


def talks(access: Access, layer_id: int | None = None) -> QuerySet[Meeting]:
    """The talks I may see: of layers where I take part, and those where I have a seat."""
    seated = Seat.objects.filter(person=access.person).values("meeting_id")
    seen = Q(organisation_id__in=access.where(Verb.SEE, Noun.MEETING)) | Q(pk__in=seated)
    rows = Meeting.objects.filter(seen, partnership=access.partnership)
    if layer_id is not None:
        rows = rows.filter(organisation_id=layer_id)
    related = rows.select_related("body", "appointment", "criterion__point", "organisation", "leader")
    return related.order_by("-appointment__starts_at", "-id")


def talk(access: Access, pk: int) -> Meeting:
    """One talk; 404 when I may not see it."""
    row = talks(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def sits(access: Access, meeting: Meeting) -> bool:
    """Whether I have a seat at this table."""
    return Seat.objects.filter(meeting=meeting, person=access.person).exists()


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
    seated = Seat.objects.filter(person=access.person).values("meeting_id")
    rows = talks(access).filter(pk__in=seated).exclude(state=MeetingState.DONE)
    return rows.order_by("appointment__starts_at").first()


def seats(meeting: Meeting) -> list[Seat]:
    """Who sits at the table, the youngest voices first."""
    rows = list(Seat.objects.filter(meeting=meeting).order_by("id"))
    return sorted(
        rows, key=lambda seat: YOUNGEST_FIRST.index(seat.role) if seat.role in YOUNGEST_FIRST else 9
    )


def role_of(access: Access, person_id: int, layer_id: int) -> str:
    """The role in which somebody sits at a table of a layer: his role there, else his first one."""
    rows = Membership.objects.filter(
        valid_on(access.day), partnership=access.partnership, person_id=person_id
    ).order_by("id")
    roles = dict(rows.values_list("organisation_id", "role"))
    return roles.get(layer_id) or next(iter(roles.values()), Role.MENTOR)


def my_seat(access: Access, meeting: Meeting) -> Seat | None:
    """My place at the table."""
    return Seat.objects.filter(meeting=meeting, person=access.person).first()


def own_words(seat: Seat | None, step: str) -> str:
    """What the one in this seat wrote alone; for himself only."""
    if seat is None:
        return ""
    return Contribution.objects.filter(seat=seat, step=step).values_list("text", flat=True).first() or ""


def written(meeting: Meeting, step: str) -> int:
    """How many wrote something in a step: a number, no words."""
    return Contribution.objects.filter(meeting=meeting, step=step).exclude(text="").count()


def laid_open(meeting: Meeting, step: str) -> list[Said]:
    """What everybody wrote, the youngest voices first, once it is laid open; nothing before, whoever asks."""
    if step not in meeting.revealed:
        return []
    order = {seat.pk: place for place, seat in enumerate(seats(meeting))}
    rows = Contribution.objects.filter(meeting=meeting, step=step).exclude(text="").select_related("seat")
    return [
        Said(r.seat.name, r.seat.role, r.text) for r in sorted(rows, key=lambda r: order.get(r.seat_id, 99))
    ]


def seated(access: Access) -> set[int]:
    """The ids of the talks at which I have a seat."""
    return set(Seat.objects.filter(person=access.person).values_list("meeting_id", flat=True))


def roles_at(access: Access, meeting: Meeting) -> list[tuple[str, str, int]]:
    """Which perspectives sat at the table: role, its name here, and how many, the youngest first."""
    names = {**{str(key): str(name) for key, name in Role.choices}, **access.partnership.role_labels}
    counts = Counter(seat.role for seat in seats(meeting))
    return [
        (role, plural(role) if number > 1 else names.get(role, role), number)
        for role, number in counts.items()
    ]


def outcomes(meeting: Meeting) -> list[Outcome]:
    """What a talk left behind."""
    rows = Outcome.objects.filter(meeting=meeting)
    return list(
        rows.select_related("interpretation", "agreement__returns_at__body", "assumption").order_by("id")
    )

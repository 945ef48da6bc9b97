"""Planning, leading and ending a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.meetings import flow
from lemniscaat.meetings.leaving import leave
from lemniscaat.meetings.models import Contribution, Entry, Meeting, MeetingState, Seat
from lemniscaat.meetings.notes import CHOICES, Notes, joined
from lemniscaat.meetings.queries import role_of
from lemniscaat.meetings.seating import forget_chairs
from lemniscaat.people.access import Access
from lemniscaat.people.erasure import NOBODY
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion


@dataclass(frozen=True)
class Guest:
    """Somebody at the table by name and role; `person_id` when he can write on his own phone."""

    name: str
    role: str
    person_id: int | None = None


class UnfinishedError(Exception):
    """An agreement was begun but lacks something; `lacks` names it. Nothing was kept or lost."""

    def __init__(self, lacks: str) -> None:
        super().__init__(lacks)
        self.lacks = lacks


def plan_talk(
    *,
    access: Access,
    layer_id: int,
    body: Body,
    appointment: Appointment | None,
    criterion: Criterion | None,
    title: str,
    entry: str = Entry.INFORM,
) -> Meeting:
    """Set a talk ready, with the people of the body at the table, and whoever plans it.

    The same moment and subject give the same talk, so a form that is sent twice plans once.
    """
    access.need(Verb.DO, Noun.MEETING, layer_id)
    with writing():
        known = Meeting.objects.filter(
            body=body, appointment=appointment, criterion=criterion, title=title, state=MeetingState.PLANNED
        ).first()
        if known is not None:
            return known
        made = Meeting.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            body=body,
            appointment=appointment,
            criterion=criterion,
            title=title,
            entry=Entry(entry),
            step=flow.STEPS[0].key,
            leader=access.person,
        )
        Seat.objects.bulk_create(
            Seat(
                meeting=made, person=person, name=person.first_name, role=role_of(access, person.pk, layer_id)
            )
            for person in body.people.order_by("name")
        )
        sit_down(access=access, meeting=made)
        note_change(access, verb="planned", thing=made)
    return made


def _going_on(meeting: Meeting) -> Meeting | None:
    """The talk as it stands now, locked; None when it is done. A page may be older than the talk."""
    current = Meeting.objects.select_for_update().get(pk=meeting.pk)
    return None if current.state == MeetingState.DONE else current


def sit_down(*, access: Access, meeting: Meeting) -> None:
    """Take a seat at the table oneself. Nobody leads or reads a table at which he does not visibly sit."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    role = role_of(access, access.person.pk, meeting.organisation_id)
    with writing():
        if _going_on(meeting) is not None:
            Seat.objects.get_or_create(
                meeting=meeting,
                person=access.person,
                defaults={"name": access.person.first_name, "role": role},
            )


def set_table(*, access: Access, meeting: Meeting, keep: Sequence[Seat], guests: Sequence[Guest]) -> None:
    """Say who sits at the table: these seats stay, these people join, the others leave with what they wrote.

    The table of a talk that is done stays as it was.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        if _going_on(meeting) is None:
            return
        Seat.objects.filter(meeting=meeting).exclude(pk__in=[seat.pk for seat in keep]).delete()
        for guest in guests:
            same = Seat.objects.filter(meeting=meeting, name=guest.name)
            known = (
                same.filter(person=None, role=guest.role)
                if guest.person_id is None
                else same.filter(person_id=guest.person_id)
            )
            if not known.exists():
                Seat.objects.create(
                    meeting=meeting, person_id=guest.person_id, name=guest.name, role=guest.role
                )


def go_to(*, access: Access, meeting: Meeting, step: str) -> Meeting:
    """Put a step on the screen; the first one starts the talk. A talk that is done stays done."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    if step not in flow.BY_KEY:
        return meeting
    with writing():
        current = _going_on(meeting)
        if current is None:
            return meeting
        current.step = step
        current.state = MeetingState.RUNNING
        current.save(update_fields=["step", "state"])
    return current


def write_alone(*, access: Access, meeting: Meeting, seat: Seat, step: str, text: str) -> bool:
    """Keep what somebody wrote alone; empty takes it back. False when it was laid open already and stays so.

    Only in one's own seat, or typed over from paper for somebody at the table who has no account.
    """
    if seat.meeting_id != meeting.pk or seat.person_id not in (None, access.person.pk):
        raise Http404
    if seat.person_id is None:
        access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    if step not in flow.BY_KEY or not flow.BY_KEY[step].alone:
        raise Http404
    with writing():
        current = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if step in current.revealed or current.state == MeetingState.DONE:
            return False
        mine = Contribution.objects.filter(meeting=meeting, step=step, seat=seat)
        if text.strip():
            mine.update_or_create(
                meeting=meeting, step=step, seat=seat, defaults={"text": text.strip()[:1000]}
            )
        else:
            mine.delete()
    return True


def lay_open(*, access: Access, meeting: Meeting, step: str) -> Meeting:
    """Show everybody at the table what everybody wrote in a step."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if step in flow.BY_KEY and step not in current.revealed:
            current.revealed = [*current.revealed, step]
            current.save(update_fields=["revealed"])
    return current


def keep_notes(
    *, access: Access, meeting: Meeting, words: Mapping[str, str], base: Mapping[str, str]
) -> bool:
    """Keep what the group writes; `base` is what the writer had before him. True when two hands met.

    Where two hands changed the same words both stay, one under the other. What was chosen is the last choice.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if current.state == MeetingState.DONE:
            return False
        before = Notes.read(current.notes).model_dump()
        after, met = dict(before), False
        for name, mine in words.items():
            theirs, was = before[name], base.get(name, before[name])
            after[name] = (
                mine.strip() if name in CHOICES else joined(base=was, theirs=theirs, mine=mine.strip())
            )
            met = met or after[name] not in (mine.strip(), theirs)
        if after != before:
            current.notes = Notes.model_validate(after).model_dump()
            current.version += 1
            current.save(update_fields=["notes", "version"])
    return met


def finish(
    *,
    access: Access,
    meeting: Meeting,
    returns_at: Appointment | None = None,
    evidence: Sequence[interpretation.Ground] = (),
) -> Meeting:
    """End a talk: meaning, assumption and agreement are kept together, or nothing is. Ending twice is ending once.

    What people wrote alone is wiped: from here on only what the group wrote together remains. Raises
    UnfinishedError when an agreement lacks something, agenda.ReasonNeededError when it comes back nowhere.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        rows = Meeting.objects.select_for_update(of=("self",))
        current = rows.select_related("criterion", "appointment", "body").get(pk=meeting.pk)
        if current.state == MeetingState.DONE:
            return current
        notes = Notes.read(current.notes)
        if notes.lacks not in ("", "return"):
            raise UnfinishedError(notes.lacks)
        leave(access, current, notes, returns_at, evidence)
        Contribution.objects.filter(meeting=current).delete()
        current.reflection = notes.reflection
        current.state = MeetingState.DONE
        current.finished_on = clock.today()
        current.save(update_fields=["reflection", "state", "finished_on"])
        note_change(access, verb="finished", thing=current)
    return current


def forget_erased() -> int:
    """Take the names of people who were erased off their seats, and what they wrote alone; returns how many."""
    gone = Seat.objects.filter(person__erased_on__isnull=False).exclude(name=NOBODY)
    with writing():
        Contribution.objects.filter(seat__in=gone).delete()
        return gone.update(name=NOBODY) + forget_chairs()

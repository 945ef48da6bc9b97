"""Planning, leading and ending a talk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lemniscaat.agenda import actions as agenda
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.meetings import flow
from lemniscaat.meetings.models import Contribution, Entry, Meeting, MeetingState, Outcome, Seat
from lemniscaat.meetings.notes import Notes, joined
from lemniscaat.meetings.queries import seats
from lemniscaat.people import actions as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Membership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.people.tree import valid_on
from lemniscaat.vision.models import Criterion

CHOICES = ("certainty", "course", "returns_at", "share_with")


@dataclass(frozen=True)
class Guest:
    """Somebody at the table by name and role; `person_id` when he can write on his own phone."""

    name: str
    role: str
    person_id: int | None = None


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
    """Set a talk ready, with the people of the body at the table. The same moment and subject give the same talk."""
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
        set_table(access=access, meeting=made, guests=_of_body(access, body))
        note_change(access, verb="planned", thing=made)
    return made


def _of_body(access: Access, body: Body) -> list[Guest]:
    roles = dict(
        Membership.objects.filter(
            valid_on(access.day), partnership=access.partnership, person__in=body.people.all()
        )
        .order_by("-id")
        .values_list("person_id", "role")
    )
    return [Guest(p.first_name, roles.get(p.pk, "mentor"), p.pk) for p in body.people.order_by("name")]


def set_table(*, access: Access, meeting: Meeting, guests: Sequence[Guest]) -> None:
    """Say who sits at the table. Who is no longer there leaves; what others wrote stays."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        kept = []
        for guest in guests:
            same = Seat.objects.filter(meeting=meeting, person=guest.person_id, name=guest.name)
            if guest.person_id is None:
                same = Seat.objects.filter(meeting=meeting, person__isnull=True, name=guest.name)
            row = same.first() or Seat.objects.create(
                meeting=meeting, person_id=guest.person_id, name=guest.name, role=guest.role
            )
            if row.role != guest.role:
                row.role = guest.role
                row.save(update_fields=["role"])
            kept.append(row.pk)
        Seat.objects.filter(meeting=meeting).exclude(pk__in=kept).delete()


def go_to(*, access: Access, meeting: Meeting, step: str) -> Meeting:
    """Put a step on the screen; the first one starts the talk. A talk that is done stays done."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    if step not in flow.BY_KEY or meeting.state == MeetingState.DONE:
        return meeting
    with writing():
        meeting.step = step
        meeting.state = MeetingState.RUNNING
        meeting.save(update_fields=["step", "state"])
    return meeting


def write_alone(*, meeting: Meeting, seat: Seat, step: str, text: str) -> None:
    """Keep what somebody wrote alone; after it is laid open it can no longer be changed."""
    if step not in flow.BY_KEY or not flow.BY_KEY[step].alone or step in meeting.revealed:
        return
    with writing():
        Contribution.objects.update_or_create(
            meeting=meeting, step=step, seat=seat, defaults={"text": text.strip()[:1000]}
        )


def lay_open(*, access: Access, meeting: Meeting, step: str) -> Meeting:
    """Show everybody at the table what everybody wrote in a step."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        if step not in meeting.revealed:
            meeting.revealed = [*meeting.revealed, step]
            meeting.save(update_fields=["revealed"])
    return meeting


def keep_notes(*, access: Access, meeting: Meeting, words: dict[str, str], base: dict[str, str]) -> bool:
    """Keep what the group writes. Where two hands changed the same words both stay; True says so happened."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = Meeting.objects.select_for_update().get(pk=meeting.pk)
        if current.state == MeetingState.DONE:
            return False
        before = Notes.read(current.notes).model_dump()
        after = dict(before)
        for name, mine in words.items():
            theirs = before.get(name, "")
            was = base.get(name, theirs)
            after[name] = mine if name in CHOICES else joined(base=was, theirs=theirs, mine=mine.strip())
        clashed = any(
            after[name] != mine.strip() and after[name] != before[name]
            for name, mine in words.items()
            if name not in CHOICES
        )
        current.notes = Notes.model_validate(after).model_dump()
        current.version += 1
        current.save(update_fields=["notes", "version"])
        meeting.notes, meeting.version = current.notes, current.version
    return clashed


def finish(
    *,
    access: Access,
    meeting: Meeting,
    returns_at: Appointment | None = None,
    evidence: Sequence[interpretation.Ground] = (),
) -> Meeting:
    """End a talk: meaning, assumption and agreement are kept together, or nothing is. Ending twice is ending once.

    Raises `agenda.ReasonNeededError` when an agreement comes back nowhere and nobody says why.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = (
            Meeting.objects.select_for_update().select_related("criterion", "appointment").get(pk=meeting.pk)
        )
        if current.state == MeetingState.DONE:
            return current
        notes = Notes.read(current.notes)
        _leave(access, current, notes, returns_at, evidence)
        current.reflection = notes.reflection
        current.state = MeetingState.DONE
        current.finished_on = clock.today()
        current.save(update_fields=["reflection", "state", "finished_on"])
        note_change(access, verb="finished", thing=current)
    return current


def _leave(
    access: Access,
    meeting: Meeting,
    notes: Notes,
    returns_at: Appointment | None,
    evidence: Sequence[interpretation.Ground],
) -> None:
    where: dict[str, Any] = {
        "access": access,
        "layer_id": meeting.organisation_id,
        "criterion": meeting.criterion,
    }
    table = seats(meeting)
    said = None
    if notes.assumption:
        thought = interpretation.assume(**where, text=notes.assumption, test=notes.test)
        Outcome.objects.create(meeting=meeting, assumption=thought)
    if notes.meaning:
        said = interpretation.write_meaning(
            **where,
            text=notes.meaning,
            dissent=notes.dissent,
            certainty=notes.certainty,
            missing=notes.missing,
            people=len(table),
            roles=[seat.role for seat in table],
            appointment=meeting.appointment,
            evidence=evidence,
        )
        Outcome.objects.create(meeting=meeting, interpretation=said)
    if notes.agreed:
        made = agenda.agree(
            **where,
            course=notes.course or "adjust",
            sentence=notes.sentence,
            owner_text=notes.owner_text or meeting.body.name,
            notice=notes.notice,
            weighed=notes.weighed,
            interpretation=said,
            returns_at=returns_at,
            no_return_because=notes.no_return_because,
        )
        Outcome.objects.create(meeting=meeting, agreement=made)
    if said and notes.share_with and access.may(Verb.SHARE, Noun.MEANING, meeting.organisation_id):
        people.share(
            access=access,
            noun="interpretation",
            noun_id=said.pk,
            title=meeting.title,
            text=said.text,
            dissent=notes.dissent,
            source_id=meeting.organisation_id,
            target_id=int(notes.share_with),
        )

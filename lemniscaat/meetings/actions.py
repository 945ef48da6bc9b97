"""Planning, leading and ending a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from lemniscaat.agenda import actions as agenda
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.interpretation.models import Certainty, Interpretation
from lemniscaat.meetings import flow
from lemniscaat.meetings.models import Contribution, Entry, Meeting, MeetingState, Outcome, Seat
from lemniscaat.meetings.notes import CHOICES, Notes, joined
from lemniscaat.meetings.queries import role_of, seats
from lemniscaat.people import actions as people
from lemniscaat.people.access import Access
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


def sit_down(*, access: Access, meeting: Meeting) -> Seat:
    """Take a seat at the table oneself. Nobody leads or reads a table at which he does not visibly sit."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    role = role_of(access, access.person.pk, meeting.organisation_id)
    with writing():
        seat, _new = Seat.objects.get_or_create(
            meeting=meeting, person=access.person, defaults={"name": access.person.first_name, "role": role}
        )
    return seat


def set_table(*, access: Access, meeting: Meeting, keep: Sequence[Seat], guests: Sequence[Guest]) -> None:
    """Say who sits at the table: these seats stay, these people join, the others leave with what they wrote."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        Seat.objects.filter(meeting=meeting).exclude(pk__in=[seat.pk for seat in keep]).delete()
        for guest in guests:
            same = Seat.objects.filter(meeting=meeting, name=guest.name)
            known = (
                same.filter(person=None)
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
    if step not in flow.BY_KEY or meeting.state == MeetingState.DONE:
        return meeting
    with writing():
        meeting.step = step
        meeting.state = MeetingState.RUNNING
        meeting.save(update_fields=["step", "state"])
    return meeting


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
        _leave(access, current, notes, returns_at, evidence)
        Contribution.objects.filter(meeting=current).delete()
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
    """What a talk leaves behind, each with a row that points to it."""
    if notes.assumption:
        thought = interpretation.assume(
            access=access,
            layer_id=meeting.organisation_id,
            criterion=meeting.criterion,
            text=notes.assumption,
            test=notes.test,
        )
        Outcome.objects.create(meeting=meeting, assumption=thought)
    said = None
    if notes.meaning or notes.not_yet:
        said = _mean(access, meeting, notes, evidence)
        Outcome.objects.create(meeting=meeting, interpretation=said)
    if notes.agreed:
        made = _agree(access, meeting, notes, said, returns_at)
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


def _mean(
    access: Access, meeting: Meeting, notes: Notes, evidence: Sequence[interpretation.Ground]
) -> Interpretation:
    table = seats(meeting)
    return interpretation.write_meaning(
        access=access,
        layer_id=meeting.organisation_id,
        criterion=meeting.criterion,
        text=notes.meaning or _("Dat weten we nog niet."),
        dissent=notes.dissent,
        certainty=notes.certainty or (Certainty.UNKNOWN if notes.not_yet else Certainty.FAIRLY),
        missing=notes.missing,
        people=len(table),
        roles=[seat.role for seat in table],
        appointment=meeting.appointment,
        evidence=evidence,
    )


def _agree(
    access: Access,
    meeting: Meeting,
    notes: Notes,
    said: Interpretation | None,
    returns_at: Appointment | None,
) -> Agreement:
    named = Seat.objects.filter(meeting=meeting, name=notes.owner_text).exclude(person=None)
    owner = named.select_related("person").first()
    return agenda.agree(
        access=access,
        layer_id=meeting.organisation_id,
        criterion=meeting.criterion,
        course=notes.course,
        sentence=notes.sentence,
        owner=owner.person if owner else None,
        owner_text=notes.owner_text,
        notice=notes.notice,
        weighed=notes.weighed,
        interpretation=said,
        returns_at=returns_at,
        no_return_because=notes.no_return_because,
    )

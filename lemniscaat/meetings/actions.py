"""Planning, leading and ending a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lemniscaat.base import clock
from lemniscaat.base.keys import link_token
from lemniscaat.base.writing import writing
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.hall import can_be_asked
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.interpretation import actions as interpretation
from lemniscaat.meetings import clearing, entering, events, halls, seating
from lemniscaat.meetings.leading import going_on
from lemniscaat.meetings.leaving import leave
from lemniscaat.meetings.models import Chair, Entry, Meeting, MeetingState, Table
from lemniscaat.meetings.notes import CHOICES, Notes
from lemniscaat.meetings.own_talk import own_talk
from lemniscaat.meetings.queries import role_of
from lemniscaat.meetings.script import Script, of_instrument, twenty_minutes
from lemniscaat.meetings.tables import instrument_of
from lemniscaat.meetings.weaving import weave
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion, VisionPoint


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


EVERYTHING = Chosen(modules=None)


@dataclass(frozen=True)
class Laid:
    """What lies on the table of a talk: an instrument as it was laid ready, for those who know each other or a hall."""

    instrument: Instrument
    chosen: Chosen = EVERYTHING
    point: VisionPoint | None = None
    hall: bool = False


def plan_talk(
    *,
    access: Access,
    layer_id: int,
    body: Body,
    appointment: Appointment | None,
    criterion: Criterion | None,
    title: str,
    entry: str = Entry.INFORM,
    laid: Laid | None = None,
) -> Meeting:
    """Set a talk ready, with the people of the body at the table, and whoever plans it. Without `laid` it is the talk of
    twenty minutes; in a hall only who leads has a chair from the start.

    The same moment and subject give the same talk, so a form that is sent twice plans once.
    """
    access.need(Verb.DO, Noun.MEETING, layer_id)
    with writing():
        about = {"body": body, "appointment": appointment, "criterion": criterion, "title": title}
        what = laid or Laid(own_talk(), point=criterion.point if criterion else None)
        same = {"table__hall": what.hall, "table__instrument__key": what.instrument.key}
        known = Meeting.objects.filter(**about, **same, state=MeetingState.PLANNED).first()
        if known is not None:
            return known
        table = _set_down(access, layer_id, title, what)
        script = of_instrument(instrument_of(table), entry) if laid else twenty_minutes(entry)
        if what.hall:
            script = script.for_a_hall(can_be_asked(table.instrument, table.chosen))
        Table.objects.filter(pk=table.pk).update(by_choice=list(script.by_choice))
        made = Meeting.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            **about,
            entry=Entry(entry),
            table=table,
            script=script.model_dump(mode="json"),
            step=script.steps[0].key,
            leader=access.person,
        )
        if not what.hall:
            _chairs_of_body(access, made)
        sit_down(access=access, meeting=made)
        note_change(access, verb="planned", thing=made)
    return made


def _set_down(access: Access, layer_id: int, title: str, what: Laid) -> Table:
    return seating.set_down(
        access=access,
        layer_id=layer_id,
        instrument=what.instrument,
        title=title,
        chosen=what.chosen,
        point=what.point,
        hall=what.hall,
        # tells it from an earlier table with the same number, as after a reset of the demo
        form_key=link_token(),
    )


def _chairs_of_body(access: Access, meeting: Meeting) -> None:
    for person in meeting.body.people.order_by("name"):
        role = role_of(access, person.pk, meeting.organisation_id)
        seating.put_chair(table=meeting.table, name=person.first_name, role=role, person_id=person.pk)


def sit_down(*, access: Access, meeting: Meeting) -> None:
    """Take a chair at the table oneself. Nobody leads or reads a table at which he does not visibly sit."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    role = role_of(access, access.person.pk, meeting.organisation_id)
    with writing():
        if going_on(meeting) is None:
            return
        who = access.person
        chair = seating.put_chair(table=meeting.table, name=who.first_name, role=role, person_id=who.pk)
        if not chair.here:
            Chair.objects.filter(pk=chair.pk).update(here=True)
            events.wrote(meeting.table_id)


def set_table(*, access: Access, meeting: Meeting, keep: Sequence[Chair], guests: Sequence[Guest]) -> None:
    """Say who sits at the table: these chairs stay, these people join, the others leave with what they wrote.

    The table of a talk that is done stays as it was, and in a hall nobody is known.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or current.table.hall:
            return
        gone = Chair.objects.filter(table_id=meeting.table_id).exclude(pk__in=[one.pk for one in keep])
        for chair in gone:
            clearing.clear_away(chair)
        for guest in guests:
            seating.put_chair(
                table=meeting.table, name=guest.name, role=guest.role, person_id=guest.person_id
            )
        events.wrote(meeting.table_id)


def keep_notes(
    *, access: Access, meeting: Meeting, words: Mapping[str, str], base: Mapping[str, str]
) -> bool:
    """Keep what the group writes; `base` is what the writer had before him. True when two hands met.

    Where two hands changed the same words both stay, one under the other. What was chosen is the last choice.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None:
            return False
        before = Notes.read(current.notes).model_dump()
        after, met = dict(before), False
        for name, mine in words.items():
            if name in CHOICES:
                after[name] = mine.strip()
                continue
            woven = weave(base=base.get(name, before[name]), theirs=before[name], mine=mine.strip())
            after[name], met = woven.text, met or woven.met
        if after != before:
            _noted(current, Notes.model_validate(after))
    return met


def another(*, access: Access, meeting: Meeting) -> Meeting:
    """Set the agreement at hand aside, so that a next one can be written. Raises UnfinishedError when it lacks
    something; nothing is lost."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None:
            return meeting
        notes = Notes.read(current.notes)
        if notes.lacks:
            raise UnfinishedError(notes.lacks)
        return _noted(current, notes.set_aside())


def take_up(*, access: Access, meeting: Meeting, place: int) -> Meeting:
    """Take an agreement that was set aside, by its place from 0, in hand again."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        return _noted(current, Notes.read(current.notes).taken_up(place)) if current else meeting


def _noted(current: Meeting, notes: Notes) -> Meeting:
    current.notes = notes.model_dump(mode="json")
    current.version += 1
    current.save(update_fields=["notes", "version"])
    events.moved(current.table)
    return current


def finish(
    *,
    access: Access,
    meeting: Meeting,
    evidence: Sequence[interpretation.Ground] = (),
) -> Meeting:
    """End a talk: meaning, assumption and agreement are kept together, or nothing is. Ending twice is ending once.

    The table closes: its code opens nothing any more, and what was never laid open goes. After the talk of twenty
    minutes all goes that people wrote alone: only what the group wrote together remains. Raises UnfinishedError when
    an agreement lacks something, agenda.ReasonNeededError when it comes back nowhere.
    """
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None:
            return meeting
        notes = Notes.read(current.notes)
        lacks = next((one.lacks for one in notes.promises if one.lacks), "")
        if lacks not in ("", "return"):
            raise UnfinishedError(lacks)
        leave(access, current, notes, evidence)
        halls.close_all(access=access, table=current.table)
        clearing.clear_table(table=current.table, everything=Script.read(current.script).origin == "flow")
        current.reflection = notes.reflection
        current.state, current.step_since = MeetingState.DONE, None
        current.finished_on = clock.today()
        current.save(update_fields=["reflection", "state", "finished_on", "step_since", "criterion"])
        entering.enter(current)
        note_change(access, verb="finished", thing=current)
        events.moved(current.table)
        events.forget(current.table)
    return current


def forget_erased() -> int:
    """Take the names of people who were erased off their chairs, and what they wrote alone; returns how many."""
    with writing():
        return clearing.forget_chairs()


def enter_talks() -> int:
    """Let every talk that is done be found in the ledger, in the words it has now; returns how many were told."""
    with writing():
        return entering.enter_talks()

"""Leading a talk from step to step: everything that one press on the control screen changes for everybody.

Every press names what it wants ('go to this step', 'lay this part open'), never 'the next one': two leaders who press
at once get what both asked for, once.
"""

from __future__ import annotations

from collections.abc import Callable

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.meetings import events, halls
from lemniscaat.meetings.models import Meeting, MeetingState, Table, TableState
from lemniscaat.meetings.script import Script
from lemniscaat.meetings.tables import instrument_of, meant_for_the_table, section
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb


def going_on(meeting: Meeting) -> Meeting | None:
    """The talk as it stands now, locked; None when it is done. A page may be older than the talk."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("table")
    current = rows.get(pk=meeting.pk)
    return None if current.state == MeetingState.DONE else current


def go_to(*, access: Access, meeting: Meeting, step: str) -> Meeting:
    """Put a step on every screen; the first one starts the talk. A step that was passed by is taken after all. A talk
    that is done stays done."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None:
            return meeting
        script = Script.read(current.script)
        if not script.has(step):
            return current
        if current.step == step and current.state == MeetingState.RUNNING:
            return current
        if script.at(step).out:
            current.script = script.with_step(step, out=False).model_dump(mode="json")
        current.step, current.state = step, MeetingState.RUNNING
        current.step_since, current.covered, current.focus = clock.now(), False, ""
        current.save(update_fields=["step", "state", "script", "step_since", "covered", "focus"])
        halls.ask(access=access, meeting=current, number=_asked(current))
        events.moved(current.table)
    return current


def _asked(meeting: Meeting) -> int:
    """The section that everybody fills in at the present step; 0 where there is none."""
    step = Script.read(meeting.script).at(meeting.step)
    return step.section if step.kind == "think" else 0


def pass_by(*, access: Access, meeting: Meeting, step: str, out: bool) -> Meeting:
    """Leave a step out of the plan, or take it in again. Neither the first nor the last, nor where the talk is now."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or (current.step == step and current.state == MeetingState.RUNNING):
            return meeting
        changed = Script.read(current.script).with_step(step, out=out)
        current.script = changed.model_dump(mode="json")
        current.save(update_fields=["script"])
        # once people write, who was promised that he chooses what he shares keeps that choice
        kept = current.table.by_choice if current.state == MeetingState.RUNNING else []
        by_choice = sorted({*kept, *changed.by_choice})
        Table.objects.filter(pk=current.table_id).update(by_choice=by_choice)
        events.moved(current.table)
    return current


def cover(*, access: Access, meeting: Meeting, covered: bool) -> Meeting:
    """Take what lies open off the wall for a moment, or show it again. On the phones it stays."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or current.covered == covered:
            return meeting
        current.covered = covered
        current.save(update_fields=["covered"])
        events.moved(current.table)
    return current


def focus(*, access: Access, meeting: Meeting, key: str) -> Meeting:
    """Hang another question on the wall, of those that lie open."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or key not in instrument_of(current.table).by_key:
            return meeting
        current.focus, current.covered = key, False
        current.save(update_fields=["focus", "covered"])
        events.moved(current.table)
    return current


def lay_open(*, access: Access, meeting: Meeting, number: int) -> Meeting:
    """Show everybody what everybody wrote in a section. It stays open; in a hall it is cut into its outcome now."""

    def change(table: Table) -> None:
        if number not in table.laid_open:
            halls.close(access=access, table=table, number=number)
            table.laid_open = sorted([*table.laid_open, number])
            table.shut = [one for one in table.shut if one != number]
            table.state = TableState.OPEN

    return _change(access, meeting, number, change)


def reveal(*, access: Access, meeting: Meeting, number: int) -> Meeting:
    """Lay a section open and go to the step in which it is looked at, where that comes next: one change, so that a hall
    fetches once."""
    with writing():
        current = lay_open(access=access, meeting=meeting, number=number)
        following = Script.read(current.script).after(current.step)
        if following is not None and following.kind == "show" and following.section == number:
            current = go_to(access=access, meeting=current, step=following.key)
    return current


def shut(*, access: Access, meeting: Meeting, number: int, shut: bool) -> Meeting:
    """Nobody writes in a section for now, or again. What lies open stays as it was read, and a hall that was closed
    stays closed: its outcome was cut."""

    def change(table: Table) -> None:
        if number in table.laid_open or (table.hall and number in table.shut):
            return
        if shut:
            halls.close(access=access, table=table, number=number)
        others = [one for one in table.shut if one != number]
        table.shut = sorted([*others, number]) if shut else others

    return _change(access, meeting, number, change)


def ask_again(*, access: Access, meeting: Meeting, number: int) -> Meeting:
    """Ask a hall the same once more, after it closed and talked. What it said before stays as it was."""

    def change(table: Table) -> None:
        if table.hall and (number in table.laid_open or number in table.shut):
            table.laid_open = [one for one in table.laid_open if one != number]
            table.shut = [one for one in table.shut if one != number]
            halls.ask(access=access, meeting=meeting, number=number, again=True)

    return _change(access, meeting, number, change)


def return_to(*, access: Access, meeting: Meeting, number: int) -> Meeting:
    """Ask a hall the same once more, and go back to the step in which it is asked: one change."""
    with writing():
        current = ask_again(access=access, meeting=meeting, number=number)
        thinks = (step for step in Script.read(current.script).steps if step.kind == "think")
        first = next((step for step in thinks if step.section == number), None)
        if first is not None:
            current = go_to(access=access, meeting=current, step=first.key)
    return current


def _change(access: Access, meeting: Meeting, number: int, change: Callable[[Table], None]) -> Meeting:
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or not meant_for_the_table(section(current.table, number)):
            return meeting
        table = Table.objects.select_for_update().get(pk=current.table_id)
        before = (table.laid_open, table.shut, table.state, False)
        change(table)
        current.table = table
        if (table.laid_open, table.shut, table.state, current.covered) == before:
            return current
        table.save(update_fields=["laid_open", "shut", "state"])
        if current.covered:
            current.covered = False
            current.save(update_fields=["covered"])
        events.moved(table)
    return current

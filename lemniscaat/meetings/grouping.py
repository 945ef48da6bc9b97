"""Small groups at one table: proposed over roles and places, moved by hand, each with its own code and its own text.

What a group writes is read by that group alone until somebody of it puts it beside the others.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lemniscaat.base.writing import writing
from lemniscaat.meetings import events
from lemniscaat.meetings.leading import going_on
from lemniscaat.meetings.mixing import Guest, propose
from lemniscaat.meetings.models import Chair, Group, Meeting, Table, TableState
from lemniscaat.meetings.seating import free_code
from lemniscaat.meetings.tables import chairs
from lemniscaat.meetings.weaving import weave
from lemniscaat.people.access import Access
from lemniscaat.people.models import FAMILY
from lemniscaat.people.policy import Noun, Verb

BOARD = ("text", "dissent")
LONGEST = 4_000


@dataclass(frozen=True)
class Board:
    """A group with who sits there. Its words only where they may be read: by itself, or by all once they are shown."""

    group: Group
    members: tuple[Chair, ...]
    text: str
    dissent: str
    wrote: bool

    @property
    def keeper(self) -> str:
        """Who keeps notes; empty where nobody does."""
        return next((one.name for one in self.members if one.pk == self.group.keeper_id), "")


def boards(table: Table, *, leading: bool = False, own: Group | None = None) -> list[Board]:
    """Every group of a table. `leading` shows the codes with it, but no word that is not shown."""
    groups = list(Group.objects.filter(table=table).order_by("number"))
    if not groups:
        return []
    at = chairs(table)
    return [_board(one, at, reads=one.shown or one == own) for one in groups]


def _board(group: Group, at: Sequence[Chair], *, reads: bool) -> Board:
    members = tuple(chair for chair in at if chair.group_id == group.pk)
    text, dissent = (group.text, group.dissent) if reads else ("", "")
    return Board(group, members, text, dissent, bool(group.text.strip() or group.dissent.strip()))


def deal(*, access: Access, meeting: Meeting, size: int) -> Meeting:
    """Put everybody who is there in mixed groups of about `size`; once more shuffles anew. Not once a group wrote."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or current.table.hall or _written(current.table):
            return meeting
        table = current.table
        present = [one for one in chairs(table) if one.here or one.from_paper]
        guests = [Guest(one.pk, one.role, one.place) for one in present]
        dealt = propose(guests, size=size, seed=secrets.randbelow(2**31), families=FAMILY)
        Group.objects.filter(table=table).delete()
        by_key = {one.pk: one for one in present}
        for number, keys in enumerate(dealt, 1):
            made = Group.objects.create(table=table, number=number, code=free_code(), keeper=by_key[keys[0]])
            Chair.objects.filter(pk__in=keys).update(group=made)
        events.moved(table)
    return current


def _written(table: Table) -> bool:
    return Group.objects.filter(table=table).exclude(text="", dissent="").exists()


def move(*, access: Access, meeting: Meeting, chair_id: int, to: int) -> Meeting:
    """Put somebody in another group by its number; a number that is not there yet makes a new group."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        chair = Chair.objects.filter(pk=chair_id, table_id=meeting.table_id).first()
        if current is None or chair is None or current.table.hall:
            return meeting
        numbers = list(Group.objects.filter(table=current.table).values_list("number", flat=True))
        target = Group.objects.filter(table=current.table, number=to).first()
        if target is None and to == max(numbers, default=0) + 1:
            target = Group.objects.create(table=current.table, number=to, code=free_code())
        if target is None:
            return current
        left, chair.group = chair.group, target
        chair.save(update_fields=["group"])
        _tidy(left)
        _tidy(target)
        events.moved(current.table)
    return current


def _tidy(group: Group | None) -> None:
    """A group without people or words goes; one whose keeper left gets another."""
    if group is None:
        return
    members = list(Chair.objects.filter(group=group).order_by("pk"))
    if not members and not group.text and not group.dissent:
        group.delete()
    elif members and group.keeper_id not in {one.pk for one in members}:
        group.keeper = members[0]
        group.save(update_fields=["keeper"])


def dissolve(*, access: Access, meeting: Meeting) -> Meeting:
    """Everybody at one table again. What groups wrote and did not show goes with them, so only where none wrote."""
    access.need(Verb.DO, Noun.MEETING, meeting.organisation_id)
    with writing():
        current = going_on(meeting)
        if current is None or _written(current.table):
            return meeting
        Group.objects.filter(table=current.table).delete()
        events.moved(current.table)
    return current


def write_board(*, chair: Chair, words: Mapping[str, str], base: Mapping[str, str]) -> tuple[bool, bool]:
    """Write along in the text of one's own group: (kept, whether two hands met). `base` is what the writer had before
    him; where two hands changed the same sentence both stay, one under the other."""
    with writing():
        group = Group.objects.select_for_update().filter(pk=chair.group_id or 0).first()
        closed = Table.objects.filter(pk=chair.table_id, state=TableState.CLOSED).exists()
        if group is None or closed:
            return False, False
        met = changed = False
        for name in BOARD:
            if name not in words:
                continue
            theirs = getattr(group, name)
            woven = weave(base=base.get(name, theirs), theirs=theirs, mine=words[name][:LONGEST])
            met = met or woven.met
            changed = changed or woven.text != theirs
            setattr(group, name, woven.text)
        if changed:
            group.version += 1
            group.save(update_fields=[*BOARD, "version"])
            events.moved(chair.table)
    return True, met


def show_board(*, chair: Chair, shown: bool = True) -> None:
    """Put the text of one's own group beside those of the others, or take it back to the own table."""
    with writing():
        if _own_group(chair).exclude(shown=shown).update(shown=shown):
            events.moved(chair.table)


def take_note(*, chair: Chair) -> None:
    """Say that I keep the notes of my group."""
    with writing():
        if _own_group(chair).exclude(keeper=chair).update(keeper=chair):
            events.moved(chair.table)


def _own_group(chair: Chair) -> QuerySet[Group]:
    """The group of a chair, while the talk goes on."""
    return Group.objects.filter(pk=chair.group_id or 0).exclude(table__state=TableState.CLOSED)

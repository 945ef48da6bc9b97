"""Clearing away: somebody leaves, is sent away or was erased, and a table that is done."""

from __future__ import annotations

from typing import Any

from lemniscaat.base.keys import link_token
from lemniscaat.base.writing import writing
from lemniscaat.meetings import events
from lemniscaat.meetings.joining_in import take_along
from lemniscaat.meetings.models import Chair, Group, Table, TableFile, TableState
from lemniscaat.meetings.tables import hashed, instrument_of, meant_for_the_table, shared
from lemniscaat.people.access import Access
from lemniscaat.people.erasure import NOBODY
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

EMPTY: dict[str, Any] = {"answers": {}, "votes": {}, "dots": {}, "hand": {}, "shares": [], "done": False}
"""A chair on which nothing lies any more."""


def clear_away(chair: Chair) -> None:
    """Take a chair away with all that was written there."""
    take_along(chair)
    chair.delete()


def send_away(*, access: Access, table: Table, chair_id: int) -> None:
    """Take a chair away with all that was written there: somebody sat down twice, or does not belong here."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    with writing():
        found = Chair.objects.filter(table=table, pk=chair_id).first()
        # who leads keeps a chair: nobody lays open a table at which he does not visibly sit
        if found is not None and (found.person_id is None or found.person_id != table.led_by_id):
            note_change(access, verb="removed", thing=found)
            clear_away(found)
            events.wrote(table.pk)


def leave(*, chair: Chair) -> None:
    """Leave the table; what one wrote goes along. On a private sheet the whole sheet goes."""
    with writing():
        if chair.table.private:
            Table.objects.filter(pk=chair.table_id).delete()
        elif chair.person_id is not None and chair.person_id == chair.table.led_by_id:
            TableFile.objects.filter(chair=chair).delete()
            take_along(chair)
            Chair.objects.filter(pk=chair.pk).update(**EMPTY)
        else:
            clear_away(chair)
        events.wrote(chair.table_id)


def clear_table(*, table: Table, everything: bool) -> None:
    """Close the table of a talk, inside its transaction: nobody joins, nobody writes. What was never laid open goes, or
    `everything` that was written alone: with the files beside it, hands, and what a group kept to itself."""
    table.state, table.code = TableState.CLOSED, ""
    table.save(update_fields=["state", "code"])
    Group.objects.filter(table=table).update(code="")
    Group.objects.filter(table=table, shown=False).update(text="", dissent="")
    own = set() if everything else {item.key for item in instrument_of(table).items if item.private}
    stays = set()
    for chair in Chair.objects.filter(table=table).exclude(answers={}):
        read = own if everything else own | _read_of(chair, table)
        kept = {key: given for key, given in chair.answers.items() if key in read}
        stays |= {(chair.pk, key) for key in kept}
        if kept != chair.answers:
            Chair.objects.filter(pk=chair.pk).update(answers=kept)
    files = TableFile.objects.filter(table=table).values_list("pk", "chair_id", "key")
    gone = [pk for pk, chair_id, key in files if (chair_id, key) not in stays]
    TableFile.objects.filter(pk__in=gone).delete()
    Chair.objects.filter(table=table).exclude(hand={}).update(hand={})
    if everything:
        Chair.objects.filter(table=table).update(votes={}, dots={})


def _read_of(chair: Chair, table: Table) -> set[str]:
    """The items of which others at the table could read what this chair gave."""
    sections = instrument_of(table).sections
    return {
        item.key
        for number in table.laid_open
        for item in meant_for_the_table(sections[number - 1])
        if item.key in shared(chair, table, number)
    }


def forget_chairs() -> int:
    """Of people who were erased: their own sheets go, and their names, files and whatever never lay open."""
    Table.objects.filter(private=True, led_by__erased_on__isnull=False).delete()
    gone = Chair.objects.filter(person__erased_on__isnull=False).exclude(name=NOBODY)
    rows = list(gone.select_related("table"))
    for chair in rows:
        read = _read_of(chair, chair.table)
        files = set(TableFile.objects.filter(chair=chair).values_list("key", flat=True))
        chair.answers = {k: given for k, given in chair.answers.items() if k in read - files}
        chair.name, chair.place, chair.hand = NOBODY, "", {}
        chair.token = hashed(link_token())
        chair.save(update_fields=["answers", "name", "place", "hand", "token"])
        TableFile.objects.filter(chair=chair).delete()
    return len(rows)

"""What people do on the page on which they look together: vote on what was added, and put notes in groups.

Each press changes one vote, or only those notes that were moved, in the row as it is at that moment: two hands at once
lose nothing of each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemniscaat.base.writing import writing
from lemniscaat.instruments.kinds.notes import NotesItem
from lemniscaat.instruments.kinds.statements import StatementsItem
from lemniscaat.instruments.language import DUTCH
from lemniscaat.meetings import events
from lemniscaat.meetings.clustering import Clusters, wall
from lemniscaat.meetings.dotting import Dots
from lemniscaat.meetings.models import Chair, Table
from lemniscaat.meetings.tables import being_looked_at, instrument_of, voices
from lemniscaat.meetings.voting import WAYS, motions
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

NEW = "new"
"""Where a note goes that belongs in the group that is being named now."""


def vote(*, chair: Chair, key: str, statement: str, at: str) -> bool:
    """Vote on a statement '<chair>.<place>' that somebody added to an item; the last vote counts, until the table
    closes. False where there is no such statement to vote on."""
    with writing():
        table = Table.objects.select_for_update().filter(pk=chair.table_id).first()
        current = Chair.objects.select_for_update().filter(pk=chair.pk).first()
        found = being_looked_at(table, key) if table and current else None
        if table is None or current is None or found is None or at not in WAYS:
            return False
        number, item = found
        if not isinstance(item, StatementsItem):
            return False
        there = {one.ballot.key for one in motions(item, voices(table, instrument_of(table), number))}
        if statement not in there:
            return False
        current.votes = {**current.votes, key: {**current.votes.get(key, {}), statement: at}}
        current.save(update_fields=["votes"])
        events.moved(table)
    return True


def name_groups(*, access: Access, table: Table, key: str, names: Mapping[str, str], new: str = "") -> str:
    """Give groups of notes another name, by their key; an empty name takes a group away. Then make a `new` one.

    Out comes the key of the new group; empty where none was made.
    """
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    with writing():
        current = _with_notes(table, key)
        if current is None:
            return ""
        clusters = Clusters.read(current.clusters.get(key))
        for group, name in names.items():
            clusters = clusters.named(group, name)
        after = clusters.added(new)
        _keep(current, key, after)
    return next((group for group in after.names if group not in clusters.names), "")


def sort_notes(*, table: Table, key: str, moves: Mapping[str, str]) -> bool:
    """Put notes '<chair>.<place>' in groups, each in the group it says, an empty one for none. The others stay."""
    with writing():
        current = _with_notes(table, key)
        found = being_looked_at(current, key) if current else None
        if current is None or found is None:
            return False
        number, item = found
        clusters = Clusters.read(current.clusters.get(key))
        if isinstance(item, NotesItem):
            hung = wall(item, voices(current, instrument_of(current), number), clusters, DUTCH).notes
            there = {note.key for note in hung}
            for note, group in moves.items():
                clusters = clusters.moved(note, group) if note in there else clusters
        _keep(current, key, clusters)
    return True


def take_along(chair: Chair) -> None:
    """Whoever leaves takes along what he wrote: also the votes on it, and its place in a group."""
    with writing():
        table = Table.objects.select_for_update().filter(pk=chair.table_id).first()
        if table is None:
            return
        kept = {k: Clusters.read(raw).without(chair.pk).stored() for k, raw in table.clusters.items()}
        if kept != table.clusters:
            table.clusters = kept
            table.save(update_fields=["clusters"])
        for other in Chair.objects.select_for_update().filter(table=table).exclude(pk=chair.pk):
            votes = {key: _others(cast, chair.pk) for key, cast in other.votes.items()}
            dots = {key: _without(laid, chair.pk) for key, laid in other.dots.items()}
            if votes != other.votes or dots != other.dots:
                other.votes, other.dots = votes, dots
                other.save(update_fields=["votes", "dots"])


def _without(laid: Any, chair: int) -> dict[str, Any]:
    mine = Dots.read(laid)
    return mine.among([key for key in mine.on if not key.startswith(f"{chair}.")]).stored()


def _others(cast: Mapping[str, Any], chair: int) -> dict[str, Any]:
    return {statement: at for statement, at in cast.items() if not statement.startswith(f"{chair}.")}


def _with_notes(table: Table, key: str) -> Table | None:
    """The table as it is now, held until this is written; None where these notes may not be sorted."""
    current = Table.objects.select_for_update().filter(pk=table.pk).first()
    found = being_looked_at(current, key) if current else None
    return current if found and isinstance(found[1], NotesItem) else None


def _keep(table: Table, key: str, clusters: Clusters) -> None:
    if clusters.stored() == Clusters.read(table.clusters.get(key)).stored():
        return
    table.clusters = {**table.clusters, key: clusters.stored()}
    table.save(update_fields=["clusters"])
    events.moved(table)

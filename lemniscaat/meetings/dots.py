"""Dots that people put on notes and on groups of notes, once these lie open: what weighs most, without ranking people."""

from __future__ import annotations

from lemniscaat.base.writing import writing
from lemniscaat.instruments.kinds.notes import NotesItem
from lemniscaat.instruments.wording import language
from lemniscaat.meetings import events
from lemniscaat.meetings.agreeing import DOTS
from lemniscaat.meetings.clustering import Clusters, wall
from lemniscaat.meetings.dotting import Dots
from lemniscaat.meetings.models import Chair, Meeting, Table
from lemniscaat.meetings.tables import being_looked_at, instrument_of, voices


def cast_dot(*, chair: Chair, item: str, on: str, by: int) -> bool:
    """Put a dot or take it back; False where there is nothing to put it on now."""
    with writing():
        table = Table.objects.select_for_update().filter(pk=chair.table_id).first()
        current = Chair.objects.select_for_update().filter(pk=chair.pk).first()
        found = being_looked_at(table, item) if table and current else None
        if table is None or current is None or found is None or not isinstance(found[1], NotesItem):
            return False
        if not Meeting.objects.filter(table=table, asking__state=DOTS, asking__of=item).exists():
            return False
        clusters = Clusters.read(table.clusters.get(item))
        hung = wall(found[1], voices(table, instrument_of(table), found[0]), clusters, language())
        allowed = {note.key for note in hung.notes} | set(clusters.names)
        mine = Dots.read(current.dots.get(item)).cast(on, by, allowed)
        current.dots = {**current.dots, item: mine.stored()}
        current.save(update_fields=["dots"])
        events.moved(table)
    return True

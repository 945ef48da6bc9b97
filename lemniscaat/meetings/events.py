"""That something moved at a table, for every screen there: the name of it and a number, never what it was.

Two topics a table. Everybody listens to the talk itself (`stap`: another step, something laid open). How far people
are (`stand`) is for the screens of who leads and of the wall: it sounds at every answer and leaves no row behind, so
no order of answering is kept anywhere.
"""

from __future__ import annotations

from lemniscaat.base.bell import ring
from lemniscaat.meetings.models import Table, TableEvent

STEP, STAND = "stap", "stand"


def topic(table_id: int) -> str:
    """What everybody at a table listens to."""
    return f"tafel-{table_id}"


def stand_topic(table_id: int) -> str:
    """What the leading screens and the wall listen to as well."""
    return f"tafel-{table_id}-stand"


def moved(table: Table) -> int:
    """Say inside a transaction that the talk moved; returns the number of the event."""
    event = TableEvent.objects.create(table_id=table.pk, name=STEP)
    ring(topic(table.pk), event.pk, STEP)
    return event.pk


def wrote(table_id: int) -> None:
    """Say inside a transaction that somebody came, wrote or left."""
    ring(stand_topic(table_id), 0, STAND)


def latest(table_id: int) -> int:
    """The number of the newest event of a table; 0 before the first."""
    newest = TableEvent.objects.filter(table_id=table_id).order_by("-pk")
    return newest.values_list("pk", flat=True).first() or 0


def forget(table: Table) -> None:
    """The talk is over: what moved when is nobody's business any more."""
    TableEvent.objects.filter(table=table).delete()

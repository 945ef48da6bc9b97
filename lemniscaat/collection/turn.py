"""Whose turn it is with a round on PostgreSQL: many may answer together, but nobody while it stops.

SQLite has one writer at a time, so there the write lock says it all.
"""

from django.db import connection


def answer_together(round_id: int) -> None:
    """Inside a transaction: wait while the round is being stopped, then keep it from stopping until the end."""
    _hold("pg_advisory_xact_lock_shared", round_id)


def stop_alone(round_id: int) -> None:
    """Inside a transaction: wait until every answer under way is in, then let no other in until the end."""
    _hold("pg_advisory_xact_lock", round_id)


def _hold(lock: str, round_id: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(%s, %s)", [_ROOM, round_id % 2**31])


# the first half of the lock's number, so that it is not somebody else's
_ROOM = 0x1EA7

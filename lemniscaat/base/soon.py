"""The next tick, now: who leaves something for the calendar says so, and the rhythm of this process comes at once."""

import threading

from django.db import transaction

due = threading.Event()
"""Set when there is something to do before the next minute; the server's rhythm waits on it."""


def tick_soon() -> None:
    """Let the calendar come as soon as what is written now is kept. Without a server it comes at its own time."""
    transaction.on_commit(due.set)

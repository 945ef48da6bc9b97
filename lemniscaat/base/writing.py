"""Writing to the database: one at a time and in turn on SQLite, as PostgreSQL pleases elsewhere.

SQLite has one writer. Its own waiting is a lottery (every waiter sleeps and tries again), so inside the
process writers queue here, in order, and between processes a file beside the database says who may write.
What survives: a transaction that was acknowledged survives `kill -9` always (`synchronous=NORMAL`), and a
power cut too with `synchronous=FULL` (`SQLITE_FULL=1`), at the price of one `fsync` a write.
"""

import fcntl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _


class WriterBusyError(Exception):
    """Another process writes to this database; the message is a sentence for the person at the keyboard."""


class FairLock:
    """A lock that is passed on in the order of asking."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        # A thread that is interrupted here (only the main thread can be) would break the queue; servers
        # and commands end the process then.
        turn.acquire()

    def __exit__(self, *exc: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_turn = FairLock()


@contextmanager
def writing(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """One transaction; on SQLite after waiting for one's turn. Inside a running transaction: a savepoint."""
    connection = connections[using]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic(using=using):
            yield
        return
    with _turn, transaction.atomic(using=using):
        yield


@contextmanager
def writer_lock(database: Path | str) -> Iterator[None]:
    """Be the one process that writes to this SQLite file, or raise WriterBusyError with a Dutch sentence.

    The lock is the kernel's: it ends with the process, however that ends. A database in memory is
    nobody else's and needs none.
    """
    name = str(database)
    if name.startswith("file:") or name in {":memory:", ""}:
        yield
        return
    path = Path(f"{name}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise WriterBusyError(
                _(
                    "Er is al een Lemniscaat bezig met deze database (%(name)s). Stop die eerst, of wacht tot"
                    " die klaar is, en probeer het dan opnieuw."
                )
                % {"name": name}
            ) from None
        yield


@contextmanager
def sole_writer(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """`writer_lock` for a configured database; PostgreSQL takes any number of writers."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with writer_lock(connection.settings_dict["NAME"]):
        yield

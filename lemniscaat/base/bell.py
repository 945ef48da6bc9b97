"""The bell: says that something happened, never what.

An action writes its event row and calls `ring` inside the same transaction; those who listen hear the
number and the name of the event once it is committed. One process: in memory. PostgreSQL: by NOTIFY, to
every process. A topic passes on at most one knock a tick, and of each name only the latest.
"""

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction

logger = logging.getLogger("lemniscaat.bell")

TICK = 0.2
CHANNEL = "lemniscaat"
# Topics that nobody listens to are remembered up to this number, for those who reconnect.
REMEMBERED = 2_000
# "Something may have passed you by": look at the whole page again.
AGAIN = "opnieuw"


@dataclass(frozen=True, slots=True)
class Knock:
    """Event `event` called `name`; number 0 stands for no event at all, only a reason to look."""

    event: int
    name: str


@dataclass(slots=True)
class Topic:
    """What is known of one topic: per name the latest event, with the order in which they came."""

    latest: dict[str, tuple[int, int]] = field(default_factory=dict)
    ears: set["Ear"] = field(default_factory=set)
    timer: asyncio.TimerHandle | None = None
    woken: float = 0.0
    # the place of the last event that has a number in the order of coming; 0 before the first
    newest: int = 0


class Ear:
    """One listener to one or more topics, on the event loop."""

    def __init__(self, topics: Sequence[Topic], seen: int, again: bool) -> None:
        self._topics, self._seen, self._again = topics, seen, again
        self._event = asyncio.Event()
        if again or self._fresh():
            self._event.set()

    def wake(self) -> None:
        """Make `wait` return."""
        self._event.set()

    def again(self) -> None:
        """Make the listener look at everything again."""
        self._again = True
        self._event.set()

    async def wait(self) -> None:
        """Wait for news, or for a wake-up without any."""
        await self._event.wait()
        self._event.clear()

    def news(self) -> list[Knock]:
        """What came since the last call, per topic and name the latest only, in order of coming."""
        fresh = self._fresh()
        if fresh:
            self._seen = fresh[-1][0]
        knocks = [Knock(event, name) for _, event, name in fresh]
        if self._again:
            self._again = False
            knocks.insert(0, Knock(0, AGAIN))
        return knocks

    def _fresh(self) -> list[tuple[int, int, str]]:
        return sorted(
            (order, event, name)
            for topic in self._topics
            for name, (order, event) in topic.latest.items()
            if order > self._seen
        )


class Bell:
    """The bell of one process. `attach` and `listening` belong to the event loop, `ring` to any thread."""

    def __init__(self, tick: float = TICK) -> None:
        self.tick = tick
        self.closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._topics: OrderedDict[str, Topic] = OrderedDict()
        self._order = self._gap = 0

    @property
    def order(self) -> int:
        """How many knocks were heard so far."""
        return self._order

    def quiet_since(self, topic: str, order: int) -> bool:
        """Whether no event of a topic was heard after so many knocks, and none can have been missed. A knock without a
        number only tells of a count."""
        known = self._topics.get(topic)
        return self._gap <= order and (known is None or known.newest <= order)

    def attach(self) -> None:
        """Start: from now on knocks are passed on to the running loop."""
        self._loop, self.closed = asyncio.get_running_loop(), False
        self._topics.clear()

    def close(self) -> None:
        """End: wake every listener; each finds the bell closed and goes home."""
        self._loop, self.closed = None, True
        for topic in self._topics.values():
            for ear in topic.ears:
                ear.wake()

    def ring(self, topic: str, event: int, name: str) -> None:
        """Knock, from any thread. Without a server in this process nobody listens, and nothing happens."""
        loop = self._loop
        if loop is None:
            return
        try:
            loop.call_soon_threadsafe(self._heard, topic, event, name)
        except RuntimeError:  # the loop was closed in the meantime
            logger.debug("A knock came after closing time.")

    @contextmanager
    def listening(self, *names: str, last: int | None = None) -> Iterator[Ear]:
        """Listen to topics together, from event `last` on; None means from now on.

        Topics that are followed together number their events from the same rows.
        """
        topics = [self._topic(name) for name in names]
        ear = Ear(topics, *self._resume(topics, last))
        for topic in topics:
            topic.ears.add(ear)
        try:
            yield ear
        finally:
            for topic in topics:
                topic.ears.discard(ear)

    def everybody_again(self) -> None:
        """Tell all listeners to look again, after knocks may have been missed."""
        self._order += 1
        self._gap = self._order
        for topic in self._topics.values():
            topic.latest.clear()
            for ear in topic.ears:
                ear.again()

    def _resume(self, topics: Sequence[Topic], last: int | None) -> tuple[int, bool]:
        if last is None:
            return self._order, False
        if last == 0:  # the page was made before anything had happened
            return 0, False
        for topic in topics:
            for order, event in topic.latest.values():
                if event == last:
                    return order, False
        # Numbers may be committed out of order, so from another number nothing can be concluded.
        return self._order, True

    def _topic(self, name: str) -> Topic:
        topic = self._topics.setdefault(name, Topic())
        self._topics.move_to_end(name)
        if len(self._topics) > REMEMBERED:
            for old in [key for key, value in self._topics.items() if not value.ears and key != name][:100]:
                del self._topics[old]
            self._gap = self._order
        return topic

    def _heard(self, name: str, event: int, kind: str) -> None:
        topic = self._topic(name)
        self._order += 1
        topic.latest[kind] = (self._order, event)
        if event:
            topic.newest = self._order
        if topic.timer is None and topic.ears and self._loop is not None:
            wait = max(0.0, topic.woken + self.tick - self._loop.time())
            topic.timer = self._loop.call_later(wait, self._wake, topic)

    def _wake(self, topic: Topic) -> None:
        topic.timer = None
        if self._loop is not None:
            topic.woken = self._loop.time()
        for ear in topic.ears:
            ear.wake()


# The bell of this process.
bell = Bell()


def ring(topic: str, event: int, name: str, *, using: str = DEFAULT_DB_ALIAS) -> None:
    """Say that `event` (a row's number, above 0) called `name` happened on `topic`.

    Call it inside the transaction that writes the row: it sounds when, and only when, that commits.
    """
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps([topic, event, name])])
    else:
        transaction.on_commit(partial(bell.ring, topic, event, name), using=using)


async def hear_postgres(to: Bell, conninfo: str) -> None:
    """Pass PostgreSQL's notifications on to a bell, for ever; ends by cancellation.

    After a broken connection knocks may have been missed, so everybody is told to look again.
    """
    pause = 0.5
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                to.everybody_again()
                pause = 0.5
                async for note in connection.notifies():
                    topic, event, name = json.loads(note.payload)
                    to.ring(topic, event, name)
        except (psycopg.Error, ValueError):
            logger.warning("The database's bell cannot be heard; trying again in %s seconds.", pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, 10.0)


def postgres_conninfo(using: str = DEFAULT_DB_ALIAS) -> str | None:
    """Where to listen: the connection string of a configured PostgreSQL, None for other databases."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return None
    values: dict[str, Any] = connection.settings_dict
    given = {
        "dbname": values["NAME"],
        "user": values["USER"],
        "password": values["PASSWORD"],
        "host": values["HOST"],
        "port": values["PORT"],
    }
    named = {key: str(value) for key, value in given.items() if value}
    return psycopg.conninfo.make_conninfo(**named, keepalives_idle=30, application_name="lemniscaat-bell")

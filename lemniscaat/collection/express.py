"""Sheets handed in on the short way: many in one transaction, past the pages, with the same outcome.

At the end of a lesson thirty people send at once. Here one thread takes in whatever lies waiting, as one transaction
with one `fsync`. What is not plain (a sheet with a fault, a used link, a stopped round) goes to the page that tells
people so; this way knows only "it is in".
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from urllib.parse import parse_qs

from django.db import close_old_connections, connection
from django.urls import reverse

from lemniscaat.base.bridge import Message, Receive, Scope, Send, plain
from lemniscaat.base.writing import writing
from lemniscaat.collection.answering import checked
from lemniscaat.collection.carry import Carry, opened
from lemniscaat.collection.codes import PERSONAL, number_of, stored_token, used_token
from lemniscaat.collection.models import Draft, Invitation, Receipt, Response, Round, RoundState
from lemniscaat.collection.sheets import Answers, clean, instrument_of, only_shown
from lemniscaat.collection.turn import answer_together
from lemniscaat.instruments.answers import SCHEMA_VERSION

logger = logging.getLogger("lemniscaat.collection")

SHEET, WHOLE = "blad", "alles"
MOST_BYTES, MOST_FIELDS, MOST_AT_ONCE = 600_000, 900, 64
FORM = b"application/x-www-form-urlencoded"
FORMS = (FORM, FORM + b";charset=utf-8")
HEADERS = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-length", b"0"),
    (b"cache-control", b"private, no-store"),
    (b"x-robots-tag", b"noindex"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

# one statement for many rows; the ORM would build and send one for each
_USE = "UPDATE collection_invitation SET token = %s WHERE id = %s AND token = %s"

Otherwise = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True)
class Handed:
    """What came over the counter: the link and the form as it was sent."""

    token: str
    body: bytes


@dataclass(frozen=True)
class Ready:
    """A sheet that fits its questions."""

    token: str
    carry: Carry
    receipt: int
    answers: Answers


def take_in(handed: Sequence[Handed]) -> list[bool]:
    """Take in what is plain, all in one transaction; says of each whether it is in (now, or already).

    What is not is untouched: hand it to the page.
    """
    forms = [_form(one.body) for one in handed]
    carries = [opened(form.get(SHEET, [""])[0]) if form else None for form in forms]
    rounds = _rounds({carry.round for carry in carries if carry})
    ready = [
        _ready(one.token, form, carry, rounds.get(carry.round))
        for one, form, carry in zip(handed, forms, carries, strict=True)
        if carry
    ]
    done: set[tuple[int, str]] = set()
    if any(ready):
        with writing():
            done = _write([one for one in ready if one])
    return [
        carry is not None and (number_of(carry.receipt), one.token) in done
        for one, carry in zip(handed, carries, strict=True)
    ]


def _form(body: bytes) -> dict[str, list[str]]:
    """The fields of a form; none of what is larger or stranger than a sheet can be."""
    try:
        return parse_qs(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except (UnicodeDecodeError, ValueError):
        return {}


def _rounds(ids: Iterable[int]) -> dict[int, Round]:
    fields = ("id", "key", "instrument_id", "return_code", "link_token", "by_link")
    return {row.pk: row for row in Round.objects.filter(pk__in=set(ids), state=RoundState.OPEN).only(*fields)}


def _ready(token: str, form: dict[str, list[str]], carry: Carry, round_: Round | None) -> Ready | None:
    """The sheet, cleaned; None for whatever the page has to tell something about."""
    if round_ is None or (len(token) != PERSONAL and not (round_.by_link and round_.link_token == token)):
        return None
    receipt = number_of(carry.receipt)
    instrument = instrument_of(round_)
    if WHOLE in form:
        answers, problems = clean(instrument.items, {k: v for k, v in form.items() if k != SHEET})
        # cleaned just now, so there is no need to check each answer again
        return None if problems else Ready(token, carry, receipt, only_shown(instrument, answers))
    try:
        return Ready(token, carry, receipt, checked(instrument, carry.answers))
    except ValueError:
        return None


def _write(ready: Sequence[Ready]) -> set[tuple[int, str]]:
    """Inside the transaction: the receipts that are in, with the link they came by."""
    for pk in sorted({one.carry.round for one in ready}):
        answer_together(pk)
    still_open = set(_rounds(one.carry.round for one in ready))
    known = set(Receipt.objects.filter(pk__in=[one.receipt for one in ready]).values_list("pk", flat=True))
    links = _links(ready)
    done: set[tuple[int, str]] = set()
    fresh: dict[int, tuple[Ready, int]] = {}
    used: dict[int, str] = {}
    for one in ready:
        if one.carry.round not in still_open:
            continue
        if one.receipt in known or one.receipt in fresh:
            done.add((one.receipt, one.token))
            continue
        link, place = links.get((one.token, one.carry.round), (0, one.carry.segment))
        if len(one.token) == PERSONAL and (not link or link in used):
            continue
        fresh[one.receipt] = one, place
        used |= {link: one.token} if link else {}
        done.add((one.receipt, one.token))
    _store(fresh, used)
    return done


def _links(ready: Iterable[Ready]) -> dict[tuple[str, int], tuple[int, int]]:
    """Of the personal links that gave nothing yet: (link, round) -> (invitation, segment)."""
    tokens = {stored_token(one.token): one.token for one in ready if len(one.token) == PERSONAL}
    if not tokens:
        return {}
    rows = Invitation.objects.filter(token__in=tokens)
    found = rows.values_list("token", "round_id", "pk", "segment_id")
    return {(tokens[token], round_id): (pk, segment) for token, round_id, pk, segment in found}


def _store(fresh: dict[int, tuple[Ready, int]], used: dict[int, str]) -> None:
    if used and _use(used) != len(used):
        raise RuntimeError("a link was used by another process at the same moment")
    Receipt.objects.bulk_create(
        Receipt(pk=pk, round_id=one.carry.round) for pk, (one, _) in sorted(fresh.items())
    )
    rows = [
        Response(
            round_id=one.carry.round, segment_id=place, answers=one.answers, schema_version=SCHEMA_VERSION
        )
        for one, place in fresh.values()
    ]
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
    if drafts := [one.carry.draft for one, _ in fresh.values() if one.carry.draft]:
        Draft.objects.filter(pk__in=drafts).delete()


def _use(links: dict[int, str]) -> int:
    """Note on these invitations that their link is used; returns on how many it was not yet."""
    rows = [(used_token(token), pk, stored_token(token)) for pk, token in sorted(links.items())]
    with connection.cursor() as cursor:
        cursor.executemany(_USE, rows)
        return int(cursor.rowcount)


@dataclass(frozen=True)
class _Waiting:
    handed: Handed
    loop: asyncio.AbstractEventLoop
    taken: asyncio.Future[bool]


class Express:
    """The ASGI route of the short way; what it cannot do itself it gives to `otherwise` as it came."""

    def __init__(self, *, too_slow: str = "Too slow.", seconds: float = 60.0) -> None:
        self.too_slow, self.seconds = too_slow, seconds
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="express", daemon=True)
        self._started = False

    def token(self, scope: Scope) -> str:
        """The link of a sheet that is handed in here; empty for every other request."""
        if scope["method"] != "POST" or scope.get("root_path"):
            return ""
        start, _, end = reverse("answer:send", args=["~"]).partition("~")
        path: str = scope["path"]
        token = path[len(start) : -len(end)] if path.startswith(start) and path.endswith(end) else ""
        headers = dict(scope["headers"])
        size = headers.get(b"content-length", b"")
        plain_form = headers.get(b"content-type", b"").lower().replace(b" ", b"") in FORMS
        fits = plain_form and size.isdigit() and int(size) <= MOST_BYTES
        return token if fits and "/" not in token else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send, otherwise: Otherwise) -> None:
        """Take one sheet in and say thanks, or pass it on."""
        try:
            async with asyncio.timeout(self.seconds):
                body = await _body(receive)
        except TimeoutError:
            return await plain(send, 408, self.too_slow)
        if body is None:
            return None
        token = self.token(scope)
        if await self._hand_in(Handed(token, body)):
            location = reverse("answer:done", args=[token]).encode()
            await send(
                {"type": "http.response.start", "status": 303, "headers": [(b"location", location), *HEADERS]}
            )
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return None
        return await otherwise(scope, _again(body, receive), send)

    async def _hand_in(self, handed: Handed) -> bool:
        if not self._started:
            self._started = True
            self._thread.start()
        loop = asyncio.get_running_loop()
        waiting = _Waiting(handed, loop, loop.create_future())
        self._queue.put(waiting)
        # whoever has gone in the meantime still handed it in
        return await asyncio.shield(waiting.taken)

    def close(self) -> None:
        """Take in what lies waiting, then stop."""
        if self._started:
            self._queue.put(None)
            self._thread.join(2)

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch = [first]
            try:
                while len(batch) < MOST_AT_ONCE and (more := self._queue.get_nowait()) is not None:
                    batch.append(more)
            except Empty:
                more = first
            self._take(batch)
            if more is None:
                return

    def _take(self, batch: list[_Waiting]) -> None:
        try:
            close_old_connections()
            outcomes = take_in([one.handed for one in batch])
        except Exception as fault:
            # nothing of it is in; one by one, by the page, the fault finds the one it belongs to. Only its name is
            # logged: what a database says of it may hold a key
            logger.warning("%d sheets go the long way: %s", len(batch), type(fault).__name__)
            outcomes = [False] * len(batch)
        for one, taken in zip(batch, outcomes, strict=True):
            one.loop.call_soon_threadsafe(_tell, one.taken, taken)


def _tell(waiting: asyncio.Future[bool], taken: bool) -> None:
    if not waiting.done():
        waiting.set_result(taken)


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when the browser went away, or sent more than it announced."""
    chunks, more, size = [], True, 0
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        chunks.append(message.get("body", b""))
        more, size = message.get("more_body", False), size + len(chunks[-1])
        if size > MOST_BYTES:
            return None
    return b"".join(chunks)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read once, to be read again."""
    given = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def replay() -> Message:
        return next(given, None) or await receive()

    return replay

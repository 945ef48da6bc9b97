"""Pages that are the same for a whole hall: made once, given to everybody who asks.

When a step is shown a thousand phones ask for the same address at the same moment. The first makes the
bridge draw it, the others wait for that one drawing; it is kept some seconds for who comes late. An address
under PREFIX begins with the topic of the bell that tells when its page changes: a drawing that was begun before
the last knock there is given to nobody any more. Whatever of the asker could change the page (cookies, language,
network address, what stands behind a question mark) does not reach the application.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from lemniscaat.base.bridge import AsgiApp, Message, Receive, Scope, Send

logger = logging.getLogger("lemniscaat.shared")

PREFIX = "/samen/"
MOST_KEPT = 64
SECONDS = 20.0
# A larger page is drawn for each asker apart, so that memory stays within MOST_KEPT times this.
LARGEST = 512 * 1024
# All that an application may know of whoever asks: to which name and how the connection was made.
PASSED_ON = {b"host", b"x-forwarded-proto"}

Header = tuple[bytes, bytes]
Key = tuple[Any, ...]


class Hears(Protocol):
    """What is asked of the bell."""

    @property
    def order(self) -> int:
        """How many knocks were heard so far."""

    def quiet_since(self, topic: str, order: int) -> bool:
        """Whether nothing was heard of a topic after so many knocks."""


class _TooLargeError(Exception):
    """This page is too large to keep."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, without anything meant for one browser."""

    status: int
    headers: list[Header]
    body: bytes
    kept: bool

    async def give(self, send: Send) -> None:
        """Send it to one browser."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


class Shared:
    """An ASGI application before another: one drawing per address, at most `most` kept, each `seconds` long."""

    def __init__(
        self,
        inner: AsgiApp,
        *,
        bell: Hears | None = None,
        most: int = MOST_KEPT,
        seconds: float = SECONDS,
        largest: int = LARGEST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.inner, self.most, self.seconds, self.largest, self.clock = inner, most, seconds, largest, clock
        self.bell = bell
        # with each page how many knocks had been heard when its drawing began
        self._kept: OrderedDict[Key, tuple[float, int, Answer]] = OrderedDict()
        self._under_way: dict[Key, tuple[int, asyncio.Task[Answer | None]]] = {}

    def takes(self, scope: Scope) -> bool:
        """Whether this request is for a page that is the same for everybody."""
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        return scope["method"] == "GET" and path.startswith(PREFIX)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with what is kept, with what is being made, or by having it made."""
        alike = nobodys(scope)
        answer = await self._answer(alike)
        if answer is None:
            return await self.inner(alike, receive, _without_cookies(send))
        return await answer.give(send)

    async def _answer(self, alike: Scope) -> Answer | None:
        key, topic = key_of(alike), topic_of(alike)
        kept = self._kept.get(key)
        if kept is not None and self.clock() < kept[0] and self._quiet(topic, kept[1]):
            self._kept.move_to_end(key)
            return kept[2]
        making = self._under_way.get(key)
        if making is None or not self._quiet(topic, making[0]):
            now = self.bell.order if self.bell else 0
            making = self._under_way[key] = now, asyncio.create_task(self._make(key, alike, now))
        # who goes away does not take the page away from the others
        return await asyncio.shield(making[1])

    def _quiet(self, topic: str, order: int) -> bool:
        return self.bell is None or self.bell.quiet_since(topic, order)

    async def _make(self, key: Key, alike: Scope, began: int) -> Answer | None:
        taking = _Taking(self.largest)
        try:
            await self.inner(alike, taking.receive, taking.send)
            answer = taking.answer()
        except _TooLargeError:
            return None
        except Exception:
            # told once, not once for each who waits
            logger.exception("A shared page failed.")
            answer = Answer(500, [(b"content-length", b"0")], b"", False)
        finally:
            # after a knock another drawing of the same page may have been begun
            if key in self._under_way and self._under_way[key][0] == began:
                del self._under_way[key]
        self._keep(key, answer, began)
        return answer

    def _keep(self, key: Key, answer: Answer, began: int) -> None:
        now = self.clock()
        for old in [known for known, (until, _began, _answer) in self._kept.items() if until <= now]:
            del self._kept[old]
        newer = key in self._kept and self._kept[key][1] > began
        if answer.kept and not newer:
            self._kept[key] = now + self.seconds, began, answer
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)


class _Taking:
    """The browser's side of one drawing: takes the answer in whole."""

    def __init__(self, largest: int) -> None:
        self.largest, self.size, self.asked = largest, 0, False
        self.status, self.headers = 0, list[Header]()
        self.pieces: list[bytes] = []

    async def receive(self) -> Message:
        if self.asked:
            # this browser never goes away; the bridge stops waiting for that when it is done
            await asyncio.Event().wait()
        self.asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
            return
        self.pieces.append(message.get("body", b""))
        self.size += len(self.pieces[-1])
        if self.size > self.largest:
            raise _TooLargeError

    def answer(self) -> Answer:
        if not self.status:
            raise RuntimeError("The application gave no answer.")
        headers = _for_everybody(self.headers)
        # a page that sets a cookie is about one person after all
        alike = headers == self.headers
        if not any(name == b"content-length" for name, _ in headers):
            headers.append((b"content-length", b"%d" % self.size))
        return Answer(self.status, headers, b"".join(self.pieces), kept=alike and self.status == 200)


def nobodys(scope: Scope) -> Scope:
    """The same request without anything that tells who asks."""
    headers = [(name, value) for name, value in scope["headers"] if name in PASSED_ON]
    if any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"]):
        headers.append((b"accept-encoding", b"gzip"))
    return {**scope, "headers": headers, "client": None, "query_string": b""}


def key_of(alike: Scope) -> Key:
    """What makes two requests the same, of scopes that `nobodys` made."""
    path = alike.get("raw_path") or alike["path"].encode()
    return path, alike.get("scheme"), *sorted(alike["headers"])


def topic_of(scope: Scope) -> str:
    """The topic in an address under PREFIX."""
    path: str = scope["path"].removeprefix(scope.get("root_path", ""))
    return path.removeprefix(PREFIX).partition("/")[0]


def _for_everybody(headers: list[Header]) -> list[Header]:
    return [(name, value) for name, value in headers if name.lower() != b"set-cookie"]


def _without_cookies(send: Send) -> Send:
    async def cleaned(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": _for_everybody(message["headers"])}
        await send(message)

    return cleaned

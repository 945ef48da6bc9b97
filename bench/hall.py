"""Who is in a hall: phones that join, follow, fetch and answer, and the screens of who leads.

They do what a browser does with the product's own scripts: an event is followed after a random 0 to 150 ms, one fetch
at a time, the answer goes as htmx sends it and its redirect is followed. Style sheets and scripts are not fetched
(a browser keeps them), and nothing is drawn.
"""

import asyncio
import gzip
import html
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from bench.broadcast import Crowd, Phone
from bench.wire import Browser, Reply

SPREAD = 0.150
# a browser that fetched nothing for so long opens a new connection: the server closes an idle one after 20 s
IDLE = 15.0
HTMX = {"hx-request": "true"}
ZIPPED = {**HTMX, "accept-encoding": "gzip"}

STEP = re.compile(rb'<div id="nu"[^>]*? data-step="([^"]*)"')
SOURCE = re.compile(rb'<div id="nu"[^>]*? hx-get="([^"]*)"')
STREAM = re.compile(rb' data-live="([^"]*)"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
TICKET = re.compile(rb'name="ticket" value="([^"]+)"')
PLACES = re.compile(rb'<select id="[^"]*" name="([^"]+)"')
# under the name of a row in the drawing: how many answered
COUNTED = re.compile(rb'<div class="dist-who">.*?<small>(\d+) ', re.DOTALL)


class Refused(Exception):  # noqa: N818 - it is not an error of ours
    """The server answered, but not with what was asked for."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What stands on a phone: the step, where its next state is fetched, the fields of its form, the outcome's n."""

    step: str
    source: str
    fields: tuple[str, ...]
    counted: int


NOTHING = Fragment("", "", (), 0)


@lru_cache(maxsize=256)
def read(body: bytes) -> Fragment:
    """A fragment from its packed bytes; everybody's are the same, so it is read once."""
    page = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    counted = COUNTED.search(page)
    return Fragment(
        found(STEP, page),
        found(SOURCE, page),
        tuple(name.decode() for name in PLACES.findall(page)),
        int(counted[1]) if counted else 0,
    )


def found(pattern: re.Pattern[bytes], page: bytes) -> str:
    """What a pattern finds, as text; empty where it does not."""
    seen = pattern.search(page)
    return html.unescape(seen[1].decode()) if seen else ""


class Visitor(Phone):
    """A browser with a stream: whatever it hears makes it fetch its own page again."""

    names = frozenset({"stap", "opnieuw"})

    def __init__(self, crowd: Crowd, path: str, browser: Browser, source: str = "") -> None:
        super().__init__(crowd, path)
        self.browser, self.source = browser, source
        self.waiting: asyncio.TimerHandle | None = None
        self.fetching: asyncio.Task[None] | None = None
        self.once_more = False
        self.fetched = self.failed = 0
        self.used = 0.0
        # one connection carries one request at a time
        self.turn = asyncio.Lock()

    def tell(self, name: str) -> None:
        """Fetch soon; what comes in the meantime is the same reason."""
        if name in self.names and self.waiting is None and self.source:
            self.waiting = asyncio.get_running_loop().call_later(random.random() * SPREAD, self._go)

    def _go(self) -> None:
        self.waiting = None
        if self.fetching is not None and not self.fetching.done():
            self.once_more = True
            return
        self.fetching = asyncio.create_task(self._fetch())

    async def _fetch(self) -> None:
        while True:
            self.once_more = False
            try:
                self.take(await self.ask("GET", self.source, headers=ZIPPED))
            except (ConnectionError, TimeoutError, Refused):
                self.failed += 1
            if not self.once_more:
                break

    def take(self, reply: Reply) -> None:
        """What was fetched."""
        self.fetched += 1
        if reply.status != 200:
            raise Refused(f"status {reply.status}")

    async def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request; on a fresh connection when the old one lay still."""
        async with self.turn:
            if time.perf_counter() - self.used > IDLE:
                self.browser.close()
                self.browser.line = None
            reply = await self.browser.ask(method, path, body, headers)
            self.used = time.perf_counter()
        return reply

    async def follow(self, port: int, path: str) -> None:
        """Open the stream, and wait until it says hello."""
        self.path = path
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        async with asyncio.timeout(60):
            while "hallo" not in self.heard:
                if self.status not in (0, 200):
                    raise Refused(f"stream: status {self.status}")
                await asyncio.sleep(0.005)

    def hang_up(self) -> None:
        """Close everything."""
        if self.waiting is not None:
            self.waiting.cancel()
        if self.fetching is not None:
            self.fetching.cancel()
        if self.transport is not None:
            self.transport.close()
        self.browser.close()


class Guest(Visitor):
    """One phone in the hall."""

    def __init__(self, crowd: Crowd, path: str, browser: Browser, source: str = "") -> None:
        super().__init__(crowd, path, browser, source)
        self.fragment = NOTHING
        self.shown_at = 0.0
        self.token, self.bytes = "", b""

    def take(self, reply: Reply) -> None:
        """Note what is shown since when."""
        super().take(reply)
        self.fragment, self.shown_at, self.bytes = read(reply.body), time.perf_counter(), reply.body
        self.source = self.fragment.source
        self.crowd.stir()

    async def join(self, code: str, role: str) -> None:
        """From the code to the first page, and the stream that stands in it."""
        start = f"/tafel/code/{code}/"
        page = self._well(await self.ask("GET", start))
        form = {
            "csrfmiddlewaretoken": found(TOKEN, page.body),
            "ticket": found(TICKET, page.body),
            "role": role,
        }
        reply = await self.ask("POST", start, urlencode(form).encode())
        page = await self._onward(reply, {})
        self.token = found(TOKEN, page.body)
        self.take(page)
        await self.follow(self.browser.port, found(STREAM, page.body))

    async def give(self, table: int, section: int) -> tuple[float, float]:
        """Send an order at random, as the form on the page says; returns the seconds of the POST, and with its page."""
        fields = self.fragment.fields
        if not fields:
            raise Refused("no form to answer")
        places = random.sample(range(1, len(fields) + 1), len(fields))
        form: dict[str, Any] = {"section": section, "do": "done"}
        form |= dict(zip(fields, places, strict=True))
        reply = await self.ask(
            "POST",
            f"/tafel/{table}/nu/geef/",
            urlencode(form).encode(),
            {**ZIPPED, "x-csrftoken": self.token},
        )
        page = await self._onward(reply, ZIPPED) if reply.status in (302, 303) else self._well(reply)
        self.take(page)
        return reply.seconds, reply.seconds + (page.seconds if page is not reply else 0.0)

    async def _onward(self, reply: Reply, headers: Mapping[str, str]) -> Reply:
        """Where a redirect leads; at least one, at most three."""
        for _hop in range(3):
            if reply.status not in (302, 303):
                raise Refused(f"status {reply.status} where a redirect was due")
            reply = await self.ask("GET", reply.header(b"location").decode(), headers=headers)
            if reply.status == 200:
                return reply
        return self._well(reply)

    def _well(self, reply: Reply) -> Reply:
        if reply.status != 200:
            raise Refused(f"status {reply.status} {reply.header(b'location').decode()}")
        return reply


class Listener(Guest):
    """A phone at the measuring rod: it fetches the same bytes each time, from the address where they lie there."""

    def take(self, reply: Reply) -> None:
        """Note what is shown; the address stays."""
        source = self.source
        super().take(reply)
        self.source = source


class Screen(Visitor):
    """The control screen or the wall: it fetches its page at every step and every answer."""

    names = frozenset({"stap", "opnieuw", "stand"})

    def __init__(self, crowd: Crowd, port: int, session: str, source: str) -> None:
        browser = Browser(port)
        browser.cookies["sessionid"] = session
        super().__init__(crowd, "", browser, source)
        self.body, self.leaving = b"", False

    def take(self, reply: Reply) -> None:
        """Keep what it says."""
        super().take(reply)
        self.body = gzip.decompress(reply.body) if reply.body[:2] == b"\x1f\x8b" else reply.body

    async def begin(self) -> None:
        """Open the page and its stream."""
        self.take(await self.ask("GET", self.source))
        await self.follow(self.browser.port, found(STREAM, self.body))

    async def press(self, talk: int, do: str) -> float:
        """Press a button, and see the page that follows; returns the seconds of the POST. A page that is left fetches
        nothing any more, and its successor shows the newest."""
        form = {"do": do, "csrfmiddlewaretoken": found(TOKEN, self.body)}
        self.leaving = True
        try:
            reply = await self.ask("POST", f"/gesprek/{talk}/stap/", urlencode(form).encode())
            if reply.status not in (302, 303):
                raise Refused(f"{do}: status {reply.status}")
            self.take(await self.ask("GET", self.source))
        finally:
            self.leaving = False
        return reply.seconds

    def tell(self, name: str) -> None:
        """Fetch soon, unless the page is being left."""
        if not self.leaving:
            super().tell(name)

"""`broadcast`: how fast a word reaches everybody, with a server that does nothing else.

The measuring rod for live meetings: uvicorn, one queue per subscriber, no framework, no signatures, no tick. The
client (`listen`, `Crowd`) holds any number of streams open and notes when each heard what; `bench` of the product's
own streams uses the same client.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any, cast

import uvicorn
import uvloop

from bench.figures import figure, note, percentile
from bench.processes import free_port, running
from bench.wire import Browser

PEOPLE, TIMES = 1000, 20
# How many connections may be on their way at once, so that none is refused for want of a place in the queue.
AT_THE_DOOR = 200
PATIENCE = 30.0
PAGE = "/pagina"

Message = MutableMapping[str, Any]


class Phone(asyncio.Protocol):
    """One open stream; keeps of each event's name when it came last."""

    def __init__(self, crowd: "Crowd", path: str) -> None:
        self.crowd, self.path, self.rest = crowd, path, b""
        self.heard: dict[str, float] = {}
        self.status = 0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the stream."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one without being registered as one
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Note the names; the frames around the pieces are lines of their own."""
        now = time.perf_counter()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"event: "):
                name = line[7:].decode()
                self.heard[name] = now
                self.tell(name)
            elif line.startswith(b"HTTP/1.1 "):
                self.status = int(line[9:12])
        self.crowd.stir()

    def connection_lost(self, exc: Exception | None) -> None:
        """The server hung up."""
        self.transport = None
        self.crowd.stir()

    def tell(self, name: str) -> None:
        """Something was heard; a phone that does something with it says so here."""


class Crowd:
    """Many open streams of one server."""

    def __init__(self) -> None:
        self.phones: list[Phone] = []
        self.began = time.perf_counter()
        self._news = asyncio.Event()

    @property
    def open(self) -> int:
        """How many streams are open at this moment."""
        return sum(phone.transport is not None and phone.status == 200 for phone in self.phones)

    def stir(self) -> None:
        """Something came in."""
        self._news.set()

    def begin(self) -> None:
        """Count from now; what was heard before does not count."""
        self.began = time.perf_counter()
        for phone in self.phones:
            phone.heard.clear()

    async def wait(self, name: str, patience: float = PATIENCE) -> list[float]:
        """Wait until all heard `name`; the milliseconds since `begin`, smallest first.

        Raises TimeoutError when somebody did not hear it.
        """
        await self.until(lambda phone: name in phone.heard, patience)
        return sorted(1000 * (phone.heard[name] - self.began) for phone in self.phones)

    async def gone(self, patience: float = PATIENCE) -> None:
        """Wait until the server closed all streams."""
        await self.until(lambda phone: phone.transport is None, patience)

    async def until(self, true: Callable[[Phone], bool], patience: float = PATIENCE) -> None:
        """Wait until something is true of each."""
        async with asyncio.timeout(patience):
            while not all(true(phone) for phone in self.phones):
                self._news.clear()
                await self._news.wait()
                await asyncio.sleep(
                    0.005
                )  # a thousand may follow; looking at each of them each time would cost

    def close(self) -> None:
        """Hang up, all of them."""
        for phone in self.phones:
            if phone.transport is not None:
                phone.transport.close()


def room_for(n: int) -> None:
    """Ask the system for as many open files as this takes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < n + 500:
        most = n + 500 if hard == resource.RLIM_INFINITY else min(n + 500, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


async def listen(
    port: int,
    path: str | Sequence[str],
    n: int,
    *,
    crowd: "Crowd | None" = None,
    make: Callable[["Crowd", str], Phone] = Phone,
) -> Crowd:
    """Open `n` streams (of several addresses in turn) and wait until each answered; `make` says what phones they are."""
    room_for(n)
    crowd, paths = crowd or Crowd(), [path] if isinstance(path, str) else path
    door, loop = asyncio.Semaphore(AT_THE_DOOR), asyncio.get_running_loop()

    async def enter(number: int) -> None:
        async with door:
            phone = make(crowd, paths[number % len(paths)])
            crowd.phones.append(phone)
            await loop.create_connection(lambda: phone, "127.0.0.1", port)

    await asyncio.gather(*(enter(number) for number in range(n)))
    await crowd.until(lambda phone: phone.status != 0 or phone.transport is None)
    return crowd


class Bare:
    """GET follows; POST /name says that name to all who follow. What was sent to /pagina is given to who GETs it, as it
    is, from memory: what everybody fetches after the word, with a server that makes nothing."""

    def __init__(self) -> None:
        self.queues: set[asyncio.Queue[bytes]] = set()
        self.page = b""

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """One request."""
        if scope["type"] != "http":
            return None
        if scope["path"] == PAGE:
            if scope["method"] == "POST":
                self.page = await _whole(receive)
            return await _give(send, self.page)
        if scope["method"] == "POST":
            words = f"event: {scope['path'][1:]}\ndata: 1\n\n".encode()
            for queue in self.queues:
                queue.put_nowait(words)
            return await _give(send, b"")
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self.queues.add(queue)
        headers = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"event: hallo\ndata: 0\n\n", "more_body": True})
        while True:
            await send({"type": "http.response.body", "body": await queue.get(), "more_body": True})


async def _whole(receive: Callable[[], Awaitable[Message]]) -> bytes:
    """All that was sent along."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return body


async def _give(send: Callable[[Message], Awaitable[None]], body: bytes) -> None:
    """A whole answer."""
    headers = [(b"content-type", b"text/html"), (b"content-length", b"%d" % len(body))]
    headers += [(b"content-encoding", b"gzip")] if body else []
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def measure(
    port: int, path: str | Sequence[str], n: int, say: Callable[[], Awaitable[object]]
) -> list[float]:
    """TIMES words to `n` who listen; `say` must make the server say `stap`. All milliseconds together.

    The first word, which also opens the server's database, does not count.
    """
    crowd = await listen(port, path, n)
    await crowd.wait("hallo")
    every: list[float] = []
    try:
        for turn in range(TIMES + 1):
            crowd.begin()
            await say()
            heard = await crowd.wait("stap")
            every += heard if turn else []
            await asyncio.sleep(0.3)
    finally:
        crowd.close()
    return every


def serve(port: int) -> None:
    """Serve the bare broadcast until told to stop."""
    room_for(5 * PEOPLE)
    config = uvicorn.Config(
        Bare(), port=port, access_log=False, log_level="error", lifespan="off", timeout_graceful_shutdown=1
    )
    uvicorn.Server(config).run()


def main() -> None:
    """Measure the bare one."""
    port = free_port()
    with running(
        [sys.executable, "-m", "bench.broadcast", str(port)], port, env={}, log=Path("/dev/null")
    ) as server:

        async def all_times() -> list[float]:
            browser = Browser(port)
            times = await measure(port, "/", PEOPLE, lambda: browser.ask("POST", "/stap"))
            browser.close()
            return times

        times = uvloop.run(all_times())
        for part in (0.5, 0.95, 1.0):
            figure(f"broadcast_bare_p{int(part * 100)}", percentile(times, part), "ms")
        figure("broadcast_bare_memory", server.peak_memory(), "MB")
    note(f"{PEOPLE} streams, {TIMES} times")


if __name__ == "__main__":
    serve(int(sys.argv[1]))

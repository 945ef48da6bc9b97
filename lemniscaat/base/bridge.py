"""One hop from ASGI to WSGI: the whole request goes to a thread, the whole answer comes back.

Only an answer of unknown or large size is passed on block by block, at the pace of the browser.
No Django here: any WSGI application fits.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import IO, Any
from urllib.parse import unquote_to_bytes

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Scope, Receive, Send], Awaitable[None]]
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

MEGABYTE = 1024 * 1024
# An answer that announces at most this many bytes is sent in one piece, so that its thread is free at once.
WHOLE = 512 * 1024
# Bodies up to this size never touch the disk.
IN_MEMORY = 2 * MEGABYTE
# Addresses and hop-by-hop matters the application has no business with; `proxy` would become HTTP_PROXY.
DROPPED = {b"proxy", b"transfer-encoding", b"x-forwarded-for", b"x-real-ip", b"forwarded", b"connection"}
NO_BODY = (204, 304)


class TooLargeError(Exception):
    """The body is larger than the bridge accepts."""


class GoneError(Exception):
    """The browser went away, or takes nothing any more."""


class Bridge:
    """An ASGI application around a WSGI one.

    `body_limit` in bytes, the `seconds` in seconds. `remote` turns a network address into what the
    application may know of it; without it the application knows nothing. `too_large` and `too_slow` are
    the sentences for 413 and 408.
    """

    def __init__(
        self,
        app: WsgiApp,
        *,
        threads: int = 8,
        body_limit: int = 32 * MEGABYTE,
        body_seconds: float = 60.0,
        stall_seconds: float = 30.0,
        remote: Callable[[str], str] | None = None,
        too_large: str = "Too large.",
        too_slow: str = "Too slow.",
    ) -> None:
        self.app = app
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="wsgi")
        self.body_limit, self.body_seconds, self.stall_seconds = body_limit, body_seconds, stall_seconds
        self.remote, self.too_large, self.too_slow = remote, too_large, too_slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        try:
            async with asyncio.timeout(self.body_seconds):
                body, size = await self._read(scope, receive)
        except TooLargeError:
            return await plain(send, 413, self.too_large)
        except TimeoutError:
            return await plain(send, 408, self.too_slow)
        except GoneError:
            return None
        # From here on the request is complete: it is carried out even when the browser has gone, because
        # somebody who drives into a tunnel after pressing "verstuur" has pressed "verstuur".
        with body:
            exchange = Exchange(self, environ_of(scope, body, size, self.remote), receive, send)
            try:
                await asyncio.get_running_loop().run_in_executor(self.pool, exchange.run)
                await exchange.finish()
            except GoneError:
                return None
            finally:
                exchange.leave()

    async def _read(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > self.body_limit:
            raise TooLargeError
        body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller closes it
        size, more = 0, True
        try:
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    raise GoneError
                chunk, more = message.get("body", b""), message.get("more_body", False)
                size += len(chunk)
                if size > self.body_limit:
                    raise TooLargeError
                body.write(chunk)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return body, size

    def close(self) -> None:
        """Take no new work; what runs may finish."""
        self.pool.shutdown(wait=False, cancel_futures=True)


class Exchange:
    """One request and its answer: `run` in a thread, everything else on the event loop."""

    def __init__(self, bridge: Bridge, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        self.bridge, self.environ, self.receive, self.send = bridge, environ, receive, send
        self.loop = asyncio.get_running_loop()
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.kept: list[bytes] = []
        self.started = self.gone = False
        self.pending: Future[None] | None = None
        self.watch: asyncio.Task[None] | None = None

    def run(self) -> None:
        """Call the application and take in its blocks; the thread that began an answer also ends it."""
        result = self.bridge.app(self.environ, self.start_response)
        try:
            for block in result:
                if not self.status:
                    raise RuntimeError("The application sent a block before start_response.")
                if self.bodiless():
                    break
                self.take(block)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
        if not self.status:
            raise RuntimeError("The application never called start_response.")

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: ExcInfo | None = None
    ) -> Callable[[bytes], None]:
        """WSGI's start_response."""
        if exc_info is not None and self.started:
            raise exc_info[1].with_traceback(exc_info[2])
        if self.status and exc_info is None:
            raise RuntimeError("start_response was called twice.")
        self.status = int(status[:3])
        self.headers = [(k.lower().encode("latin-1"), v.encode("latin-1")) for k, v in headers]
        if self.status in NO_BODY:
            self.headers = [(k, v) for k, v in self.headers if k != b"content-length"]
        self.small = 0 <= int(dict(self.headers).get(b"content-length", b"-1")) <= WHOLE
        return self.take

    def bodiless(self) -> bool:
        """Whether this answer has a head only."""
        return self.environ["REQUEST_METHOD"] == "HEAD" or self.status in NO_BODY

    def take(self, block: bytes) -> None:
        """Keep a block of a small answer; pass a block of a large one on and wait until there is room."""
        if self.small or not block:
            self.kept.append(block)
            return
        if self.gone:
            raise GoneError
        self.pending = asyncio.run_coroutine_threadsafe(self.pass_on(block), self.loop)
        # who left just before found nothing to cancel
        self.let_go()
        try:
            self.pending.result(self.bridge.stall_seconds)
        except (TimeoutError, CancelledError):
            self.pending.cancel()
            raise GoneError from None

    async def pass_on(self, block: bytes) -> None:
        """Send one block of a large answer."""
        if self.watch is None:
            self.watch = asyncio.create_task(self.wait_for_goodbye())
        await self.start()
        await self.send({"type": "http.response.body", "body": block, "more_body": True})

    async def start(self) -> None:
        """Send the head, once."""
        if not self.started:
            self.started = True
            await self.send({"type": "http.response.start", "status": self.status, "headers": self.headers})

    async def wait_for_goodbye(self) -> None:
        """Notice that the browser closes the connection while a large answer is under way."""
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.gone = True

    async def finish(self) -> None:
        """Send what was kept, and the end."""
        await self.start()
        await self.send({"type": "http.response.body", "body": b"".join(self.kept), "more_body": False})

    def leave(self) -> None:
        """Let go of the thread, whatever happened to the connection."""
        self.gone = True
        self.let_go()
        if self.watch is not None:
            self.watch.cancel()

    def let_go(self) -> None:
        """Nobody waits for the block that is on its way to somebody who left."""
        if self.gone and self.pending is not None:
            self.pending.cancel()


def environ_of(
    scope: Scope, body: IO[bytes], size: int, remote: Callable[[str], str] | None
) -> dict[str, Any]:
    """The WSGI environ of an ASGI HTTP scope whose body, `size` bytes long, has been read."""
    root = scope.get("root_path", "").encode()
    path = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.decode("latin-1"),
        "PATH_INFO": path.removeprefix(root).decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if remote is not None and scope.get("client"):
        environ["REMOTE_ADDR"] = remote(scope["client"][0])
    for raw, value in scope["headers"]:
        # A name with an underscore could pass itself off as the header with a dash that a proxy checks.
        if raw in DROPPED or b"_" in raw or raw == b"content-length":
            continue
        name = raw.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        text = value.decode("latin-1")
        if key in environ:
            text = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + text
        environ[key] = text
    return environ


async def plain(send: Send, status: int, text: str) -> None:
    """Answer with one sentence."""
    body = text.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})

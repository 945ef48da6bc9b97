"""A small, fast HTTP client on one kept-alive connection, so that the measuring costs little."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import httptools


@dataclass(slots=True)
class Reply:
    """An answer; `wire` counts all its bytes, head included."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    wire: int = 0
    seconds: float = 0.0

    def header(self, name: bytes) -> bytes:
        """The first header of that name, empty when absent."""
        return next((value for key, value in self.headers if key.lower() == name), b"")


class Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.reply = Reply()
        self.done: asyncio.Future[Reply] | None = None
        self.keep = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready to ask."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one without being registered as one

    def connection_lost(self, exc: Exception | None) -> None:
        """An answer that was under way does not come any more."""
        self.transport = None
        if self.done is not None and not self.done.done():
            self.done.set_exception(ConnectionError("The server hung up."))

    def data_received(self, data: bytes) -> None:
        """Take in a piece of the answer."""
        self.reply.wire += len(data)
        self.parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One header."""
        self.reply.headers.append((name, value))

    def on_body(self, body: bytes) -> None:
        """A piece of the body."""
        self.pieces.append(body)

    def on_message_complete(self) -> None:
        """The whole answer is there."""
        self.reply.status = self.parser.get_status_code()
        self.keep = self.parser.should_keep_alive()
        self.reply.body = b"".join(self.pieces)
        if self.done is not None and not self.done.done():
            self.done.set_result(self.reply)

    def ask(self, request: bytes) -> "asyncio.Future[Reply]":
        """Send a whole request."""
        if self.transport is None or self.transport.is_closing():
            raise ConnectionError("The server hung up.")
        self.reply, self.pieces = Reply(), []
        self.parser = httptools.HttpResponseParser(self)
        self.done = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.done


class Browser:
    """A visitor: a connection, cookies, and nothing else."""

    def __init__(self, port: int, language: str = "nl") -> None:
        self.port, self.language = port, language
        self.cookies: dict[str, str] = {}
        self.line: Line | None = None

    def forget(self) -> None:
        """Become somebody else on the same line."""
        self.cookies.clear()

    async def ask(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request and its answer. Raises ConnectionError when the server goes, TimeoutError after 60 s."""
        lines = [f"{method} {path} HTTP/1.1", "host: localhost", f"accept-language: {self.language}"]
        lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
        if self.cookies:
            lines.append("cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if method == "POST":
            lines += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}"]
        request = "\r\n".join([*lines, "", ""]).encode() + body
        began = time.perf_counter()
        if self.line is None or self.line.transport is None or not self.line.keep:
            loop = asyncio.get_running_loop()
            _, self.line = await loop.create_connection(Line, "127.0.0.1", self.port)
        reply = await asyncio.wait_for(self.line.ask(request), 60)
        reply.seconds = time.perf_counter() - began
        for name, value in reply.headers:
            if name.lower() == b"set-cookie":
                key, _, rest = value.decode("latin-1").partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return reply

    def close(self) -> None:
        """Hang up."""
        if self.line is not None and self.line.transport is not None:
            self.line.transport.close()

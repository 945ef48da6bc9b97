"""A server that does as it is told, for the scripts of a live page: streams that greet, stay silent or are refused.

`Hall` serves one page with the product's own scripts, under the product's own rules for scripts.
"""

import asyncio
import threading
import time
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import uvicorn

from tests.base.proxy import Proxy

STATIC = Path(__file__).resolve().parents[2] / "lemniscaat" / "base" / "static"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'"
SCRIPTS = (
    "vendor/htmx-2.0.11.min.js",
    "vendor/idiomorph-ext-0.8.0.min.js",
    "base/base.js",
    "base/live.js",
    "base/renew.js",
    "base/typing.js",
    "base/control.js",
)
PATIENCE = 15.0

PAGE = """<!doctype html><html lang="nl"><head><title>Zaal</title><link rel="icon" href="data:,">
<meta name="htmx-config" content='{{"allowEval":false,"includeIndicatorStyles":false,"selfRequestsOnly":true}}'>
{scripts}</head><body hx-ext="morph">
<div data-live="/stroom/x?sinds=4" data-live-spread="0"></div>
<p data-live-note hidden>Geen verbinding. Wat je typt blijft staan.</p><p data-live-announce aria-live="polite"></p>
<section id="deel" data-live-region data-typing-guard hx-get="/deel" hx-trigger="stap from:body" hx-sync="this:queue last">
{part}</section>
<section id="stand" data-live-region hx-get="/stand" hx-trigger="stand from:body" hx-sync="this:drop"><a id="meer" href="/">0</a></section>
<form data-control method="post" action="/stuur" hx-post="/stuur" hx-swap="none" hx-sync="this:queue all">
{buttons}</form><input id="elders"></body></html>"""

PART = """<div data-step="{step}"><h2 data-step-heading>Stap {step}</h2>
<form data-autosave method="post" action="/bewaar"><input type="hidden" name="csrfmiddlewaretoken" value="geheim">
<textarea id="zin-{step}" name="zin">{text}</textarea>
<p data-autosave-note data-saved="Bewaard" data-failed="Nog niet bewaard" data-closed="De ronde is dicht"></p>
<button id="klaar">Klaar</button></form><p id="keer">{count}</p>
<details><summary>Meer</summary><a href="/">Verder</a></details></div>"""

Message = MutableMapping[str, Any]


class Hall:
    """`mode` of new streams: good, refused (503) or cut (closed before a word)."""

    def __init__(self) -> None:
        self.mode, self.step, self.text, self.save_status = "good", 1, "", 204
        self.number = 4  # that a stream greets with
        self.asked: list[str] = []
        self.streams: list[tuple[str, str]] = []  # of each stream: the query and the last number
        self.saved: list[dict[str, list[str]]] = []
        self.pressed: list[str] = []
        self.lines: set[asyncio.Queue[bytes]] = set()
        self.hold = threading.Event()
        self.hold.set()

    def __enter__(self) -> Self:
        config = uvicorn.Config(
            self.answer,
            interface="asgi3",
            port=0,
            log_level="error",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until(lambda: self.server.started)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self.hold.set()
        self.hang_up()
        self.server.should_exit = True
        self.thread.join(10)

    async def answer(self, scope: Message, receive: Any, send: Any) -> None:
        self.loop = asyncio.get_running_loop()
        path = scope["path"]
        if path.startswith("/stroom/"):
            await self.stream(scope, send)
        elif scope["method"] == "POST":
            await self.post(path, (await receive())["body"].decode(), send)
        elif path.startswith("/static/"):
            await reply(send, (STATIC / path.removeprefix("/static/")).read_text(), "text/javascript")
        else:
            await self.get(path, send)

    async def get(self, path: str, send: Any) -> None:
        self.asked.append(path)
        count = self.asked.count(path) if path != "/" else 0
        part = PART.format(step=self.step, text=self.text, count=count)
        if path == "/deel":
            await asyncio.to_thread(self.hold.wait, 10)
            await reply(send, part)
        elif path == "/stand":
            await reply(send, f'<a id="meer" href="/">{count}</a>')
        else:
            scripts = "".join(f'<script src="/static/{name}" defer></script>' for name in SCRIPTS)
            keys = ("show", "next", "back", "stop")
            buttons = "".join(f'<button name="doe" value="{k}" data-key="{k}">{k}</button>' for k in keys)
            await reply(send, PAGE.format(scripts=scripts, part=part, buttons=buttons))

    async def post(self, path: str, body: str, send: Any) -> None:
        fields = parse_qs(body)
        if path == "/stuur":
            self.pressed += fields["doe"]
            await reply(send, "", status=204)
            return
        self.saved.append(fields)
        await reply(send, "", status=self.save_status)

    async def stream(self, scope: Message, send: Any) -> None:
        headers = dict(scope["headers"])
        self.streams.append((scope["query_string"].decode(), headers.get(b"last-event-id", b"").decode()))
        if self.mode == "refused":
            await reply(send, "", status=503)
            return
        kind = [(b"content-type", b"text/event-stream"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 200, "headers": kind})
        hello = f"event: hallo\ndata: {self.number}\n\n" if self.mode == "good" else ""
        words = b"retry: 20\n\n" + hello.encode()
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        if self.mode == "good":
            self.lines.add(queue)
        else:
            queue.put_nowait(b"")
        while words:
            await send({"type": "http.response.body", "body": words, "more_body": True})
            words = await queue.get()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def say(self, name: str, number: int = 0) -> None:
        """Say an event on all open streams."""
        mark = f"id: {number}\n" if number else ""
        self._to_all(f"{mark}event: {name}\ndata: {number}\n\n".encode())

    def hang_up(self) -> None:
        """End all open streams."""
        self._to_all(b"")
        self.lines.clear()

    def _to_all(self, words: bytes) -> None:
        for queue in list(self.lines):
            self.loop.call_soon_threadsafe(queue.put_nowait, words)

    def behind_a_proxy(self) -> int:
        """The port of a proxy before this server that holds every stream up."""
        return asyncio.run_coroutine_threadsafe(Proxy(self.port).__aenter__(), self.loop).result(5).port

    def count(self, path: str) -> int:
        """How often a page was asked for."""
        return self.asked.count(path)


async def reply(send: Any, text: str, kind: str = "text/html", status: int = 200) -> None:
    body = text.encode()
    headers = [
        (b"content-type", f"{kind}; charset=utf-8".encode()),
        (b"content-security-policy", CSP.encode()),
    ]
    if status != 204:
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def until(true: Callable[[], Any]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)

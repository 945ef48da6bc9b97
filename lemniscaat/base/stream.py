"""The stream: Server-Sent Events that carry the names and numbers of events, as a bare ASGI route.

A page asks `stream_path` for an address; the signature in it is the permission, given by the page that its
reader was allowed to see. The browser fetches what changed as an ordinary page.
"""

import asyncio
import random
from urllib.parse import parse_qs

from django.core import signing
from django.urls import get_script_prefix

from lemniscaat.base.bell import Bell, Ear, Knock
from lemniscaat.base.bridge import Receive, Scope, Send, plain

ROUTE = "/stroom/"
SALT = "lemniscaat.stroom"
HEARTBEAT = 15.0
# An address works for one day; a page that stays open longer reloads itself or polls.
VALID = 24 * 3600
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def stream_path(topic: str, *, since: int | None = None) -> str:
    """The address of a topic's stream, for a page whose reader may follow it; `since` is the last event
    the page already shows."""
    path = get_script_prefix().rstrip("/") + ROUTE + signing.dumps(topic, salt=SALT)
    return path if since is None else f"{path}?sinds={since}"


def topic_of(token: str) -> str | None:
    """The topic of a signed address, None when it is false or too old."""
    try:
        topic = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    return topic if isinstance(topic, str) else None


async def stream(scope: Scope, receive: Receive, send: Send, *, bell: Bell, token: str) -> None:
    """Answer one request for a stream, until the browser or the bell goes."""
    topic = topic_of(token)
    if topic is None or scope["method"] != "GET":
        return await plain(send, 404, "")
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    # After a restart a thousand browsers come back; the random pause keeps them from coming all at once.
    await say(send, f"retry: {random.randint(500, 4000)}\n\n".encode())
    gone = asyncio.create_task(goodbye(receive))
    try:
        with bell.listening(topic, last_event(scope)) as ear:
            gone.add_done_callback(lambda _: ear.wake())
            while not (gone.done() or bell.closed):
                await say(send, await next_words(ear))
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()
    return None


async def next_words(ear: Ear) -> bytes:
    """The next frame, or after a silence a comment that keeps proxies from closing the line."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await ear.wait()
    except TimeoutError:
        return b":\n\n"
    return b"".join(frame(knock) for knock in ear.news())


def frame(knock: Knock) -> bytes:
    """One event on the wire; without a number the browser keeps the last one it had."""
    number = f"id: {knock.event}\n" if knock.event else ""
    return f"{number}event: {knock.name}\ndata: {knock.event}\n\n".encode()


def last_event(scope: Scope) -> int | None:
    """The number the browser already has: of its last event, or else of the page it shows."""
    headers = dict(scope["headers"])
    text = headers.get(b"last-event-id", b"").decode("latin-1")
    if not text:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        text = query.get("sinds", [""])[0]
    return int(text) if text.isdecimal() and len(text) < 20 else None


async def goodbye(receive: Receive) -> None:
    """Return when the browser has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def say(send: Send, words: bytes) -> None:
    """Send a piece of a stream that goes on."""
    if words:
        await send({"type": "http.response.body", "body": words, "more_body": True})

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
from lemniscaat.base.bridge import Receive, Scope, Send

ROUTE = "/stroom/"
SALT = "lemniscaat.stroom"
HEARTBEAT = 15.0
# An address works for one day; a page that stays open longer reloads itself or polls.
VALID = 24 * 3600
# The first event: a page that does not get it within seconds sits behind something that holds streams up.
HELLO = "hallo"
# "The line is open", after a silence. An event and no comment, so that a script notices when it stays away.
HERE = "hier"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


def stream_path(*topics: str, since: int | None = None) -> str:
    """The address of a stream of these topics, for a page whose reader may follow them all.

    `since` is the last event the page already shows. Topics followed together number their events from the
    same rows, so that one number says how far a page is.
    """
    if not topics:
        raise ValueError("A stream follows at least one topic.")
    token = signing.dumps(topics[0] if len(topics) == 1 else list(topics), salt=SALT)
    path = get_script_prefix().rstrip("/") + ROUTE + token
    return path if since is None else f"{path}?sinds={since}"


def topics_of(token: str) -> tuple[str, ...]:
    """The topics of a signed address, none when it is false or too old."""
    try:
        said = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return ()
    topics = (said,) if isinstance(said, str) else said
    if not isinstance(topics, list | tuple) or not all(isinstance(topic, str) for topic in topics):
        return ()
    return tuple(dict.fromkeys(topics))


class Streams:
    """The ASGI route of all streams of a process; at most `most` at the same time.

    Whoever comes after that is asked to come back later. A page without a stream polls, so there must stay
    room among the connections for pages.
    """

    def __init__(self, bell: Bell, *, most: int) -> None:
        self.bell, self.most, self.open = bell, most, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a stream, until the browser or the bell goes."""
        topics = topics_of(scope["path"].rpartition(ROUTE)[2])
        if not topics or scope["method"] != "GET":
            return await refuse(send, 404)
        if self.open >= self.most or self.bell.closed:
            return await refuse(send, 503)
        self.open += 1
        try:
            return await follow(scope, receive, send, self.bell, topics)
        finally:
            self.open -= 1


async def follow(scope: Scope, receive: Receive, send: Send, bell: Bell, topics: tuple[str, ...]) -> None:
    """The stream itself."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    gone = asyncio.create_task(goodbye(receive))
    last = last_event(scope)
    try:
        with bell.listening(*topics, last=last) as ear:
            gone.add_done_callback(lambda _: ear.wake())
            # After a restart a thousand browsers come back; the random pause keeps them from coming all at once.
            hello = f"retry: {random.randint(500, 4000)}\n\nevent: {HELLO}\ndata: {last or 0}\n\n"
            await say(send, hello.encode())
            while not (gone.done() or bell.closed):
                await say(send, await next_words(ear))
        if not gone.done():
            await send({"type": "http.response.body", "body": b"", "more_body": False})
    finally:
        gone.cancel()


async def next_words(ear: Ear) -> bytes:
    """The next frame, or after a silence the one that says the line is open; it keeps proxies from closing it."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await ear.wait()
    except TimeoutError:
        return frame(Knock(0, HERE))
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


async def refuse(send: Send, status: int) -> None:
    """No stream here; the connection is given back at once."""
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), (b"connection", b"close")]
    if status == 503:
        headers.append((b"retry-after", b"%d" % random.randint(45, 75)))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})

"""The server: one process, one port. Streams are bare ASGI, all the rest goes over the bridge to Django."""

import asyncio
import logging
import resource
import secrets
import signal
import socket
import threading
from collections.abc import Callable

import uvicorn
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils.translation import gettext as _

from lemniscaat.base.bell import Bell, bell, hear_postgres, postgres_conninfo
from lemniscaat.base.bridge import AsgiApp, Bridge, Receive, Scope, Send, WsgiApp
from lemniscaat.base.limits import disguise
from lemniscaat.base.shared import Shared
from lemniscaat.base.soon import due
from lemniscaat.base.stream import ROUTE, Streams
from lemniscaat.base.writing import sole_writer
from lemniscaat.collection.express import Express

logger = logging.getLogger("lemniscaat.server")

# Together at most three seconds: streams end at once, pages and the job under way get this long.
GRACE = 2
MOST_CONNECTIONS = 5_000
Tick = Callable[[], object]


class Rhythm:
    """A thread that calls `tick` every so many seconds, and at once when something is due; a tick that fails is logged
    and tried again."""

    def __init__(self, tick: Tick, every: float) -> None:
        self._tick, self._every = tick, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tick", daemon=True)

    def start(self) -> None:
        """Begin; the first call comes after one interval."""
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Call no more, and wait `patience` seconds for the call under way."""
        self._stop.set()
        due.set()
        self._thread.join(patience)

    def _run(self) -> None:
        while True:
            due.wait(self._every)
            due.clear()
            if self._stop.is_set():
                return
            try:
                self._tick()
            except Exception:
                logger.exception("A tick failed; the next one tries again.")
            finally:
                close_old_connections()


class House:
    """The ASGI application: lifespan, streams, pages for a whole hall, and the bridge."""

    def __init__(
        self,
        wsgi: WsgiApp,
        *,
        to: Bell,
        conninfo: str | None = None,
        rhythm: Rhythm | None = None,
        express: Express | None = None,
        most_streams: int = MOST_CONNECTIONS,
    ) -> None:
        self.bell, self.conninfo, self.rhythm, self.express = to, conninfo, rhythm, express
        self.ear: asyncio.Task[None] | None = None
        self.bridge = Bridge(
            wsgi,
            remote=disguise(secrets.token_bytes(32)),
            too_large=_("Dit bestand is te groot. Kies een kleiner bestand of verdeel het in delen."),
            too_slow=_("Het versturen duurde te lang. Probeer het opnieuw; wat je hebt getypt staat er nog."),
        )
        self.streams = Streams(to, most=most_streams)
        self.shared = Shared(self.bridge, bell=to)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or live through start and end."""
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["type"] == "http":
            path: str = scope["path"].removeprefix(scope.get("root_path", ""))
            if path.startswith(ROUTE):
                await self.streams(scope, receive, send)
            elif self.shared.takes(scope):
                await self.shared(scope, receive, send)
            elif self.express is not None and self.express.token(scope):
                await self.express(scope, receive, send, self.bridge)
            else:
                await self.bridge(scope, receive, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Start and end together with the server."""
        await receive()
        self.bell.attach()
        if self.conninfo is not None:
            self.ear = asyncio.create_task(hear_postgres(self.bell, self.conninfo))
        if self.rhythm is not None:
            self.rhythm.start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.bell.close()
        if self.ear is not None:
            self.ear.cancel()
        if self.rhythm is not None:
            await asyncio.to_thread(self.rhythm.stop, 0.5)
        if self.express is not None:
            await asyncio.to_thread(self.express.close)
        self.bridge.close()
        await send({"type": "lifespan.shutdown.complete"})


class Server(uvicorn.Server):
    """Uvicorn that says when it is ready, and that ends streams before it waits for connections."""

    def __init__(self, config: uvicorn.Config, *, to: Bell, ready: Callable[[], object] | None) -> None:
        super().__init__(config)
        self.bell, self.ready = to, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.ready is not None and self.started:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, then the rest."""
        self.bell.close()
        await super().shutdown(sockets)


class PortTakenError(OSError):
    """Another program listens on this port; the message is a sentence for the person at the keyboard."""


def listening_on(host: str, port: int) -> socket.socket:
    """An open port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError:
        raise PortTakenError(
            _("Poort %(port)s is niet vrij. Kies een andere, bijvoorbeeld met PORT=%(other)s.")
            % {"port": port, "other": port + 1}
        ) from None


def configuration(app: AsgiApp, host: str, port: int) -> uvicorn.Config:
    """Uvicorn's settings: no line per request (it would hold an address), no name of the software."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=room_for_connections(),
        # longer than the minute of usual proxies, or they find a line that is just being cut
        timeout_keep_alive=75,
        timeout_graceful_shutdown=GRACE,
    )


def room_for_connections() -> int:
    """How many connections fit: a thousand streams need more open files than many systems give at first."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + 500
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(50, min(MOST_CONNECTIONS, soft - 200))


def room_for_streams(connections: int) -> int:
    """How many of the connections may be streams; the others are for the pages their readers ask for."""
    return connections * 3 // 5


def stop_in_peace(server: uvicorn.Server) -> None:
    """Let SIGTERM end the process with exit code 0: it was asked to stop, and did.

    Uvicorn raises the signal again once everything is closed; then, and before it begins, this answers.
    """

    def stop(_signal: int, _frame: object) -> None:
        server.should_exit = True

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)


def serve(
    host: str,
    port: int,
    *,
    tick: Tick | None = None,
    every: float = 5.0,
    ready: Callable[[], object] | None = None,
) -> None:
    """Serve until a signal comes.

    `tick` does the jobs that are due and is called every `every` seconds in a thread of its own; `ready` is
    called once the port is open. Raises WriterBusyError when another process holds the SQLite database and
    PortTakenError when the port is not free; both carry a sentence.
    """
    with sole_writer(), listening_on(host, port) as listening:
        rhythm = None if tick is None else Rhythm(tick, every)
        wsgi = get_wsgi_application()
        express = Express(
            too_slow=_("Het versturen duurde te lang. Probeer het opnieuw; wat je hebt getypt staat er nog.")
        )
        app = House(
            wsgi,
            to=bell,
            conninfo=postgres_conninfo(),
            rhythm=rhythm,
            express=express,
            most_streams=room_for_streams(room_for_connections()),
        )
        server = Server(configuration(app, host, port), to=bell, ready=ready)
        stop_in_peace(server)
        try:
            server.run([listening])
        except KeyboardInterrupt:
            logger.debug("Stopped by hand.")

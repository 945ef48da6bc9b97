"""What goes wrong in a hall: a server that is stopped or dies, and a proxy that holds everything up.

Real processes on real ports.
"""

import asyncio
import os
import sys

import pytest
from django.conf import settings

from bench.broadcast import listen
from bench.processes import Running, free_port
from bench.wire import Browser
from lemniscaat.base.stream import stream_path
from tests.base.proxy import Proxy
from tests.base.ringing import TOPIC

PATIENCE = 20


@pytest.fixture
def start(tmp_path):
    """start(port) -> a running server; all end with the test."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{tmp_path / 'faults.sqlite3'}"
    environment = {"LEMNISCAAT_VAR": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
    running = []

    def begin(port):
        command = [sys.executable, "-m", "tests.base.ringing", str(port)]
        running.append(Running(command, port, env=environment, log=tmp_path / "server.log"))
        return running[-1]

    yield begin
    for server in running:
        server.kill()


def run(story):
    return asyncio.run(asyncio.wait_for(story(), 60))


async def say(port, number, name):
    browser = Browser(port)
    reply = await browser.ask("POST", f"/{number}/{name}")
    browser.close()
    assert reply.status == 200


class Line:
    """One stream, read by hand; `last` is what a browser sends when it comes back."""

    def __init__(self, port, last=None):
        self.port, self.last, self.text = port, last, b""

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        again = f"last-event-id: {self.last}\r\n" if self.last else ""
        self.writer.write(f"GET {stream_path(TOPIC)} HTTP/1.1\r\nhost: x\r\n{again}\r\n".encode())
        return self

    async def __aexit__(self, *_):
        self.writer.close()

    async def until(self, piece):
        async with asyncio.timeout(PATIENCE):
            while piece not in self.text:
                more = await self.reader.read(1000)
                assert more, self.text
                self.text += more
        return self.text


def test_a_thousand_streams_do_not_keep_a_server_from_stopping(start):
    port = free_port()
    server = start(port)

    async def story():
        crowd = await listen(port, stream_path(TOPIC), 1000)
        await crowd.wait("hallo")
        assert crowd.open == 1000
        await say(port, 7, "stap")
        await crowd.wait("stap")
        seconds = await asyncio.to_thread(server.stop)
        await crowd.gone()
        return seconds

    assert run(story) < 5
    assert server.process.returncode == 0


def test_after_a_crash_who_comes_back_is_told_to_look_again(start):
    port = free_port()
    first = start(port)

    async def before():
        async with Line(port) as line:
            await line.until(b"hallo")
            await say(port, 7, "stap")
            await line.until(b"id: 7\nevent: stap\n")
            first.kill()
            assert await line.reader.read() == b""

    async def after():
        async with Line(port, last=7) as line:
            text = await line.until(b"event: opnieuw\n")
            assert b"event: hallo\ndata: 7\n" in text
            await say(port, 9, "stand")
            await line.until(b"id: 9\nevent: stand\n")
        # and a short break costs nothing: only what passed by is told
        await say(port, 10, "stap")
        async with Line(port, last=9) as line:
            text = await line.until(b"id: 10\nevent: stap\n")
            assert b"opnieuw" not in text

    run(before)
    start(port)
    run(after)


def test_behind_a_proxy_that_holds_everything_up_there_is_no_hello(start):
    port = free_port()
    start(port)

    async def story():
        async with Proxy(port) as proxy, Line(proxy.port) as held, Line(port) as direct:
            await direct.until(b"hallo")
            # the server has greeted; the proxy has it, and the page does not
            async with asyncio.timeout(PATIENCE):
                while b"event: hallo\n" not in proxy.held:
                    await asyncio.sleep(0.01)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.1):
                    await held.reader.read(1)
            # an ordinary page does come through, so the page can ask
            await say(proxy.port, 7, "stap")
            await direct.until(b"event: stap\n")

    run(story)

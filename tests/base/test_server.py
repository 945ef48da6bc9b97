"""The whole server on a real port: pages, streams, jobs, and stopping with streams open."""

import asyncio
import socket
import threading

import pytest

from lemniscaat import server as server_file
from lemniscaat.base.bell import Bell
from lemniscaat.base.soon import due
from lemniscaat.base.stream import stream_path
from lemniscaat.server import (
    House,
    PortTakenError,
    Rhythm,
    Server,
    configuration,
    listening_on,
    room_for_connections,
    room_for_streams,
)


def page(environ, start_response):
    body = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {environ.get('REMOTE_ADDR', '')}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def served(story, rhythm=None):
    """Run a story (an async function of a port and a bell) against a server that then is told to stop."""

    async def run():
        bell = Bell(0.001)
        app = House(page, to=bell, rhythm=rhythm)
        ready = asyncio.Event()
        server = Server(configuration(app, "127.0.0.1", 0), to=bell, ready=ready.set)
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            task = asyncio.create_task(server.serve([listening]))
            await ready.wait()
            after = await story(listening.getsockname()[1], bell)
            server.should_exit = True
            await task
            return await after() if after else None

    return asyncio.run(asyncio.wait_for(run(), 20))


async def ask(port, path, method="GET", body=b""):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"%s %s HTTP/1.1\r\nhost: x\r\n" % (method.encode(), path.encode()))
    writer.write(b"content-length: %d\r\n\r\n" % len(body) + body)
    return reader, writer


def test_pages_come_from_django_without_address_or_name_of_the_server():
    async def story(port, bell):
        reader, writer = await ask(port, "/ronde/x")
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        assert b"\r\nserver:" not in head
        body = await reader.read(1000)
        assert body.startswith(b"GET /ronde/x fd")
        assert b"127.0.0.1" not in body
        writer.close()

    served(story)


def test_streams_end_properly_when_the_server_stops():
    async def story(port, bell):
        streams = [await ask(port, stream_path("talk")) for _ in range(5)]
        for reader, _ in streams:
            await reader.readuntil(b"retry: ")
        while "talk" not in bell._topics or len(bell._topics["talk"].ears) < 5:
            await asyncio.sleep(0.001)
        threading.Thread(target=bell.ring, args=("talk", 4, "stand")).start()
        for reader, _ in streams:
            await reader.readuntil(b"id: 4\nevent: stand\ndata: 4\n\n")

        async def after():
            ends = []
            for reader, writer in streams:
                ends.append((await reader.read()).endswith(b"0\r\n\r\n"))
                writer.close()
            return ends

        return after

    assert served(story) == [True] * 5


def test_a_browser_that_leaves_a_stream_is_forgotten():
    async def story(port, bell):
        reader, writer = await ask(port, stream_path("talk"))
        await reader.readuntil(b"retry: ")
        while not (bell._topics.get("talk") and bell._topics["talk"].ears):
            await asyncio.sleep(0.001)
        writer.close()
        while bell._topics["talk"].ears:
            await asyncio.sleep(0.001)

    served(story)


def test_the_tick_goes_on_after_a_fault(monkeypatch, caplog):
    monkeypatch.setattr(server_file, "close_old_connections", lambda: None)
    calls, enough = [], threading.Event()

    def tick():
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("once")
        if len(calls) == 3:
            enough.set()

    async def story(port, bell):
        assert await asyncio.to_thread(enough.wait, 10)

    served(story, Rhythm(tick, 0.001))
    count = len(calls)
    assert count >= 3
    assert "A tick failed" in caplog.text


def test_a_tick_that_is_due_does_not_wait_for_its_minute(monkeypatch):
    monkeypatch.setattr(server_file, "close_old_connections", lambda: None)
    came = threading.Event()

    async def story(port, bell):
        due.set()
        assert await asyncio.to_thread(came.wait, 10)

    served(story, Rhythm(came.set, 600))


def test_there_is_room_for_connections():
    room = room_for_connections()
    assert 50 <= room <= server_file.MOST_CONNECTIONS
    assert room_for_streams(room) < room
    assert room_for_streams(server_file.MOST_CONNECTIONS) >= 3 * 1000


def test_a_port_that_is_taken_is_told_in_a_sentence():
    with listening_on("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"Poort {port} is niet vrij"):
            listening_on("127.0.0.1", port)

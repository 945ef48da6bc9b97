"""The bell and the stream: what is heard, by whom, how often, and what a newcomer gets."""

import asyncio
import os
import threading
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.core import signing
from django.db import connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper

from lemniscaat.base import bell as bell_file
from lemniscaat.base import stream as stream_file
from lemniscaat.base.bell import AGAIN, Bell, Knock, hear_postgres, postgres_conninfo, ring
from lemniscaat.base.stream import ROUTE, Streams, frame, last_event, stream_path, topics_of

PATIENCE = 10


async def news(ear):
    await asyncio.wait_for(ear.wait(), PATIENCE)
    return ear.news()


def live(story, tick=0.001):
    """Run a story (an async function of a bell) on a loop with a bell attached."""

    async def run():
        bell = Bell(tick)
        bell.attach()
        return await asyncio.wait_for(story(bell), PATIENCE)

    return asyncio.run(run())


def test_a_knock_from_another_thread_is_heard():
    async def story(bell):
        with bell.listening("talk") as ear:
            threading.Thread(target=bell.ring, args=("talk", 7, "stand")).start()
            return await news(ear)

    assert live(story) == [Knock(7, "stand")]


def test_only_the_topic_itself_is_heard():
    async def story(bell):
        with bell.listening("mine") as ear, bell.listening("yours") as other:
            bell.ring("mine", 1, "stand")
            got = await news(ear)
            return got, other.news()

    assert live(story) == ([Knock(1, "stand")], [])


def test_a_burst_is_one_wake_up_with_the_latest_of_each_name():
    async def story(bell):
        with bell.listening("talk") as ear:
            bell.ring("talk", 1, "stand")
            await news(ear)  # the first knock after a silence comes at once
            for event in range(2, 500):
                bell.ring("talk", event, "stand" if event % 2 else "stap")
            got = await news(ear)
            while got[-1].event < 499:  # the burst may straddle a tick
                got = await news(ear)
            return got

    assert live(story, tick=0.05) == [Knock(498, "stap"), Knock(499, "stand")]


def test_every_listener_hears_and_who_left_is_forgotten():
    async def story(bell):
        with bell.listening("talk") as one:
            with bell.listening("talk"):
                assert len(bell._topics["talk"].ears) == 2
            assert len(bell._topics["talk"].ears) == 1
            bell.ring("talk", 3, "stand")
            return await news(one)

    assert live(story) == [Knock(3, "stand")]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, []),
        (9, []),
        (5, [Knock(9, "stand")]),
        (0, [Knock(5, "stap"), Knock(9, "stand")]),
        (4, [Knock(0, AGAIN)]),  # not known any more: look at everything
        (99, [Knock(0, AGAIN)]),  # of before a restart
    ],
)
def test_who_comes_back_hears_what_passed_by(last, expected):
    async def story(bell):
        for event, name in [(4, "stap"), (5, "stap"), (9, "stand")]:
            bell.ring("talk", event, name)
        await asyncio.sleep(0.01)
        with bell.listening("talk", last=last) as ear:
            return ear.news()

    assert live(story) == expected


def test_numbers_that_are_committed_out_of_order_are_all_heard():
    async def story(bell):
        with bell.listening("talk") as ear:
            bell.ring("talk", 11, "stand")
            first = await news(ear)
            bell.ring("talk", 10, "stap")
            return first + await news(ear)

    assert live(story) == [Knock(11, "stand"), Knock(10, "stap")]


def test_topics_nobody_listens_to_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(bell_file, "REMEMBERED", 10)

    async def story(bell):
        with bell.listening("kept"):
            for number in range(200):
                bell.ring(f"topic {number}", 1, "stand")
            await asyncio.sleep(0.01)
            return len(bell._topics), "kept" in bell._topics

    count, kept = live(story)
    assert count <= 11
    assert kept


def test_a_knock_without_a_server_is_no_fault():
    Bell().ring("talk", 1, "stand")


def test_closing_wakes_everybody():
    async def story(bell):
        with bell.listening("talk") as ear:
            asyncio.get_running_loop().call_soon(bell.close)
            await ear.wait()
            return bell.closed, ear.news()

    assert live(story) == (True, [])


# --- the stream -------------------------------------------------------------------------------------


def test_an_address_opens_its_own_topic_only():
    path = stream_path("talk 12")
    assert path.startswith(ROUTE)
    token = path.removeprefix(ROUTE)
    assert topics_of(token) == ("talk 12",)
    assert topics_of(token[:-1] + ("a" if token[-1] != "a" else "b")) == ()
    assert topics_of(signing.dumps("talk 12", salt="another door")) == ()
    assert topics_of(signing.dumps(12, salt=stream_file.SALT)) == ()
    assert topics_of(signing.dumps(["a", 12], salt=stream_file.SALT)) == ()
    assert stream_path("x", since=4).endswith("?sinds=4")


def test_an_address_may_open_several_topics():
    assert topics_of(stream_path("a", "b", "a", since=4).removeprefix(ROUTE).partition("?")[0]) == ("a", "b")
    with pytest.raises(ValueError, match="at least one"):
        stream_path()


@pytest.mark.parametrize(
    ("headers", "query", "expected"),
    [
        ([], b"", None),
        ([], b"sinds=12", 12),
        ([(b"last-event-id", b"15")], b"sinds=12", 15),
        ([(b"last-event-id", b"x")], b"", None),
        ([], b"sinds=-1", None),
        ([], b"sinds=" + b"9" * 40, None),
    ],
)
def test_where_the_browser_was(headers, query, expected):
    assert last_event({"headers": headers, "query_string": query}) == expected


def test_a_frame_carries_number_and_name_and_nothing_else():
    assert frame(Knock(5, "stand")) == b"id: 5\nevent: stand\ndata: 5\n\n"
    assert frame(Knock(0, AGAIN)) == b"event: opnieuw\ndata: 0\n\n"


class Listener:
    """A browser on a stream."""

    def __init__(self):
        self.sent, self.arrived, self.left = [], asyncio.Event(), asyncio.Event()

    async def receive(self):
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        self.arrived.set()

    async def until(self, piece):
        while piece not in b"".join(m.get("body", b"") for m in self.sent):
            self.arrived.clear()
            await self.arrived.wait()


def scope_of(path, method="GET", headers=()):
    return {"method": method, "path": path, "headers": list(headers), "query_string": b""}


def open_stream(bell, browser, *topics, streams=None, headers=()):
    scope = scope_of(stream_path(*(topics or ("talk",))), headers=headers)
    return asyncio.create_task((streams or Streams(bell, most=10))(scope, browser.receive, browser.send))


def test_a_stream_says_events_until_the_browser_goes():
    async def story(bell):
        browser = Listener()
        task = open_stream(bell, browser)
        await browser.until(b"retry: ")
        await asyncio.sleep(0)
        bell.ring("talk", 3, "stand")
        await browser.until(b"id: 3\nevent: stand\n")
        browser.left.set()
        await task
        return browser.sent[0]["headers"], len(bell._topics["talk"].ears)

    headers, ears = live(story)
    assert (b"content-type", b"text/event-stream; charset=utf-8") in headers
    assert (b"cache-control", b"no-store") in headers
    assert ears == 0


def test_a_stream_ends_properly_when_the_bell_closes():
    async def story(bell):
        browser = Listener()
        task = open_stream(bell, browser)
        await browser.until(b"retry: ")
        bell.close()
        await task
        return browser.sent[-1]

    assert live(story) == {"type": "http.response.body", "body": b"", "more_body": False}


def test_a_silent_stream_says_that_it_is_there(monkeypatch):
    monkeypatch.setattr(stream_file, "HEARTBEAT", 0.001)

    async def story(bell):
        browser = Listener()
        task = open_stream(bell, browser)
        await browser.until(b"event: hier\ndata: 0\n\nevent: hier\ndata: 0\n\n")
        browser.left.set()
        await task

    live(story)


def test_a_stream_resumes_from_the_last_number():
    async def story(bell):
        for event in (1, 2):
            bell.ring("talk", event, f"stap{event}")
        await asyncio.sleep(0.01)
        browser = Listener()
        task = open_stream(bell, browser, headers=[(b"last-event-id", b"1")])
        await browser.until(b"id: 2\n")
        browser.left.set()
        await task
        return b"".join(m.get("body", b"") for m in browser.sent)

    assert b"id: 1\n" not in live(story)


@pytest.mark.parametrize(("headers", "number"), [([], b"0"), ([(b"last-event-id", b"15")], b"15")])
def test_the_first_words_are_hello_and_from_then_on_everything_is_heard(headers, number):
    async def story(bell):
        browser = Listener()
        task = open_stream(bell, browser, headers=headers)
        await browser.until(b"event: hallo\ndata: " + number + b"\n\n")
        assert len(bell._topics["talk"].ears) == 1
        first = browser.sent[1]["body"]
        browser.left.set()
        await task
        return first

    first = live(story)
    assert first.startswith(b"retry: ")
    assert b"id:" not in first


def test_one_stream_follows_several_topics_and_no_other():
    async def story(bell):
        browser = Listener()
        task = open_stream(bell, browser, "talk", "table 3")
        await browser.until(b"hallo")
        bell.ring("table 4", 1, "stand")
        bell.ring("talk", 2, "stap")
        bell.ring("table 3", 3, "stand")
        await browser.until(b"id: 2\nevent: stap\n")
        await browser.until(b"id: 3\nevent: stand\n")
        browser.left.set()
        await task
        ears = [len(bell._topics[name].ears) for name in ("talk", "table 3")]
        return b"id: 1\n" in b"".join(m.get("body", b"") for m in browser.sent), ears

    assert live(story) == (False, [0, 0])


@pytest.mark.parametrize("last", [2, 3])
def test_who_follows_several_topics_resumes_in_all_of_them(last):
    async def story(bell):
        for topic, event in [("a", 1), ("a", 2), ("b", 3), ("a", 4), ("b", 5)]:
            bell.ring(topic, event, f"naam{event}")
        await asyncio.sleep(0.01)
        with bell.listening("a", "b", last=last) as ear:
            return [knock.event for knock in ear.news()]

    assert live(story) == [3, 4, 5][last - 2 :]


def test_streams_leave_room_for_pages():
    async def story(bell):
        streams, first, second, third = Streams(bell, most=1), Listener(), Listener(), Listener()
        one = open_stream(bell, first, streams=streams)
        await first.until(b"hallo")
        await open_stream(bell, second, streams=streams)
        first.left.set()
        await one
        open_stream(bell, third, streams=streams)
        await third.until(b"hallo")
        third.left.set()
        return second.sent[0]

    refused = live(story)
    headers = dict(refused["headers"])
    assert refused["status"] == 503
    assert 30 <= int(headers[b"retry-after"]) <= 90
    assert headers[b"connection"] == b"close"


@pytest.mark.parametrize(("token", "method"), [("nonsense", "GET"), (None, "POST")])
def test_no_stream_without_a_signature(token, method):
    async def story(bell):
        browser = Listener()
        path = ROUTE + token if token else stream_path("talk")
        await Streams(bell, most=10)(scope_of(path, method), browser.receive, browser.send)
        return browser.sent[0]["status"]

    assert live(story) == 404


# --- ringing in a transaction -----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor == 'postgresql'")
def test_it_sounds_on_commit_and_not_on_rollback(monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setattr(bell_file.bell, "ring", lambda *knock: heard.append(knock))
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            ring("talk", 1, "stand")
            transaction.set_rollback(True)
        ring("talk", 2, "stand")
        assert heard == []
    assert heard == [("talk", 2, "stand")]


@pytest.fixture
def postgres(django_db_blocker):
    """A connection of Django's to the PostgreSQL of the tests."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("no PostgreSQL")
    parts = urlsplit(url)
    settings = {
        **connection.settings_dict,
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": {},
        "AUTOCOMMIT": True,
    }
    with django_db_blocker.unblock():
        wrapper = DatabaseWrapper(settings, alias="postgres")
        try:
            wrapper.ensure_connection()
        except Exception:
            pytest.skip("PostgreSQL does not answer")
        yield wrapper
        wrapper.close()


def test_postgres_rings_every_process_on_commit(postgres, monkeypatch):
    monkeypatch.setattr(bell_file, "connections", {"default": postgres})
    monkeypatch.setattr(bell_file, "CHANNEL", f"lemniscaat_{os.getpid()}")

    def act():
        # no Django atomic here: the wrapper is not among the configured connections
        postgres.set_autocommit(False)
        ring("talk", 1, "undone")
        postgres.rollback()
        ring("talk", 2, "stand")
        postgres.commit()
        postgres.set_autocommit(True)

    async def story(bell):
        task = asyncio.create_task(hear_postgres(bell, postgres_conninfo()))
        with bell.listening("talk") as ear:
            first = await news(ear)  # connected: look at everything once
            await asyncio.to_thread(act)
            second = await news(ear)
        task.cancel()
        return first, second

    postgres.inc_thread_sharing()
    assert live(story) == ([Knock(0, AGAIN)], [Knock(2, "stand")])


def test_a_broken_line_to_postgres_is_mended_and_told(postgres, monkeypatch, caplog):
    monkeypatch.setattr(bell_file, "connections", {"default": postgres})
    monkeypatch.setattr(bell_file, "CHANNEL", f"lemniscaat_{os.getpid()}")
    conninfo = psycopg.conninfo.make_conninfo(postgres_conninfo(), application_name=f"ear {os.getpid()}")

    async def story(bell):
        task = asyncio.create_task(hear_postgres(bell, conninfo))
        with bell.listening("talk") as ear:
            await news(ear)
            async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as other:
                await other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = %s AND pid <> pg_backend_pid()",
                    [f"ear {os.getpid()}"],
                )
            again = await news(ear)
        task.cancel()
        return again

    assert live(story) == [Knock(0, AGAIN)]

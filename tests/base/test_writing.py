"""Writing in turn, the lock beside the database, and how often somebody may try."""

import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection, connections
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat import settings as house
from lemniscaat.base import writing as writing_file
from lemniscaat.base.limits import Limits, Rate, disguise
from lemniscaat.base.writing import FairLock, WriterBusyError, sole_writer, writer_lock, writing


@pytest.fixture
def side(tmp_path, django_db_blocker):
    """A second database: a real SQLite file with the settings of the house, that never waits by itself."""
    configured = house._database(f"sqlite:///{tmp_path / 'side.sqlite3'}")
    configured["OPTIONS"] = {**configured["OPTIONS"], "timeout": 0}
    connections.settings["side"] = {**connection.settings_dict, **configured, "ATOMIC_REQUESTS": False}
    with django_db_blocker.unblock():
        with connections["side"].cursor() as cursor:
            cursor.execute("CREATE TABLE counter (n integer)")
            cursor.execute("INSERT INTO counter VALUES (0)")
        yield "side"
        connections["side"].close()
    del connections["side"]
    del connections.settings["side"]


def count(alias):
    with connections[alias].cursor() as cursor:
        return cursor.execute("SELECT n FROM counter").fetchone()[0]


def in_threads(number, work):
    faults = []

    def guarded():
        try:
            work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections["side"].close()

    threads = [threading.Thread(target=guarded) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return faults


def test_writers_take_turns_and_nothing_is_lost(side):
    def work():
        for _ in range(10):
            with writing(side), connections[side].cursor() as cursor:
                n = cursor.execute("SELECT n FROM counter").fetchone()[0]
                cursor.execute("UPDATE counter SET n = %s", [n + 1])

    assert in_threads(8, work) == []
    assert count(side) == 80


def test_a_fault_undoes_and_lets_the_next_one_in(side):
    def fail():
        with writing(side), connections[side].cursor() as cursor:
            cursor.execute("UPDATE counter SET n = 5")
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not writing_file._turn._held
    assert count(side) == 0


def test_writing_inside_writing_is_one_transaction(side):
    with writing(side):
        with writing(side), connections[side].cursor() as cursor:
            cursor.execute("UPDATE counter SET n = 1")
        assert connections[side].in_atomic_block
    assert count(side) == 1


def test_the_lock_goes_to_who_asked_first():
    lock, order, started = FairLock(), [], threading.Semaphore(0)
    threads = []

    def wait(number):
        started.release()
        with lock:
            order.append(number)

    with lock:
        for number in range(12):
            thread = threading.Thread(target=wait, args=(number,))
            thread.start()
            threads.append(thread)
            started.acquire()
            while len(lock._waiting) <= number:
                pass
    for thread in threads:
        thread.join(10)
    assert order == list(range(12))
    assert not lock._held


def test_postgres_needs_no_turn(monkeypatch):
    class Elsewhere:
        vendor = "postgresql"

    monkeypatch.setattr(writing_file, "connections", {"default": Elsewhere()})
    with sole_writer(), sole_writer():
        pass


def test_a_second_writer_is_told_in_a_sentence(tmp_path):
    database = tmp_path / "a.sqlite3"
    with writer_lock(database):
        with pytest.raises(WriterBusyError, match="al een Lemniscaat bezig"), writer_lock(database):
            pass
        with writer_lock(tmp_path / "b.sqlite3"):
            pass
    with writer_lock(database):
        pass


@pytest.mark.parametrize("name", [":memory:", "file:memorydb_default?mode=memory&cache=shared"])
def test_a_database_in_memory_needs_no_file(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with writer_lock(name), writer_lock(name):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_killed_writer_leaves_no_lock_behind(tmp_path):
    database = tmp_path / "a.sqlite3"
    holder = (
        "import sys, fcntl; f = open(sys.argv[1] + '.lock', 'a'); fcntl.flock(f, fcntl.LOCK_EX);"
        " print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(WriterBusyError), writer_lock(database):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with writer_lock(database):
        pass


def test_the_house_settings_keep_what_is_deleted_from_staying(side):
    with connections[side].cursor() as cursor:
        pragma = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "secure_delete", "foreign_keys")
        }
    assert pragma == {"journal_mode": "wal", "secure_delete": 1, "foreign_keys": 1}


# --- limits -----------------------------------------------------------------------------------------


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def test_tries_run_out_and_come_back():
    clock = Clock()
    limits, rate = Limits(clock=clock), Rate(burst=3, seconds=10)
    assert [limits.allow("code", "someone", rate) for _ in range(5)] == [True, True, True, False, False]
    assert limits.allow("code", "another", rate)
    assert limits.allow("mail", "someone", rate)
    clock.now += 10
    assert [limits.allow("code", "someone", rate) for _ in range(2)] == [True, False]
    clock.now += 1000
    assert [limits.allow("code", "someone", rate) for _ in range(4)] == [True, True, True, False]
    limits.forget("code", "someone")
    assert limits.allow("code", "someone", rate)


def test_a_right_answer_gives_back_its_own_try():
    clock = Clock()
    limits, rate = Limits(clock=clock), Rate(burst=3, seconds=10)
    for _right in range(50):
        assert limits.allow("code", "school", rate)
        limits.give_back("code", "school", rate)
    assert [limits.allow("code", "school", rate) for _ in range(4)] == [True, True, True, False]
    limits.give_back("code", "another", rate)
    assert not limits.allow("code", "school", rate)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 1.0, 10.0, 25.0])), max_size=60))
def test_right_answers_between_guesses_buy_no_guesses(tries):
    """However many right codes somebody knows: the wrong ones he tries stay within the burst and the time."""
    clock = Clock()
    limits, rate = Limits(clock=clock), Rate(burst=4, seconds=10)
    began, guessed = clock.now, 0
    for right, wait in tries:
        clock.now += wait
        if limits.allow("code", "school", rate):
            if right:
                limits.give_back("code", "school", rate)
            else:
                guessed += 1
        assert guessed <= rate.burst + (clock.now - began) / rate.seconds


def test_buckets_name_nobody_and_do_not_pile_up():
    limits = Limits(size=50)
    for number in range(200):
        limits.allow("code", f"192.0.2.{number}", Rate(3, 10))
    assert len(limits._buckets) == 50
    assert all(isinstance(key, bytes) and b"192.0.2" not in key for key in limits._buckets)


def test_a_disguised_address_is_steady_and_not_the_address():
    made_up = disguise(b"secret")
    assert made_up("192.0.2.7") == made_up("192.0.2.7") != made_up("192.0.2.8")
    assert made_up("192.0.2.7").startswith("fd")
    assert disguise(b"other")("192.0.2.7") != made_up("192.0.2.7")
    assert made_up("2001:db8::1") == made_up("2001:db8::ffff") != made_up("2001:db8:0:1::1")
    assert made_up("a socket").startswith("fd")

"""Fixtures for all rooms."""

import fcntl
import gc
import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from pytest_django import DjangoDbBlocker

from lemniscaat.base import clock
from tests import cast, kept
from tests.chance import tries
from tests.collection.post import Office, standing

HERE = Path(__file__).parents[1]


@pytest.fixture
def world(db: None) -> cast.World:
    """De Brug and De Overkant."""
    return kept.world()


@pytest.fixture
def office() -> Iterator[Office]:
    """A post office that keeps what the house sends."""
    with standing() as made:
        yield made


@pytest.fixture(autouse=True)
def _real_calendar() -> None:
    clock.move_to(0)


def _migrate(url: str, var: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "LEMNISCAAT_VAR": str(var)}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=HERE, env=environment, check=True)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills: by whichever worker comes first, while the others wait for it."""
    workers = "PYTEST_XDIST_WORKER" in os.environ
    base = factory.getbasetemp().parent if workers else factory.getbasetemp()
    folder, ready = base / name, base / f"{name}-ready"
    with (base / f"{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            folder.mkdir()
            make(folder)
            ready.touch()
    return folder


@pytest.fixture(scope="session")
def empty_sqlite(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> bytes:
    """The file of a database with every table and nobody in it."""
    if connection.vendor != "sqlite":
        pytest.skip("about the files of SQLite")
    file = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(file)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    return file.read_bytes()


@pytest.fixture(scope="session")
def _empty_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    given = os.environ.get("TEST_DATABASE_URL", "")
    if not given.startswith("postgres"):
        pytest.skip("TEST_DATABASE_URL names no PostgreSQL")
    name = f"lemniscaat_empty_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        _migrate(f"{given.rpartition('/')[0]}/{name}", tmp_path_factory.mktemp("empty"))
        yield given, name
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def postgres(_empty_postgres: tuple[str, str]) -> Iterator[str]:
    """A database of its own beside the one that the tests may use, with every table and nobody in it."""
    given, empty = _empty_postgres
    name = f"lemniscaat_dump_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{empty}"')
        yield f"{given.rpartition('/')[0]}/{name}"
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def pytest_configure() -> None:
    """A property is tried a third as often as in the deep run. What would take time and prove nothing is left out:
    every new client looking through all static files, and a search for what may be thrown away after every few
    hundred objects."""
    # a machine that does much else at the same time is no fault
    # how hard it was to think up examples says nothing of the house
    hard = [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large]
    hypothesis.settings.register_profile(
        "daily", max_examples=tries(35, 100), deadline=None, suppress_health_check=hard
    )
    hypothesis.settings.load_profile("daily")
    settings.WHITENOISE_AUTOREFRESH = True
    gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever touches the database is run on PostgreSQL as well: `-m db`. `once`: pages that take long to draw and
    ask the database nothing that others do not."""
    for item in items:
        if "empty_sqlite" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)
            item.add_marker(pytest.mark.once)
        if item.get_closest_marker("once"):
            continue
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "world"}:
            item.add_marker(pytest.mark.db)

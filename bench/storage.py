"""What lies in the database in the end, and a database of one's own on PostgreSQL."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

ROWS = "SELECT count(r.id) FROM collection_round t LEFT JOIN collection_response r ON r.round_id = t.id GROUP BY t.id ORDER BY t.id"


def in_rounds(folder: Path, database: str = "") -> list[int]:
    """How many answers each round has, in the order in which the rounds were opened."""
    if database:
        with psycopg.connect(database) as connection:
            return [row[0] for row in connection.execute(ROWS)]
    with closing(sqlite3.connect(folder / "bench.sqlite3")) as file:
        return [row[0] for row in file.execute(ROWS)]


def answers(url: str) -> bool:
    """Whether a PostgreSQL answers at this address."""
    if not url.startswith("postgres"):
        return False
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@contextmanager
def own_database(url: str) -> Iterator[str]:
    """A database beside the one of the tests, for the length of a block."""
    name = f"lemniscaat_bench_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

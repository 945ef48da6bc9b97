"""All that the benchmark knows of the product: how it starts, how a round opens, where answers are kept."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.processes import Running

# the durability of the default set-up, for the measuring rod
SYNCHRONOUS = "NORMAL" if os.environ.get("SQLITE_FULL", "").lower() in {"0", "false", "no", "off"} else "FULL"


@dataclass
class Prepared:
    """A database with an open round: the path where it starts, those of its one-page sheet, and facts about it."""

    start: str
    paths: list[str]
    facts: dict[str, Any] = field(default_factory=dict)


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """The default set-up, with its database in a folder of its own; or on the database of an address."""
    return {
        "LEMNISCAAT_VAR": str(folder),
        "DATABASE_URL": database or f"sqlite:///{folder / 'bench.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lemniscaat.settings",
        "SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
        "LEMNISCAAT_DEMO": "0",
    }


def in_process(module: str, folder: Path, *words: str, patience: float) -> dict[str, float]:
    """What a module prints as JSON in its last line, run on a database in this folder in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env={**os.environ, **environment(folder)},
        stdout=subprocess.PIPE,
        timeout=patience,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout.decode().strip().splitlines()[-1])
    return found


def prepare(folder: Path) -> Prepared:
    """Make the database and open a round in it, in another process."""
    return made_by(["bench.prepare", str(folder / "sheets.txt")], environment(folder))


def prepare_hall(folder: Path, database: str = "") -> Prepared:
    """Make the database and a talk for a hall in it, in another process."""
    return made_by(["bench.prepare_hall"], environment(folder, database))


def made_by(words: list[str], env: dict[str, str]) -> Prepared:
    """What a module of ours says that it prepared."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        timeout=120,
        check=True,
    )
    return Prepared(**json.loads(done.stdout.decode().strip().splitlines()[-1]))


def start(folder: Path, port: int, database: str = "") -> Running:
    """The product's own server, as its command starts it."""
    command = [sys.executable, "-m", "lemniscaat.cli.main", "serve", "--port", str(port)]
    return Running(command, port, env=environment(folder, database), log=folder / "server.log")


@contextmanager
def serving(folder: Path, port: int, database: str = "") -> Iterator[Running]:
    """The product's server for the length of a block."""
    server = start(folder, port, database)
    try:
        yield server
    finally:
        server.stop()


def stored_markers(folder: Path) -> set[str]:
    """The markers of all stored answers: the first word of their first text."""
    with sqlite3.connect(folder / "bench.sqlite3") as connection:
        rows = connection.execute("SELECT answers FROM collection_response").fetchall()
    found = set()
    for (answers,) in rows:
        for answer in json.loads(answers).values():
            value = answer.get("v")
            if isinstance(value, str) and " " in value:
                found.add(value.split(" ", 1)[0])
    return found

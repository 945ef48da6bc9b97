"""`lemniscaat backup|restore`: one copy out, one copy in, erasures applied again."""

import argparse
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, connections

from lemniscaat.base.writing import sole_writer
from lemniscaat.cli.refusal import Refusal, command
from lemniscaat.collection.scrub import scrub_all
from lemniscaat.datapoints.indexing import index_all
from lemniscaat.people.erasure import apply_erasures


def add(commands: Any) -> None:
    """Hang the subcommands on the parser."""
    saving = command(
        commands, "backup", help="Maak een kopie van alles.", example="lemniscaat backup kopie.sqlite3"
    )
    saving.add_argument("target", type=Path)
    saving.set_defaults(run=_backup)
    putting = command(
        commands, "restore", help="Zet een kopie terug.", example="lemniscaat restore kopie.sqlite3"
    )
    putting.add_argument("source", type=Path)
    putting.set_defaults(run=_restore)
    finding = command(
        commands, "index", help="Maak alles wat we weten opnieuw vindbaar.", example="lemniscaat index"
    )
    finding.set_defaults(run=_index)


def _index(_chosen: argparse.Namespace) -> None:
    with sole_writer():
        found = index_all()
    print(f"{found} datapunten zijn weer te vinden op hun woorden.")


def _backup(chosen: argparse.Namespace) -> None:
    if chosen.target.exists():
        raise Refusal(f"{chosen.target} bestaat al. Kies een andere naam; er is niets overschreven.")
    chosen.target.parent.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        # reading is safe beside a running server; VACUUM INTO writes the rows anew, in key order
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(chosen.target)])
    else:
        scrub_all()
        _run("pg_dump", "--format=custom", "--no-owner", "--file", str(chosen.target), *_postgres())
    print(f"Kopie gemaakt: {chosen.target} ({chosen.target.stat().st_size // 1024} kB).")


def _restore(chosen: argparse.Namespace) -> None:
    if not chosen.source.exists():
        raise Refusal(f"{chosen.source} bestaat niet. Geef het pad van een kopie.")
    if connection.vendor == "sqlite":
        _restore_file(chosen.source, Path(str(connection.settings_dict["NAME"])))
    else:
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", *_postgres(), str(chosen.source))
    call_command("migrate", verbosity=0)
    again = apply_erasures()
    print(f"Teruggezet. {again} keer is iemand opnieuw gewist." if again else "Teruggezet.")


def _restore_file(source: Path, target: Path) -> None:
    with sole_writer():
        try:
            with sqlite3.connect(f"file:{source}?mode=ro", uri=True) as copy:
                sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
                ours = copy.execute("SELECT 1 FROM sqlite_master WHERE name='collection_round'").fetchone()
        except sqlite3.DatabaseError as error:
            raise Refusal(f"{source} is geen kopie die wij kunnen lezen. Er is niets veranderd.") from error
        if not sound or not ours:
            raise Refusal(f"{source} is beschadigd of van een ander programma. Er is niets veranderd.")
        connections.close_all()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.copy2(target, target.with_suffix(".voor-terugzetten"))
        for rest in ("-wal", "-shm"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        shutil.copy2(source, target)


def _postgres() -> list[str]:
    here = connection.settings_dict
    flags = {
        "--host": here["HOST"],
        "--port": here["PORT"],
        "--username": here["USER"],
        "--dbname": here["NAME"],
    }
    return [part for flag, value in flags.items() if value for part in (flag, str(value))]


def _run(program: str, *arguments: str) -> None:
    if shutil.which(program) is None:
        raise Refusal(f"{program} ontbreekt. Installeer het pakket postgresql-client.")
    environment = {
        "PGPASSWORD": str(connection.settings_dict["PASSWORD"]),
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"{program} zei nee: {done.stderr.strip()[:300]}")

"""Somebody takes the files of the database after an anonymous round, and knows who answered in which order.

Nothing in them may join a person with what he wrote: no key, order, place on the disk, moment or address.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

HERE = Path(__file__).parents[2]
WORLD = "tests.collection.dump_world"
# thirty ranks in random order stay well inside this; a planted order gives 1.0
BOUND = 0.72
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
LOOSE_ENDS = {"collection_receipt", "collection_draft"}
PARTS_OF_ANSWERING = {
    "collection_response",
    "collection_invitation",
    "collection_segment",
    "collection_freetext",
}


@dataclass
class Dump:
    """All that lies on the disk: rows in the order in which they lie, and raw files."""

    seen: list[dict[str, Any]]
    tables: dict[str, list[dict[str, Any]]]
    files: dict[str, bytes]
    logs: str
    system: dict[str, list[str]] = field(default_factory=dict)

    def rows_with_marks(self) -> Iterator[tuple[str, int, dict[str, Any], str]]:
        """(table, place, row, mark) for every row that holds what somebody wrote."""
        marks = [one["mark"] for one in self.seen]
        for table, rows in self.tables.items():
            for place, row in enumerate(rows):
                text = json.dumps(row, default=str)
                for mark in marks:
                    if mark in text:
                        yield table, place, row, mark


def run_world(tmp_path: Path, url: str, fault: str, world: str) -> tuple[list[dict[str, Any]], str]:
    """The round in a process of its own; what the witness knows, and what was logged."""
    witness = tmp_path / "witness.json"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "LEMNISCAAT_VAR": str(tmp_path / "var"),
        "SECRET_KEY": "dump",
    }
    environment.pop("TEST_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", world, str(witness), fault],
        cwd=HERE, env=environment, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(witness.read_text()), done.stdout + done.stderr


def sqlite_dump(tmp_path: Path, empty: bytes, fault: str = "", world: str = WORLD) -> Dump:
    (tmp_path / "var").mkdir()
    path = tmp_path / "var" / "house.sqlite3"
    path.write_bytes(empty)
    seen, logs = run_world(tmp_path, f"sqlite:///{path}", fault, world)
    files = {
        str(p.relative_to(tmp_path)): p.read_bytes()
        for p in sorted((tmp_path / "var").rglob("*"))
        if p.is_file()
    }
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = {
        # a scan in the order of the hidden row number: the order in which rows lie
        name: [
            dict(row)
            for row in connection.execute(
                f'SELECT rowid AS "_rowid", * FROM "{name}" NOT INDEXED ORDER BY rowid'
            )
        ]
        for name in names
    }
    files["dump.sql"] = "\n".join(connection.iterdump()).encode()
    connection.close()
    return Dump(seen, tables, files, logs)


def spearman(pairs: list[tuple[Any, Any]]) -> float:
    """Rank correlation of two columns; 0 where one of them says nothing."""
    columns = [[pair[i] for pair in pairs] for i in (0, 1)]
    ranks = []
    for column in columns:
        known = sorted(set(column))
        if len(known) < 3:
            return 0.0
        first = {value: known.index(value) for value in known}
        ranks.append([first[value] for value in column])
    mean = [sum(rank) / len(rank) for rank in ranks]
    top = sum((a - mean[0]) * (b - mean[1]) for a, b in zip(*ranks, strict=True))
    low = [sum((a - mean[i]) ** 2 for a in ranks[i]) for i in (0, 1)]
    return float(top / (low[0] * low[1]) ** 0.5)


def order_told(dump: Dump) -> list[str]:
    """Everything whose order is that of answering: places on the disk and columns, of content and of people."""
    columns: dict[str, list[tuple[Any, int]]] = {}
    for name, value, when in [*_of_content(dump), *_of_people(dump), *_of_bytes(dump)]:
        columns.setdefault(name, []).append((value, when))
    enough = len(dump.seen) // 2
    return [n for n, pairs in columns.items() if len(pairs) >= enough and abs(spearman(pairs)) > BOUND]


def _of_content(dump: Dump) -> Iterator[tuple[str, Any, int]]:
    """(column, value, when answered) for rows with content."""
    when = {one["mark"]: place for place, one in enumerate(dump.seen)}
    for table, place, row, mark in dump.rows_with_marks():
        yield f"{table}: place", place, when[mark]
        yield from ((f"{table}.{c}", v, when[mark]) for c, v in row.items() if isinstance(v, int))


def _of_people(dump: Dump) -> Iterator[tuple[str, Any, int]]:
    """The same for invitations."""
    when = {one["person"]: place for place, one in enumerate(dump.seen)}
    for place, row in enumerate(dump.tables["collection_invitation"]):
        if row["person_id"] in when:
            yield "invitation: place", place, when[row["person_id"]]
            told = {c: v for c, v in row.items() if c != "person_id" and isinstance(v, int | str)}
            yield from ((f"invitation.{c}", v, when[row["person_id"]]) for c, v in told.items())


def _of_bytes(dump: Dump) -> Iterator[tuple[str, Any, int]]:
    """Where in each file the words of each participant stand."""
    for name, raw in dump.files.items():
        for place, one in enumerate(dump.seen):
            at = raw.find(one["mark"].encode())
            if at >= 0:
                yield f"bytes of {name}", at, place


def joined(dump: Dump) -> list[str]:
    """Everything of a person that lies in a row with content, or the other way round, or a value that both share."""
    found = []
    personal = ("email", "name", "token", "stored", "address", "browser")
    content: dict[str, set[str]] = {}
    for table, _, row, mark in dump.rows_with_marks():
        text = json.dumps(row, default=str)
        found += [f"{table}: {one[key]}" for one in dump.seen for key in personal if str(one[key]) in text]
        content.setdefault(table, set()).update(f"{c}={v}" for c, v in row.items() if mark in str(v))
    known = {
        value for table in content for row in dump.tables[table] for value in _rare(dump.tables[table], row)
    }
    for table, rows in dump.tables.items():
        if table in content:
            continue
        for row in rows:
            found += [f"{table}.{c} shares {v}" for c, v in row.items() if str(v) in known]
    return found


def _rare(rows: list[dict[str, Any]], row: dict[str, Any]) -> set[str]:
    """The values in a row that few other rows of its table have: fewer than ten point to somebody."""
    counts = {
        c: Counter(str(other[c]) for other in rows) for c in row if c not in {"_rowid", "_ctid", "_xmin"}
    }
    return {str(v) for c, v in row.items() if c in counts and counts[c][str(v)] < 2 and len(str(v)) > 8}


def left_behind(dump: Dump) -> list[str]:
    """What should be nowhere any more: addresses, browsers, tokens, sheets under way; moments beside answers."""
    gone = ("address", "browser", "token", "stored", "receipt")
    found = []
    for name, raw in {**dump.files, "log": dump.logs.encode()}.items():
        found += [
            f"{name}: {key} {one[key]}" for one in dump.seen for key in gone if one[key].encode() in raw
        ]
    found += [f"{table} is not empty" for table in LOOSE_ENDS if dump.tables[table]]
    for table in PARTS_OF_ANSWERING:
        found += [
            f"{table} has a moment"
            for row in dump.tables[table]
            if MOMENT.search(json.dumps(row, default=str))
        ]
    found += [f"{name} is not empty" for name, raw in dump.files.items() if name.endswith("-wal") and raw]
    found += [
        f"{table} kept several transactions" for table, xmins in dump.system.items() if len(set(xmins)) > 1
    ]
    return found


def reminder_told(dump: Dump) -> list[str]:
    """Everything that is otherwise for who got a reminder than for who had answered: rows, values, places."""
    early = {one["person"] for one in dump.seen if one["early"]}
    invited = {row["person_id"] for row in dump.tables["collection_invitation"]}
    of = {row["email"]: row["id"] for row in dump.tables["people_person"]} | {one: one for one in invited}
    values: dict[str, dict[int, list[Any]]] = {}
    for table, rows in dump.tables.items():
        for place, row in enumerate(rows):
            who = of.get(row.get("to", row.get("person_id")))
            if who in invited:
                told = {**row, "place": place, "rows": 1}
                for column, value in told.items():
                    values.setdefault(f"{table}.{column}", {}).setdefault(who, []).append(value)
    return [name for name, known in values.items() if _apart(known, early, invited - early)]


def _apart(known: dict[int, list[Any]], early: set[int], late: set[int]) -> bool:
    """Whether a column parts two groups: by how often it is there, by a value, or by its order."""

    def share(group: set[int], fits: Callable[[list[Any]], bool]) -> float:
        return sum(fits(known.get(one, [])) for one in group) / len(group)

    whole = [[repr(sorted(map(str, all_)))] for all_ in known.values()]
    tests = [lambda got, n=n: len(got) == n for n in range(4)]
    tests += [lambda got, v=v: repr(sorted(map(str, got))) == v for v in {one[0] for one in whole}]
    if any(abs(share(early, fits) - share(late, fits)) > 0.6 for fits in tests):
        return True
    numbers = {one: got[0] for one, got in known.items() if len(got) == 1 and isinstance(got[0], int)}
    pairs = [(numbers[a], numbers[b]) for a in early for b in late if a in numbers and b in numbers]
    before = sum(a < b for a, b in pairs) + sum(a == b for a, b in pairs) / 2
    return len(pairs) > 100 and not 0.13 < before / len(pairs) < 0.87


def check_people(dump: Dump) -> None:
    assert len(dump.seen) == 30
    assert len(dump.tables["collection_response"]) == 30
    shared = Counter(row["segment_id"] for row in dump.tables["collection_invitation"])
    assert min(shared.values()) >= 10
    marked = {mark for _, _, _, mark in dump.rows_with_marks()}
    assert len(marked) == 30, "the test must see the content, or it proves nothing"


def test_the_files_of_sqlite_tell_nobody(tmp_path: Path, empty_sqlite: bytes) -> None:
    dump = sqlite_dump(tmp_path, empty_sqlite)
    check_people(dump)
    assert order_told(dump) == []
    assert joined(dump) == []
    assert left_behind(dump) == []
    assert reminder_told(dump) == []
    assert {row["reminders"] for row in dump.tables["collection_invitation"]} == {1}


@pytest.mark.deep
@pytest.mark.parametrize("fault", ["counted", "unscrubbed", "signed", "listed", "marked"])
def test_a_planted_fault_is_found(tmp_path: Path, empty_sqlite: bytes, fault: str) -> None:
    dump = sqlite_dump(tmp_path, empty_sqlite, fault)
    found = {
        "counted": order_told(dump),
        "unscrubbed": left_behind(dump),
        "signed": joined(dump) + left_behind(dump),
        "listed": [told for told in reminder_told(dump) if told.startswith("people_outgoingmail")],
        "marked": [
            told for told in reminder_told(dump) if told.startswith("collection_invitation.reminders")
        ],
    }
    assert found[fault]


def postgres_dump(tmp_path: Path, url: str, fault: str = "", world: str = WORLD) -> Dump:
    """Every table as COPY reads it: in the order in which it lies, with the columns PostgreSQL keeps for itself."""
    (tmp_path / "var").mkdir()
    seen, logs = run_world(tmp_path, url, fault, world)
    tables: dict[str, list[dict[str, Any]]] = {}
    system: dict[str, list[str]] = {}
    with psycopg.connect(url) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        for name in names:
            query = f'COPY (SELECT to_json(t), t.ctid::text, t.xmin::text FROM "{name}" t) TO STDOUT'
            with connection.cursor().copy(query) as copy:
                copy.set_types(["json", "text", "text"])
                rows = list(copy.rows())
            tables[name] = [{**row[0], "_xmin": int(row[2])} for row in rows]
            if name in PARTS_OF_ANSWERING:
                system[name] = [row[2] for row in rows]
    files = {f"{name}.copy": json.dumps(rows).encode() for name, rows in tables.items()}
    return Dump(seen, tables, files, logs, system)


@pytest.mark.deep
def test_the_tables_of_postgresql_tell_nobody(tmp_path: Path, postgres: str) -> None:
    dump = postgres_dump(tmp_path, postgres)
    check_people(dump)
    assert order_told(dump) == []
    assert joined(dump) == []
    assert left_behind(dump) == []
    assert reminder_told(dump) == []


@pytest.mark.deep
def test_postgresql_tells_when_nothing_is_scrubbed(tmp_path: Path, postgres: str) -> None:
    dump = postgres_dump(tmp_path, postgres, "unscrubbed")
    assert "collection_response: place" in order_told(dump)
    assert left_behind(dump)

"""Somebody takes the files after a talk in a hall, with the server's key, and knows who sat where and answered when.

Nothing may join a seat with a sheet: no key, no hash, no order, no place on the disk; not with votes that changed.
"""

import json
from pathlib import Path

import pytest

from lemniscaat.base.keys import fingerprint
from lemniscaat.collection.codes import number_of
from tests.collection.dump_hall import SEATS
from tests.collection.test_dump import BOUND, MOMENT, Dump, postgres_dump, spearman, sqlite_dump

WORLD = "tests.collection.dump_hall"
SHEETS = "collection_response"
SECRET = "dump"


def sheets(dump: Dump) -> dict[str, tuple[int, dict[str, object]]]:
    """Of each mark the place of its sheet, and the sheet."""
    marks = {one["mark"] for one in dump.seen}
    found = {}
    for place, row in enumerate(dump.tables[SHEETS]):
        found |= {mark: (place, row) for mark in marks if mark in json.dumps(row, default=str)}
    return found


def order_told(dump: Dump) -> list[str]:
    """What lies in the order of sitting down: the keys and places of sheets, and bytes in any file."""
    found, when = sheets(dump), {one["mark"]: one["place"] for one in dump.seen}
    told = []
    for name in ("id", "_rowid", "_xmin"):
        pairs = [(row[name], when[mark]) for mark, (_, row) in found.items() if name in row]
        told += [name] if pairs and abs(spearman(pairs)) > BOUND else []
    places = [(place, when[mark]) for mark, (place, _) in found.items()]
    told += ["place"] if abs(spearman(places)) > BOUND else []
    for name, raw in dump.files.items():
        at = [(where, when[mark]) for mark in when if (where := raw.find(mark.encode())) >= 0]
        told += [name] if len(at) > 15 and abs(spearman(at)) > BOUND else []
    return told


def joined(dump: Dump) -> list[str]:
    """Every way from a seat to a sheet: a shared value, or a key made of what is in the tables with the server's key."""
    hashes = [str(row["token"]) for row in dump.tables[SEATS]]
    rows = dump.tables[SHEETS]
    texts = [json.dumps(row, default=str) for row in rows]
    told = [f"{SHEETS} holds {one}" for one in hashes if any(one in text for text in texts)]
    keys = {row["id"] for row in rows}
    names = {
        f"hall sheet {row['round_id']} {made['key']} {made['return_code']} "
        for row in rows
        for made in dump.tables["collection_round"]
        if made["id"] == row["round_id"]
    }
    for one in hashes:
        made = [one, *(fingerprint(secret=SECRET, text=f"{name}{one}") for name in names)]
        told += [f"a key of {one}" for text in made if number_of(text) in keys]
    return told


def left_behind(dump: Dump) -> list[str]:
    """Tokens, keys that a device could make, votes that were changed; moments beside answers, several transactions."""
    changed = [f"merk{place:03}woord" for place in range(0, 30, 2)]
    keys = {row["id"] for row in dump.tables[SHEETS]}
    told = [f"the key of {one['token']}" for one in dump.seen if one["key"] in keys]
    for name, raw in {**dump.files, "log": dump.logs.encode()}.items():
        told += [f"{name}: {one['token']}" for one in dump.seen if one["token"].encode() in raw]
        told += [f"{name}: {mark}" for mark in changed if mark.encode() in raw]
    told += [f"a moment in {row}" for row in dump.tables[SHEETS] if MOMENT.search(json.dumps(row))]
    told += [f"{name} is not empty" for name, raw in dump.files.items() if name.endswith("-wal") and raw]
    told += [f"several transactions in {name}" for name, x in dump.system.items() if len(set(x)) > 1]
    return told


def check_hall(dump: Dump) -> None:
    assert len(dump.seen) == len(dump.tables[SHEETS]) == len(dump.tables[SEATS]) == 30
    assert len(sheets(dump)) == 30, "the test must see the content, or it proves nothing"
    assert {row["segment_id"] for row in dump.tables[SHEETS]} == {
        row["id"] for row in dump.tables["collection_segment"]
    }
    assert len(dump.tables["collection_segment"]) == 1


def test_the_files_of_sqlite_join_no_seat_to_a_sheet(tmp_path: Path, empty_sqlite: bytes) -> None:
    dump = sqlite_dump(tmp_path, empty_sqlite, world=WORLD)
    check_hall(dump)
    assert order_told(dump) == []
    assert joined(dump) == []
    assert left_behind(dump) == []


@pytest.mark.deep
@pytest.mark.parametrize("fault", ["unscrubbed", "same keys", "by seat", "signed"])
def test_a_planted_fault_is_found(tmp_path: Path, empty_sqlite: bytes, fault: str) -> None:
    dump = sqlite_dump(tmp_path, empty_sqlite, fault, world=WORLD)
    found = {
        "unscrubbed": left_behind,
        "same keys": left_behind,
        "by seat": joined,
        "signed": joined,
    }
    assert found[fault](dump)


@pytest.mark.deep
def test_the_tables_of_postgresql_join_no_seat_to_a_sheet(tmp_path: Path, postgres: str) -> None:
    dump = postgres_dump(tmp_path, postgres, world=WORLD)
    check_hall(dump)
    assert order_told(dump) == []
    assert joined(dump) == []
    assert left_behind(dump) == []

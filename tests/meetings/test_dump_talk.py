"""Somebody takes the files after a talk in a hall: no chair tells who answered, when, or what."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.collection.test_dump import BOUND, Dump, postgres_dump, spearman, sqlite_dump

WORLD = "tests.meetings.dump_talk"
CHAIRS, SHEETS = "meetings_chair", "collection_response"
STRANGERS = ("meetings_tableevent", "meetings_hallstep", "meetings_group")


def of_people(dump: Dump) -> list[tuple[dict[str, Any], dict[str, Any], int]]:
    """(who it is, his chair, where it lies) of everybody in the hall."""
    rows = {row["id"]: (row, place) for place, row in enumerate(dump.tables[CHAIRS])}
    return [(one, *rows[one["chair"]]) for one in dump.seen]


def who_answered(dump: Dump) -> list[str]:
    """The columns of a chair, and its place on the disk, that tell whether somebody answered, or in which turn."""
    told = []
    people = of_people(dump)
    for name in [*people[0][1], "place"]:
        values = [
            (place if name == "place" else json.dumps(row[name], default=str), one)
            for one, row, place in people
        ]
        taken = [(str(value).zfill(20), int(one["answered"])) for value, one in values]
        turns = [(str(value).zfill(20), one["turn"]) for value, one in values if one["answered"]]
        both = {value for value, answered in taken if answered} & {
            value for value, answered in taken if not answered
        }
        same = len({value for value, _answered in taken}) == 1
        few = len({value for value, _answered in taken}) <= 3
        if (few and not same and not both) or abs(spearman(turns)) > BOUND:
            told.append(name)
    return told


def what_it_holds(dump: Dump) -> list[str]:
    """Words, choices and persons beside a chair; tokens anywhere; sheets in the order of answering."""
    told = []
    for one, row, _place in of_people(dump):
        told += [
            f"{CHAIRS}.{name}"
            for name in ("answers", "votes", "dots", "hand", "shares")
            if json.loads(row[name])
        ]
        told += [f"{CHAIRS}.{name}" for name in ("person_id", "group_id", "name", "place") if row[name]]
        told += [f"{name} holds a token" for name, raw in dump.files.items() if one["token"].encode() in raw]
        told += ["the log holds a token"] if one["token"] in dump.logs else []
    marks = {one["mark"]: one["turn"] for one in dump.seen if one["mark"]}
    for table in (CHAIRS, *STRANGERS):
        text = json.dumps(dump.tables[table], default=str)
        told += [f"{table}: {mark}" for mark in marks if mark in text]
    told += ["an event is kept"] if dump.tables["meetings_tableevent"] else []
    sheets = [json.dumps(row, default=str) for row in dump.tables[SHEETS]]
    order = [(place, marks[mark]) for place, text in enumerate(sheets) for mark in marks if mark in text]
    assert len(order) == 20, "the test must see the content, or it proves nothing"
    return told + (["sheets lie in the order of answering"] if abs(spearman(order)) > BOUND else [])


def test_the_files_of_sqlite_tell_of_no_chair_who_answered(tmp_path: Path, empty_sqlite: bytes) -> None:
    dump = sqlite_dump(tmp_path, empty_sqlite, world=WORLD)
    assert len(of_people(dump)) == 30
    assert who_answered(dump) == []
    assert what_it_holds(dump) == []


@pytest.mark.deep
def test_a_planted_mark_on_a_chair_is_found(tmp_path: Path, empty_sqlite: bytes) -> None:
    assert who_answered(sqlite_dump(tmp_path, empty_sqlite, "marked", world=WORLD)) == ["done"]


@pytest.mark.deep
def test_the_tables_of_postgresql_tell_of_no_chair_who_answered(tmp_path: Path, postgres: str) -> None:
    dump = postgres_dump(tmp_path, postgres, world=WORLD)
    assert len(of_people(dump)) == 30
    assert who_answered(dump) == []


@pytest.mark.deep
def test_on_postgresql_a_chair_that_is_written_anew_is_found(tmp_path: Path, postgres: str) -> None:
    found = who_answered(postgres_dump(tmp_path, postgres, "touched", world=WORLD))
    assert {"place", "_xmin"} & set(found)

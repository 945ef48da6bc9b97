"""A table to take along says what the pages say: the same blocks, counts to the last one, means to five decimals."""

import csv
import io
import json

import pytest

from lemniscaat.collection import exports
from lemniscaat.collection.outcome import outcomes
from lemniscaat.people.models import Role
from tests.cast import World
from tests.collection.released import WORDS, Given, small_groups, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(world: World) -> Given:
    return stopped(world, small_groups(world))


def written(given: Given, by: exports.By) -> list[dict[str, str]]:
    out = io.StringIO()
    number = exports.write_csv(exports.rows(given.round, by), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(rows) == number
    return rows


def test_the_columns(given: Given) -> None:
    assert list(written(given, "role")[0]) == [
        "item",
        "part",
        "kind",
        "segment",
        "covers",
        "n",
        "mean",
        *(f"count_{n}" for n in range(1, len(WORDS) + 1)),
        "not_applicable",
        "cannot_judge",
        "rather_not",
        "blank",
        "kept_back",
    ]


@pytest.mark.parametrize("by", ["role", "organisation"])
def test_csv_and_json_say_the_same(given: Given, by: exports.By) -> None:
    out = io.StringIO()
    exports.write_json(exports.rows(given.round, by), out)
    for one, other in zip(json.loads(out.getvalue()), written(given, by), strict=True):
        assert [one["item"], one["part"], one["segment"], str(one["n"])] == [
            other["item"],
            other["part"],
            other["segment"],
            other["n"],
        ]
        counts = [other[f"count_{n}"] for n in range(1, len(one["counts"]) + 1)]
        assert [str(count) for count in one["counts"].values()] == counts
        assert (f"{one['mean']:.5f}" if one["mean"] is not None else "") == other["mean"]


def test_the_same_as_the_page(world: World, given: Given) -> None:
    told = {row["segment"]: row for row in written(given, "role") if row["item"] == "vragen"}
    shown = outcomes(world.access(world.noor), given.round)[0]
    groups = {row.group.key: row.table for row in (*shown.rows, shown.whole)}
    assert {key for key, table in groups.items() if table} == set(told)
    for key, row in told.items():
        table = groups[key]
        assert table is not None
        assert int(row["n"]) == table.n
        assert [int(row[f"count_{n}"]) for n in range(1, 6)] == [
            table.counts.get(f"o{n}", 0) for n in range(1, 6)
        ]
        assert row["covers"] == ("whole" if table.whole else "part")


def test_a_mean_is_of_scales_and_of_what_is_told(given: Given) -> None:
    for row in written(given, "role"):
        if row["item"] != "vragen":
            assert bool(row["mean"]) == (row["item"] == "daarna")
            continue
        counts = [int(row[f"count_{n}"]) for n in range(1, 6)]
        mean = sum(place * n for place, n in enumerate(counts, 1)) / sum(counts)
        assert row["mean"] == f"{mean:.5f}"


def test_nothing_rests_on_fewer_than_six(given: Given) -> None:
    for by in ("role", "organisation"):
        for row in written(given, by):  # type: ignore[arg-type]
            assert int(row["n"]) >= 6
            told = [int(row[f"count_{n}"] or 0) for n in range(1, 6)]
            assert sum(told) + int(row["kept_back"]) <= int(row["n"])


def test_what_is_absent_has_no_row(world: World) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 5})
    assert written(given, "role") == []
    assert written(given, "organisation") == []


def test_texts_are_in_no_export(given: Given) -> None:
    for by in ("role", "organisation"):
        assert all(row["item"] != "vertel" for row in written(given, by))  # type: ignore[arg-type]


def test_a_name_that_looks_like_a_formula_is_only_a_name(world: World) -> None:
    world.school.name = "=HYPERLINK(1)"
    world.school.save()
    given = stopped(world, {(Role.STUDENT, world.school): 9})
    assert "'=HYPERLINK(1)" in {row["segment"] for row in written(given, "organisation")}


def test_only_the_places_that_were_asked(world: World, given: Given) -> None:
    some = exports.rows(given.round, "organisation", only=frozenset({str(world.school.pk)}))
    assert {row.segment for row in some} == {"", "Het Waterrad"}

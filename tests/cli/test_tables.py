"""Tables in and out by command: a clear sentence when something is wrong, and then nothing is stored."""

import csv
import io
import json
from pathlib import Path

import pytest

from lemniscaat.cli.main import main, parser
from lemniscaat.collection.models import Block, Round, RoundState
from lemniscaat.people.models import Role
from tests.cast import World, partnership
from tests.collection.released import stopped

pytestmark = pytest.mark.django_db

MAPPING = """
key: elders-1
title: Vragen van elders
day: 2026-03-01
source: Een andere vragenlijst
role: student
board: [bestuur]
school: [school]
scales:
  - columns: [V1, V2]
    answers: {"1": Nog niet, "2": Soms, "3": Vaak}
    not_applicable: ["9"]
"""
HEAD = "bestuur;school;V1;V2"


def files(tmp_path: Path, *rows: str, mapping: str = MAPPING) -> list[str]:
    table, words = tmp_path / "tabel.csv", tmp_path / "mapping.yaml"
    table.write_text("\n".join([HEAD, *rows]), encoding="cp1252")
    words.write_text(mapping, encoding="utf-8")
    return ["import", "responses", str(table), "--mapping", str(words)]


def only(slug: str = "de-brug") -> list[str]:
    return ["--partnership", slug]


GOOD = ["Rivierland;Het Waterrad;1;2"] * 7 + ["Rivierland;De Kreek;3;9"] * 6


def test_a_table_goes_in_and_its_summary_comes_out(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files(tmp_path, *GOOD), *only()]) == 0
    said = capsys.readouterr()
    assert "‘Vragen van elders’: 13 rijen ingelezen, 0 waarden overgeslagen." in said.out
    assert "13 rijen geteld" in said.err
    assert main(["export", "summaries", "--round", "elders-1", "--by", "organisation", *only()]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    found = {(row["item"], row["segment"]): row for row in rows if row["part"] == ""}
    assert found["v1", ""]["n"] == "13"
    assert [found["v1", "Het Waterrad"][f"count_{n}"] for n in (1, 2, 3)] == ["6", "0", "0"]
    assert found["v1", "Het Waterrad"]["kept_back"] == "1"
    # six people who say 'does not apply' leave too few answers to show apart
    assert ("v2", "De Kreek") not in found
    assert found["v1", "De Kreek"]["mean"]


def test_the_same_as_json(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([*files(tmp_path, *GOOD), *only()])
    capsys.readouterr()
    assert (
        main(["export", "summaries", "--round", "elders-1", "--by", "role", "--format", "json", *only()]) == 0
    )
    rows = json.loads(capsys.readouterr().out)
    assert {row["segment"] for row in rows} == {"", "student"}
    assert all(row["n"] >= 6 for row in rows)


def test_twice_is_once(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for said in ("13 rijen ingelezen", "er is niets verdubbeld"):
        assert main([*files(tmp_path, *GOOD), *only()]) == 0
        assert said in capsys.readouterr().out
    assert Round.objects.count() == 1


def test_a_wrong_value_is_named_and_nothing_comes_in(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [*files(tmp_path, *GOOD, "Rivierland;Het Waterrad;4;2"), *only()]
    assert main(words) == 1
    said = capsys.readouterr()
    assert "Niets ingelezen" in said.err
    assert "regel 15, kolom V1: ‘4’ staat niet op de schaal" in said.err
    assert not Round.objects.exists()
    assert not Block.objects.exists()
    assert main([*words, "--skip-invalid"]) == 0
    said = capsys.readouterr()
    assert "13 rijen ingelezen, 1 waarden overgeslagen" in said.out
    assert "overgeslagen: regel 15" in said.err


def test_many_faults_are_not_all_written_out(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*files(tmp_path, *["Rivierland;Het Waterrad;7;7"] * 30), *only()]) == 1
    said = capsys.readouterr().err
    assert "... en nog 40" in said
    assert len(said.splitlines()) < 30


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (MAPPING.replace("role: student", "role: leerling"), "mapping.yaml, bij role"),
        (MAPPING.replace("scales:", "schalen:"), "mapping.yaml, bij scales"),
        ("key: [", "mapping.yaml is niet te lezen"),
        (MAPPING.replace("V2", "V3"), "ontbreekt de kolom V3"),
    ],
)
def test_a_wrong_mapping_is_told(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], mapping: str, sentence: str
) -> None:
    assert main([*files(tmp_path, *GOOD, mapping=mapping), *only()]) == 1
    assert sentence in capsys.readouterr().err
    assert not Round.objects.exists()


def test_a_file_that_is_not_there(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = files(tmp_path, *GOOD)
    words[2] = str(tmp_path / "weg.csv")
    assert main([*words, *only()]) == 1
    assert "weg.csv" in capsys.readouterr().err


def test_which_partnership_is_asked_when_there_are_two(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    partnership("De Derde", "de-derde")
    assert main(files(tmp_path, *GOOD)) == 1
    assert "Er is: " in (said := capsys.readouterr().err)
    assert "de-derde" in said
    assert main([*files(tmp_path, *GOOD), *only("nergens")]) == 1


def test_an_unknown_or_open_round_has_no_summary(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 9}, release=False)
    assert main(["export", "summaries", "--round", "nergens", *only()]) == 1
    assert given.round.key in capsys.readouterr().err
    Round.objects.update(state=RoundState.OPEN)
    assert main(["export", "summaries", "--round", given.round.key, *only()]) == 1
    assert "nog niet gestopt" in capsys.readouterr().err


def test_a_round_of_another_partnership_is_not_there(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 9})
    assert main(["export", "summaries", "--round", given.round.key, *only("de-overkant")]) == 1
    assert given.round.key not in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["serve"], ["demo"], ["check"], ["tick"], ["backup"], ["restore"],
        ["import"], ["import", "people"], ["import", "responses"], ["export"], ["export", "summaries"],
        ["instrument", "list"], ["instrument", "check"], ["instrument", "schema"],
    ],
)  # fmt: skip
def test_every_command_helps_with_an_example(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        parser().parse_args([*words, "--help"])
    assert done.value.code == 0
    assert f"Voorbeeld: lemniscaat {' '.join(words)}" in capsys.readouterr().out

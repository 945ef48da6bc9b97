"""A real table goes in and comes out to five decimals. The file itself stays outside the repository."""

import csv
import io
import os
import re
from pathlib import Path

import pytest

from lemniscaat.collection import exports, imports
from lemniscaat.collection.models import Block, Response, Round
from tests.cast import World

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
DATA = Path(os.environ.get("LEMNISCAAT_DATA", HERE.parents[2] / "shared" / "data"))
TABLE, README = DATA / "student-evaluation.csv", DATA / "README.md"
MAPPING = imports.read_mapping(HERE / "student-evaluation.mapping.yaml")

needs_data = pytest.mark.skipif(not TABLE.exists(), reason="the data set is not here")


def expected() -> dict[str, list[str]]:
    """Item -> n, mean and the five counts, from the table in the data set's own notes."""
    lines = re.findall(r"^\| (Q\d+) \|(.+)\|$", README.read_text(), re.MULTILINE)
    return {key.lower(): [cell.strip() for cell in cells.split("|")] for key, cells in lines}


@needs_data
def test_the_whole_agrees_to_five_decimals(world: World) -> None:
    seen: list[int] = []
    done = imports.import_responses(
        partnership=world.partnership, table=TABLE, mapping=MAPPING, progress=seen.append
    )
    assert (done.taken, done.left_out) == (5820, ())
    assert seen[-1] == 5820
    out = io.StringIO()
    exports.write_csv(exports.rows(done.round, "organisation"), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    whole = {r["item"]: r for r in rows if r["kind"] == "whole" and r["part"] == ""}
    told = expected()
    assert len(told) == 28
    for key, (n, mean, *counts) in told.items():
        row = whole[key]
        assert [row["n"], row["mean"], *(row[f"count_{i}"] for i in range(1, 6))] == [n, mean, *counts]
    alike = next(r for r in rows if r["item"] == "_quality" and r["part"] == "alike" and r["kind"] == "whole")
    assert alike["count_2"] == "2985"
    schools = {r["segment"]: int(r["n"]) for r in rows if r["kind"] == "school" and r["item"] == "q1"}
    assert schools["3-12"] == 41
    assert sum(schools.values()) == 5820
    assert all(r["covers"] == "whole" for r in rows)
    assert Response.objects.count() == 0, "raw rows are not kept"


@needs_data
def test_twice_is_once(world: World) -> None:
    for known in (False, True):
        done = imports.import_responses(partnership=world.partnership, table=TABLE, mapping=MAPPING)
        assert done.known is known
    assert Round.objects.count() == 1


def _table(tmp_path: Path, *rows: str, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    head = ["instr", "class", *(f"Q{i}" for i in range(1, 29))]
    lines = [delimiter.join(head), *(row.replace(",", delimiter) for row in rows)]
    path = tmp_path / "tabel.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


GOOD = "1,2," + ",".join(["3"] * 28)
BAD = "1,2," + ",".join(["3"] * 27 + ["9"])


def test_one_bad_value_stops_everything(world: World, tmp_path: Path) -> None:
    with pytest.raises(imports.TableError) as refused:
        imports.import_responses(
            partnership=world.partnership, table=_table(tmp_path, GOOD, BAD, GOOD), mapping=MAPPING
        )
    assert "regel 3, kolom Q28: ‘9’ staat niet op de schaal" in str(refused.value.faults[0])
    assert not Round.objects.exists()
    assert not Block.objects.exists()


def test_skipping_takes_the_rest(world: World, tmp_path: Path) -> None:
    rows = [GOOD] * 8 + [BAD]
    for encoding, delimiter in (("utf-8-sig", ";"), ("cp1252", "\t")):
        Round.objects.all().delete()
        done = imports.import_responses(
            partnership=world.partnership,
            table=_table(tmp_path, *rows, encoding=encoding, delimiter=delimiter),
            mapping=MAPPING.model_copy(update={"key": f"proef-{encoding}"}),
            skip_invalid=True,
        )
        assert (done.taken, len(done.left_out)) == (8, 1)


def test_a_missing_column_is_named(world: World, tmp_path: Path) -> None:
    path = tmp_path / "kort.csv"
    path.write_text("instr,class,Q1\n1,2,3\n")
    with pytest.raises(imports.TableError, match="ontbreekt de kolom Q2"):
        imports.import_responses(partnership=world.partnership, table=path, mapping=MAPPING)

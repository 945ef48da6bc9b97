"""`lemniscaat instrument list`: what stands in the cabinet, for people and for programs."""

import json
from typing import Any

import pytest

from lemniscaat.cli.main import main
from lemniscaat.instruments.library import library

NAMES = ["key", "version", "title", "maker", "origin", "elements", "core_activities", "waarborgen", "ways", "minutes", "items"]  # fmt: skip


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["instrument", "list", *more]) == 0
    return capsys.readouterr().out


def test_a_program_reads_every_instrument(capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[dict[str, Any]] = json.loads(listed(capsys, "--json"))
    assert [row["key"] for row in rows] == list(library().instruments)
    for row in rows:
        assert list(row) == NAMES
        instrument = library().get(row["key"])
        assert row["elements"] == instrument.elements
        assert row["core_activities"] == list(instrument.core_activities)
        assert row["waarborgen"] == list(instrument.waarborgen)
        assert row["ways"] == list(instrument.ways)
        assert row["origin"] == instrument.origin
        assert row["minutes"] == instrument.minutes


def test_people_read_a_line_for_each(capsys: pytest.CaptureFixture[str]) -> None:
    lines = listed(capsys).splitlines()
    assert len(lines) == len(library().instruments)
    assert any(line.startswith("halverwege ") for line in lines)

"""The cabinet that is shipped: readable, complete, in the tone of the house."""

import re
from pathlib import Path

import pytest

from lemniscaat.instruments.library import NoInstrumentError, library
from lemniscaat.instruments.schema import as_text

DOCS = Path(__file__).parents[2] / "docs"
UNWANTED = re.compile(r"tevreden|in hoeverre|respondent|enquête|\bkpi\b|afname", re.IGNORECASE)


def test_every_shipped_file_is_an_instrument() -> None:
    assert library().faults == ()
    assert {"halverwege", "werkplekleren", "individueel-collectief", "uitdagingen", "eigenaarschap"} <= set(
        library().instruments
    )


@pytest.mark.parametrize("instrument", list(library()), ids=lambda one: one.key)
def test_core_questions_are_in_both_languages_and_ask_for_events(instrument: object) -> None:
    for item in instrument.items:  # type: ignore[attr-defined]
        texts = [item.text, *item.wording.values(), *getattr(item, "options", ())]
        assert not (instrument.round or item.core) or all(text.en for text in texts), item.key  # type: ignore[attr-defined]
        assert not any(UNWANTED.search(text.nl) for text in texts), item.key


def test_halfway_has_eight_cards_with_a_wording_for_every_guide() -> None:
    halfway = library().get("halverwege")
    assert len(halfway.items) == 8
    assert {item.kind for item in halfway.items} == {"scale", "choice", "choices", "ranking", "text", "table"}
    for item in halfway.items:
        assert {"mentor", "school_educator", "institute_educator"} <= set(item.wording)
    assert halfway.minutes == 2


def test_workplace_learning_has_sixteen_core_questions_four_to_a_waarborg() -> None:
    core = [item for item in library().get("werkplekleren").items if item.core]
    assert len(core) == 16
    assert {
        w: sum(item.waarborgen == (w,) for item in core) for item in core for w in item.waarborgen
    } == dict.fromkeys(("lerende-leraar", "leeromgeving", "organisatie", "kwaliteitscultuur"), 4)


def test_an_unknown_key_gets_a_suggestion() -> None:
    with pytest.raises(NoInstrumentError, match="Bedoel je 'halverwege'"):
        library().get("halverweg")


def test_two_files_with_one_key_are_told(tmp_path: Path) -> None:
    source = Path(__file__).parent / "data" / "bench27.yaml"
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(source.read_text())
    found = library(tmp_path)
    assert list(found.instruments) == ["bench27"]
    assert "a.yaml" in found.faults[0].message


def test_the_schema_in_the_docs_is_current() -> None:
    assert (DOCS / "instrument.schema.json").read_text() == as_text()

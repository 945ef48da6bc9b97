"""File: what the view stored is taken, nothing is counted, and no anonymous round may ask it."""

from typing import Any

import pytest
from pydantic import ValidationError

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.kinds.file import KIND
from lemniscaat.instruments.kinds.registry import is_counted
from lemniscaat.instruments.summaries import Row
from tests.instruments.examples import ITEMS, RAW

ITEM: Any = ITEMS["bestand"]
VALUE = {"id": "abc0abc1", "name": "plan | nieuw.pdf"}


def test_a_stored_file_is_taken_and_can_be_taken_away() -> None:
    given = {"bestand": ["abc0abc1|plan | nieuw.pdf"]}
    assert KIND.clean(ITEM, given) == CleanAnswer(value=VALUE)
    assert KIND.clean(ITEM, {**given, "bestand.away": ["yes"]}) == CleanAnswer()


@pytest.mark.parametrize(
    "given",
    [
        "abc0abc1",
        "kort|a.pdf",
        "ABC0ABC1|a.pdf",
        "abc0abc1|",
        "abc0abc1|../a.pdf",
        "abc0abc1|a\x00.pdf",
        "abc0abc1|" + "x" * 121,
    ],
)
def test_what_the_view_did_not_store_is_refused(given: str) -> None:
    problem = KIND.clean(ITEM, {"bestand": [given]})
    assert isinstance(problem, Problem)
    assert "hoort niet bij deze vraag" in problem.say()


def test_nothing_of_a_file_is_counted() -> None:
    counted = KIND.count(ITEM, [VALUE, VALUE])
    assert (counted.n, counted.parts, counted.texts) == (2, {}, ())
    assert not is_counted(ITEM)
    assert KIND.sentence(ITEM, [Row("studenten", counted)]) == "Een bestand erbij: 2 studenten."


def test_an_anonymous_round_may_not_ask_for_one() -> None:
    with pytest.raises(ValidationError, match="bestand"):
        Instrument.model_validate({**RAW, "round": True})

"""Number: only whole numbers within reach, counted in the classes of the instrument and no finer."""

from typing import Any

import pytest
from pydantic import ValidationError

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.kinds.number import KIND, NumberItem
from lemniscaat.instruments.summaries import Row, Summary

RAW: dict[str, Any] = {"kind": "number", "key": "uren", "text": "Hoeveel?", "unit": "lesuren", "greatest": 40}
ITEM = NumberItem.model_validate({**RAW, "bins": [0, 5, 10, 20]})


def told(*rows: Row) -> str:
    return KIND.sentence(ITEM, rows)


def row(label: str, *values: int) -> Row:
    return Row(label, KIND.count(ITEM, values))


@pytest.mark.parametrize("typed", ["12", " 12 ", "012"])
def test_a_whole_number_is_taken_with_spaces_around_it(typed: str) -> None:
    assert KIND.clean(ITEM, {"uren": [typed]}) == CleanAnswer(value=12)


@pytest.mark.parametrize("typed", ["twaalf", "12,5", "1.000", "12 uur", "٣", "1" * 40, "²"])
def test_what_is_no_whole_number_is_asked_again(typed: str) -> None:
    problem = KIND.clean(ITEM, {"uren": [typed]})
    assert isinstance(problem, Problem)
    assert problem.say() == "Vul een heel getal in, zonder letters, punt of komma. Bijvoorbeeld 12."


@pytest.mark.parametrize("typed", ["-1", "41"])
def test_out_of_reach_says_between_which_numbers(typed: str) -> None:
    problem = KIND.clean(ITEM, {"uren": [typed]})
    assert isinstance(problem, Problem)
    assert problem.say() == "Vul een getal in van 0 tot en met 40."


@pytest.mark.parametrize("value", [True, 12.0, "12", -1, 41, None])
def test_only_a_whole_number_is_read(value: Any) -> None:
    assert not KIND.readable(ITEM, value)


def test_numbers_are_counted_in_classes() -> None:
    (part,) = KIND.shape(ITEM)
    assert [option.nl for option in part.options] == ["0–4", "5–9", "10–19", "20 of meer"]
    assert KIND.count(ITEM, [0, 4, 5, 19, 20, 40]).parts == {"": {"b0": 2, "b1": 1, "b2": 1, "b3": 2}}


def test_a_class_of_one_number_is_that_number() -> None:
    item = NumberItem.model_validate({**RAW, "greatest": 3, "bins": [0, 1, 3]})
    assert [option.nl for option in item.classes] == ["0", "1–2", "3"]


def test_neighbouring_classes_are_told_as_one_stretch() -> None:
    said = told(row("studenten", 1, 2, 6, 30), row("WPB's", 7, 30, 30))
    assert said == ("3 van de 4 studenten vullen 0 tot en met 9 lesuren in. Bij WPB's is dat er 1 van de 3.")
    assert told(row("studenten", 15, 30)) == "2 van de 2 studenten vullen 10 of meer lesuren in."
    assert told(row("studenten", 6)) == "1 van de 1 studenten vult 5 tot en met 9 lesuren in."
    assert told(Row("studenten", Summary())) == ""


def test_who_gave_it_reads_the_number_with_its_unit() -> None:
    assert [saying.words for saying in KIND.said(ITEM, 12)] == ["12 lesuren"]


@pytest.mark.parametrize("bins", [[0], [0, 5, 5], [5, 0], [1, 5], [0, 41], list(range(8)), [0, "5 of meer"]])
def test_classes_that_do_not_fit_are_refused(bins: list[Any]) -> None:
    with pytest.raises(ValidationError):
        NumberItem.model_validate({**RAW, "bins": bins})

"""Date: a day in two notations, counted by month of the school year and no finer."""

from datetime import date

import pytest

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.kinds.date import KIND, MONTHS, DateItem, month_of
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.summaries import Row

ITEM = DateItem.model_validate({"kind": "date", "key": "dag", "text": "Wanneer?"})


@pytest.mark.parametrize(
    "typed", ["2026-11-02", "02-11-2026", "2-11-2026", " 2/11/2026 ", "2.11.2026", "2 11 2026"]
)
def test_a_day_is_taken_as_people_write_it(typed: str) -> None:
    assert KIND.clean(ITEM, {"dag": [typed]}) == CleanAnswer(value="2026-11-02")
    assert KIND.lines(ITEM, {"dag": [typed]}, "dag", "nl")[0].fields[0].value == "2026-11-02"


@pytest.mark.parametrize(
    "typed", ["31-02-2026", "2026-13-01", "11-2026", "gisteren", "2-11-26", "2-11-0026", "2026-11-2"]
)
def test_what_is_no_day_is_asked_again_and_kept_as_typed(typed: str) -> None:
    problem = KIND.clean(ITEM, {"dag": [typed]})
    assert isinstance(problem, Problem)
    assert problem.say() == "Deze dag kennen we niet. Schrijf dag, maand en jaar, zoals 22-11-2026."
    assert KIND.lines(ITEM, {"dag": [typed]}, "dag", "nl")[0].fields[0].value == typed


@pytest.mark.parametrize("value", ["02-11-2026", "2026-02-30", "2026-11-02T10:00", "", 20261102])
def test_only_one_notation_is_stored(value: object) -> None:
    assert not KIND.readable(ITEM, value)


def test_months_stand_in_the_order_of_a_school_year() -> None:
    assert [month.nl for month in MONTHS][::11] == ["augustus", "juli"]
    assert [month_of(date(2026, n, 1)).en for n in (1, 7, 8, 12)] == ["January", "July", "August", "December"]
    counted = KIND.count(ITEM, ["2026-08-31", "2025-08-01", "2027-01-15"])
    assert {key: n for key, n in counted.parts[""].items() if n} == {"aug": 2, "jan": 1}


def test_two_months_in_a_row_are_told() -> None:
    rows = [
        Row("studenten", KIND.count(ITEM, ["2026-09-01", "2026-10-02", "2026-10-03", "2027-03-01"])),
        Row("WPB's", KIND.count(ITEM, ["2026-12-01"])),
    ]
    assert KIND.sentence(ITEM, rows) == (
        "3 van de 4 studenten noemen een dag in september of oktober. Bij WPB's is dat niemand van de 1."
    )
    assert KIND.sentence(ITEM, rows[1:]) == "1 van de 1 WPB's noemt een dag in december."


def test_who_gave_it_reads_the_day_in_words() -> None:
    assert KIND.said(ITEM, "2026-11-02")[0].words == "2 november 2026"
    assert KIND.said(ITEM, "2026-05-01", Language("en"))[0].words == "1 May 2026"

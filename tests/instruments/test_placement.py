"""Placement: phases and what lies between, an event, a wish and a step; spread, never a middle."""

from typing import Any

import pytest
from pydantic import ValidationError

from lemniscaat.instruments.answers import CleanAnswer, Problem
from lemniscaat.instruments.kinds.placement import KIND, PlacementItem
from lemniscaat.instruments.summaries import Row, Summary
from tests.instruments.examples import ITEMS
from tests.instruments.examples_forms import EXAMPLES, PHASES

ITEM: Any = ITEMS["waar"]
NOW_ONLY: Any = ITEMS["alleen-nu"]
RAW = next(raw for raw in EXAMPLES if raw["key"] == "waar")


def row(label: str, *places: str) -> Row:
    return Row(label, KIND.count(ITEM, [{"at": place} for place in places]))


def test_between_two_phases_is_a_place() -> None:
    assert [place.key for place in ITEM.places] == ["p1", "p1-p2", "p2", "p2-p3", "p3"]
    assert ITEM.places[1].nl == "Tussen ‘ieder voor zich’ en ‘een kleine kern trekt’"
    assert [place.key for place in NOW_ONLY.places] == ["p1", "p2", "p3"]


def test_all_of_it_is_taken() -> None:
    posted = {
        "waar.at": ["p1-p2"],
        "waar.event": [" Drie collega's kwamen. "],
        "waar.wish": ["p3"],
        "waar.step": [""],
    }
    value = {"at": "p1-p2", "wish": "p3", "event": "Drie collega's kwamen."}
    assert KIND.clean(ITEM, posted) == CleanAnswer(value=value)


@pytest.mark.parametrize(
    "posted", [{"waar.event": ["Iets."]}, {"waar.wish": ["p2"]}, {"waar.step": ["Iets."]}]
)
def test_with_anything_comes_the_place(posted: dict[str, list[str]]) -> None:
    problem = KIND.clean(ITEM, posted)
    assert isinstance(problem, Problem)
    assert problem.say().startswith("Kies ook de plek")


@pytest.mark.parametrize(
    "posted",
    [{"waar.at": ["open"]}, {"waar.at": ["p1-p3"]}, {"waar.at": ["p1"], "waar.wish": ["p9"]}],
)
def test_a_place_that_is_not_there_is_refused(posted: dict[str, list[str]]) -> None:
    problem = KIND.clean(ITEM, posted)
    assert isinstance(problem, Problem)
    assert "hoort niet bij deze vraag" in problem.say()


def test_words_have_an_end() -> None:
    problem = KIND.clean(ITEM, {"waar.at": ["p1"], "waar.event": ["x" * 501]})
    assert isinstance(problem, Problem)
    assert "501 tekens" in problem.say()


@pytest.mark.parametrize(
    "value",
    [
        {"at": "p1", "wish": "p1"},
        {"at": "p1", "step": "x"},
        {"at": "p1-p2"},
        {"at": ["p1"]},
        {"wish": "p1"},
        {"at": "p1", "event": ""},
    ],
)
def test_what_was_not_asked_is_not_read(value: Any) -> None:
    assert not KIND.readable(NOW_ONLY, value)


def test_now_and_wish_count_everybody() -> None:
    values = [
        {"at": "p1", "wish": "p2", "event": "B."},
        {"at": "p1-p2"},
        {"at": "p1", "wish": "open", "step": "A."},
    ]
    counted = KIND.count(ITEM, values)
    assert counted.parts["at"] == {"p1": 2, "p1-p2": 1, "p2": 0, "p2-p3": 0, "p3": 0}
    assert counted.parts["wish"] == {"p1": 0, "p1-p2": 0, "p2": 1, "p2-p3": 0, "p3": 0, "open": 2}
    assert counted.texts == ("Geef één voorval waaraan je dat zag: B.", "Wat is een eerste stap? A.")


def test_the_spread_is_told_per_group_and_no_middle() -> None:
    rows = [row("studenten", "p1", "p1", "p1-p2", "p3"), row("WPB's", "p2", "p2"), row("bestuurders", "p3")]
    assert KIND.sentence(ITEM, rows) == (
        "4 studenten herkennen zich op 3 plekken: van ‘ieder voor zich’ (2) tot ‘vanzelf samen’ (1). "
        "2 WPB's herkennen zich op dezelfde plek: ‘een kleine kern trekt’. "
        "1 bestuurders herkent zich op één plek: ‘vanzelf samen’."
    )
    assert "van tussen ‘ieder voor zich’ en" in KIND.sentence(ITEM, [row("studenten", "p1-p2", "p3")])


def test_where_answers_are_kept_back_nothing_is_said_of_the_ends() -> None:
    kept = Row("studenten", Summary(9, {"at": {"p2": 7}}))
    assert KIND.sentence(ITEM, [kept]) == (
        "9 studenten. Te tonen is onder meer: ‘een kleine kern trekt’ (7)."
    )
    none = Row("studenten", Summary(9, {"at": {}}))
    assert KIND.sentence(ITEM, [none]) == "9 studenten: per plek zijn het er te weinig om te tonen."


def test_the_table_has_the_wish_below_now() -> None:
    table = KIND.tabled(ITEM, [row("studenten", "p1", "p3")])
    assert table.header[2:7] == tuple(place.nl for place in ITEM.places)
    assert table.rows[0][:8] == ("Waar we nu staan", "studenten", "1", "0", "0", "0", "1", "–")
    assert table.rows[1][:8] == ("Waar we heen willen", "studenten", "0", "0", "0", "0", "0", "2")


def test_who_gave_it_reads_it_in_order() -> None:
    value = {"step": "Kijken.", "wish": "open", "at": "p1", "event": "Zo."}
    assert [saying.words for saying in KIND.said(ITEM, value)] == [
        "Ieder voor zich",
        "Zo.",
        "Weet ik nog niet",
        "Kijken.",
    ]


@pytest.mark.parametrize(
    "keys", [["a", "b", "a-b"], ["a", "b-c", "a-b", "c"], ["open", "a"], ["a", "a"], ["a" * 30, "b"], ["a"]]
)
def test_keys_that_could_be_mixed_up_are_refused(keys: list[str]) -> None:
    phases = [{**PHASES[0], "key": key} for key in keys]
    with pytest.raises(ValidationError):
        PlacementItem.model_validate({**RAW, "phases": phases})

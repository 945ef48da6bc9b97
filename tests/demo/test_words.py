"""The words of the demo: complete, and about what the instruments really ask."""

from random import Random
from typing import Any

import pytest

from lemniscaat.demo.answers import _CHOSEN, _FIRST, _LEANS, sheet
from lemniscaat.demo.cabinet import with_words
from lemniscaat.demo.cards import CARDS
from lemniscaat.demo.crowd import CAST
from lemniscaat.demo.words import words
from lemniscaat.instruments.adapting import objections
from lemniscaat.instruments.answers import read_answer
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.library import library
from lemniscaat.instruments.preparing import prepared

CABINET = words("cabinet")
LATS = {lat["key"]: lat for point in words("vision")["points"] for lat in point["criteria"]}


def test_forty_notes_and_three_reports_in_many_voices() -> None:
    notes = words("notes")["notes"]
    assert len(notes) == 40
    assert len({note["text"] for note in notes}) == 40
    assert len({note["who"] for note in notes}) >= 6
    assert len(words("notes")["reports"]) == 3


def test_every_criterion_names_items_that_are_asked() -> None:
    for lat in LATS.values():
        for instrument, items in lat["items"].items():
            assert set(items) <= set(library().get(instrument).by_key), lat["key"]


def test_nothing_is_known_yet_about_one_criterion() -> None:
    assert [key for key, lat in LATS.items() if not lat["items"]] == ["starters"]


def test_everybody_to_be_is_in_the_cast() -> None:
    assert [card.slug for card in CARDS if card.slug not in dict(CAST)] == []


def test_texts_answer_questions_that_exist() -> None:
    for instrument, items in words("texts").items():
        asked = library().get(instrument).by_key
        assert all(asked[key].kind == "text" for key in items)


@pytest.mark.parametrize("plan", words("rounds"), ids=lambda plan: plan["key"])
def test_answers_can_be_read_by_their_kind(plan: dict[str, list[str] | str]) -> None:
    instrument = library().get(str(plan["instrument"]))
    draw = Random(1)
    for role in plan["roles"]:
        for _ in range(20):
            for key, stored in sheet(instrument, role, mood=0.0, draw=draw).items():
                item, answer = instrument.item(key), read_answer(stored)
                assert answer.skip in (None, *item.skips)
                assert answer.value is None or kind_of(item).readable(item, answer.value)


def test_students_ask_less_often_than_mentors_think() -> None:
    instrument, draw = library().get("halverwege"), Random(2)
    low = {
        role: sum(
            sheet(instrument, role, mood=0.0, draw=draw).get("lesbezoek", {}).get("v") in {"o1", "o2"}
            for _ in range(300)
        )
        for role in ("student", "mentor")
    }
    assert low["student"] > low["mentor"] * 1.5


def test_what_colours_the_answers_is_asked_somewhere() -> None:
    items = {
        key: item
        for plan in words("rounds")
        for key, item in library().get(plan["instrument"]).by_key.items()
    }
    assert {key for leans in _LEANS.values() for key in leans if key} <= set(items)
    options = {option.key for item in items.values() for option in getattr(item, "options", ())}
    assert set(_CHOSEN) | {key for first in _FIRST.values() for key in first} <= options


@pytest.mark.parametrize("told", [*CABINET["tables"], *CABINET["sheets"]], ids=lambda told: told["key"])
def test_what_lies_on_a_table_can_be_read_by_its_kind(told: dict[str, Any]) -> None:
    instrument = prepared(library().get(told["instrument"]), modules=told.get("modules"))
    sheets = [one["answers"] for one in told.get("chairs", [told])]
    assert all(sheets)
    for given in sheets:
        assert set(given) <= set(instrument.by_key)
        assert all(
            kind_of(instrument.item(key)).readable(instrument.item(key), v) for key, v in given.items()
        )
    numbers = [number for number, part in enumerate(instrument.sections, 1) if part.items]
    assert set(told.get("laid_open", ())) <= set(numbers)
    assert {one["who"] for one in told.get("chairs", ()) if "who" in one} >= set(told.get("ready", ()))


def test_own_words_leave_the_core_alone() -> None:
    plans = {plan["key"]: plan for plan in words("rounds")}
    for key, own in CABINET["wordings"].items():
        example = library().get(plans[key]["instrument"])
        assert set(own) <= set(example.by_key)
        assert objections(example, with_words(example, own)) == ()

"""What changed between two versions, what breaks a comparison, and what a copy may not change."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from lemniscaat.instruments.adapting import adapted_from, objections
from lemniscaat.instruments.difference import break_of, differences
from lemniscaat.instruments.grammar import Instrument
from tests.instruments.examples import FIVE, RAW

BASE = Instrument.model_validate(
    {
        **RAW,
        "own_items": 1,
        "sections": [
            {
                "title": "Alles",
                "script": [{"minutes": 2, "say": "Lees stil."}],
                "items": [
                    {"kind": "scale", "key": "kern", "text": "Ik vroeg hulp.", "scale": "vaak", "core": True},
                    {"kind": "scale", "key": "vrij", "text": "Ik gaf hulp.", "scale": "vaak"},
                    {"kind": "text", "key": "woorden", "text": "Vertel."},
                ],
            }
        ],
    }
)


def changed(change: Callable[[list[dict[str, Any]]], object]) -> Instrument:
    raw = copy.deepcopy(BASE.definition())
    change(raw["sections"][0]["items"])
    return Instrument.model_validate(raw)


def own(key: str) -> dict[str, Any]:
    return {"kind": "text", "key": key, "text": f"Eigen {key}"}


def sorts(new: Instrument) -> list[tuple[str, str]]:
    return [(change.sort, change.item) for change in differences(BASE, new)]


def test_the_same_differs_in_nothing() -> None:
    assert differences(BASE, Instrument.model_validate(BASE.definition())) == ()


def test_every_sort_of_change_is_seen() -> None:
    assert sorts(changed(lambda items: items.append(own("x")))) == [("added", "x")]
    assert sorts(changed(lambda items: items.pop())) == [("removed", "woorden")]
    assert sorts(changed(lambda items: items[1].update(text={"nl": "Ik hielp."}))) == [("reworded", "vrij")]
    assert sorts(changed(lambda items: items[1]["options"].pop())) == [("answers", "vrij")]
    assert {sort for sort, _key in sorts(changed(lambda items: items.reverse()))} == {"moved"}
    assert sorts(BASE.model_copy(update={"yields": BASE.titles})) == [("about", "")]


def test_only_what_people_read_or_choose_breaks_a_comparison() -> None:
    assert (
        break_of(BASE, changed(lambda items: items[0].update(text={"nl": "Anders."})), "kern")
        == "Ik vroeg hulp."
    )
    assert break_of(BASE, changed(lambda items: items[0].update(na=False)), "kern")
    assert break_of(
        BASE, changed(lambda items: items[0].update({"for": {"student": {"nl": "Jij?"}}})), "kern"
    )
    assert not break_of(BASE, changed(lambda items: items[0].update(quick=True)), "kern")
    assert not break_of(BASE, changed(lambda items: items[0]["options"][0].update(en="Not yet")), "kern")
    assert not break_of(BASE, changed(lambda items: items.pop()), "woorden")


def said(new: Instrument) -> list[str]:
    return [one.say() for one in objections(BASE, new)]


def test_a_free_question_may_change_or_go() -> None:
    assert said(changed(lambda items: items.pop(1))) == []
    assert said(changed(lambda items: items[1].update(text={"nl": "Anders."}))) == []


def test_a_core_question_stays() -> None:
    assert "is weg" in said(changed(lambda items: items.pop(0)))[0]
    assert "is veranderd" in said(changed(lambda items: items[0].update(text={"nl": "Anders."})))[0]
    assert "is veranderd" in said(changed(lambda items: items[0].update(core=False)))[0]
    assert "geen kernvraag" in said(changed(lambda items: items[1].update(core=True)))[0]


def test_a_few_own_questions_and_no_more() -> None:
    assert said(changed(lambda items: items.append(own("x")))) == []
    assert "laat er 1 weg" in said(changed(lambda items: items.extend([own("x"), own("y")])))[0]


def test_a_copy_says_where_it_comes_from_and_which_questions_are_its_own() -> None:
    made = adapted_from(BASE, changed(lambda items: items.append(own("x"))), key="proef-onze", version=2)
    assert (made.key, made.version, made.root) == ("proef-onze", 2, "proef")
    assert [item.key for item in made.items if item.own] == ["x"]
    again = adapted_from(made, made, key="proef-van-hen", version=1)
    assert again.root == "proef"
    assert len(FIVE) == len(made.by_key["kern"].options)  # type: ignore[attr-defined]  # a scale

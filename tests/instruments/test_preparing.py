"""Parts that are left out, the quick scan, vision points as rows, and the order in which one person is asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.instruments.faults import InstrumentError
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.preparing import alone, has_quick, modules_of, ordered, prepared, wants_points
from lemniscaat.instruments.reader import read
from tests.instruments.examples import RAW

TEN = [{"key": "ja", "nl": "Ja"}, {"key": "nee", "nl": "Nee"}]


def choice(key: str, **more: Any) -> dict[str, Any]:
    return {"kind": "choice", "key": key, "text": key, "options": TEN, **more}


def made(*sections: dict[str, Any], **more: Any) -> Instrument:
    return Instrument.model_validate({**RAW, "sections": list(sections), **more})


PARTS = made(
    {"title": "Kern", "items": [choice("a", quick=True), choice("b", factual=True)]},
    {"title": "Erbij horen", "module": "erbij", "items": [choice("c")]},
    {"title": "Begeleiding", "module": "begeleiding", "items": [choice("d", quick=True)]},
)


def keys(instrument: Instrument) -> list[str]:
    return [item.key for item in instrument.items]


def test_modules_are_chosen() -> None:
    assert [name for name, _section in modules_of(PARTS)] == ["erbij", "begeleiding"]
    assert keys(prepared(PARTS)) == ["a", "b", "c", "d"]
    assert keys(prepared(PARTS, modules=[])) == ["a", "b"]
    assert keys(prepared(PARTS, modules=["begeleiding"])) == ["a", "b", "d"]


def test_what_was_left_out_is_unknown() -> None:
    with pytest.raises(KeyError):
        prepared(PARTS, modules=[]).item("c")


def test_the_quick_scan_keeps_what_opens_its_questions() -> None:
    opened = made(
        {
            "title": "Alles",
            "items": [
                choice("feit", factual=True),
                choice("los"),
                choice("dan", quick=True, show_if={"item": "feit", "any_of": ["ja"]}),
            ],
        }
    )
    assert has_quick(opened)
    assert keys(prepared(opened, quick=True)) == ["feit", "dan"]
    assert keys(prepared(PARTS, modules=[], quick=True)) == ["a"]


def test_vision_points_become_rows() -> None:
    table = {
        "kind": "table",
        "key": "punten",
        "text": "Wat is dit voor mij?",
        "rows_from": "vision",
        "columns": [{"key": "wat", "nl": "Wat"}],
    }
    asked = made({"title": "Alleen", "items": [table]})
    assert wants_points(asked)
    rows = prepared(asked, points=[("Veilig om te proberen", "Safe to try"), ("Samen", "")]).item("punten")
    assert [row.nl for row in rows.rows] == ["Veilig om te proberen", "Samen"]  # type: ignore[attr-defined]  # a table
    assert "rows_from" in str(asked.definition())


def test_what_is_read_again_is_prepared_the_same() -> None:
    again = Instrument.model_validate(PARTS.definition())
    assert prepared(again, modules=["erbij"]).definition() == prepared(PARTS, modules=["erbij"]).definition()


SHUFFLED = made(
    {
        "title": "Eén",
        "order": "random",
        "items": [
            choice("een"),
            choice("open", factual=True),
            choice("erachter", show_if={"item": "open", "any_of": ["ja"]}),
            choice("twee"),
            choice("drie"),
        ],
    },
    {"title": "Twee", "items": [choice("vier")]},
    section_order="random",
)


@given(st.text())
def test_everybody_meets_every_question_once_and_never_before_what_opens_it(seed: str) -> None:
    asked = ordered(SHUFFLED, seed)
    assert sorted(keys(asked)) == sorted(keys(SHUFFLED))
    assert keys(asked).index("erachter") == keys(asked).index("open") + 1
    assert keys(ordered(SHUFFLED, seed)) == keys(asked)


def test_not_everybody_meets_the_same_order() -> None:
    assert len({tuple(keys(ordered(SHUFFLED, str(seed)))) for seed in range(30)}) > 3
    assert ordered(PARTS, "x") is PARTS


def test_a_condition_may_not_cross_a_part_that_can_be_left_out() -> None:
    text = """
key: los
version: 1
titles: {nl: Los, en: Loose}
maker: Wij
origin: Eigen
known: Niets.
ours: Alles.
purpose: {nl: Proberen., en: Trying.}
ways: [alone]
sections:
  - title: Erbij
    module: erbij
    items:
      - {kind: choice, key: a, text: A, factual: true, options: [{key: ja, nl: Ja}, {key: nee, nl: Nee}]}
  - title: Kern
    items:
      - kind: text
        key: b
        text: B
        show_if: {item: a, any_of: [ja]}
"""
    with pytest.raises(InstrumentError, match="ander deel") as bad:
        read(text)
    assert bad.value.faults[0].line == 21


def test_one_section_by_itself() -> None:
    """A question that hangs on an answer of another section goes, and what hangs on that one too."""
    yes = {"any_of": ["ja"]}
    whole = made(
        {"title": "Eerst", "items": [choice("a", factual=True)]},
        {
            "title": "Dan",
            "items": [
                choice("b", factual=True, show_if={"item": "a", **yes}),
                choice("c", show_if={"item": "b", **yes}),
                choice("d", factual=True),
                choice("e", show_if={"item": "d", **yes}),
            ],
        },
    )
    assert keys(alone(whole, 1)) == ["a"]
    assert keys(alone(whole, 2)) == ["d", "e"]
    assert alone(whole, 2).by_key.keys() == {"d", "e"}
    for number in (0, -1, 3):
        with pytest.raises(IndexError):
            alone(whole, number)

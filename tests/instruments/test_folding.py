"""Folding whole responses: batches, groups, routes, and the quality of what came in."""

from typing import Any

from hypothesis import given, settings

from lemniscaat.instruments.folding import QUALITY, empty, fold, fold_batch, fold_by, merge_folds
from lemniscaat.instruments.grammar import Instrument, visible
from tests.chance import tries
from tests.instruments.examples import FIVE, INSTRUMENT, RAW, SEVERAL, responses

few = settings(max_examples=tries(15, 30), deadline=None)


@few
@given(responses(), responses())
def test_folds_add_up(one: Any, other: Any) -> None:
    a, b = fold_batch(INSTRUMENT, one), fold_batch(INSTRUMENT, other)
    assert merge_folds(a, b) == merge_folds(b, a) == fold(INSTRUMENT, one + other)
    assert merge_folds(empty(INSTRUMENT), a) == a


@few
@given(responses())
def test_groups_together_are_the_whole(rows: Any) -> None:
    groups = fold_by(INSTRUMENT, [(place % 3, row) for place, row in enumerate(rows)])
    total = empty(INSTRUMENT)
    for one in groups.values():
        total = merge_folds(total, one)
    assert total == fold(INSTRUMENT, rows)


def _scales(n: int) -> Instrument:
    items = [{"kind": "scale", "key": f"s{i}", "text": "Ik.", "options": FIVE} for i in range(n)]
    return Instrument.model_validate({**RAW, "sections": [{"title": "Alles", "items": items}]})


def test_alike_answers_and_passing_by_are_counted_apart() -> None:
    instrument = _scales(5)
    same = {f"s{i}": {"v": "o3"} for i in range(5)}
    mixed = {**same, "s0": {"v": "o1"}}
    short = {f"s{i}": {"v": "o1"} for i in range(4)}
    passing = {"s0": {"skip": "na"}, "s1": {"skip": "na"}, "s2": {"skip": "na"}, "s3": {"v": "o1"}}
    damaged = {**mixed, "s4": {"v": 7}}
    told = fold(instrument, [same, mixed, short, passing, damaged])[QUALITY]
    assert told.n == 5
    assert told.parts["alike"] == {"no": 2, "yes": 1, "few": 2}
    assert told.parts["na"] == {"none": 4, "some": 0, "most": 1}
    assert told.parts["unread"] == {"no": 4, "yes": 1}


def _routed() -> Instrument:
    items: list[dict[str, Any]] = [
        {"kind": "choice", "key": "bezoek", "text": "Kwam er iemand?", "options": SEVERAL, "factual": True},
        {
            "kind": "choice",
            "key": "daarna",
            "text": "En toen?",
            "options": SEVERAL,
            "factual": True,
            "show_if": {"item": "bezoek", "any_of": ["samen"]},
        },
        {"kind": "text", "key": "hoe", "text": "Hoe?", "show_if": {"item": "daarna", "any_of": ["vragen"]}},
    ]
    return Instrument.model_validate({**RAW, "sections": [{"title": "Alles", "items": items}]})


def test_what_was_not_shown_does_not_fit() -> None:
    instrument = _routed()
    through = {"bezoek": {"v": "samen"}, "daarna": {"v": "vragen"}, "hoe": {"v": "zo"}}
    forged = {"bezoek": {"v": "vragen"}, "daarna": {"v": "vragen"}, "hoe": {"v": "toch"}}
    folded = fold(instrument, [through, forged])
    assert (folded["daarna"].n, folded["daarna"].skipped["na"]) == (1, 1)
    assert folded["hoe"].texts == ("zo",)
    assert [item.key for item in visible(instrument, through)] == ["bezoek", "daarna", "hoe"]
    assert [item.key for item in visible(instrument, forged)] == ["bezoek"]
    assert instrument.item("hoe").opened_by == "daarna"

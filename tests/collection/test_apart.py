"""Difference first: one sentence of counts that stand in the table, and the row to put on top."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.collection.apart import NO_CHOICE, apart
from lemniscaat.collection.release import ItemBlock, Table, table
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from tests.collection.halls import instrument

LETTERS = [{"key": one, "nl": f"Letter {one}"} for one in ("aap", "beer", "cavia", "das")]
KINDS: list[dict[str, Any]] = [
    {"kind": "scale", "key": "scale", "options": LETTERS},
    {"kind": "choice", "key": "choice", "options": LETTERS},
    {"kind": "choice", "key": "fact", "factual": True, "options": LETTERS},
    {"kind": "choices", "key": "choices", "options": LETTERS},
    {"kind": "ranking", "key": "ranking", "options": LETTERS},
    {"kind": "ranking", "key": "top", "options": LETTERS, "top": 2},
    {"kind": "ranking", "key": "one", "options": LETTERS[:2], "top": 1},
    {"kind": "wanted", "key": "wanted", "options": LETTERS},
    {"kind": "checklist", "key": "list", "points": LETTERS[:2], "options": LETTERS},
    {"kind": "statements", "key": "statements", "statements": LETTERS[:3]},
    {"kind": "number", "key": "number", "greatest": 40, "bins": [0, 5, 10]},
    {"kind": "cards", "key": "cards", "cards": LETTERS, "draw": 2},
]
BOTH = {"nl": "Alles", "en": "All"}
ITEMS = {
    item.key: item
    for item in instrument(
        sections=[{"title": BOTH, "items": [{**one, "text": "Wat kies je?"} for one in KINDS]}]
    ).items
}


def made(item: BaseItem, parts: dict[str, dict[str, int]], n: int = 0, kept: Any = None) -> Table:
    """A released table with these counts."""
    n = n or max([sum(row.values()) for row in parts.values()], default=0)
    found = table([ItemBlock(frozenset({1}), (), n, parts, {}, kept or {})], frozenset({1}))
    assert found is not None
    return found


def said(key: str, parts: dict[str, dict[str, int]], **more: Any) -> tuple[str, str] | None:
    found = apart(ITEMS[key], made(ITEMS[key], parts, **more))
    return (found.part, found.sentence) if found else None


@st.composite
def tables(draw: st.DrawFn) -> tuple[BaseItem, Table]:
    """Any item with any counts of its own parts, some of them kept back."""
    item = draw(st.sampled_from(list(ITEMS.values())))
    parts: dict[str, dict[str, int]] = {}
    kept: dict[str, int] = {}
    for part in kind_of(item).shape(item):
        counts = {o.key: draw(st.integers(0, 40)) for o in part.options}
        parts[part.key] = {key: n for key, n in counts.items() if n}
        if draw(st.integers(0, 4)) == 0:
            kept[part.key] = 1
    most = max((sum(row.values()) for row in parts.values()), default=0)
    return item, made(item, parts, most + draw(st.integers(0, 3)), kept)


@given(tables())
def test_no_number_that_is_not_in_the_table(case: tuple[BaseItem, Table]) -> None:
    """The numbers stand in the row that is named, or are the n of all; and both sides have somebody."""
    item, shown = case
    found = apart(item, shown)
    if found is None:
        return
    # what labels say is no count
    words = re.sub(r"‘[^’]*’", "", found.sentence)
    numbers = [int(one) for one in re.findall(r"\d+", words)]
    row = shown.parts[found.part]
    counts = [n for key, n in row.items() if key not in NO_CHOICE]
    tops = [one.get("p1") for one in shown.parts.values()] if item.kind == "ranking" else []
    assert len(numbers) == 2
    assert all(number > 1 for number in numbers)
    assert all(number in {*counts, *tops, shown.n} for number in numbers)
    assert numbers[0] in counts
    assert "%" not in found.sentence
    assert "gemiddeld" not in found.sentence


@pytest.mark.parametrize("key", sorted(ITEMS))
def test_nothing_where_nothing_is_shown(key: str) -> None:
    assert apart(ITEMS[key], None) is None
    assert apart(ITEMS[key], made(ITEMS[key], {}, 7)) is None


def test_first_for_some_and_last_for_others() -> None:
    counts = {
        "aap": {"p1": 7, "p4": 6},
        "beer": {"p1": 5, "p2": 8},
        "cavia": {"p2": 5, "p3": 8},
        "das": {"p1": 1, "p4": 7},
    }
    assert said("ranking", counts) == (
        "aap",
        "Hier verschillen we het meest: 7 zetten ‘letter aap’ bovenaan, 6 onderaan. Wie vertelt?",
    )


def test_a_ranking_of_some_says_where_it_is_left_out() -> None:
    counts = {"aap": {"p1": 7, "rest": 6}, "beer": {"p1": 6, "p2": 7}}
    assert said("top", counts) == (
        "aap",
        "Hier verschillen we het meest: 7 zetten ‘letter aap’ bovenaan, bij 6 staat het er niet bij. Wie vertelt?",
    )


def test_two_that_stand_first() -> None:
    counts = {"aap": {"p1": 4, "p2": 9}, "beer": {"p1": 9, "p2": 4}, "cavia": {"p3": 13}}
    assert said("ranking", counts) == (
        "beer",
        "Hier verschillen we: 9 zetten ‘letter beer’ bovenaan, 4 ‘letter aap’. Wie vertelt?",
    )
    assert said("ranking", {"aap": {"p1": 13}, "beer": {"p2": 13}}) is None


def test_far_apart_weighs_more_than_many_side_by_side() -> None:
    """On a scale; in a choice no two lie further apart than others."""
    counts = {"": {"aap": 5, "beer": 7, "cavia": 6, "das": 5}}
    assert said("scale", counts) == (
        "",
        "Hier verschillen we: 5 kozen ‘letter aap’, 5 ‘letter das’. Wie vertelt?",
    )
    assert said("choice", counts) == (
        "",
        "Hier verschillen we: 7 kozen ‘letter beer’, 6 ‘letter cavia’. Wie vertelt?",
    )
    assert said("scale", {"": {"beer": 12}}) is None
    assert said("fact", counts) is None


def test_the_row_where_people_lie_furthest_apart() -> None:
    counts = {"aap": {"aap": 7, "beer": 4}, "beer": {"aap": 2, "das": 5, "open": 4}}
    assert said("list", counts) == (
        "beer",
        "Bij ‘letter beer’ verschillen we het meest: 2 kozen ‘letter aap’, 5 ‘letter das’. Wie vertelt?",
    )
    assert said("list", {"aap": {"aap": 5, "open": 6}}) is None


def test_what_half_of_us_chose() -> None:
    counts = {"aap": {"yes": 12}, "beer": {"yes": 6}, "cavia": {"yes": 2}}
    assert said("choices", counts, n=13) == (
        "beer",
        "Over ‘letter beer’ zijn we het meest verdeeld: 6 van de 13 kozen het, de anderen niet. Wie vertelt?",
    )
    # of what is kept back nobody knows how many chose it
    assert said("choices", counts, n=13, kept={"aap": 1, "beer": 13, "cavia": 13}) is None
    assert said("choices", {"aap": {"yes": 13}}, n=13) is None


def test_nobody_is_asked_as_the_only_one() -> None:
    assert said("scale", {"": {"aap": 1, "das": 9}}) is None
    assert said("ranking", {"aap": {"p1": 1, "p4": 9}, "beer": {"p1": 9, "p4": 1}}) is None
    assert said("choices", {"aap": {"yes": 12}, "beer": {"yes": 1}}, n=13) is None
    assert said("list", {"aap": {"aap": 1, "das": 9}, "beer": {"aap": 10}}) is None

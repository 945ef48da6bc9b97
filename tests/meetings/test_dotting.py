"""Dots: three in hand, where they lie, and what that says of the notes; never of people."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.meetings.dotting import LONGEST, MOST, Dots, counted, heaviest

WALL = [("g1", "Tijd"), ("g2", "Wie kijkt er mee?"), ("1.1", "SBC in de klas"), ("2.1", "Rust.")]
KEYS = [key for key, _name in WALL]
CASTS = st.lists(
    st.tuples(st.sampled_from([*KEYS, "weg", ""]), st.sampled_from([1, -1, 0, 2, -3])), max_size=20
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)


def laid(**on: int) -> list[Dots]:
    """As many people as it takes to lay these dots, one each."""
    return [Dots({key.replace("_", "."): 1}) for key, n in on.items() for _ in range(n)]


def test_somebody_lays_three_dots_as_he_likes() -> None:
    dots = Dots().cast("g1", 1, KEYS).cast("g1", 1, KEYS).cast("2.1", 1, KEYS)
    assert (dots.on, dots.left) == ({"g1": 2, "2.1": 1}, 0)
    assert dots.cast("g2", 1, KEYS) == dots
    assert dots.cast("g1", -1, KEYS).cast("g2", 1, KEYS).on == {"g1": 1, "2.1": 1, "g2": 1}
    assert dots.cast("2.1", -1, KEYS).on == {"g1": 2}
    assert dots.cast("g2", -1, KEYS) == dots
    assert dots.cast("g1", 2, KEYS) == dots


def test_a_dot_on_a_note_that_is_gone_is_in_hand_again() -> None:
    dots = Dots({"g1": 2, "2.1": 1}).cast("g2", 1, ["g2", "2.1"])
    assert dots.on == {"2.1": 1, "g2": 1}


@pytest.mark.parametrize(
    ("raw", "on"),
    [
        ({"schema_version": 1, "on": {"g1": 2, "g2": 1}}, {"g1": 2, "g2": 1}),
        ({"on": {"g1": 2, "g2": 2, "2.1": 1}}, {"g1": 2, "2.1": 1}),
        ({"on": {"g1": True, "g2": "2", "2.1": 0, "1.1": -1}}, {}),
        ({"on": [["g1", 1]]}, {}),
        ({}, {}),
        (None, {}),
        ([], {}),
    ],
)
def test_what_does_not_fit_is_left_out(raw: Any, on: dict[str, int]) -> None:
    assert Dots.read(raw).on == on


@pytest.mark.parametrize(
    ("dots", "sentence"),
    [
        ([], "Er liggen nog geen stippen."),
        (
            laid(g1=4, g2=7),
            (
                "De meeste stippen liggen bij ‘wie kijkt er mee?’ (7), daarna bij ‘tijd’ (4). "
                "Waar ligt er geen, en is het toch belangrijk?"
            ),
        ),
        (
            laid(g1=2, _1_1=1),
            "Alle stippen liggen bij ‘tijd’ (2). Waar ligt er geen, en is het toch belangrijk?",
        ),
        (
            laid(g1=2, g2=2),
            (
                "Alle stippen liggen bij ‘tijd’ (2) en ‘wie kijkt er mee?’ (2). "
                "Waar ligt er geen, en is het toch belangrijk?"
            ),
        ),
        ([*laid(g1=1, g2=1), Dots({"1.1": 1, "2.1": 1})], "De stippen liggen verspreid."),
        (
            [*laid(g1=1, g2=1), Dots({"1.1": 2, "2.1": 1})],
            (
                "De meeste stippen liggen bij ‘SBC in de klas’ (2), "
                "daarna bij ‘tijd’ (1), ‘wie kijkt er mee?’ (1) en ‘rust’ (1)."
            ),
        ),
    ],
)
def test_what_the_wall_says(dots: list[Dots], sentence: str) -> None:
    assert heaviest(WALL, dots).sentence == sentence


def test_after_one_heavy_note_many_equal_ones_are_not_listed() -> None:
    wall = [(str(n), f"Briefje {n}") for n in range(6)]
    dots = [Dots({str(n): 1}) for n in range(1, 5)] + [Dots({"0": 3})]
    assert heaviest(wall, dots).sentence.startswith("De meeste stippen liggen bij ‘briefje 0’ (3). Waar")


def test_a_long_note_is_said_short() -> None:
    sentence = heaviest([("1.1", "Woord " * 60)], [Dots({"1.1": 1})]).sentence
    assert "…’ (1)" in sentence
    assert len(sentence) < LONGEST + 60


@given(JSON | st.builds(lambda on: {"on": on}, JSON))
def test_whatever_is_stored_is_read_and_kept(raw: Any) -> None:
    dots = Dots.read(raw)
    assert 0 <= dots.left <= MOST
    assert all(n > 0 for n in dots.on.values())
    assert Dots.read(dots.stored()) == dots


@given(CASTS)
def test_nobody_lays_more_than_he_has(casts: list[tuple[str, int]]) -> None:
    dots = Dots()
    for key, by in casts:
        before = dots
        dots = dots.cast(key, by, KEYS)
        assert 0 <= dots.left <= MOST
        assert set(dots.on) <= set(KEYS)
        assert all(n > 0 for n in dots.on.values())
        assert abs(dots.left - before.left) <= 1
        assert Dots.read(dots.stored()) == dots
        if key in KEYS and by == 1 and before.left:
            assert dots.cast(key, -1, KEYS).on == before.on


@given(st.lists(CASTS, max_size=8))
def test_every_dot_is_counted_once_and_the_wall_keeps_its_order(people: list[list[tuple[str, int]]]) -> None:
    everybody = []
    for casts in people:
        dots = Dots()
        for key, by in casts:
            dots = dots.cast(key, by, KEYS)
        everybody.append(dots)
    weighed = heaviest(WALL, everybody)
    assert [(one.key, one.name) for one in weighed.in_order] == WALL
    assert {one.key: one.n for one in weighed.in_order} == counted(everybody, KEYS)
    assert sum(one.n for one in weighed.in_order) == sum(MOST - dots.left for dots in everybody)
    assert sorted(weighed.by_weight, key=lambda one: (-one.n, KEYS.index(one.key))) == [*weighed.by_weight]
    assert set(weighed.by_weight) == set(weighed.in_order)
    assert heaviest(WALL, everybody[::-1]) == weighed

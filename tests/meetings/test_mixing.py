"""Mixed groups: everybody once, roles and families spread evenly, places as far as they can be."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.meetings.mixing import Groups, Guest, how_many, moved, propose
from lemniscaat.people.models import FAMILY

FAMILIES = {str(role): family for role, family in FAMILY.items()}
ROLES = [*FAMILIES, "", "guest"]
GUESTS = st.lists(
    st.builds(
        Guest, st.integers(1, 500), st.sampled_from(ROLES), st.sampled_from(["", "brug", "dijk", "plein"])
    ),
    max_size=60,
    unique_by=lambda one: one.key,
)
SIZES = st.integers(3, 6)
SEEDS = st.integers(0, 2**31)


def spread(groups: Groups, guests: list[Guest], trait: Callable[[Guest], str]) -> dict[str, int]:
    """By how many two groups differ at most, for everything that people have of one trait."""
    of = {one.key: trait(one) for one in guests}
    counts = [Counter(of[key] for key in group) for group in groups]
    return {value: max(c[value] for c in counts) - min(c[value] for c in counts) for value in of.values()}


def test_two_schools_with_everybody_twice_sit_mixed() -> None:
    roles = ["student", "mentor", "school_leader", "institute_educator"]
    guests = [
        Guest(n, role, place)
        for n, (role, place) in enumerate((role, place) for place in ("brug", "dijk") for role in roles)
    ]
    for seed in range(20):
        groups = propose(guests, size=4, seed=seed, families=FAMILIES)
        assert len(groups) == 2
        assert set(spread(groups, guests, lambda one: one.role).values()) == {0}
        assert set(spread(groups, guests, lambda one: one.place).values()) == {0}


def test_shuffling_again_gives_another() -> None:
    guests = [Guest(n, "student", "brug") for n in range(12)]
    told = {propose(guests, size=4, seed=seed, families=FAMILIES) for seed in range(10)}
    assert len(told) == 10


@pytest.mark.parametrize(
    ("people", "size", "sizes"),
    [
        (0, 4, []),
        (1, 4, [1]),
        (5, 3, [5]),
        (6, 3, [3, 3]),
        (6, 6, [6]),
        (7, 6, [3, 4]),
        (8, 3, [4, 4]),
        (13, 4, [4, 4, 5]),
        (14, 4, [3, 3, 4, 4]),
        (25, 4, [4, 4, 4, 4, 4, 5]),
        (1000, 5, [5] * 200),
    ],
)
def test_how_large_the_groups_are(people: int, size: int, sizes: list[int]) -> None:
    guests = [Guest(n, ROLES[n % 5], str(n % 17)) for n in range(people)]
    groups = propose(guests, size=size, seed=people, families=FAMILIES)
    assert sorted(map(len, groups)) == sizes


@given(GUESTS, SIZES, SEEDS)
def test_everybody_sits_once_in_groups_of_three_to_six(guests: list[Guest], size: int, seed: int) -> None:
    groups = propose(guests, size=size, seed=seed, families=FAMILIES)
    assert sorted(key for group in groups for key in group) == sorted(one.key for one in guests)
    lengths = [len(group) for group in groups]
    if len(guests) >= 3:
        assert all(3 <= length <= 6 for length in lengths)
    if lengths:
        assert max(lengths) - min(lengths) <= 1
    assert propose(guests[::-1], size=size, seed=seed, families=FAMILIES) == groups


@given(GUESTS, SIZES, SEEDS)
def test_two_groups_differ_by_one_at_most_in_role_and_family(
    guests: list[Guest], size: int, seed: int
) -> None:
    groups = propose(guests, size=size, seed=seed, families=FAMILIES)
    assert all(n <= 1 for n in spread(groups, guests, lambda one: one.role).values())
    assert all(n <= 1 for n in spread(groups, guests, lambda one: FAMILIES.get(one.role, "")).values())


@given(st.integers(2, 12), SIZES, SEEDS)
def test_a_place_with_one_person_for_each_group_sits_in_each(tables: int, size: int, seed: int) -> None:
    n = how_many(tables * size, size)
    guests = [Guest(key, "student", str(key // n)) for key in range(tables * size)]
    groups = propose(guests, size=size, seed=seed, families=FAMILIES)
    assert all(apart <= 1 for apart in spread(groups, guests, lambda one: one.place).values())


@given(GUESTS, SIZES, SEEDS, st.integers(0, 59))
def test_the_leader_sits_in_the_first_group(guests: list[Guest], size: int, seed: int, who: int) -> None:
    leader = guests[who % len(guests)].key if guests else None
    groups = propose(guests, size=size, seed=seed, families=FAMILIES, leader=leader)
    assert not groups or leader in groups[0]
    plain = propose(guests, size=size, seed=seed, families=FAMILIES)
    assert sorted(plain) == sorted(groups)


def test_one_is_moved_by_hand() -> None:
    groups = ((1, 2, 3), (4, 5))
    assert moved(groups, 2, 1) == ((1, 3), (4, 5, 2))
    assert moved(groups, 2, 2) == ((1, 3), (4, 5), (2,))
    assert moved(groups, 2, 0) == groups
    assert moved(groups, 2, 3) == groups
    assert moved(groups, 2, -1) == groups
    assert moved(groups, 9, 0) == groups
    assert moved(((1,), (2,)), 1, 1) == ((2, 1),)
    assert moved(((1,), (2,)), 1, 2) == ((2,), (1,))


@given(GUESTS, st.integers(0, 500), st.integers(-1, 25))
def test_moving_loses_nobody(guests: list[Guest], key: int, to: int) -> None:
    groups = propose(guests, size=4, seed=1, families=FAMILIES)
    after = moved(groups, key, to)
    assert sorted(k for g in after for k in g) == sorted(k for g in groups for k in g)
    assert all(after)

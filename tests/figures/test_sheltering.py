"""What may be told side by side: an attacker who adds and subtracts all that is told finds nobody."""

import os
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.figures.sheltering import FEW, Cell, remainders, sound, tellable
from tests.chance import tries

ROOT = 1


def tree(boards: list[list[int]]) -> tuple[list[Cell], dict[int, list[int]]]:
    """The partnership, its boards and their schools with so many people; and per cell the schools in it."""
    cells, inside, key = [], {}, 100
    every: list[int] = []
    for at, sizes in enumerate(boards):
        schools = list(range(key, key + len(sizes)))
        key += len(sizes)
        cells += [Cell(one, (ROOT, 10 + at, one), "places", n) for one, n in zip(schools, sizes, strict=True)]
        inside |= {one: [one] for one in schools}
        cells.append(Cell(10 + at, (ROOT, 10 + at), "places", sum(sizes)))
        inside[10 + at] = schools
        every += schools
    cells.append(Cell(ROOT, (ROOT,), "", sum(map(sum, boards))))
    inside[ROOT] = every
    return cells, inside


def derivable(told: list[list[int]], schools: list[int]) -> list[frozenset[int]]:
    """Every set of schools whose sum follows by adding and subtracting what was told (exact algebra)."""
    rows = [[Fraction(school in one) for school in schools] for one in told]
    base: list[list[Fraction]] = []
    for row in rows:
        left = _reduced(row, base)
        if any(left):
            base.append(left)
    found: list[frozenset[int]] = []
    for size in range(1, len(schools) + 1):
        found += [
            frozenset(some)
            for some in combinations(schools, size)
            if not any(_reduced([Fraction(one in some) for one in schools], base))
        ]
    return found


def _reduced(row: list[Fraction], base: list[list[Fraction]]) -> list[Fraction]:
    row = list(row)
    for one in base:
        lead = next(at for at, value in enumerate(one) if value)
        if row[lead]:
            times = row[lead] / one[lead]
            row = [left - times * right for left, right in zip(row, one, strict=True)]
    return row


EXAMPLES = int(os.environ.get("LEMNISCAAT_EXAMPLES") or tries(12, 30))
BOARDS = st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), min_size=1, max_size=3)


@settings(max_examples=EXAMPLES, deadline=None)
@given(BOARDS)
def test_who_subtracts_everything_finds_no_small_group(boards: list[list[int]]) -> None:
    cells, inside = tree(boards)
    people = {cell.key: cell.people for cell in cells}
    shown = tellable(cells)
    schools = inside[ROOT]
    assert sound({key: cell for key, cell in ((one.key, one) for one in cells) if key in shown})
    for group in derivable([inside[key] for key in shown], schools):
        total = sum(people[one] for one in group)
        assert total == 0 or total >= FEW, (boards, shown, group)


def test_the_attacker_breaks_a_threshold_alone() -> None:
    cells, inside = tree([[8, 7, 3]])
    naive = [inside[cell.key] for cell in cells if cell.people >= FEW]
    assert frozenset({102}) in derivable(naive, inside[ROOT])
    shown = tellable(cells)
    assert 102 not in shown
    assert len({100, 101} & shown) == 1
    assert frozenset({102}) not in derivable([inside[key] for key in shown], inside[ROOT])


@settings(max_examples=EXAMPLES, deadline=None)
@given(BOARDS, st.randoms(use_true_random=False))
def test_what_came_file_by_file_is_as_safe_and_stays_told(boards: list[list[int]], draw: object) -> None:
    cells, inside = tree(boards)
    order = list(cells)
    draw.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a Random
    people = {cell.key: cell.people for cell in cells}
    told: frozenset[int] = frozenset()
    for at, cell in enumerate(order):
        now = tellable(order[: at + 1], told=told, ask={cell.key})
        assert told <= now
        told = now
    for group in derivable([inside[key] for key in told], inside[ROOT]):
        total = sum(people[one] for one in group)
        assert total == 0 or total >= FEW


def test_of_two_margins_the_first_stays() -> None:
    cells, _ = tree([[20, 10]])
    institute = Cell(50, (ROOT, 50), "institutes", 27)
    assert 50 not in tellable([*cells, institute])
    assert tellable([*cells, institute], told={ROOT, 50}) == {ROOT, 50}


def test_a_few_people_are_told_nowhere_and_nothing_is_left_over() -> None:
    small = [Cell(ROOT, (ROOT,), "", 4)]
    assert not tellable(small)
    cells, _ = tree([[5, 5], [6, 6]])
    shown = tellable(cells)
    assert shown == {cell.key for cell in cells}
    assert sound({cell.key: cell for cell in cells})
    assert set(remainders({cell.key: cell for cell in cells}).values()) == {0, 5, 6}


def test_figures_that_do_not_add_up_are_not_told_together() -> None:
    cells = [Cell(ROOT, (ROOT,), "", 20), Cell(7, (ROOT, 7), "places", 30)]
    assert tellable(cells) == {ROOT}

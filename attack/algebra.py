"""Exact: is there any sum and difference of published figures that rests on a few people only?

Every figure is a row: 1 for each segment that counts in it. What can be computed from figures by adding, subtracting
and multiplying is the row space. A finding is a vector of that space, not zero, whose segments hold too few people.
Segments that always appear together have equal coordinates in every such vector, so only segments (or classes of
them) that are small by themselves need a look: the search below is complete, not a sample.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

Row = list[Fraction]


def reduce_rows(rows: Iterable[Row]) -> tuple[list[Row], list[int]]:
    """Reduced row echelon form of the row space, and the pivot column of each row."""
    basis: list[Row] = []
    pivots: list[int] = []
    for given in rows:
        row = list(given)
        for base, pivot in zip(basis, pivots, strict=True):
            if row[pivot]:
                row = _less(row, base, row[pivot])
        pivot = next((i for i, value in enumerate(row) if value), -1)
        if pivot < 0:
            continue
        row = [value / row[pivot] for value in row]
        basis = [_less(base, row, base[pivot]) if base[pivot] else base for base in basis]
        basis.append(row)
        pivots.append(pivot)
    return basis, pivots


def _less(row: Row, base: Row, times: Fraction) -> Row:
    return [a - times * b if b else a for a, b in zip(row, base, strict=True)]


def differences(
    groups: Iterable[frozenset[str]], weights: Mapping[str, int], most: int
) -> list[frozenset[str]]:
    """Sets of segments with 1..`most` people whose count follows exactly from the groups' counts."""
    sets = sorted({frozenset(g) for g in groups}, key=sorted)
    alike: dict[tuple[bool, ...], list[str]] = defaultdict(list)
    for segment in sorted({s for g in sets for s in g}):
        if weights.get(segment, 0) > 0:
            alike[tuple(segment in g for g in sets)].append(segment)
    classes = list(alike.items())
    sizes = [sum(weights[s] for s in members) for _, members in classes]
    rows = {tuple(column[i] for column, _ in classes) for i in range(len(sets))}
    basis, pivots = reduce_rows([Fraction(int(v)) for v in row] for row in sorted(rows))
    small = [i for i, size in enumerate(sizes) if size <= most]
    found: set[frozenset[int]] = set()
    for trial in _maximal(small, sizes, most):
        support = _inside(basis, pivots, trial)
        if support:
            found.add(support)
    return [frozenset(s for i in support for s in classes[i][1]) for support in sorted(found, key=sorted)]


def _maximal(small: list[int], sizes: list[int], most: int) -> Iterator[frozenset[int]]:
    """Every set of small classes that fits in `most` people and to which no further one can be added."""

    def grow(start: int, chosen: tuple[int, ...], room: int) -> Iterator[frozenset[int]]:
        extended = False
        for at in range(start, len(small)):
            if sizes[small[at]] <= room:
                extended = True
                yield from grow(at + 1, (*chosen, small[at]), room - sizes[small[at]])
        if chosen and not extended:
            yield frozenset(chosen)

    yield from grow(0, (), most)


def _inside(basis: list[Row], pivots: list[int], trial: frozenset[int]) -> frozenset[int]:
    """The support of a vector of the row space that is zero outside `trial`; empty when there is none. Such a vector
    uses only basis rows whose pivot lies inside, so the system to solve is tiny."""
    use = [row for row, pivot in zip(basis, pivots, strict=True) if pivot in trial]
    if not use:
        return frozenset()
    width = len(use[0])
    outside = [i for i in range(width) if i not in trial]
    # carry along which rows were combined: [outside | inside]; a row whose outside part vanishes is the answer
    inside = sorted(trial)
    reduced, marks = reduce_rows([[*(row[i] for i in outside), *(row[i] for i in inside)] for row in use])
    for row, mark in zip(reduced, marks, strict=True):
        if mark >= len(outside):
            return frozenset(i for i, value in zip(inside, row[len(outside) :], strict=True) if value)
    return frozenset()

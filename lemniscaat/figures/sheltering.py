"""Which figures about people may be told side by side, so that no difference of them is about a few.

A layer is a set of people, and layers lie inside each other: a school in its board, a board in the partnership. Of
all that is told, the parts that can be worked out by adding and subtracting are exactly sums of *remainders*: a told
layer less the told layers next inside it. So every remainder must hold nobody or at least `least` people; then every
sum of remainders does. Layers that cross (schools and institutes hold the same students) are not both told: of two
margins the first one stays. What was told stays told, for whoever saw it does not forget it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

FEW = 5
FEW_ANSWERS = 10
"""Answers that people gave in confidence: from ten on also 'all of them' is no longer about somebody."""


@dataclass(frozen=True)
class Cell:
    """A figure at a layer: the layers from the partnership down to itself, its margin, and how many it rests on."""

    key: int
    path: tuple[int, ...]
    margin: str
    people: int

    @property
    def depth(self) -> int:
        return len(self.path)


def tellable(
    cells: Iterable[Cell], *, told: Collection[int] = (), ask: Collection[int] | None = None, least: int = FEW
) -> frozenset[int]:
    """The keys of the cells that may be told.

    told: what stands already. ask: which of the others may come in now (None: all); the rest stays unseen.
    """
    by_key = {cell.key: cell for cell in cells}
    shown = _Told(least)
    for cell in sorted((by_key[key] for key in told if key in by_key), key=_order):
        if cell.people >= least:
            shown.add(cell)
    asked = sorted(
        (
            cell
            for key, cell in by_key.items()
            if key not in shown.keys and (ask is None or key in ask) and cell.people >= least
        ),
        key=_order,
    )
    margins = {cell.margin for cell in shown.at.values()} - {""}
    margin = min(margins, default="") or _wider(asked)
    grew = True
    while grew:
        grew = False
        for cell in list(asked):
            if cell.margin in {"", margin} and shown.fits(cell):
                shown.add(cell)
                asked.remove(cell)
                grew = True
    return frozenset(shown.keys)


class _Told:
    """The cells that are told, by their paths, and what is left of each when those inside it are taken away."""

    def __init__(self, least: int) -> None:
        self.least = least
        self.at: dict[tuple[int, ...], Cell] = {}
        self.left: dict[tuple[int, ...], int] = {}
        self.keys: set[int] = set()

    def _around(self, path: tuple[int, ...]) -> tuple[int, ...] | None:
        for length in range(len(path) - 1, 0, -1):
            if path[:length] in self.at:
                return path[:length]
        return None

    def _changes(self, cell: Cell) -> dict[tuple[int, ...], int]:
        """What would be left of the cell and of the one around it."""
        up, depth = self._around(cell.path), cell.depth
        inside = sum(
            one.people
            for path, one in self.at.items()
            if len(path) > depth and path[:depth] == cell.path and self._around(path) == up
        )
        mine = cell.people - inside
        return {cell.path: mine} | ({} if up is None else {up: self.left[up] - mine})

    def fits(self, cell: Cell) -> bool:
        """Whether telling this one too leaves nobody or enough people everywhere."""
        return all(left == 0 or left >= self.least for left in self._changes(cell).values())

    def near(self, cell: Cell) -> bool:
        """Whether telling this one too leaves no few people anywhere; what stands at its own layer goes for it."""
        return cell.path in self.at or not any(0 < left < self.least for left in self._changes(cell).values())

    def add(self, cell: Cell) -> None:
        self.left |= self._changes(cell)
        self.at[cell.path] = cell
        self.keys.add(cell.key)


MOST_APART = 6


def beside(
    cells: Iterable[Cell], *, hand: Collection[Cell], told: Collection[Cell] = (), least: int = FEW
) -> frozenset[int]:
    """The keys of the cells that may also be told beside figures that were typed by hand.

    A sentence that somebody typed does not say exactly whom it counts, so what was typed is tried alone and together
    with the rest: wherever the difference would be a few people, the cell is not told. A difference under nothing is
    of other people, and tells nothing. `told`: what stands already of the same figure as the cells.
    """
    worlds = [_world(some, told, least) for some in _choices(list(hand))]
    found = set()
    for cell in sorted(cells, key=_order):
        if all(world.near(cell) for world in worlds) and not any(_crosses(cell, one, least) for one in hand):
            found.add(cell.key)
            for world in worlds:
                if cell.path not in world.at:
                    world.add(cell)
    return frozenset(found)


def _choices(hand: list[Cell]) -> Iterable[tuple[Cell, ...]]:
    """What of all that was typed may be about the same people: no layer twice."""
    sizes = range(len(hand) + 1) if len(hand) <= MOST_APART else (0, 1, 2)
    for size in sizes:
        yield from (some for some in combinations(hand, size) if len({one.path for one in some}) == len(some))
    if len(hand) > MOST_APART:
        yield tuple({one.path: one for one in hand}.values())


def _world(some: Iterable[Cell], told: Iterable[Cell], least: int) -> _Told:
    world = _Told(least)
    for one in sorted({one.path: one for one in (*told, *some)}.values(), key=_order):
        world.add(one)
    return world


def _crosses(cell: Cell, other: Cell, least: int) -> bool:
    """Layers that hold the same people another way: who is in the one and not in the other may be a few."""
    apart = bool(cell.margin and other.margin and cell.margin != other.margin)
    return apart and 0 < abs(cell.people - other.people) < least


def _order(cell: Cell) -> tuple[int, int, int]:
    """The wider layer first, then the larger one."""
    return (cell.depth, -cell.people, cell.key)


def _wider(cells: Iterable[Cell]) -> str:
    """The margin on which most people stand; by name where two are alike."""
    found: dict[str, int] = {}
    for cell in cells:
        if cell.margin:
            found[cell.margin] = found.get(cell.margin, 0) + cell.people
    return min(found, key=lambda name: (-found[name], name)) if found else ""


def remainders(shown: Mapping[int, Cell]) -> dict[int, int]:
    """Per told cell how many people are in it and in no told cell next inside it."""
    left = {key: cell.people for key, cell in shown.items()}
    at = {cell.path: key for key, cell in shown.items()}
    for cell in shown.values():
        for length in range(cell.depth - 1, 0, -1):
            around = at.get(cell.path[:length])
            if around is not None:
                left[around] -= cell.people
                break
    return left


def sound(shown: Mapping[int, Cell], least: int = FEW) -> bool:
    """Whether nothing that can be worked out is about fewer than `least` people."""
    return all(left == 0 or left >= least for left in remainders(shown).values())

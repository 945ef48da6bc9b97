"""Where the boxes, squares and threads of an alignment lie: wide from left to right, on a phone from top to bottom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

LINE = 20
MOST_ABOVE = 9
MOST_SHARED = 14
GAP = 14
SIDE = 18
"""One square is one shared point."""
PHONE_X = 44
"""On a phone the boxes begin here: threads run beside them."""


@dataclass(frozen=True)
class Words:
    """Something to draw: its key, its sentence, and whose it is."""

    key: int
    text: str
    whose: str = ""


@dataclass(frozen=True)
class Line:
    """A line of text at a height; `small` for whose it is."""

    y: float
    text: str
    small: bool = False


@dataclass(frozen=True)
class Box:
    """A thing with its lines; `tied` when a thread reaches it."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    text_x: float
    lines: tuple[Line, ...]
    tied: bool
    square_x: float = 0

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def square_y(self) -> float:
        return self.middle - SIDE / 2


@dataclass(frozen=True)
class Picture:
    """One drawing for one width."""

    kind: str
    width: int
    height: float
    heads: tuple[tuple[float, float, str], ...]
    boxes: tuple[Box, ...]
    threads: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """What is drawn: three rows of words, and which belong together: (upper, ours) and (ours, shared)."""

    above: Sequence[Words]
    ours: Sequence[Words]
    shared: Sequence[Words]
    ups: frozenset[tuple[int, int]]
    downs: frozenset[tuple[int, int]]
    heads: tuple[str, str, str]

    def cut(self) -> Told:
        """No more than can be looked at: what a thread reaches goes first, in the same order."""
        up, down = {one for one, _ours in self.ups}, {one for _ours, one in self.downs}
        return Told(
            _first(self.above, up, MOST_ABOVE),
            self.ours,
            _first(self.shared, down, MOST_SHARED),
            self.ups,
            self.downs,
            self.heads,
        )

    @property
    def rows(self) -> tuple[tuple[str, Sequence[Words], frozenset[int], str], ...]:
        """Each row of words: its kind, the words, those that a thread reaches, and its heading."""
        up, ours = frozenset(one for one, _o in self.ups), frozenset(o for _u, o in self.ups)
        ours |= {o for o, _s in self.downs}
        down = frozenset(one for _o, one in self.downs)
        words = (self.above, self.ours, self.shared)
        return tuple(zip(("above", "ours", "shared"), words, (up, ours, down), self.heads, strict=True))

    @property
    def all_drawn(self) -> bool:
        return len(self.above) <= MOST_ABOVE and len(self.shared) <= MOST_SHARED


def _first(rows: Sequence[Words], tied: set[int], most: int) -> list[Words]:
    kept = [row.key for row in rows if row.key in tied] + [row.key for row in rows if row.key not in tied]
    return [row for row in rows if row.key in set(kept[:most])]


COLUMNS = {1: (1200, 0), 2: (500, 200), 3: (330, 105)}
"""How wide a column is and how far from the next, by how many there are."""


def wide(told: Told) -> Picture:
    """Columns beside each other: above, ours, shared with us; what is not there takes no room."""
    told = told.cut()
    rows = [one for one in told.rows if one[1]]
    width, between = COLUMNS[max(1, len(rows))]
    heads: list[tuple[float, float, str]] = []
    placed: dict[str, dict[int, Box]] = {"above": {}, "ours": {}, "shared": {}}
    for number, (kind, words, tied, head) in enumerate(rows):
        x = number * (width + between)
        heads.append((x, 18, head))
        boxes = _column(kind, words, x, width, 40, tied, int(width / 9.7))
        placed[kind] = _placed(words, boxes)
    boxes = [box for of in placed.values() for box in of.values()]
    height = max([box.y + box.height for box in boxes] + [60]) + 4
    threads = [
        _across(one.x + one.width, one.middle, other.square_x or other.x, other.middle)
        for one, other in _tied(told, placed)
    ]
    return Picture("wide", 1200, height, tuple(heads), tuple(boxes), tuple(threads))


def phone(told: Told) -> Picture:
    """The same rows under each other; threads run beside the boxes."""
    told = told.cut()
    y = 0.0
    heads: list[tuple[float, float, str]] = []
    placed: dict[str, dict[int, Box]] = {"above": {}, "ours": {}, "shared": {}}
    for kind, words, tied, head in told.rows:
        if not words:
            continue
        heads.append((PHONE_X, y + 18, head))
        boxes = _column(kind, words, PHONE_X, 262, y + 32, tied, 27)
        placed[kind] = _placed(words, boxes)
        y = boxes[-1].y + boxes[-1].height + 26
    threads = [
        _beside(306, one.middle, other.middle, 1)
        if other.kind == "shared"
        else _beside(PHONE_X, one.middle, other.middle, -1)
        for one, other in _tied(told, placed)
    ]
    boxes = [box for of in placed.values() for box in of.values()]
    return Picture("phone", 350, y, tuple(heads), tuple(boxes), tuple(threads))


def _tied(told: Told, placed: Mapping[str, Mapping[int, Box]]) -> Iterator[tuple[Box, Box]]:
    """The boxes between which a thread runs, from above down, as far as both are drawn."""
    for left, right, links in (("above", "ours", told.ups), ("ours", "shared", told.downs)):
        for one, other in sorted(links):
            if one in placed[left] and other in placed[right]:
                yield placed[left][one], placed[right][other]


def _column(
    kind: str, rows: Iterable[Words], x: float, width: float, y: float, tied: frozenset[int], chars: int
) -> list[Box]:
    """The boxes of some words under each other; a shared point has its square before its words, on a phone behind."""
    found: list[Box] = []
    before = kind == "shared" and x != PHONE_X
    behind = kind == "shared" and x == PHONE_X
    for row in rows:
        text = textwrap.wrap(row.text, chars, max_lines=3, placeholder=" …") or [""]
        whose = textwrap.wrap(row.whose, chars, max_lines=1, placeholder=" …")
        height = 20 + LINE * (len(text) + len(whose))
        square = x if before else x + width - SIDE if behind else 0.0
        text_x = x + (34 if before else 0 if behind else 14)
        lines = [Line(y + 25 + LINE * n, part) for n, part in enumerate(text)]
        lines += [Line(y + 25 + LINE * len(text), part, small=True) for part in whose]
        found.append(Box(kind, x, y, width, height, text_x, tuple(lines), row.key in tied, square))
        y += height + GAP
    return found


def _placed(rows: Iterable[Words], boxes: Iterable[Box]) -> dict[int, Box]:
    return {row.key: box for row, box in zip(rows, boxes, strict=True)}


def _across(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _beside(x: float, y1: float, y2: float, side: int) -> str:
    """Out of the edge of one box and in at that of another, the further the wider."""
    out = x + side * (16 + min(38.0, abs(y2 - y1) / 20))
    return f"M{x:.1f} {y1:.1f}C{out:.1f} {y1:.1f} {out:.1f} {y2:.1f} {x:.1f} {y2:.1f}"


def pairs(links: Mapping[int, Iterable[int]]) -> frozenset[tuple[int, int]]:
    """{one: others} as pairs."""
    return frozenset((one, other) for one, others in links.items() for other in others)

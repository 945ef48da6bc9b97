"""Where the boxes, squares and threads of an alignment lie: wide from left to right, on a phone from top to bottom."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

LINE = 20
MOST_ABOVE = 9
MOST_SHARED = 14
GAP = 14
SIDE = 18
"""One square is one shared point."""


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
    def all_drawn(self) -> bool:
        return len(self.above) <= MOST_ABOVE and len(self.shared) <= MOST_SHARED


def _first(rows: Sequence[Words], tied: set[int], most: int) -> list[Words]:
    kept = [row.key for row in rows if row.key in tied] + [row.key for row in rows if row.key not in tied]
    return [row for row in rows if row.key in set(kept[:most])]


def wide(told: Told) -> Picture:
    """Three columns: above, ours, shared with us."""
    told = told.cut()
    columns = (
        _column("above", told.above, 0, 330, 40, {one for one, _o in told.ups}, 34),
        _column("ours", told.ours, 430, 330, 40, {o for _u, o in told.ups} | {o for o, _s in told.downs}, 34),
        _column("shared", told.shared, 860, 340, 40, {one for _o, one in told.downs}, 34),
    )
    height = max([_end(boxes) for _rows, boxes in columns] + [120]) + 4
    above, ours, shared = (_placed(rows, _middled(boxes, height)) for rows, boxes in columns)
    threads = [
        _across(above[one].x + above[one].width, above[one].middle, ours[o].x, ours[o].middle)
        for one, o in sorted(told.ups)
        if one in above and o in ours
    ]
    threads += [
        _across(ours[o].x + ours[o].width, ours[o].middle, shared[one].square_x, shared[one].middle)
        for o, one in sorted(told.downs)
        if o in ours and one in shared
    ]
    boxes = (*above.values(), *ours.values(), *shared.values())
    heads = ((0, 18, told.heads[0]), (430, 18, told.heads[1]), (860, 18, told.heads[2]))
    return Picture("wide", 1200, height, heads, boxes, tuple(threads))


def phone(told: Told) -> Picture:
    """The same three rows under each other; threads run beside the boxes."""
    told = told.cut()
    y = 0.0
    heads: list[tuple[float, float, str]] = []
    placed: list[dict[int, Box]] = []
    tied = (
        {one for one, _o in told.ups},
        {o for _u, o in told.ups} | {o for o, _s in told.downs},
        {one for _o, one in told.downs},
    )
    kinds = ("above", "ours", "shared")
    for kind, rows, reached, head in zip(
        kinds, (told.above, told.ours, told.shared), tied, told.heads, strict=True
    ):
        heads.append((44, y + 18, head))
        _rows, column = _column(kind, rows, 44, 262, y + 32, reached, 27)
        placed.append(_placed(rows, column))
        y = max(_end(column), y + 32) + 26
    above, ours, shared = placed
    threads = [
        _beside(44, above[one].middle, ours[o].middle, -1)
        for one, o in sorted(told.ups)
        if one in above and o in ours
    ]
    threads += [
        _beside(306, ours[o].middle, shared[one].middle, 1)
        for o, one in sorted(told.downs)
        if o in ours and one in shared
    ]
    boxes = (*above.values(), *ours.values(), *shared.values())
    return Picture("phone", 350, y, tuple(heads), boxes, tuple(threads))


def _column(
    kind: str, rows: Iterable[Words], x: float, width: float, y: float, tied: set[int], chars: int
) -> tuple[list[Words], list[Box]]:
    """The boxes of one row of words under each other."""
    found: list[Box] = []
    told = list(rows)
    for row in told:
        text = textwrap.wrap(row.text, chars, max_lines=3, placeholder=" …") or [""]
        whose = textwrap.wrap(row.whose, chars, max_lines=1, placeholder=" …")
        height = 20 + LINE * (len(text) + len(whose))
        on_phone = x == 44
        square = (x + width - SIDE if on_phone else x) if kind == "shared" else 0.0
        text_x = x + (0 if kind == "shared" and on_phone else 34 if kind == "shared" else 14)
        lines = [Line(y + 25 + LINE * n, part) for n, part in enumerate(text)]
        lines += [Line(y + 25 + LINE * len(text), part, small=True) for part in whose]
        found.append(Box(kind, x, y, width, height, text_x, tuple(lines), row.key in tied, square))
        y += height + GAP
    return told, found


def _end(boxes: Sequence[Box]) -> float:
    return boxes[-1].y + boxes[-1].height if boxes else 0.0


def _middled(boxes: Sequence[Box], height: float) -> list[Box]:
    """A short column stands in the middle of a long one."""
    down = max(0.0, (height - 4 - _end(boxes)) / 2) if boxes else 0.0
    moved = []
    for box in boxes:
        lines = tuple(Line(one.y + down, one.text, one.small) for one in box.lines)
        moved.append(
            Box(
                box.kind,
                box.x,
                box.y + down,
                box.width,
                box.height,
                box.text_x,
                lines,
                box.tied,
                box.square_x,
            )
        )
    return moved


def _placed(rows: Iterable[Words], boxes: Iterable[Box]) -> dict[int, Box]:
    return {row.key: box for row, box in zip(rows, boxes, strict=True)}


def _across(x1: float, y1: float, x2: float, y2: float) -> str:
    half = (x1 + x2) / 2
    return f"M{x1:.1f} {y1:.1f}C{half:.1f} {y1:.1f} {half:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"


def _beside(x: float, y1: float, y2: float, side: int) -> str:
    """Out of the edge of one box and in at that of another, the further the wider."""
    out = x + side * (18 + min(36.0, abs(y2 - y1) / 12))
    return f"M{x:.1f} {y1:.1f}C{out:.1f} {y1:.1f} {out:.1f} {y2:.1f} {x:.1f} {y2:.1f}"


def pairs(links: Mapping[int, Iterable[int]]) -> frozenset[tuple[int, int]]:
    """{one: others} as pairs."""
    return frozenset((one, other) for one, others in links.items() for other in others)

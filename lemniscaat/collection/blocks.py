"""The cutting: pieces on a path, coarse to fine, are joined into blocks of a least size.

Source: docs/privacy.md. Cutting looks at numbers only, never at answers or at order: a merge tells nothing of
what was answered (Wong et al., "Minimality attack in privacy preserving data publishing", VLDB 2007).
Pure: no database. The same cutting serves people, the answers to an item, texts, and segments of invited people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Path = tuple[str, ...]
"""Labels from coarse to fine; `ANY` in the middle for a level that was generalised away, never at the end."""
Plan = Literal["role", "place", "board-role"]

ANY: Final = "*"
PLANS: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("family", "role", "board", "school"),
    "place": ("board", "school", "family", "role"),
    "board-role": ("board", "family", "role", "school"),
}


@dataclass(frozen=True)
class Params:
    """Fixed when a round opens, printed in the invitation. Raises ValueError below the defaults: up only."""

    others: int = 5  # people besides those whose answers an attacker knows
    readers: int = 1  # answers an attacker knows: his own
    alike_below: int = 10  # under this size "all" and "all but one" look the same
    text_block: int = 10
    texts: int = 5
    plan: Plan = "role"

    def __post_init__(self) -> None:
        floor = {"others": 5, "readers": 1, "alike_below": 10, "text_block": 10, "texts": 5}
        low = [name for name, least in floor.items() if getattr(self, name) < least]
        if low:
            raise ValueError(f"below the least allowed value: {', '.join(low)}")
        if self.plan not in PLANS:
            raise ValueError(f"unknown plan {self.plan!r}, choose from {', '.join(PLANS)}")

    @property
    def least(self) -> int:
        """The size of the smallest block: six unless raised."""
        return self.others + self.readers


@dataclass(frozen=True)
class Piece:
    """What the cutting sees: where, which, and how many (never what they answered)."""

    path: Path
    members: frozenset[int]
    sizes: tuple[int, ...]

    @property
    def label(self) -> tuple[Path, list[int]]:
        return self.path, sorted(self.members)


def plan_path(plan: Plan, family: str, role: str, board: str, school: str) -> Path:
    """The path of a segment under a plan; a generalised level is `ANY`."""
    labels = {"family": family, "role": role, "board": board, "school": school}
    return _shorten(tuple(labels[level] for level in PLANS[plan]))


def _shorten(path: Path) -> Path:
    while path and path[-1] == ANY:
        path = path[:-1]
    return path


def _merge(pieces: Sequence[Piece]) -> Piece:
    paths = [piece.path for piece in pieces]
    same = 0
    while all(len(path) > same for path in paths) and len({path[same] for path in paths}) == 1:
        same += 1
    members = frozenset[int]().union(*(piece.members for piece in pieces))
    sizes = tuple(sum(column) for column in zip(*(piece.sizes for piece in pieces), strict=True))
    return Piece(_shorten(paths[0][:same]), members, sizes)


def cut(pieces: Iterable[Piece], least: tuple[int, ...], depth: int = 0) -> tuple[list[Piece], list[Piece]]:
    """Cut pieces into (blocks, loose): every size of a block reaches `least`. What is too small joins its siblings,
    else borrows one block, else goes up a level. The same outcome for any order of the pieces."""
    kids: dict[str, list[Piece]] = defaultdict(list)
    blocks: list[Piece] = []
    loose: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: p.label):
        if len(piece.path) > depth:
            kids[piece.path[depth]].append(piece)
        else:
            (blocks if _fits(piece, least) else loose).append(piece)
    weight = {label: sum(p.sizes[0] for p in branch) for label, branch in kids.items()}
    for branch in kids.values():
        whole, rest = cut(branch, least, depth + 1)
        blocks += whole
        loose += rest
    if not loose:
        return blocks, []
    if _fits(_merge(loose), least):  # "the other schools of this board"
        return [*blocks, _merge(loose)], []
    if not blocks:
        return [], loose

    def dear(block: Piece) -> tuple[bool, int, int, tuple[int, ...], tuple[Path, list[int]]]:
        below = len(block.path) > depth
        return below, weight[block.path[depth]] if below else 0, len(block.path), block.sizes, block.label

    lender = min(blocks, key=dear)  # one is enough: it reached `least` by itself
    return [block for block in blocks if block is not lender] + [_merge([*loose, lender])], []


def _fits(piece: Piece, least: tuple[int, ...]) -> bool:
    return all(size >= bound for size, bound in zip(piece.sizes, least, strict=True))

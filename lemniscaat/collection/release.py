"""What may be shown of an anonymous round: respondents are cut once into blocks of at least six, and every
figure, anywhere, ever, is a sum of whole blocks.

Source: docs/privacy.md (the algorithm, its proof, what it does not guard against). The attack on deciding by
answers instead of numbers is Wong et al., "Minimality attack in privacy preserving data publishing" (VLDB 2007).
Pure: no database. In go tallies per stored segment; out come blocks to store, and tables made from blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Any, Final, Literal, TypeVar

Path = tuple[str, ...]
"""Labels from coarse to fine; `ANY` in the middle for a level that was generalised away, never at the end."""
Counts = dict[str, int]
Plan = Literal["role", "place", "board-role"]
K = TypeVar("K")

ANY: Final = "*"
ONE: Final = ""  # the name of the only part of a simple item
YES: Final = "yes"  # the only option of a part of a many-choice item
PLANS: Final[Mapping[str, tuple[str, ...]]] = {
    "role": ("family", "role", "board", "school"),
    "place": ("board", "school", "family", "role"),
    "board-role": ("board", "family", "role", "school"),
}
_DOOR: Final = object()


class Unsafe(Exception):
    """A cut that breaks its own promise; nothing may be stored of it."""


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
class ItemRule:
    """How one item is cut. `opened_by`: key of the item that routes to it. `exempt`: factual, nothing kept back
    (items that open others always are). `multi`: each part counts only "yes". `bound`: parts constrain each
    other, as in a ranking; many-choice always is."""

    key: str
    opened_by: str | None = None
    exempt: bool = False
    multi: bool = False
    bound: bool = False


@dataclass(frozen=True)
class ItemTally:
    """One item in one segment: `n` substantive answers, named parts with a count per option, and apart why others
    gave none ("na", "rather_not", "blank"). A part never counts more than `n`; a row or card with reasons
    of its own to be skipped is better an item of its own, since every part must reach the least size."""

    n: int = 0
    parts: dict[str, Counts] = field(default_factory=dict)
    skipped: Counts = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = [self.skipped, *self.parts.values()]
        if self.n < 0 or any(count < 0 for row in rows for count in row.values()):
            raise ValueError("a count is never negative")
        if any(count > self.n for row in self.parts.values() for count in (sum(row.values()),)):
            raise ValueError("a part counts more answers than there are")

    @classmethod
    def single(cls, counts: Counts, skipped: Counts | None = None) -> ItemTally:
        """One answer per person: a scale or a choice of one."""
        return cls(sum(counts.values()), {ONE: counts}, skipped or {})

    @classmethod
    def many(cls, n: int, yes: Counts, skipped: Counts | None = None) -> ItemTally:
        """Any number of options per person: how many of the `n` chose each option."""
        return cls(n, {option: {YES: count} for option, count in yes.items()}, skipped or {})


@dataclass(frozen=True)
class SegmentTally:
    """What one stored segment gave; `respondents` counts people, an item never counts more than that."""

    segment: int
    path: Path
    respondents: int
    items: dict[str, ItemTally] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, tally in self.items.items():
            if tally.n + sum(tally.skipped.values()) > self.respondents:
                raise ValueError(f"segment {self.segment}, item {key}: more answers than respondents")


@dataclass(frozen=True)
class Block:
    """Segments whose `respondents` are only ever counted together; `path` is what they have in common."""

    members: frozenset[int]
    path: Path
    respondents: int

    def to_json(self) -> dict[str, Any]:
        return {"members": sorted(self.members), "path": list(self.path), "respondents": self.respondents}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Block:
        return cls(frozenset(data["members"]), tuple(data["path"]), int(data["respondents"]))


@dataclass(frozen=True)
class ItemBlock:
    """The table of one item for one block. Options nobody chose are left out of `parts`; `kept_back` says per
    part how many of the answers are not told, so the truth lies between count and count + kept back."""

    members: frozenset[int]
    path: Path
    n: int
    parts: dict[str, Counts]
    skipped: Counts
    kept_back: Counts

    def to_json(self) -> dict[str, Any]:
        told = {"n": self.n, "parts": self.parts, "skipped": self.skipped, "kept_back": self.kept_back}
        return {"members": sorted(self.members), "path": list(self.path), **told}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ItemBlock:
        told = (data["n"], data["parts"], data["skipped"], data["kept_back"])
        return cls(frozenset(data["members"]), tuple(data["path"]), *told)


@dataclass(frozen=True)
class Released:
    """The outcome of one cut: blocks of people, and per item blocks that are unions of those."""

    base: tuple[Block, ...]
    items: dict[str, tuple[ItemBlock, ...]]


@dataclass(frozen=True)
class Table:
    """A figure that may be shown; only `table` makes one. `whole` is false when part of the group is elsewhere;
    `members` are the segments that do count, to be named on the screen."""

    whole: bool
    members: frozenset[int]
    n: int
    parts: dict[str, Counts]
    skipped: Counts
    kept_back: Counts
    door: InitVar[object] = None

    def __post_init__(self, door: object) -> None:
        if door is not _DOOR:
            raise Unsafe("a table is made from blocks, by table()")

    @property
    def counts(self) -> Counts:
        """The counts of a simple item."""
        return self.parts.get(ONE, {})


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


def _add(rows: Iterable[Counts]) -> Counts:
    """Sum per key in one canonical form: sorted, no zeros, so that a zero is not told from an absence."""
    total: Counts = defaultdict(int)
    for row in rows:
        for key, count in row.items():
            total[key] += count
    return {key: total[key] for key in sorted(total) if total[key]}


def _add_parts(rows: Sequence[Mapping[str, Counts]]) -> dict[str, Counts]:
    names = sorted({name for row in rows for name in row})
    added = {name: _add(row.get(name, {}) for row in rows) for name in names}
    return {name: counts for name, counts in added.items() if counts}


def _sum(tallies: Sequence[ItemTally]) -> ItemTally:
    parts = _add_parts([tally.parts for tally in tallies])
    return ItemTally(sum(tally.n for tally in tallies), parts, _add(tally.skipped for tally in tallies))


def _keep_back(tally: ItemTally, rule: ItemRule, params: Params) -> tuple[dict[str, Counts], Counts]:
    """Give "all" and "all but one" the same bytes. Where parts constrain each other the remaining parts would tell
    which of the two it was, so they are kept back whole."""
    size = {name: tally.n if rule.multi else sum(row.values()) for name, row in tally.parts.items()}
    alike = {
        name: max(row, key=row.__getitem__)
        for name, row in tally.parts.items()
        if not rule.exempt and size[name] < params.alike_below and max(row.values()) >= size[name] - 1
    }
    if not alike:
        return tally.parts, {}
    parts = {name: {top: size[name] - 1} for name, top in alike.items()}
    if rule.multi or rule.bound:
        return parts, {name: 1 if name in alike else size[name] for name in size}
    return {**tally.parts, **parts}, dict.fromkeys(alike, 1)

"""What may be shown of an anonymous round: its respondents are cut once into blocks of at least six, and every
figure, anywhere, ever, is a sum of whole blocks.

Source: docs/privacy.md (the algorithm, its proof, what it does not guard against); the cutting is in blocks.py.
Pure: no database. In go tallies per stored segment; out come blocks to store, and tables made from blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import InitVar, dataclass, replace
from typing import Any, Final, TypeVar

from lemniscaat.collection.blocks import ANY, PLANS, Params, Path, Piece, Plan, cut, plan_path
from lemniscaat.collection.tallies import (
    ONE,
    OPEN,
    YES,
    Counts,
    ItemTally,
    SegmentTally,
    add_counts,
    add_parts,
    add_tallies,
    remainder,
)

__all__ = [
    "ANY", "DEFAULT", "ONE", "PLANS", "YES", "Block", "ItemBlock", "ItemRule", "ItemTally", "Params", "Path",
    "Plan", "Released", "SegmentTally", "Table", "UnsafeError", "check", "join", "participation", "plan_path", "pool",
    "release", "remainder", "table", "text_blocks",
]  # fmt: skip

K = TypeVar("K")

DEFAULT: Final = Params()
_DOOR: Final = object()


class UnsafeError(Exception):
    """A cut that breaks its own promise; nothing may be stored or shown of it."""


@dataclass(frozen=True)
class ItemRule:
    """How one item is cut. `parts`: every part the instrument knows, whoever answered; each must reach the least
    size, so a row with its own reasons to be skipped is better an item of its own. `opened_by`: the item that
    routes to it. `exempt`: factual, nothing kept back (items that open others always are). `multi`: a part per
    option, counting only "yes". `bound`: parts constrain each other, as in a ranking; many-choice always is. `open`:
    a part may be left open by itself, counted under OPEN, which is no answer."""

    key: str
    opened_by: str | None = None
    exempt: bool = False
    multi: bool = False
    bound: bool = False
    parts: tuple[str, ...] = (ONE,)
    open: bool = False


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
    """One item's table for one block. A count of zero is left out; `kept_back` says per part how many answers are
    not told: the truth lies between the count and the count + kept back."""

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
        told = (int(data["n"]), data["parts"], data["skipped"], data["kept_back"])
        return cls(frozenset(data["members"]), tuple(data["path"]), *told)


@dataclass(frozen=True)
class Released:
    """The outcome of one cut: blocks of people, and per item blocks that are unions of those."""

    base: tuple[Block, ...]
    items: dict[str, tuple[ItemBlock, ...]]


@dataclass(frozen=True)
class Table:
    """A figure that may be shown; only `table` makes one. `whole` is false when some of the group
    count elsewhere, with others; `members` are the segments that do count here, to be named beside the figure."""

    whole: bool
    members: frozenset[int]
    n: int
    parts: dict[str, Counts]
    skipped: Counts
    kept_back: Counts
    door: InitVar[object] = None

    def __post_init__(self, door: object) -> None:
        if door is not _DOOR:
            raise UnsafeError("a table is made from blocks, by table()")

    @property
    def counts(self) -> Counts:
        """The counts of a simple item; an option that is absent was counted zero times."""
        return self.parts.get(ONE, {})


def release(
    segments: Iterable[SegmentTally], items: Iterable[ItemRule], params: Params = DEFAULT
) -> Released:
    """Cut a stopped round. Segments without respondents are in no block, unless people were asked there; nor are
    those too few to be joined to anything. What is in no block is to be dropped. Raises ValueError on tallies that
    cannot be."""
    found = list(segments)
    given = {segment.segment: segment for segment in found if segment.respondents or segment.asked}
    if len({segment.segment for segment in found}) < len(found):
        raise ValueError("a segment is given twice")
    people = [Piece(s.path, frozenset({s.segment}), (s.respondents,)) for s in given.values()]
    blocks, _ = cut(people, (params.least,))
    base = tuple(Block(b.members, b.path, b.sizes[0]) for b in sorted(blocks, key=lambda b: b.label))
    rules = _openers_first(items)
    released = Released(base, {})
    for rule in rules:
        starts: Sequence[Block | ItemBlock] = released.items[rule.opened_by] if rule.opened_by else base
        released.items[rule.key] = _cut_item(rule, starts, given, params)
    check(released, rules, params)
    return released


def _openers_first(items: Iterable[ItemRule]) -> list[ItemRule]:
    """An item after the item that opens it; an item that opens others is exempt, for the n of what it opens would
    tell what it keeps back."""
    waiting = list(items)
    opening = {rule.opened_by for rule in waiting}
    done: dict[str, ItemRule] = {}
    if len({rule.key for rule in waiting}) < len(waiting):
        raise ValueError("an item is given twice")
    while waiting:
        ready = [rule for rule in waiting if rule.opened_by is None or rule.opened_by in done]
        if not ready:
            raise ValueError(f"opened by an item that is not there: {waiting[0].key}")
        for rule in ready:
            done[rule.key] = replace(rule, exempt=rule.exempt or rule.key in opening)
        waiting = [rule for rule in waiting if rule.key not in done]
    return list(done.values())


def _cut_item(
    rule: ItemRule,
    starts: Sequence[Block | ItemBlock],
    given: Mapping[int, SegmentTally],
    params: Params,
) -> tuple[ItemBlock, ...]:
    tallies = {
        start.members: add_tallies([given[m].items.get(rule.key, ItemTally()) for m in start.members])
        for start in starts
    }
    names = {name for tally in tallies.values() for name in tally.parts}
    if not names <= set(rule.parts) or (
        rule.multi and any({*row} - {YES} for t in tallies.values() for row in t.parts.values())
    ):
        raise ValueError(f"item {rule.key}: a part or option that its rule does not know")
    counted = [] if rule.multi else sorted(names)  # a part nobody answered has nothing to protect
    pieces = [
        Piece(
            start.path,
            start.members,
            (tally.n, *(sum(tally.parts.get(name, {}).values()) for name in counted)),
        )
        for start, tally in zip(starts, tallies.values(), strict=True)
    ]
    blocks, _ = cut(pieces, (params.least,) * (1 + len(counted)))
    told = []
    for block in sorted(blocks, key=lambda b: b.label):
        tally = add_tallies([tallies[start.members] for start in starts if start.members <= block.members])
        parts, kept_back = _keep_back(tally, rule, params)
        told.append(ItemBlock(block.members, block.path, tally.n, parts, tally.skipped, kept_back))
    return tuple(told)


def _keep_back(tally: ItemTally, rule: ItemRule, params: Params) -> tuple[dict[str, Counts], Counts]:
    """Give "all" and "all but one" the same bytes. Where parts constrain each other the remaining parts would tell
    which of the two it is, so they are kept back whole. So is a part that all but a few (who may be known) left open."""
    left = {name: {OPEN: row[OPEN]} for name, row in tally.parts.items() if rule.open and row.get(OPEN)}
    given = {name: Counter(row) - Counter(left.get(name)) for name, row in tally.parts.items()}
    size = {name: tally.n if rule.multi else sum(given.get(name, {}).values()) for name in rule.parts}
    few = {name for name in left if size[name] < params.least}
    alike = {
        name: max(row, key=row.__getitem__)
        for name, row in given.items()
        if not (rule.exempt or name in few)
        and size[name] < params.alike_below
        and max(row.values()) >= size[name] - 1
    }
    parts = {name: {top: size[name] - 1, **left.get(name, {})} for name, top in alike.items()}
    if alike and (rule.multi or rule.bound):
        return parts, {name: 1 if name in alike else size[name] for name in sorted(size)}
    told = {name: row for name, row in tally.parts.items() if name not in few}
    return {**told, **parts}, {**dict.fromkeys(alike, 1), **dict.fromkeys(few, tally.n)}


def check(released: Released, items: Iterable[ItemRule], params: Params = DEFAULT) -> None:
    """Raise UnsafeError unless blocks are disjoint, each reaches the least size in every count, and item blocks are
    unions of the blocks they start from. Unions of blocks cannot fail either, so nothing else needs a check."""
    _check_disjoint(released.base)
    if any(block.respondents < params.least for block in released.base):
        raise UnsafeError("a block of too few people")
    for rule in items:
        blocks = released.items[rule.key]
        starts: Sequence[Block | ItemBlock] = (
            released.items[rule.opened_by] if rule.opened_by else released.base
        )
        _check_disjoint(blocks)
        for block in blocks:
            inside = [start.members for start in starts if start.members <= block.members]
            told = (
                []
                if rule.multi
                else [sum(r.values()) + block.kept_back.get(n, 0) for n, r in block.parts.items()]
            )
            if min([block.n, *told]) < params.least:
                raise UnsafeError(f"item {rule.key}: a block of too few answers")
            if frozenset[int]().union(*inside) != block.members:
                raise UnsafeError(f"item {rule.key}: a block that cuts through another")


def _check_disjoint(blocks: Sequence[Block | ItemBlock]) -> None:
    if sum(len(block.members) for block in blocks) > len({m for block in blocks for m in block.members}):
        raise UnsafeError("a segment in two blocks")


def table(blocks: Iterable[ItemBlock], group: frozenset[int]) -> Table | None:
    """The figure of a group of segments: any place, role, crossing or the total. None when no block lies inside;
    absent is absent, not zero. The only way to make a Table."""
    touching = [block for block in blocks if block.members & group]
    inside = [block for block in touching if block.members <= group]
    if not inside:
        return None
    members = frozenset[int]().union(*(block.members for block in inside))
    # as soon as there is one block everybody is in one, so who is in none did not answer
    whole = len(inside) == len(touching)
    parts, skipped = add_parts([b.parts for b in inside]), add_counts(b.skipped for b in inside)
    kept_back = add_counts(b.kept_back for b in inside)
    return Table(whole, members, sum(b.n for b in inside), parts, skipped, kept_back, _DOOR)


def participation(released: Released, group: frozenset[int]) -> int | None:
    """How many of the group took part, as far as whole blocks tell; None reads "fewer than 5", zero included."""
    inside = [block.respondents for block in released.base if block.members <= group]
    return sum(inside) or None


def text_blocks(
    released: Released, writers: Mapping[int, int], params: Params = DEFAULT, item: str = ""
) -> tuple[Block, ...]:
    """Groups whose texts may be read, by a human first: `writers` counts who wrote per segment. Unions of blocks of at
    least ten people with at least five writers; the texts of other people are shown to nobody. `item`: a counted item
    whose texts name what was chosen, so that they would fill in what its table keeps back; then of its blocks, and
    only where those keep nothing back."""
    starts = [(b, b.n) for b in released.items[item]] if item else [(b, b.respondents) for b in released.base]
    pieces = [Piece(b.path, b.members, (n, sum(writers.get(m, 0) for m in b.members))) for b, n in starts]
    blocks, _ = cut(pieces, (params.text_block, params.texts))
    kept = [b.members for b in released.items.get(item, ()) if b.kept_back]
    shown = [b for b in blocks if not any(members <= b.members for members in kept)]
    return tuple(Block(b.members, b.path, b.sizes[0]) for b in sorted(shown, key=lambda b: b.label))


def join(first: Released, late: Released) -> Released:
    """Late answers are cut as a round of their own; their blocks join the list and change nothing that stood."""
    keys = sorted({*first.items, *late.items})
    items = {key: first.items.get(key, ()) + late.items.get(key, ()) for key in keys}
    return Released(first.base + late.base, items)


def pool(*sets: Mapping[K, ItemBlock]) -> dict[K, ItemBlock]:
    """Stored blocks by id, of any years or partnerships, each counted once; nothing is cut anew."""
    return {key: block for blocks in sets for key, block in blocks.items()}

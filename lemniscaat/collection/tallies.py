"""What was counted, per item and stored segment: the input of a release. Adding up gives one canonical form.

Pure: no database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from lemniscaat.collection.blocks import Path

Counts = dict[str, int]
ONE: Final = ""  # the name of the only part of a simple item
YES: Final = "yes"  # the only option of a part of a many-choice item
OPEN: Final = "open"  # the option under which a part counts who left just that part open: no answer


@dataclass(frozen=True)
class ItemTally:
    """One item in one segment: `n` substantive answers, parts with a count per option, and apart why others gave
    none ("na", "cannot_judge", "rather_not", "blank"). A part never counts more than `n`."""

    n: int = 0
    parts: dict[str, Counts] = field(default_factory=dict)
    skipped: Counts = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = [self.skipped, *self.parts.values()]
        if self.n < 0 or any(count < 0 for row in rows for count in row.values()):
            raise ValueError("a count is never negative")
        if any(sum(row.values()) > self.n for row in self.parts.values()):
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
    """What one stored segment gave; `respondents` counts people, and no item counts more than that. `asked`: its
    people were asked, so that none of them taking part is cut like a few of them: the outcome does not tell which."""

    segment: int
    path: Path
    respondents: int
    items: dict[str, ItemTally] = field(default_factory=dict)
    asked: bool = False

    def __post_init__(self) -> None:
        if self.respondents < 0:
            raise ValueError("a count is never negative")
        for key, tally in self.items.items():
            if tally.n + sum(tally.skipped.values()) > self.respondents:
                raise ValueError(f"segment {self.segment}, item {key}: more answers than respondents")


def add_counts(rows: Iterable[Counts]) -> Counts:
    """Sum per key in one canonical form: sorted, no zeros, so that a zero is not told from an absence."""
    total: Counts = defaultdict(int)
    for row in rows:
        for key, count in row.items():
            total[key] += count
    return {key: total[key] for key in sorted(total) if total[key]}


def add_parts(rows: Sequence[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The same, per part."""
    names = sorted({name for row in rows for name in row})
    added = {name: add_counts(row[name] for row in rows if name in row) for name in names}
    return {name: counts for name, counts in added.items() if counts}


def add_tallies(tallies: Sequence[ItemTally]) -> ItemTally:
    """Commutative and associative; of nothing it is the empty tally."""
    parts = add_parts([tally.parts for tally in tallies])
    return ItemTally(sum(tally.n for tally in tallies), parts, add_counts(tally.skipped for tally in tallies))


def remainder(total: SegmentTally, rows: Sequence[SegmentTally]) -> SegmentTally:
    """The piece that an import's rows leave of its total (same segment and path as `total`), to be released beside
    the rows. Raises ValueError when the rows count more than the total anywhere."""
    people = _less({"": total.respondents}, {"": sum(row.respondents for row in rows)})[""]
    left = {}
    for key in sorted({*total.items, *(key for row in rows for key in row.items)}):
        whole = total.items.get(key, ItemTally())
        rest = add_tallies([row.items.get(key, ItemTally()) for row in rows])
        names = sorted({*whole.parts, *rest.parts})
        parts = {name: _less(whole.parts.get(name, {}), rest.parts.get(name, {})) for name in names}
        n = _less({"": whole.n}, {"": rest.n})[""]
        left[key] = ItemTally(n, parts, _less(whole.skipped, rest.skipped))
    return SegmentTally(total.segment, total.path, people, left)


def _less(whole: Counts, rest: Counts) -> Counts:
    left = {key: whole.get(key, 0) - rest.get(key, 0) for key in sorted({*whole, *rest})}
    if any(count < 0 for count in left.values()):
        raise ValueError("the total counts fewer than its rows together")
    return left

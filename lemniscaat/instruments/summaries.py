"""The count of one item for one group of people: a commutative monoid, so counts only ever add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lemniscaat.instruments.items import Option, Text

Parts = dict[str, dict[str, int]]
SKIPPED = ("na", "cannot_judge", "rather_not", "blank")


class Counts(Protocol):
    """What a drawing, a table or a sentence needs to know: a Summary, or a table that was released."""

    @property
    def n(self) -> int: ...
    @property
    def parts(self) -> Mapping[str, Mapping[str, int]]: ...
    @property
    def skipped(self) -> Mapping[str, int]: ...


@dataclass(frozen=True)
class Summary:
    """`n` people gave a substantive answer; per part of the item, how many chose each option.

    `skipped` counts 'na', 'cannot_judge', 'rather_not' and 'blank' apart; `texts` are what people wrote, sorted.
    """

    n: int = 0
    parts: Parts = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SKIPPED, 0))
    texts: tuple[str, ...] = ()
    writers: int = 0
    """How many people these texts are of: one may write several."""

    def stored(self) -> dict[str, object]:
        """Plain JSON of this summary."""
        return {"n": self.n, "parts": self.parts, "skipped": self.skipped, "texts": list(self.texts)}


LEFT_OPEN = "open"
"""The option under which a part counts who left just this part open: no answer, so it stands apart in a drawing."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of an item with its own options: the whole scale, one option of several, one cell of a table."""

    key: str
    label: Text | None
    options: tuple[Option, ...]

    @property
    def answers(self) -> tuple[Option, ...]:
        """The options that are an answer."""
        return tuple(option for option in self.options if option.key != LEFT_OPEN)

    @property
    def left_open(self) -> Option | None:
        """What leaving just this part open is called; None where it cannot be left open."""
        return next((option for option in self.options if option.key == LEFT_OPEN), None)


@dataclass(frozen=True, slots=True)
class Row:
    """A group with its counts. `label` is a plural with which a sentence can go on: 'studenten';
    `voice` is the role whose marker stands before it in a drawing."""

    label: str
    counts: Counts
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Tabled:
    """The table behind a drawing: a header and rows, the first cell of each row its heading."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def frame(shape: Iterable[Part]) -> Parts:
    """Every part and option of an item, with nothing counted yet."""
    return {part.key: {option.key: 0 for option in part.options} for part in shape}


def merge(one: Summary, other: Summary) -> Summary:
    """Both counts together. Order does not matter, nor in how many steps."""
    return Summary(
        one.n + other.n,
        _merge_parts(one.parts, other.parts),
        _add(one.skipped, other.skipped),
        tuple(sorted(one.texts + other.texts)) if one.texts and other.texts else one.texts or other.texts,
        one.writers + other.writers,
    )


def merge_all(summaries: Sequence[Summary]) -> Summary:
    """All of them together; an empty summary where there are none."""
    total = Summary()
    for summary in summaries:
        total = merge(total, summary)
    return total


def _merge_parts(one: Parts, other: Parts) -> Parts:
    return {key: _add(one.get(key, {}), other.get(key, {})) for key in {**one, **other}}


def _add(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    total = dict(one)
    for key, count in other.items():
        total[key] = total.get(key, 0) + count
    return total

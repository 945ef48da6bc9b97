"""Which voices a released round tells apart: only that they were heard, never how many. By whole blocks alone.

The same rule as the door of every figure (`outcome.Opened.took_part`), read from less: a page about years of rounds
needs of a block only whose it is. What is released never changes, so it is read once and kept in memory.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Max, Min

from lemniscaat.collection.models import Block, Round, Segment
from lemniscaat.collection.outcome import ANY

_KEPT = 256
Stamp = tuple[int, int, int, int]


class Whose(NamedTuple):
    """A segment without its number: family, role, board and school, generalised as it was stored."""

    family: str
    role: str
    board: str
    school: str


@dataclass(frozen=True)
class Told:
    """Of a released round whose its blocks are; alike blocks once."""

    blocks: frozenset[frozenset[Whose]]

    def roles(self, kind: str = "", key: str = "") -> frozenset[str]:
        """The roles that fill a block by themselves, within a board or school (`kind`) where that is given."""
        names = ({one.role for one in block} for block in self._within(kind, key))
        return frozenset(next(iter(name)) for name in names if len(name) == 1) - {ANY}

    def families(self, kind: str = "", key: str = "") -> frozenset[str]:
        """The families of roles that fill a block by themselves."""
        names = ({one.family for one in block} for block in self._within(kind, key))
        return frozenset(next(iter(name)) for name in names if len(name) == 1) - {ANY}

    def _within(self, kind: str, key: str) -> Iterable[frozenset[Whose]]:
        return (block for block in self.blocks if not kind or all(getattr(w, kind) == key for w in block))


NOTHING = Told(frozenset())
"""A round that has no block at all."""
_known: OrderedDict[Stamp, Told] = OrderedDict()


def told_by(rounds: Iterable[Round]) -> dict[int, Told]:
    """Of each released round which voices it tells apart; one query when they are known already, else three."""
    stamps = _stamps([row.pk for row in rounds])
    missing = [stamp[0] for stamp in stamps if stamp not in _known]
    fresh = _read(missing) if missing else {}
    found = {}
    for stamp in stamps:
        found[stamp[0]] = told = _known.get(stamp) or fresh[stamp[0]]
        _known[stamp] = told
        _known.move_to_end(stamp)
    while len(_known) > _KEPT:
        _known.popitem(last=False)
    return found


def _stamps(rounds: list[int]) -> list[Stamp]:
    """What tells one state of a round's blocks from another: their numbers are drawn at random."""
    rows = Block.objects.filter(release__round_id__in=rounds, item="", withdrawn_on__isnull=True)
    counted = (
        rows.order_by().values("release__round_id").annotate(n=Count("id"), low=Min("id"), high=Max("id"))
    )
    return list(counted.values_list("release__round_id", "n", "low", "high"))


def _read(rounds: list[int]) -> dict[int, Told]:
    segments = Segment.objects.filter(round_id__in=rounds)
    whose = {
        row[0]: Whose(*row[1:]) for row in segments.values_list("id", "family", "role", "board", "school")
    }
    blocks: defaultdict[int, set[frozenset[Whose]]] = defaultdict(set)
    rows = Block.objects.filter(release__round_id__in=rounds, item="", withdrawn_on__isnull=True)
    for pk, members, people in rows.values_list("release__round_id", "members", "people"):
        if people and members:
            blocks[pk].add(frozenset(whose[member] for member in members))
    return {pk: Told(frozenset(blocks[pk])) for pk in rounds}

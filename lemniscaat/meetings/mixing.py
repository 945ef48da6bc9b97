"""Mixed groups of three to six people: first the roles are spread over the groups, then the places people come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

LEAST, MOST = 3, 6
"""So few and so many people talk in one group; who are fewer than twice the least stay together."""
Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Guest:
    """Somebody to put in a group: a number, the role in which he is here, and the place he comes from."""

    key: int
    role: str = ""
    place: str = ""


@dataclass
class _Group:
    """A group that is being filled, and how many of each place it holds."""

    keys: list[int] = field(default_factory=list)
    places: Counter[str] = field(default_factory=Counter)


def how_many(people: int, size: int) -> int:
    """The number of groups that brings them nearest to `size`, none smaller than three or larger than six."""
    if people < 2 * LEAST:
        return min(people, 1)
    fewest, most = -(-people // MOST), people // LEAST
    return min(most, max(fewest, round(people / max(size, LEAST))))


def propose(
    guests: Sequence[Guest],
    *,
    size: int,
    seed: int,
    families: Mapping[str, str],
    leader: int | None = None,
) -> Groups:
    """The keys of the guests in groups, each once; the leader's group comes first. A seed always gives the same.

    `families` says of which family a role is. People are dealt like cards, family after family and within it role
    after role, and any stretch of cards in a row is dealt evenly: so two groups never differ by more than one person
    in any role, in any family, or in all.
    """
    people = sorted({guest.key: guest for guest in guests}.values(), key=lambda one: one.key)
    dice = Random(seed)
    dice.shuffle(people)
    turn = {role: (dice.random(), role) for role in sorted({one.role for one in people})}
    family_turn = {name: (dice.random(), name) for name in sorted({families.get(role, "") for role in turn})}
    people.sort(key=lambda one: (family_turn[families.get(one.role, "")], turn[one.role]))
    groups = [_Group() for _ in range(how_many(len(people), size))]
    dealt = 0
    for _role, same in groupby(people, key=lambda one: one.role):
        block = list(same)
        _deal(block, groups, dealt)
        dealt += len(block)
    dice.shuffle(groups)
    groups.sort(key=lambda group: leader not in group.keys)
    return tuple(tuple(group.keys) for group in groups)


def _deal(block: Sequence[Guest], groups: Sequence[_Group], dealt: int) -> None:
    """People of one role: the deal says how many each group gets, their places who goes where."""
    free = Counter(turn % len(groups) for turn in range(dealt, dealt + len(block)))
    often = Counter(one.place for one in block)
    for one in sorted(block, key=lambda guest: (-often[guest.place], guest.place)):
        # where fewest of the same place are; among those, where most seats are left
        at = min((n for n in free if free[n]), key=lambda n: (groups[n].places[one.place], -free[n]))
        free[at] -= 1
        groups[at].keys.append(one.key)
        groups[at].places[one.place] += 1


def moved(groups: Groups, key: int, to: int) -> Groups:
    """With one person in another group, by hand; in a new one where `to` is one past the last. Empty groups go."""
    here = next((place for place, group in enumerate(groups) if key in group), None)
    if here is None or here == to or not 0 <= to <= len(groups):
        return groups
    found = [tuple(one for one in group if one != key) for group in (*groups, ())]
    found[to] = (*found[to], key)
    return tuple(group for group in found if group)

"""Not everybody: who of a large group is asked, by lot, those who were asked least first. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

SEGMENT: Final = 10
"""Fewer invited people than this are in one group with others: see segments.py."""


class Askable(Protocol):
    """Whatever has a person and a role."""

    @property
    def person_id(self) -> int: ...
    @property
    def role(self) -> str: ...


One = TypeVar("One", bound=Askable)


@dataclass(frozen=True)
class Share:
    """How many of a role are asked, of how many, and whether that is enough to see them as a group of their own."""

    role: str
    asked: int
    of: int

    @property
    def apart(self) -> bool:
        return self.asked >= SEGMENT

    @property
    def all(self) -> bool:
        return self.asked == self.of


def draw(
    people: Iterable[One],
    *,
    numbers: Mapping[str, int],
    asked: Mapping[int, int],
    lot: Callable[[], float],
) -> tuple[One, ...]:
    """Of each role with a number so many people, those who were asked least before (`asked` by person) first and
    among equals by lot; of other roles everybody. In the order in which they came."""
    by_role: defaultdict[str, list[One]] = defaultdict(list)
    whole = list(people)
    for one in whole:
        by_role[one.role].append(one)
    chosen: set[int] = set()
    for role, group in by_role.items():
        ranked = sorted(group, key=lambda one: (asked.get(one.person_id, 0), lot()))
        chosen |= {one.person_id for one in ranked[: numbers.get(role, len(ranked))]}
    return tuple(one for one in whole if one.person_id in chosen)


def shares(sizes: Mapping[str, int], numbers: Mapping[str, int]) -> tuple[Share, ...]:
    """What a sample means per role, in the order of the sizes; roles without people are left out."""
    return tuple(
        Share(role, min(numbers.get(role, size), size), size) for role, size in sizes.items() if size
    )

"""An agenda as a tree: goals for years, the points of a year under them, and what is loose of any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lemniscaat.agenda.looks.overview import Told
from lemniscaat.agenda.models import Span


@dataclass(frozen=True)
class Branch:
    """A goal for years with its points of a year."""

    told: Told
    points: tuple[Told, ...]


@dataclass(frozen=True)
class Grown:
    """The whole tree; `loose`: points that hang under no goal for years of this agenda."""

    branches: tuple[Branch, ...]
    loose: tuple[Told, ...]


def grow(told: Iterable[Told]) -> Grown:
    """The tree of these points, in their own order. What ended stays under its goal for years; loose only while it runs."""
    every = list(told)
    tops = [one for one in every if one.goal.span == Span.YEARS]
    known = {one.goal.pk for one in tops}
    under: defaultdict[int, list[Told]] = defaultdict(list)
    loose = []
    for one in every:
        if one.goal.span == Span.YEARS:
            continue
        if one.goal.within_id in known:
            under[one.goal.within_id or 0].append(one)
        elif one.running:
            loose.append(one)
    branches = (Branch(top, tuple(under[top.goal.pk])) for top in tops)
    return Grown(tuple(branch for branch in branches if branch.told.running or branch.points), tuple(loose))

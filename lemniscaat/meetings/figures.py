"""What lies on the table at 'Wat zien we?', and the evidence that goes with a meaning."""

from __future__ import annotations

from dataclasses import dataclass

from lemniscaat.collection.figures import Shown, shown
from lemniscaat.collection.outcome import outcomes_for_criterion
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.queries import HardFact, Voice
from lemniscaat.datapoints.telling import voices_of
from lemniscaat.interpretation.actions import Ground
from lemniscaat.people.access import Access
from lemniscaat.vision.models import Criterion

MOST_ITEMS = 2
MOST_VOICES = 4


@dataclass(frozen=True)
class OnTheTable:
    """The data of a talk: few, hard and soft."""

    items: tuple[Shown, ...]
    hard: tuple[HardFact, ...]
    soft: tuple[Voice, ...]

    def __bool__(self) -> bool:
        return bool(self.items or self.hard or self.soft)


def talk_figures(access: Access, criterion: Criterion | None) -> OnTheTable:
    """At most two items, and a few facts and voices: a talk of twenty minutes bears no more."""
    if criterion is None:
        return OnTheTable((), (), ())
    items = outcomes_for_criterion(access, criterion, most=MOST_ITEMS)
    soft = voices_of(datapoints.soft_for(access, criterion), datapoints.texts_for(access, criterion))
    return OnTheTable(
        tuple(shown(item) for item in items),
        tuple(datapoints.hard_for(access, criterion)[:MOST_ITEMS]),
        tuple(soft[:MOST_VOICES]),
    )


def grounds(access: Access, criterion: Criterion | None) -> list[Ground]:
    """The same data as evidence under the meaning that was written, with what it said in words."""
    if criterion is None:
        return []
    items = outcomes_for_criterion(access, criterion, most=MOST_ITEMS)
    found = [Ground(round=i.round, item=i.item.key, words=shown(i).sentence) for i in items]
    found += [
        Ground(data_point=fact.point, words=fact.point.title)
        for fact in datapoints.hard_for(access, criterion)
    ]
    return found + [
        Ground(data_point=point) for point in datapoints.soft_for(access, criterion)[:MOST_VOICES]
    ]

"""What a share is about: the criterion and vision point it was written on, to put shares together and data beside them.

The words of a share come from the act of sharing alone. Of what lies behind it this asks one thing, on which criterion
it hangs, and gives that only where the vision it belongs to is mine to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.models import Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Criterion, VisionPoint

_BEHIND: dict[str, type[models.Model]] = {
    "interpretation": Interpretation,
    "agreement": Agreement,
    "goal": Goal,
}


@dataclass(frozen=True)
class Shared:
    """Something that was shared, with the criterion it is about."""

    row: Share
    criterion: Criterion | None

    @property
    def title(self) -> str:
        """The vision point, else what its giver called it."""
        return self.criterion.point.title if self.criterion else self.row.title


@dataclass(frozen=True)
class Point:
    """What was shared about one vision point. Who shared how much is not told."""

    point: VisionPoint | None
    shared: tuple[Shared, ...]


def about(access: Access, rows: Iterable[Share]) -> list[Shared]:
    """The same shares in the same order, each with its criterion. One query a kind of thing, and one for criteria."""
    shares = list(rows)
    hangs: dict[tuple[str, int], int] = {}
    for noun, model in _BEHIND.items():
        wanted = {row.noun_id for row in shares if row.noun == noun}
        if wanted:
            pairs = model._default_manager.filter(pk__in=wanted, criterion__isnull=False)
            hangs |= {(noun, pk): criterion for pk, criterion in pairs.values_list("pk", "criterion_id")}
    seen = access.where(Verb.SEE, Noun.VISION)
    criteria = Criterion.objects.filter(pk__in=set(hangs.values()), organisation_id__in=seen)
    by_id = {row.pk: row for row in criteria.select_related("point")} if hangs else {}
    return [Shared(row, by_id.get(hangs.get((row.noun, row.noun_id), 0))) for row in shares]


def by_point(shared: Iterable[Shared]) -> list[Point]:
    """The same by vision point, in the order of the vision; what is about none comes last."""
    groups: dict[VisionPoint | None, list[Shared]] = {}
    for one in shared:
        groups.setdefault(one.criterion.point if one.criterion else None, []).append(one)
    order = sorted(
        groups, key=lambda point: (point is None, point.order if point else 0, point.pk if point else 0)
    )
    return [Point(point, tuple(groups[point])) for point in order]

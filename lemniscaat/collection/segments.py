"""How finely an anonymous response may say where it came from: at least ten invited people share it.

Source: docs/privacy.md. Invited people are cut along the plan of the round (blocks.py), so the level that the plan
holds dearest is given up last; what is too small joins its siblings, else takes one along, else goes up a level.
Only the generalised tuple is stored, no finer one exists anywhere. Pure: no database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from lemniscaat.collection.blocks import ANY, PLANS, Path, Piece, Plan, cut, plan_path

LEAST_INVITED: Final = 10


class Segment(NamedTuple):
    """Where somebody stands; `ANY` where generalised away, or where there is nothing to say (no school)."""

    family: str = ANY
    role: str = ANY
    board: str = ANY
    school: str = ANY

    def path(self, plan: Plan) -> Path:
        """Labels from coarse to fine under a plan: the path of its tally in a release."""
        return plan_path(plan, *self)


class Invited(NamedTuple):
    """One invited person (`person` is any key) in the one role and place in which he is asked."""

    person: str
    family: str
    role: str
    board: str = ANY
    school: str = ANY

    @property
    def standing(self) -> Segment:
        return Segment(*(label or ANY for label in self[1:]))


@dataclass(frozen=True)
class Segmentation:
    """Every standing that was invited, and the segment stored for it; `sizes` counts the invited per segment."""

    plan: Plan
    stored: Mapping[Segment, Segment]
    sizes: Mapping[Segment, int]

    def segment_for(self, standing: Segment) -> Segment:
        """For who comes by an open link and says himself where he stands: the finest segment of the register that
        holds. A combination that the register does not know gets the nearest segment above it; if there is none,
        the segment that says nothing."""
        if standing in self.stored:
            return self.stored[standing]
        path = standing.path(self.plan)
        wider = (_segment(self.plan, path[:depth]) for depth in range(len(path), -1, -1))
        return next((segment for segment in wider if segment in self.sizes), Segment())


def _segment(plan: Plan, path: Path) -> Segment:
    return Segment(**dict(zip(PLANS[plan], path, strict=False)))


def segmentation(
    standings: Iterable[Segment], *, least: int = LEAST_INVITED, plan: Plan = "role"
) -> Segmentation:
    """Generalise until each segment holds at least `least` (ten or more, else ValueError) of the given standings,
    one for each person invited or in the register. Fewer people than that are all in one segment. The same
    outcome for any order."""
    if least < LEAST_INVITED:
        raise ValueError(f"a segment holds at least {LEAST_INVITED} invited people")
    counts = sorted(Counter(standings).items())
    pieces = [Piece(s.path(plan), frozenset({i}), (count,)) for i, (s, count) in enumerate(counts)]
    blocks, loose = cut(pieces, (least,))
    stored: dict[Segment, Segment] = {}
    sizes: Counter[Segment] = Counter()
    for block in [*blocks, *(Piece((), piece.members, piece.sizes) for piece in loose)]:
        segment = _segment(plan, block.path)
        stored |= {counts[i][0]: segment for i in block.members}
        sizes[segment] += block.sizes[0]
    return Segmentation(plan, stored, dict(sizes))


def generalise(
    people: Iterable[Invited], *, least: int = LEAST_INVITED, plan: Plan = "role"
) -> dict[str, Segment]:
    """The segment to store for each invited person, by his key. Raises ValueError when somebody is there twice."""
    invited = list(people)
    if len({one.person for one in invited}) < len(invited):
        raise ValueError("somebody is invited twice: choose one role and place for him")
    found = segmentation((one.standing for one in invited), least=least, plan=plan)
    return {one.person: found.stored[one.standing] for one in invited}

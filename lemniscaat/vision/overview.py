"""What the vision page of a layer shows: texts, points with their criteria, and one lens to look through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries
from lemniscaat.vision.changes import Run, changes
from lemniscaat.vision.models import (
    Agreeing,
    Criterion,
    Framework,
    FrameworkNode,
    Period,
    Profile,
    ProfileKind,
    VisionPoint,
)


@dataclass(frozen=True)
class Seen:
    """A criterion, and where it stands in the lens."""

    criterion: Criterion
    places: tuple[FrameworkNode, ...]


@dataclass(frozen=True)
class Spread:
    """A vision point with its criteria beside it."""

    point: VisionPoint
    agreed: Agreeing | None
    signs: tuple[str, ...]
    criteria: tuple[Seen, ...]


@dataclass(frozen=True)
class Place:
    """A place of a lens, what hangs on it, and the places under it."""

    node: FrameworkNode
    criteria: tuple[Criterion, ...]
    under: tuple[Place, ...]

    @property
    def empty(self) -> bool:
        return not self.criteria and all(place.empty for place in self.under)


@dataclass(frozen=True)
class Text:
    """One of the three texts a layer stands for, or the room for it."""

    kind: str
    label: str
    opening: str
    rest: str
    profile: Profile | None
    own: bool


@dataclass(frozen=True)
class Overview:
    """Everything on the vision page of a layer."""

    texts: tuple[Text, ...]
    spreads: tuple[Spread, ...]
    lens: Framework | None
    lenses: tuple[Framework, ...]
    places: tuple[Place, ...]
    lessons_of: Period | None


def overview(access: Access, layer_id: int, lens_key: str) -> Overview:
    """Read the vision page of one of my layers: as many queries for one point as for a hundred."""
    points = list(queries.points(access, layer_id))
    criteria = list(queries.criteria(access, layer_id))
    lenses = tuple(queries.frameworks())
    lens = queries.chosen(lenses, lens_key)
    nodes = list(queries.lens_nodes(lens)) if lens else []
    seen = queries.nodes_by_criterion(lens, [row.pk for row in criteria]) if lens else {}
    period = queries.current_period(access.partnership, access.day)
    before = queries.period_before(period) if period else None
    return Overview(
        texts=_texts(access, layer_id),
        spreads=_spreads(access, layer_id, points, criteria, seen),
        lens=lens,
        lenses=lenses,
        places=_places(nodes, criteria, seen, None),
        lessons_of=before if before and before.lessons else None,
    )


def _texts(access: Access, layer_id: int) -> tuple[Text, ...]:
    """Per kind the text of the layer itself, else the one of the nearest layer above."""
    nearest = {layer: place for place, layer in enumerate((layer_id, *access.tree.above(layer_id)))}
    best: dict[str, Profile] = {}
    for row in queries.profiles(access, layer_id):
        known = best.get(row.kind)
        if known is None or nearest[row.organisation_id] < nearest[known.organisation_id]:
            best[row.kind] = row
    found = []
    for kind in ProfileKind:
        held = best.get(kind)
        opening, _gap, rest = held.text.partition("\n\n") if held else ("", "", "")
        own = held is not None and held.organisation_id == layer_id
        found.append(Text(kind.value, str(kind.label), opening, rest, held, own))
    return tuple(found)


def _spreads(
    access: Access,
    layer_id: int,
    points: list[VisionPoint],
    criteria: list[Criterion],
    seen: dict[int, list[FrameworkNode]],
) -> tuple[Spread, ...]:
    agreed = queries.agreed_last([point.pk for point in points])
    by_point: defaultdict[int, list[Seen]] = defaultdict(list)
    for row in criteria:
        by_point[row.point_id].append(Seen(row, tuple(seen.get(row.pk, ()))))
    own_first = sorted(points, key=lambda point: point.organisation_id != layer_id)
    return tuple(
        Spread(point, agreed.get(point.pk), signs(point), tuple(by_point[point.pk])) for point in own_first
    )


def signs(point: VisionPoint) -> tuple[str, ...]:
    """The signs of doing well, one a line."""
    return tuple(line.strip() for line in point.signs.splitlines() if line.strip())


def _places(
    nodes: list[FrameworkNode],
    criteria: list[Criterion],
    seen: dict[int, list[FrameworkNode]],
    parent: int | None,
) -> tuple[Place, ...]:
    return tuple(
        Place(
            node,
            tuple(row for row in criteria if node in seen.get(row.pk, ())),
            _places(nodes, criteria, seen, node.pk),
        )
        for node in nodes
        if node.parent_id == parent
    )


@dataclass(frozen=True)
class Turn:
    """One change of a vision point: when, by whom, why, and what changed in each field."""

    version: int
    changed_on: date
    changed_by: str
    because: str
    fields: tuple[tuple[str, tuple[Run, ...]], ...]


FIELDS = ("title", "what", "how", "signs")


def turns(point: VisionPoint) -> tuple[Turn, ...]:
    """The changes of a vision point, newest first; each says what it made of the version before."""
    found, later = [], {name: getattr(point, name) for name in FIELDS}
    for row in queries.history(point):
        earlier = {name: getattr(row, name) for name in FIELDS}
        changed = tuple(
            (name, changes(earlier[name], later[name])) for name in FIELDS if earlier[name] != later[name]
        )
        who = row.changed_by.first_name if row.changed_by else ""
        found.append(Turn(row.version + 1, row.changed_on, who, row.because, changed))
        later = earlier
    return tuple(found)


def may_write(access: Access, layer_id: int) -> bool:
    """Whether I may write the vision of that layer."""
    return access.may(Verb.DO, Noun.VISION, layer_id)

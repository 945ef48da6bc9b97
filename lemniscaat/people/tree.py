"""The layers of a partnership on one day: what is part of what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from lemniscaat.people.models import Organisation, OrganisationKind, OrganisationLink, Partnership

_ORDER = ["team", "school", "institute", "board", "partnership"]


@dataclass(frozen=True)
class Layer:
    """One organisation as a layer on which people talk."""

    id: int
    kind: str
    name: str
    code: str = ""


@dataclass(frozen=True)
class Tree:
    """All layers of a partnership on a day, with their parents and children."""

    root: int
    layers: Mapping[int, Layer]
    parents: Mapping[int, tuple[int, ...]]
    children: Mapping[int, tuple[int, ...]] = field(repr=False)

    def above(self, layer: int) -> tuple[int, ...]:
        """The ids of all layers that this one is part of, nearest first."""
        return self._walk(layer, self.parents)

    def below(self, layer: int) -> tuple[int, ...]:
        """The ids of all layers that are part of this one."""
        return self._walk(layer, self.children)

    def of_kind_above(self, layer: int, kind: str) -> Layer | None:
        """The layer itself, or the nearest one above it, of a kind; None where there is none."""
        for candidate in (layer, *self.above(layer)):
            found = self.layers.get(candidate)
            if found and found.kind == kind:
                return found
        return None

    def called(self, layer_id: int, otherwise: str = "") -> str:
        """The name of a layer as others know it: a team with its school. `otherwise` for one that is no more."""
        layer = self.layers.get(layer_id)
        school = self.of_kind_above(layer_id, OrganisationKind.SCHOOL)
        if layer is None:
            return otherwise
        far = school is None or school.id == layer_id or school.name in layer.name
        return layer.name if far or school is None else f"{layer.name}, {school.name}"

    def ordered(self, ids: Iterable[int]) -> tuple[Layer, ...]:
        """These layers from small to large, then by name."""
        known = [self.layers[i] for i in set(ids) if i in self.layers]
        return tuple(sorted(known, key=lambda layer: (_ORDER.index(layer.kind), layer.name)))

    @staticmethod
    def _walk(start: int, steps: Mapping[int, tuple[int, ...]]) -> tuple[int, ...]:
        seen: list[int] = []
        queue = list(steps.get(start, ()))
        while queue:
            layer = queue.pop(0)
            if layer not in seen:
                seen.append(layer)
                queue += steps.get(layer, ())
        return tuple(seen)


def valid_on(day: date, prefix: str = "") -> Q:
    """A filter for rows that hold on a day."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})
    )


def tree_of(partnership: Partnership, day: date) -> Tree:
    """Read the layers of a partnership as they are on a day; two queries."""
    down: defaultdict[int, list[int]] = defaultdict(list)
    for parent, child in (
        OrganisationLink.objects.filter(valid_on(day)).order_by("id").values_list("parent_id", "child_id")
    ):
        down[parent].append(child)
    root = partnership.root_id
    ids = {root, *Tree._walk(root, {key: tuple(value) for key, value in down.items()})}
    rows = Organisation.objects.filter(valid_on(day) | Q(pk=root), pk__in=ids)
    layers = {row.pk: Layer(row.pk, row.kind, row.name, row.code) for row in rows}
    children = {key: tuple(c for c in kids if c in layers) for key, kids in down.items() if key in layers}
    up: defaultdict[int, list[int]] = defaultdict(list)
    for parent, kids in children.items():
        for kid in kids:
            up[kid].append(parent)
    return Tree(root, layers, {key: tuple(value) for key, value in up.items()}, children)


BOARD = OrganisationKind.BOARD
SCHOOL = OrganisationKind.SCHOOL

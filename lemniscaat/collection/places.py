"""Where somebody stands in a round: the role and place that are asked, and the segment that is stored.

Frozen when the round opens, with the organisations as they are that day; read through a typed class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lemniscaat.collection.blocks import ANY, Plan
from lemniscaat.collection.segments import Segment, Segmentation
from lemniscaat.people.models import FAMILY
from lemniscaat.people.tree import BOARD, SCHOOL, Tree

SCHEMA_VERSION = 1
_PLACES = (SCHOOL, "institute")


@dataclass(frozen=True)
class PlaceChoice:
    """One line of the short list for who comes by an open link."""

    key: str
    name: str
    board: str


@dataclass(frozen=True)
class Places:
    """The roles and places of a round by open link, and which stored segment goes with each combination."""

    roles: tuple[str, ...] = ()
    choices: tuple[PlaceChoice, ...] = ()
    standings: tuple[tuple[Segment, int], ...] = ()
    segments: tuple[tuple[Segment, int], ...] = ()

    def segment(self, *, role: str, place: str, plan: Plan) -> int:
        """The key of the segment to store; the nearest wider one where the register knows nobody like this."""
        board = next((choice.board for choice in self.choices if choice.key == place), ANY)
        keys = dict(self.segments)
        names = {key: segment for segment, key in self.segments}
        known = {standing: names[key] for standing, key in self.standings}
        found = Segmentation(plan, known, dict.fromkeys(keys, 0))
        return keys[found.segment_for(Segment(FAMILY.get(role, ANY), role or ANY, board, place or ANY))]

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "roles": list(self.roles),
            "choices": [[choice.key, choice.name, choice.board] for choice in self.choices],
            "standings": [[*standing, key] for standing, key in self.standings],
            "segments": [[*segment, key] for segment, key in self.segments],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Places:
        """The places as stored with a round; none for a round without an open link."""
        if not data:
            return cls()
        if data["schema_version"] != SCHEMA_VERSION:
            raise ValueError(f"places of schema {data['schema_version']} cannot be read here")
        return cls(
            tuple(data["roles"]),
            tuple(PlaceChoice(*choice) for choice in data["choices"]),
            tuple((Segment(*row[:4]), row[4]) for row in data["standings"]),
            tuple((Segment(*row[:4]), row[4]) for row in data["segments"]),
        )


def standing(tree: Tree, *, role: str, organisation: int) -> Segment:
    """Where a role in an organisation stands: its family, role, board and school (or institute)."""
    board = tree.of_kind_above(organisation, BOARD)
    place = next((found for kind in _PLACES if (found := tree.of_kind_above(organisation, kind))), None)
    return Segment(
        FAMILY.get(role, ANY),
        role,
        str(board.id) if board else ANY,
        str(place.id) if place else ANY,
    )


def place_choices(tree: Tree, standings: Iterable[Segment]) -> tuple[PlaceChoice, ...]:
    """The schools and institutes that occur, by name."""
    boards = {s.school: s.board for s in standings if s.school != ANY}
    found = [PlaceChoice(key, tree.layers[int(key)].name, board) for key, board in boards.items()]
    return tuple(sorted(found, key=lambda choice: choice.name))

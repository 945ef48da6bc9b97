"""Five minutes for a board: what its schools chose to share, whether it is good enough, and what is asked of the board.

There is no list of schools here and nothing is counted per school: only what somebody chose to share, by vision point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lemniscaat.accountability import queries as accountability
from lemniscaat.accountability.models import Account
from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, AgreementState
from lemniscaat.figures.newest import Newest, newest_at, newest_whole
from lemniscaat.home.about import Point, Shared, about, by_point
from lemniscaat.home.attention import Item, attention
from lemniscaat.home.coming_back import Returning, returning
from lemniscaat.home.five_minutes import BOARD, led_by_me
from lemniscaat.home.next_meeting import to_read
from lemniscaat.home.now import Now, now_of
from lemniscaat.home.school_leader import Point as AgendaPoint
from lemniscaat.home.school_leader import points
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.queries import Meaning
from lemniscaat.meetings.packing import packed
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Share
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

MOST_SHARED, MOST_GIVEN, MEETINGS = 24, 4, 2


@dataclass(frozen=True)
class Enough:
    """A criterion of ours, and what the board itself wrote that it sees; `meaning` None where it wrote nothing yet.

    No colour and no mark: the words of the criterion stand beside the words of the board.
    """

    criterion: Criterion
    meaning: Meaning | None
    shared: bool


@dataclass(frozen=True)
class BoardPage:
    """Everything on the page of a board."""

    layer: Layer
    now: Now
    points: list[Point]
    enough: list[Enough]
    unspoken: list[Enough]
    waiting: list[Shared]
    agreements: list[Agreement]
    figures: list[Newest]
    whole: list[Newest]
    returning: Returning
    agenda: list[AgendaPoint]
    meetings: list[Appointment]
    packed: set[int]
    given: list[Share]
    accounts: list[Account]


def board_page(access: Access, layer_id: int) -> BoardPage:
    """The page of a board in which I sit; 404 otherwise. What it costs does not grow with the number of schools."""
    layer = led_by_me(access, layer_id, BOARD)
    rows = list(people.shared_with(access, layer.id)[:MOST_SHARED])
    shared = about(access, rows)
    below = set(access.tree.below(layer.id))
    meetings = people.upcoming(access, layer_id=layer.id, limit=MEETINGS)
    enough = _enough(access, layer.id, shared)
    figures = [one for one in newest_at(access, layer.id) if one.of_things]
    return BoardPage(
        layer=layer,
        now=now_of(_first(access, layer.id), told_below={"direct"}),
        points=by_point(one for one in shared if one.row.source_id in below),
        enough=[one for one in enough if one.meaning or one.shared],
        unspoken=[one for one in enough if not one.meaning and not one.shared],
        waiting=[one for one in shared if not one.row.answer],
        agreements=list(agenda.of_layer(access, layer.id).filter(state=AgreementState.RUNNING)),
        figures=figures,
        whole=newest_whole(access),
        returning=returning(access, [layer.id]),
        agenda=points(access, layer.id),
        meetings=meetings,
        packed=packed(meetings),
        given=list(people.shared_from(access, layer.id).filter(revoked_on__isnull=True)[:MOST_GIVEN]),
        accounts=[row for row in accountability.accounts(access, layer.id)[:2] if row.frozen_on],
    )


def _first(access: Access, layer_id: int) -> list[Item]:
    """What asks something of the board; else the next meeting and what lies on its table. What is asked of me alone
    comes after that."""
    items = attention(access, layer_id)
    ours = [one for one in items if one.activity != "inform"]
    return [*(ours or to_read(access, layer_id)), *(one for one in items if one.activity == "inform")]


def _enough(access: Access, layer_id: int, shared: Sequence[Shared]) -> list[Enough]:
    """Every criterion of the board and above it, with the newest the board itself wrote. Three queries."""
    newest: dict[int, Meaning] = {}
    rows = interpretation.meanings(access, layer_id=layer_id).filter(criterion__isnull=False)
    for one in interpretation.told(rows):
        newest.setdefault(one.row.criterion_id or 0, one)
    heard = {one.criterion.pk for one in shared if one.criterion}
    return [Enough(row, newest.get(row.pk), row.pk in heard) for row in vision.criteria(access, layer_id)]

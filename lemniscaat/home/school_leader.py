"""Five minutes for who leads a school: what working together gives and asks this month, and what comes back when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Anchor, Goal, GoalState
from lemniscaat.figures.newest import Newest, newest_at
from lemniscaat.figures.shapes import shape
from lemniscaat.home.about import Shared, about
from lemniscaat.home.attention import attention
from lemniscaat.home.coming_back import Returning, returning
from lemniscaat.home.five_minutes import SCHOOL, led_by_me
from lemniscaat.home.now import Now, now_of
from lemniscaat.home.this_month import Thing, asked, asking, drawn, gave_back, moments, told_us
from lemniscaat.home.weeks import Drawn
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.tables import plain
from lemniscaat.people.tree import Layer
from lemniscaat.year import hearing
from lemniscaat.year import lines as calendar
from lemniscaat.year.schoolyear import school_year
from lemniscaat.year.words import listed

MOST_SHARED = 3


@dataclass(frozen=True)
class Point:
    """A point on the agenda, and in words where else in the school it has its place."""

    row: Goal
    fits: str


@dataclass(frozen=True)
class SchoolPage:
    """Everything on the page of a school leader."""

    layer: Layer
    now: Now
    weeks: tuple[Drawn, ...]
    moments: list[Thing]
    asked: list[Thing]
    given: list[Thing]
    figures: list[Newest]
    shared: list[Shared]
    more_shared: int
    returning: Returning
    points: list[Point]


def school_page(access: Access, layer_id: int) -> SchoolPage:
    """The page of a school at which I am the leader; 404 otherwise. What it costs does not grow with the partnership."""
    layer = led_by_me(access, layer_id, SCHOOL)
    lines = calendar.lines(access, layer.id, school_year(access.day))
    voices = hearing.voices_here(access, layer.id)
    below = people.shared_with(access, layer.id).filter(source_id__in=access.tree.below(layer.id))
    shared = list(below)
    own = [line for line in lines if not line.above]
    comes = returning(access, [layer.id], lines=own)
    asks, meets = asking(access, lines, voices), moments(access, layer.id)
    return SchoolPage(
        layer=layer,
        now=now_of(attention(access, layer.id), told_below={"direct"}),
        weeks=drawn(access, (one.day for one in meets), asks, (one.day for one in comes.backs)),
        moments=meets,
        asked=asked(asks, voices),
        given=[*gave_back(access, lines), *told_us(access, layer.id)],
        figures=[one for one in newest_at(access, layer.id) if one.of_things or _places(one)],
        shared=about(access, shared[:MOST_SHARED]),
        more_shared=max(0, len(shared) - MOST_SHARED),
        returning=comes,
        points=points(access, layer.id),
    )


def _places(one: Newest) -> bool:
    """Whether a figure is about the places that students asked for and got."""
    known = shape("plaatsingen")
    names = {plain(meant.name) for meant in known.meant} if known else set()
    name = plain(one.indicator.name)
    return name in names or "plaats" in name


def points(access: Access, layer_id: int) -> list[Point]:
    """What runs on the agenda of a layer, with where it is anchored. One query."""
    rows = agenda.goals_of(access, layer_id).filter(state=GoalState.RUNNING)
    return [Point(row, fits(row)) for row in rows]


def fits(row: Goal) -> str:
    """Where a point has its place besides this agenda, in words; empty where nobody said so."""
    places = [str(Anchor(one).label) for one in row.anchors if one in Anchor.values]
    told = _("Staat ook in %(places)s") % {"places": listed(places)} if places else ""
    return ": ".join(part for part in (told, row.anchor_text.strip().rstrip(".")) if part)

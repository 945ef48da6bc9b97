"""What we know of the criterion of a point through time, with a mark where the point was taken up.

Rows of rounds and periods of figures, as their own rooms tell them: nothing is added up, averaged or judged. Where the
words or the definition changed the line is broken, and what stands on both sides is not laid beside each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda.models import Goal
from lemniscaat.base.drawings.distribution import Figure as Drawing
from lemniscaat.base.drawings.squared import Squared
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.models import CriterionItem, Round
from lemniscaat.collection.outcome import released_rounds
from lemniscaat.collection.through_time import Line, before, through_time
from lemniscaat.datapoints.queries import hard_for
from lemniscaat.figures.lines import LayerLine, lines
from lemniscaat.people.access import Access
from lemniscaat.vision.models import Criterion

MOST_QUESTIONS = 4
MOST_FIGURES = 2
PLACES = {"school": "school", "institute": "school", "board": "board"}
"""As what a layer stands in the segments of a round."""


@dataclass(frozen=True)
class Piece:
    """Rows of one line that lie on one side of the day a point was taken up, and asked or counted alike.

    `mark`: the point was taken up between this piece and the one below; `broken`: below it other words were used, or
    something else was counted.
    """

    since: bool
    drawing: Drawing | None = None
    squared: Squared | None = None
    rows: tuple[tuple[str, str], ...] = ()
    mark: bool = False
    broken: str = ""


@dataclass(frozen=True)
class Beside:
    """One question or figure beside a point. `only`: all of it is from before or from after, so there is no mark
    within."""

    title: str
    pieces: tuple[Piece, ...]
    sentence: str
    whose: str
    """Of whom it tells: a place of mine, or everybody whom the round asked."""
    asked: bool = True

    @property
    def only(self) -> str:
        """'since' or 'before' where everything lies on one side."""
        sides = {piece.since for piece in self.pieces}
        return "" if len(sides) > 1 else "since" if True in sides else "before"


def beside(access: Access, goal: Goal) -> list[Beside]:
    """The lines of a point's criterion, the figures first; nothing for a point without one."""
    if goal.criterion is None:
        return []
    return [*_figures(access, goal, goal.criterion), *_questions(access, goal)]


# questions of rounds


def _questions(access: Access, goal: Goal) -> list[Beside]:
    links: dict[str, set[str]] = {}
    for root, item in CriterionItem.objects.filter(criterion=goal.criterion).values_list(
        "instrument_key", "item_key"
    ):
        links.setdefault(root, set()).add(item)
    found: list[Beside] = []
    for newest in _newest(access, goal, links):
        items = links[newest.instrument.root or newest.instrument.key]
        told, whose = _nearest(access, goal, before(access, newest), items)
        found += [_question(line, goal.taken_up_on, whose) for line in told]
    return found[:MOST_QUESTIONS]


def _newest(access: Access, goal: Goal, roots: Iterable[str]) -> list[Round]:
    """Per instrument the newest round that may be told, of the layer of the point, else of the nearest above it."""
    order = [goal.organisation_id, *access.tree.above(goal.organisation_id)]
    found: dict[str, Round] = {}
    for row in released_rounds(access):
        root = row.instrument.root or row.instrument.key
        if root not in roots or row.organisation_id not in order or Chosen.read(row.chosen).only is not None:
            continue
        known = found.get(root)
        if known is None or order.index(row.organisation_id) < order.index(known.organisation_id):
            found[root] = row
    return list(found.values())


def _nearest(
    access: Access, goal: Goal, rounds: list[Round], items: set[str]
) -> tuple[tuple[Line, ...], str]:
    """The lines of the nearest place of mine around the point that is large enough to be told apart, else of everybody
    who was asked; and whose they are, in words."""
    mine = {layer.id for layer in access.layers}
    for one in (goal.organisation_id, *access.tree.above(goal.organisation_id)):
        layer = access.tree.layers[one]
        kind = PLACES.get(layer.kind)
        if kind is None or one not in mine or one == rounds[0].organisation_id:
            continue
        if told := through_time(rounds, (kind, str(one)), items=items):
            return told, layer.name
    return through_time(rounds, items=items), rounds[0].organisation.name


def _question(line: Line, day: date, whose: str) -> Beside:
    pieces: list[Piece] = []
    for stretch in line.stretches:
        cut = sum(one >= day for one in stretch.days)
        for since, part in ((True, slice(0, cut)), (False, slice(cut, None))):
            if rows := stretch.figure.rows[part]:
                pieces.append(Piece(since, replace(stretch.figure, rows=rows)))
        if pieces and stretch.broken:
            pieces[-1] = replace(pieces[-1], broken=stretch.broken)
    return Beside(line.question, _marked(pieces), _rounds_told(line, day), whose)


def _rounds_told(line: Line, day: date) -> str:
    days = [one for stretch in line.stretches for one in stretch.days]
    since = sum(one >= day for one in days)
    return _told(since, len(days) - since, _rounds)


def _rounds(n: int) -> str:
    return ngettext("%(n)d ronde", "%(n)d rondes", n) % {"n": n} if n else _("geen ronde")


def _periods(n: int) -> str:
    return ngettext("%(n)d periode", "%(n)d periodes", n) % {"n": n} if n else _("geen periode")


def _told(since: int, earlier: int, say: Callable[[int], str]) -> str:
    """How much there is on either side; not what it says about the point."""
    return _("Van voor dit punt: %(before)s. Van daarna: %(since)s.") % {
        "before": say(earlier),
        "since": say(since),
    }


# figures from elsewhere


def _figures(access: Access, goal: Goal, criterion: Criterion) -> list[Beside]:
    facts = hard_for(access, criterion, layer_id=goal.organisation_id)
    indicators = {fact.figure.indicator_id: fact.figure.indicator for fact in facts if fact.figure.starts_on}
    around = [goal.organisation_id, *access.tree.above(goal.organisation_id)]
    names = [access.tree.layers[one].name for one in around]
    found = []
    for indicator in list(indicators.values())[:MOST_FIGURES]:
        near = sorted(
            (line for line in lines(access, indicator) if line.name in names),
            key=lambda line: names.index(line.name),
        )
        if near:
            found.append(_figure(indicator.name, near[0], goal.taken_up_on))
    return found


def _figure(name: str, line: LayerLine, day: date) -> Beside:
    pieces: list[Piece] = []
    for stretch in line.stretches:
        cut = sum(point.span.last >= day for point in stretch.points)
        for since, part in ((True, slice(0, cut)), (False, slice(cut, None))):
            if stretch.points[part]:
                pieces.append(
                    Piece(
                        since,
                        _only(stretch.drawing, part),
                        _squares(stretch.squared, part),
                        tuple(stretch.rows[part]),
                    )
                )
        if pieces and stretch.broken:
            pieces[-1] = replace(pieces[-1], broken=_("er telde iets anders mee"))
    after = sum(point.span.last >= day for point in line.points)
    sentence = _told(after, len(line.points) - after, _periods)
    return Beside(name, _marked(pieces), sentence, line.name, asked=False)


def _only(drawing: Drawing | None, part: slice) -> Drawing | None:
    return replace(drawing, rows=drawing.rows[part], sentence="") if drawing else None


def _squares(squared: Squared | None, part: slice) -> Squared | None:
    """The same squares and the same scale on both sides."""
    return replace(squared, rows=squared.rows[part], sentence="") if squared else None


def _marked(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """With the mark under the last piece of after, where one of before comes below."""
    told = list(pieces)
    for at in range(len(told) - 1):
        if told[at].since and not told[at + 1].since:
            told[at] = replace(told[at], mark=True)
    return tuple(told)

"""How the points of a layer hang together with those above and with what was shared from below, in one picture.

Ordered by vision point, never by who shared it; nothing is counted per school, and nobody has an empty place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.agenda.links.echoes import live, shared_under
from lemniscaat.agenda.models import Agreement, Contribution, Goal
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import VisionPoint

LAST = 1_000_000


@dataclass(frozen=True)
class Above:
    """A point of a higher layer, with those of ours that contribute to it."""

    goal: Goal
    ours: tuple[Goal, ...]


@dataclass(frozen=True)
class Ours:
    """A point of our own: to what it contributes, and what was shared from below that belongs to it."""

    goal: Goal
    ups: tuple[Goal, ...]
    below: tuple[Share, ...]


@dataclass(frozen=True)
class Alignment:
    """All of it. `loose`: shared with us and linked to no point yet. `at_table`: I may read what was shared with us."""

    above: tuple[Above, ...]
    ours: tuple[Ours, ...]
    loose: tuple[Share, ...]
    at_table: bool
    has_above: bool
    has_below: bool

    @property
    def shares(self) -> tuple[Share, ...]:
        """Each shared point once: first those that belong to a point of ours, in its order."""
        linked = {share.pk: share for one in self.ours for share in one.below}
        return (*linked.values(), *self.loose)

    @property
    def sentence(self) -> str:
        """The same in words."""
        n = len(self.ours)
        if not n:
            return _("Er staat bij ons nu geen punt op de agenda.")
        said = [ngettext("Wij hebben %(n)d punt.", "Wij hebben %(n)d punten.", n) % {"n": n}]
        if self.has_above:
            up = sum(bool(one.ups) for one in self.ours)
            said.append(_up(up, n))
        if self.has_below and self.at_table:
            down = sum(bool(one.below) for one in self.ours)
            said.append(_down(down, n))
        return " ".join(said)


def _up(linked: int, n: int) -> str:
    if not linked:
        return _("Nog geen daarvan draagt bij aan een punt boven ons.")
    if linked == n:
        return ngettext(
            "Het draagt bij aan een punt boven ons.", "Ze dragen alle bij aan een punt boven ons.", n
        )
    return ngettext(
        "%(n)d daarvan draagt bij aan een punt boven ons.",
        "%(n)d daarvan dragen bij aan een punt boven ons.",
        linked,
    ) % {"n": linked}


def _down(linked: int, n: int) -> str:
    if not linked:
        return _("Bij geen punt hoort al iets wat van onderop gedeeld is.")
    if linked == n:
        return ngettext(
            "Er hoort iets bij wat van onderop gedeeld is.",
            "Bij elk punt hoort iets wat van onderop gedeeld is.",
            n,
        )
    return ngettext(
        "Bij %(n)d punt hoort iets wat van onderop gedeeld is.",
        "Bij %(n)d punten hoort iets wat van onderop gedeeld is.",
        linked,
    ) % {"n": linked}


def alignment(access: Access, layer_id: int) -> Alignment:
    """The picture of one of my layers, as far as I may read it; the number of queries does not grow with it."""
    higher = access.tree.above(layer_id)
    ours = sorted(live(access, [layer_id]), key=_by_point)
    upper = sorted(live(access, higher), key=lambda row: (higher.index(row.organisation_id), _by_point(row)))
    shares = list(people.from_below(access, layer_id))
    order = _orders(shares)
    shares.sort(key=lambda row: (order.get(row.pk, (LAST, LAST)), row.words, row.pk))
    ups: dict[int, list[Goal]] = {}
    downs: dict[int, list[Goal]] = {}
    mine, theirs = ({row.pk: row for row in rows} for rows in (ours, upper))
    links = Contribution.objects.filter(lower_id__in=mine, upper_id__in=theirs).order_by("id")
    for lower, higher_up in links.values_list("lower_id", "upper_id"):
        ups.setdefault(lower, []).append(theirs[higher_up])
        downs.setdefault(higher_up, []).append(mine[lower])
    under = shared_under(access, ours, shares)
    used = {pk for of in under.values() for pk in of}
    return Alignment(
        above=tuple(Above(row, tuple(downs.get(row.pk, ()))) for row in upper),
        ours=tuple(
            Ours(
                row,
                tuple(ups.get(row.pk, ())),
                tuple(share for share in shares if share.pk in under.get(row.pk, {})),
            )
            for row in ours
        ),
        loose=tuple(share for share in shares if share.pk not in used),
        at_table=access.may(Verb.SEE, Noun.SHARED, layer_id),
        has_above=bool(higher),
        has_below=bool(access.tree.below(layer_id)),
    )


def _by_point(row: Goal) -> tuple[int, int, int, int]:
    """The order of the vision; what hangs on no point comes last."""
    place = (row.point.order, row.point.pk) if row.point else (LAST, LAST)
    return (*place, row.place, row.pk)


def _orders(shares: Iterable[Share]) -> dict[int, tuple[int, int]]:
    """Per share the place of its vision point in the order of the vision; three queries at most."""
    found: dict[int, tuple[int, int]] = {}
    rows = list(shares)
    for noun, model, at in (
        ("goal", Goal, "point_id"),
        ("interpretation", Interpretation, "criterion__point_id"),
        ("agreement", Agreement, "criterion__point_id"),
    ):
        ids = {row.noun_id for row in rows if row.noun == noun}
        if not ids:
            continue
        points = dict(model._default_manager.filter(pk__in=ids).values_list("pk", at))
        places = dict(VisionPoint.objects.filter(pk__in=set(points.values())).values_list("pk", "order"))
        for row in rows:
            point = points.get(row.noun_id) if row.noun == noun else None
            if point in places:
                found[row.pk] = (places[point], point)
    return found

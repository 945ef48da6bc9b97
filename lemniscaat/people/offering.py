"""What a room hands over to be shared, who would read it, and by which address it is shared anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.urls import NoReverseMatch, reverse

from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Membership, OrganisationKind, Role, Share
from lemniscaat.people.policy import Noun, Reach, Verb, verbs
from lemniscaat.people.queries import role_name, standing
from lemniscaat.people.sharing import kind_of
from lemniscaat.people.tree import Layer, valid_on

TOLD_FROM = 5
"""Fewer people than that are not counted."""
ROADS = {
    "interpretation": "interpretation:share",
    "agreement": "agenda:share",
    "goal": "goals:share",
    "record": "meetings:record_share",
    "example": "examples:share",
}
"""Per thing the address at which its room shares it: known here by name alone."""


@dataclass(frozen=True)
class Offer:
    """A thing of a layer with the very words that another would read. `back`: its own page."""

    noun: str
    noun_id: int
    source_id: int
    title: str
    text: str
    dissent: str = ""
    back: str = ""

    def stands_in(self, row: Share) -> bool:
        """Whether a share reads these very words."""
        return row.reads(title=self.title, text=self.text, dissent=self.dissent)

    @property
    def mark(self) -> str:
        """Tells these words from others, so that what is shared is what was looked at."""
        words = repr((self.title, self.text, self.dissent))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Readers:
    """Who would read it, in words. `people`: how many, or 0 where there are too few to say so. `leads`: in a team also
    whoever leads the talks of its school."""

    roles: tuple[str, ...]
    bodies: tuple[str, ...]
    everybody_in: str
    people: int
    leads: bool = False


@dataclass(frozen=True)
class Ways:
    """Whom it can be shared with: the layers above, all layers below at once, and each of these."""

    above: tuple[Layer, ...]
    below: tuple[Layer, ...]


def ways(access: Access, source_id: int) -> Ways:
    """Up or down, never sideways; those below from large to small."""
    down = access.tree.ordered(access.tree.below(source_id))
    sizes = list(dict.fromkeys(one.kind for one in down))
    return Ways(
        access.tree.ordered(access.tree.above(source_id)),
        tuple(sorted(down, key=lambda one: -sizes.index(one.kind))),
    )


def target_of(access: Access, source_id: int, asked: int) -> Layer:
    """The layer that was chosen, the source itself for all layers below it; 404 for any other."""
    below = access.tree.below(source_id)
    if asked not in {*access.tree.above(source_id), *below, *([source_id] if below else [])}:
        raise Http404
    return access.tree.layers[asked]


def readers(access: Access, source_id: int, target_id: int) -> Readers:
    """Who reads what is shared with a layer: going up those at that table, going down everybody in it and below it."""
    rows = Membership.objects.filter(valid_on(access.day), partnership=access.partnership)
    rows = rows.filter(person__is_active=True).exclude(role=Role.ADMIN)
    roles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    everybody = ""
    if target_id in access.tree.above(source_id):
        at_table = [role for role in Role if Verb.SEE in verbs(role, Reach.OWN, Noun.SHARED)]
        rows = rows.filter(organisation_id=target_id, role__in=at_table)
        here = set(rows.values_list("role", flat=True))
        roles = tuple(role_name(access.partnership, role) for role in Role if role in here)
        bodies = _bodies(access, target_id, rows)
    else:
        own = [] if target_id == source_id else [target_id]
        rows = rows.filter(organisation_id__in=[*own, *access.tree.below(target_id)])
        everybody = access.tree.layers[target_id].name
    number = rows.values("person_id").distinct().count()
    leads = access.tree.layers[target_id].kind == OrganisationKind.TEAM
    return Readers(roles, bodies, everybody, number if number >= TOLD_FROM else 0, leads)


def _bodies(access: Access, layer_id: int, table: QuerySet[Membership]) -> tuple[str, ...]:
    """The bodies of a layer in which somebody of its table sits; a body whose people do not read it is not named."""
    rows = Body.objects.filter(partnership=access.partnership, organisation_id=layer_id, pair=False)
    sat_in = rows.filter(people__in=table.values("person_id")).distinct()
    return tuple(sat_in.order_by("name").values_list("name", flat=True))


def may_offer(access: Access, noun: str, source_id: int) -> bool:
    """Whether I may share such a thing of a layer: a page asks before it shows the way."""
    return access.may(Verb.SHARE, kind_of(noun), source_id)


def there(access: Access, offer: Offer, target_id: int) -> Share | None:
    """What that layer reads of this thing now."""
    rows = standing(access, noun=offer.noun, noun_id=offer.noun_id, source_id=offer.source_id)
    return next((row for row in rows if row.target_id == target_id), None)


def road_to(row: Share) -> str:
    """Where the source shares this thing anew; empty where its room is not there."""
    try:
        return f"{reverse(ROADS[row.noun], args=[row.noun_id])}?met={row.target_id}"
    except (KeyError, NoReverseMatch):
        return ""

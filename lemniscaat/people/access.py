"""The only way to hold something of a partnership: an Access says who looks, from where, at what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from lemniscaat.base import clock
from lemniscaat.people.models import Membership, OrganisationKind, Partnership, Person, Role
from lemniscaat.people.policy import Noun, Reach, Verb, verbs
from lemniscaat.people.tree import Layer, Tree, tree_of, valid_on


@dataclass(frozen=True)
class Place:
    """A role that somebody has at a layer."""

    layer: int
    role: str


@dataclass(frozen=True)
class Access:
    """Who looks, on which day, with which roles; queries take it and give only what may be seen."""

    person: Person
    partnership: Partnership
    day: date
    places: tuple[Place, ...]
    tree: Tree

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """My layers, small to large: where I have a role, and all that is above."""
        mine = {place.layer for place in self.places}
        return self.tree.ordered(mine | {up for layer in mine for up in self.tree.above(layer)})

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(place.role for place in self.places)

    def layer(self, layer_id: int) -> Layer:
        """One of my layers, or 404."""
        for layer in self.layers:
            if layer.id == layer_id:
                return layer
        raise Http404

    def where(self, verb: Verb, noun: Noun) -> frozenset[int]:
        """The ids of the layers at which I may do this with such a thing."""
        found: set[int] = set()
        for place in self.places:
            if verb in verbs(place.role, Reach.OWN, noun):
                found.add(place.layer)
            if verb in verbs(place.role, Reach.ABOVE, noun):
                found.update(self.tree.above(place.layer))
            if verb in verbs(place.role, Reach.BELOW, noun):
                found.update(self._below(place))
        return frozenset(found)

    def _below(self, place: Place) -> tuple[int, ...]:
        """The layers under a place. A school-based educator leads talks in the teams of a school, not of a board."""
        if (
            place.role == Role.SCHOOL_EDUCATOR
            and self.tree.layers[place.layer].kind != OrganisationKind.SCHOOL
        ):
            return ()
        return self.tree.below(place.layer)

    def may(self, verb: Verb, noun: Noun, layer_id: int) -> bool:
        """Whether I may do this with such a thing at that layer."""
        return layer_id in self.where(verb, noun)

    def need(self, verb: Verb, noun: Noun, layer_id: int) -> None:
        """404 where I may not: what you may not see does not exist for you."""
        if not self.may(verb, noun, layer_id):
            raise Http404


class MemberRequest(HttpRequest):
    """A request of a signed-in member of a partnership."""

    access: Access
    user: Person
    htmx: HtmxDetails


def access_of(person: Person, partnership: Partnership, day: date | None = None) -> Access | None:
    """The access of a person in a partnership today; None without a role there. Four queries."""
    day = day or clock.today()
    rows = Membership.objects.filter(valid_on(day), partnership=partnership, person=person).order_by("id")
    tree = tree_of(partnership, day)
    places = tuple(Place(row.organisation_id, row.role) for row in rows if row.organisation_id in tree.layers)
    return Access(person, partnership, day, places, tree) if places else None


def partnerships_of(person: Person, day: date | None = None) -> list[Partnership]:
    """The partnerships in which a person has a role today, by name."""
    ids = Membership.objects.filter(valid_on(day or clock.today()), person=person).values("partnership_id")
    return list(Partnership.objects.filter(pk__in=ids).select_related("root").order_by("name"))


def access_for(request: HttpRequest) -> Access | None:
    """The access that goes with a request's session; read once per request."""
    known: Access | None = getattr(request, "access", None)
    if known is not None or not request.user.is_authenticated:
        return known
    person = request.user
    mine = partnerships_of(person)
    chosen = request.session.get("partnership")
    partnership = next((p for p in mine if p.pk == chosen), mine[0] if mine else None)
    access = access_of(person, partnership) if partnership else None
    if access is not None:
        request.access = access  # type: ignore[attr-defined]  # the typed request below reads it
    return access


def member(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view for signed-in members: `request.access` is there; others sign in, or get 404."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if access_for(request) is None:
            raise Http404
        response = view(request, *args, **kwargs)
        # the next one at this device finds nothing with the back button, a proxy keeps nothing
        response.setdefault("Cache-Control", "private, no-store")
        return response

    return guarded

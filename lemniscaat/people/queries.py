"""Reading who talks where, what was shared, and the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.people.access import Access
from lemniscaat.people.mentions import mentioned
from lemniscaat.people.models import (
    Appointment,
    Body,
    Membership,
    Partnership,
    Person,
    Role,
    TrailEntry,
)
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.shares import answered_since as answered_since
from lemniscaat.people.shares import from_below as from_below
from lemniscaat.people.shares import made_known as made_known
from lemniscaat.people.shares import open_to as open_to
from lemniscaat.people.shares import revoked as revoked
from lemniscaat.people.shares import share_by_id as share_by_id
from lemniscaat.people.shares import share_to_read as share_to_read
from lemniscaat.people.shares import shared_from as shared_from
from lemniscaat.people.shares import shared_on_the_way as shared_on_the_way
from lemniscaat.people.shares import shared_with as shared_with
from lemniscaat.people.shares import standing as standing
from lemniscaat.people.tree import Layer, valid_on

WIDER = (Role.SCHOOL_EDUCATOR, Role.INSTITUTE_EDUCATOR, Role.SCHOOL_LEADER, Role.BOARD_MEMBER, Role.QUALITY)


@dataclass(frozen=True)
class Entry:
    """One line of the register: somebody in a role at a place."""

    person_id: int
    name: str
    email: str
    role: str
    organisation_id: int


def my_bodies(access: Access) -> QuerySet[Body]:
    """The bodies I sit in, by name; what is of me and one other as well."""
    return _bodies(access).filter(people=access.person)


def bodies(access: Access, layer_id: int) -> QuerySet[Body]:
    """The bodies of one of my layers; not what is of two people."""
    return _bodies(access).filter(organisation_id=access.layer(layer_id).id, pair=False)


@dataclass(frozen=True)
class BodyCard:
    """A body as it stands in a list."""

    body: Body
    people: int
    next: datetime | None
    mine: bool


def body_cards(access: Access, layer_id: int) -> list[BodyCard]:
    """The bodies of a layer with how many sit in it and when they meet next."""
    now = clock.now()
    mine = set(my_bodies(access).values_list("pk", flat=True))
    rows = bodies(access, layer_id).annotate(
        sits=Count("people", distinct=True),
        coming=Subquery(
            Appointment.objects.filter(body=OuterRef("pk"), starts_at__gte=now, cancelled_on__isnull=True)
            .order_by("starts_at")
            .values("starts_at")[:1]
        ),
    )
    return [BodyCard(row, row.sits, row.coming, row.pk in mine) for row in rows]


def could_sit(access: Access, layer_id: int) -> QuerySet[Person]:
    """Who can be asked into a body of a layer: those with a role there, by name.

    Whoever keeps the register also finds those who guide or lead below it: a network of school-based
    educators talks at a layer where none of them has a role.
    """
    here = Q(organisation_id=layer_id)
    if access.may(Verb.SEE, Noun.PEOPLE, layer_id):
        here |= Q(organisation_id__in=access.tree.below(layer_id), role__in=WIDER)
    rows = Membership.objects.filter(here, valid_on(access.day), partnership=access.partnership)
    return Person.objects.filter(pk__in=rows.values("person_id"), is_active=True).order_by("name")


@dataclass(frozen=True)
class MyPlace:
    """One of my roles, in words, and the layer."""

    role: str
    layer: Layer
    within: tuple[Layer, ...]


def my_places(access: Access) -> list[MyPlace]:
    """My roles with where they are, small to large."""
    places = [
        MyPlace(
            role_name(access.partnership, place.role),
            access.tree.layers[place.layer],
            tuple(access.tree.layers[up] for up in access.tree.above(place.layer)),
        )
        for place in access.places
    ]
    order = [layer.id for layer in access.layers]
    return sorted(places, key=lambda mine: order.index(mine.layer.id))


def role_name(partnership: Partnership, role: str) -> str:
    """What a partnership calls a role."""
    return str(partnership.role_labels.get(role) or Role(role).label)


def body(access: Access, pk: int) -> Body:
    """A body of one of my layers, or one I sit in; 404 otherwise."""
    mine = Q(organisation_id__in=_places(access), pair=False) | Q(people=access.person)
    found = _bodies(access).filter(mine, pk=pk).distinct().first()
    if found is None:
        raise Http404
    return found


def _bodies(access: Access) -> QuerySet[Body]:
    return Body.objects.filter(partnership=access.partnership).select_related("organisation")


def _places(access: Access) -> set[int]:
    return {layer.id for layer in access.layers} | access.where(Verb.SEE, Noun.MEETING)


def appointments(access: Access, of: Body) -> QuerySet[Appointment]:
    """All moments of a body I may see, in the order of the calendar; those that were cancelled too."""
    return Appointment.objects.filter(body=body(access, of.pk)).order_by("starts_at")


def may_plan(access: Access, of: Body) -> bool:
    """Whether I may plan, move and cancel the moments of a body: I sit in it, or lead talks at its layer."""
    if of.partnership_id != access.partnership.pk:
        return False
    sits = of.people.filter(pk=access.person.pk).exists()
    return sits or (not of.pair and access.may(Verb.DO, Noun.MEETING, of.organisation_id))


def moment_to_plan(access: Access, pk: int) -> Appointment:
    """A moment that I may move or cancel, also when it passed or was cancelled; 404 otherwise."""
    rows = Appointment.objects.filter(pk=pk, body__partnership=access.partnership)
    found = rows.select_related("body__organisation").first()
    if found is None or not may_plan(access, found.body):
        raise Http404
    return found


def at_table(of: Body) -> list[Person]:
    """Who sits in a body and has a role in its partnership today, in the order of their addresses."""
    roles = Membership.objects.filter(valid_on(clock.today()), partnership_id=of.partnership_id)
    here = of.people.filter(pk__in=roles.values("person_id"), is_active=True, erased_on__isnull=True)
    return list(here.exclude(email="").order_by("email"))


def upcoming(access: Access, *, layer_id: int | None = None, limit: int = 5) -> list[Appointment]:
    """The next moments of the bodies I sit in (of one layer, if given); not those of two people."""
    mine = _to_come().filter(body__in=my_bodies(access), body__pair=False)
    if layer_id is not None:
        mine = mine.filter(body__organisation_id=layer_id)
    return list(mine.select_related("body__organisation").order_by("starts_at")[:limit])


def future_appointments(
    access: Access, layer_id: int | None = None, *, pair: Body | None = None
) -> QuerySet[Appointment]:
    """Moments to come at which something can return: of my bodies, and of the bodies of a layer of mine.

    Of two people alone only what is theirs: then `pair` is their body, and only their moments are given.
    """
    reach = Q(body__in=my_bodies(access), body__pair=False)
    if layer_id is not None:
        reach |= Q(body__organisation_id=layer_id, body__partnership=access.partnership, body__pair=False)
    if pair is not None:
        reach = Q(body__in=my_bodies(access).filter(pk=pair.pk))
    return _to_come().filter(reach).select_related("body").order_by("starts_at")


def _to_come() -> QuerySet[Appointment]:
    return Appointment.objects.filter(starts_at__gte=clock.now(), cancelled_on__isnull=True)


def trail(access: Access) -> QuerySet[TrailEntry]:
    """The trail of the layers whose trail I may see; 404 for others.

    What belongs to no single layer is for who runs the partnership as a whole.
    """
    where = access.where(Verb.SEE, Noun.TRAIL)
    if not where:
        raise Http404
    mine = Q(organisation_id__in=where)
    if access.tree.root in where:
        mine |= Q(organisation_id__isnull=True)
    rows = TrailEntry.objects.filter(mine, partnership=access.partnership)
    return rows.select_related("person", "organisation").order_by("-at", "-id")


def register(
    partnership: Partnership,
    day: date,
    *,
    organisation_ids: Iterable[int] | None = None,
    roles: Iterable[str] | None = None,
) -> list[Entry]:
    """Who has which role where on a day; one query."""
    rows = Membership.objects.filter(valid_on(day), partnership=partnership, person__is_active=True)
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=list(organisation_ids))
    if roles is not None:
        rows = rows.filter(role__in=list(roles))
    fields = ("person_id", "person__name", "person__email", "role", "organisation_id")
    return [Entry(*row) for row in rows.order_by("person__name", "id").values_list(*fields)]


def unreachable(person_ids: Iterable[int] | None = None) -> frozenset[int]:
    """Whose address does not work: mail to it came back, and it was not corrected since. One query."""
    rows = Person.objects.filter(bounced=F("email"), is_active=True).exclude(bounced="")
    found = frozenset(rows.values_list("pk", flat=True))
    return found if person_ids is None else found & frozenset(person_ids)


def names_in(access: Access, *texts: str) -> list[str]:
    """The names of people, schools and teams of my partnership that stand in these texts; one query."""
    rows = Membership.objects.filter(valid_on(access.day), partnership=access.partnership)
    people = rows.order_by("person__name").values_list("person__name", flat=True).distinct()
    places = [layer.name for layer in access.tree.layers.values() if layer.id != access.tree.root]
    return mentioned("\n".join(texts), people=people, places=places)

"""Two people who guide and learn together: a body of the two of them, which nobody else sees."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Membership, Person, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import my_bodies
from lemniscaat.people.tree import Layer, valid_on

LEARNING = frozenset({Role.STUDENT, Role.CAREER_CHANGER, Role.STARTER})
GUIDING = frozenset({Role.MENTOR, Role.SCHOOL_EDUCATOR})


@dataclass(frozen=True)
class Other:
    """Somebody with whom I could agree on something, and where we both are."""

    person: Person
    role: str
    layer: Layer


@dataclass(frozen=True)
class Pair:
    """The body of me and one other."""

    body: Body
    other: Person | None
    """None when the other was erased."""


def others(access: Access) -> list[Other]:
    """Who guides where I learn, and who learns where I guide, by name; one query. Both of us agree at that layer."""
    mine = [place for place in access.places if access.may(Verb.DO, Noun.AGREEMENT, place.layer)]
    learns = {place.layer for place in mine if place.role in LEARNING}
    guides = {place.layer for place in mine if place.role in GUIDING}
    rows = Membership.objects.filter(
        valid_on(access.day),
        partnership=access.partnership,
        organisation_id__in=learns | guides,
        person__is_active=True,
    ).exclude(person=access.person)
    found: dict[int, Other] = {}
    for row in rows.select_related("person").order_by("person__name", "id"):
        here = row.organisation_id
        if (here in learns and row.role in GUIDING) or (here in guides and row.role in LEARNING):
            found.setdefault(row.person_id, Other(row.person, row.role, access.tree.layers[here]))
    return list(found.values())


def pairs(access: Access) -> list[Pair]:
    """My pairs, by the name of the other; two queries."""
    rows = my_bodies(access).filter(pair=True).prefetch_related("people")
    found = [Pair(row, _other(access, row)) for row in rows]
    return sorted(found, key=lambda pair: (pair.other is None, pair.other.name if pair.other else ""))


def pair(access: Access, pk: int) -> Pair:
    """One pair of mine; 404 otherwise, for everybody else as well."""
    row = my_bodies(access).filter(pair=True, pk=pk).prefetch_related("people").first()
    if row is None:
        raise Http404
    return Pair(row, _other(access, row))


def pair_with(*, access: Access, person_id: int) -> Body:
    """The body of me and this person; made when it is not there yet. 404 for who is not one of `others`.

    It leaves nothing on the trail: who talks with whom is theirs.
    """
    other = next((one for one in others(access) if one.person.pk == person_id), None)
    if other is None:
        raise Http404
    both = [access.person.pk, person_id]
    with writing():
        # in turn: two who begin at the same moment begin the same
        list(Person.objects.select_for_update().filter(pk__in=both).order_by("pk"))
        known = my_bodies(access).filter(pair=True, pk__in=_bodies_of(person_id)).first()
        if known is not None:
            return known
        made = Body.objects.create(
            partnership=access.partnership,
            organisation_id=other.layer.id,
            name=f"{access.person.first_name} & {other.person.first_name}",
            pair=True,
        )
        made.people.set(both)
    return made


def _bodies_of(person_id: int) -> list[int]:
    return list(Body.objects.filter(people=person_id, pair=True).values_list("pk", flat=True))


def _other(access: Access, body: Body) -> Person | None:
    return next((one for one in body.people.all() if one.pk != access.person.pk), None)

"""Addresses that do not work, for who keeps the register; and putting one right.

A new address is also a new way to sign in. So only an address that does not work can be changed, only by who may change
people at every place where its owner has a role, and nobody gives an address to a role higher than his own.
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import F, QuerySet
from django.http import Http404

from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.importing import HIGH_ROLES
from lemniscaat.people.models import Membership, Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.people.tree import valid_on


class TakenError(Exception):
    """Somebody else has this address."""


@dataclass(frozen=True)
class Broken:
    """Somebody whose address does not work, and whether I may put it right."""

    person: Person
    mine: bool


def broken(access: Access) -> list[Broken]:
    """Whose address does not work, at the places where I may see the register; 404 where there is none."""
    seen = access.where(Verb.SEE, Noun.PEOPLE)
    if not seen:
        raise Http404
    here = _roles(access).filter(organisation_id__in=seen).values("person_id")
    rows = Person.objects.filter(pk__in=here, is_active=True, bounced=F("email")).exclude(bounced="")
    return [Broken(one, _may(access, one)) for one in rows.order_by("name", "pk")]


def correct_address(*, access: Access, person_id: int, email: str) -> Person:
    """Give somebody an address that works; the same one again says that it works after all.

    404 unless his address does not work and I may change it. Raises TakenError for an address of somebody else.
    """
    with writing():
        person = Person.objects.select_for_update().filter(pk=person_id, bounced=F("email")).first()
        if person is None or not person.bounced or not _may(access, person):
            raise Http404
        wanted = email.strip().lower()
        if Person.objects.exclude(pk=person.pk).filter(email__iexact=wanted).exists():
            raise TakenError
        EmailAddress.objects.filter(user=person).delete()
        person.email, person.bounced = wanted, ""
        person.save(update_fields=["email", "bounced"])
        note_change(access, verb="corrected", thing=person)
    return person


def _may(access: Access, person: Person) -> bool:
    allowed = access.where(Verb.DO, Noun.PEOPLE)
    held = list(Membership.objects.filter(valid_on(access.day), person=person))
    high = bool(access.roles & HIGH_ROLES)
    return bool(held) and all(
        one.partnership_id == access.partnership.pk
        and one.organisation_id in allowed
        and (high or one.role not in HIGH_ROLES)
        for one in held
    )


def _roles(access: Access) -> QuerySet[Membership]:
    return Membership.objects.filter(valid_on(access.day), partnership=access.partnership)

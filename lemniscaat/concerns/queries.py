"""Who to go to, from where somebody stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.people.access import Access
from lemniscaat.people.models import OrganisationKind, Partnership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer, Tree, tree_of

KINDS_THAT_NEED_NAMES = ("school",)
_THERE = Q(person__isnull=True) | Q(person__is_active=True)


@dataclass(frozen=True)
class Reachable:
    """Somebody to go to, with who stands in; `calls` says whether we can pass a call on to them."""

    contact: Contact
    deputy: Contact | None
    calls: bool


def contacts(partnership: Partnership, layer_ids: Iterable[int], tree: Tree) -> tuple[Contact, ...]:
    """The people for these layers and all above them: nearest first, at the end those who assess nobody."""
    near = list(dict.fromkeys(up for layer in layer_ids for up in (layer, *tree.above(layer))))
    rows = Contact.objects.filter(
        _THERE, partnership=partnership, organisation_id__in=near, deputy_of__isnull=True
    ).select_related("organisation")
    return tuple(sorted(rows, key=lambda c: (not c.assesses, near.index(c.organisation_id), c.order, c.pk)))


def my_contacts(access: Access) -> tuple[Contact, ...]:
    """The people for me: of my places and all above."""
    return contacts(access.partnership, [place.layer for place in access.places], access.tree)


def deputies(people: Iterable[Contact]) -> dict[int, Contact]:
    """The deputy of each of these people, by the id of whom they stand in for."""
    rows = Contact.objects.filter(_THERE, deputy_of__in=[person.pk for person in people]).order_by(
        "-order", "-id"
    )
    return {row.deputy_of_id: row for row in rows if row.deputy_of_id}


def with_deputies(people: Iterable[Contact]) -> list[Reachable]:
    """Each of these people with who stands in."""
    known = list(people)
    stand_ins = deputies(known)
    return [Reachable(c, stand_ins.get(c.pk), can_be_asked(c, stand_ins.get(c.pk))) for c in known]


def can_be_asked(who: Contact, deputy: Contact | None) -> bool:
    """Whether a request to call would reach anybody: an account, or a mail address."""
    return any(one is not None and (one.person_id or one.email) for one in (who, deputy))


def contact(pk: int) -> Contact | None:
    """Somebody by number; the number cannot be guessed, and names and phones of contacts are no secret to who has it."""
    return Contact.objects.filter(_THERE, pk=pk, deputy_of__isnull=True).select_related("partnership").first()


def call_now(who: Contact, deputy: Contact | None) -> list[Contact]:
    """Whom to call oneself when nobody called: who was asked, who stands in, and who assesses nobody there."""
    tree = tree_of(who.partnership, clock.today())
    free = [c for c in contacts(who.partnership, [who.organisation_id], tree) if not c.assesses]
    found = {one.pk: one for one in (who, deputy, *free) if one is not None and (one.phone or one.email)}
    return list(found.values())


def calls_for(access: Access) -> QuerySet[CallRequest]:
    """Who asked me to call: at once what was asked of me, after its time what was asked of whom I stand in for."""
    mine = Contact.objects.filter(partnership=access.partnership, person=access.person)
    late = Q(contact__in=mine.filter(deputy_of=None).values("pk"))
    late |= Q(
        contact__in=mine.exclude(deputy_of=None).values("deputy_of_id"), deputy_sees_from__lte=clock.now()
    )
    open_calls = CallRequest.objects.filter(late, picked_up_at__isnull=True)
    return open_calls.select_related("contact").order_by("asked_at")


def picked_up_by(access: Access) -> QuerySet[CallRequest]:
    """The calls that I took on, with their numbers, until they are forgotten."""
    rows = CallRequest.objects.filter(partnership=access.partnership, picked_up_by=access.person)
    return rows.select_related("contact").order_by("-picked_up_at")


def is_contact(access: Access) -> bool:
    """Whether people can ask me to call."""
    return Contact.objects.filter(partnership=access.partnership, person=access.person).exists()


def my_names(access: Access) -> Layer | None:
    """The widest of my own places whose names I keep; None where I keep none."""
    kept = access.where(Verb.DO, Noun.CONCERNS)
    mine = access.tree.ordered({place.layer for place in access.places} & kept)
    return mine[-1] if mine else None


def managed_layers(access: Access) -> tuple[Layer, ...]:
    """The layers whose names I keep, without teams: their people look one layer up."""
    layers = access.tree.ordered(access.where(Verb.DO, Noun.CONCERNS))
    return tuple(layer for layer in layers if layer.kind != OrganisationKind.TEAM)


def contacts_at(access: Access, layer_id: int) -> QuerySet[Contact]:
    """Everybody named at a layer whose names I keep, deputies too; 404 elsewhere."""
    access.need(Verb.DO, Noun.CONCERNS, layer_id)
    rows = Contact.objects.filter(partnership=access.partnership, organisation_id=layer_id)
    return rows.select_related("deputy_of", "person").order_by("order", "id")


def contact_to_change(access: Access, pk: int) -> Contact:
    """One of those; 404 elsewhere."""
    found = Contact.objects.filter(partnership=access.partnership, pk=pk).select_related("person").first()
    if found is None:
        raise Http404
    access.need(Verb.DO, Noun.CONCERNS, found.organisation_id)
    return found


def gaps(access: Access) -> tuple[Layer, ...]:
    """Schools whose names I keep where nobody outside the line of assessment can be reached."""
    free = set(
        Contact.objects.filter(_THERE, partnership=access.partnership, assesses=False, deputy_of__isnull=True)
        .exclude(phone="", email="")
        .values_list("organisation_id", flat=True)
    )
    kept = access.where(Verb.DO, Noun.CONCERNS)
    schools = [s for s in access.tree.layers.values() if s.kind in KINDS_THAT_NEED_NAMES and s.id in kept]
    return access.tree.ordered([s.id for s in schools if not free & {s.id, *access.tree.above(s.id)}])

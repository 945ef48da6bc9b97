"""Who to go to, from where somebody stands."""

from collections.abc import Iterable

from django.db.models import QuerySet

from lemniscaat.base import clock
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.tree import Layer, Tree

KINDS_THAT_NEED_NAMES = ("school",)


def contacts(partnership: Partnership, layer_ids: Iterable[int], tree: Tree) -> tuple[Contact, ...]:
    """The people for these layers and all above them: nearest first, at the end those who assess nobody."""
    near = list(dict.fromkeys(up for layer in layer_ids for up in (layer, *tree.above(layer))))
    rows = Contact.objects.filter(partnership=partnership, organisation_id__in=near, deputy_of__isnull=True)
    return tuple(sorted(rows, key=lambda c: (not c.assesses, near.index(c.organisation_id), c.order, c.pk)))


def my_contacts(access: Access) -> tuple[Contact, ...]:
    """The people for me: of my places and all above."""
    return contacts(access.partnership, [place.layer for place in access.places], access.tree)


def deputies(people: Iterable[Contact]) -> dict[int, Contact]:
    """The deputy of each of these people, by the id of whom they stand in for."""
    rows = Contact.objects.filter(deputy_of__in=[person.pk for person in people])
    return {row.deputy_of_id: row for row in rows if row.deputy_of_id}


def contact(pk: int) -> Contact | None:
    """Somebody by number; names and phones of contacts are public by design."""
    return Contact.objects.filter(pk=pk).select_related("partnership").first()


def calls_for(access: Access) -> QuerySet[CallRequest]:
    """Who asked me to call: at once what was asked of me, after its time what was asked of whom I stand in for."""
    mine = Contact.objects.filter(partnership=access.partnership, person=access.person)
    deputised = mine.exclude(deputy_of=None).values("deputy_of_id")
    open_calls = CallRequest.objects.filter(picked_up_at__isnull=True).select_related("contact")
    direct = open_calls.filter(contact__in=mine.filter(deputy_of=None))
    late = open_calls.filter(contact_id__in=deputised, deputy_sees_from__lte=clock.now())
    return (direct | late).distinct().order_by("asked_at")


def gaps(access: Access) -> tuple[Layer, ...]:
    """Schools of the partnership where nobody outside the line of assessment can be reached."""
    free = set(
        Contact.objects.filter(partnership=access.partnership, assesses=False)
        .exclude(phone="", email="")
        .values_list("organisation_id", flat=True)
    )
    schools = [layer for layer in access.tree.layers.values() if layer.kind in KINDS_THAT_NEED_NAMES]
    without = [s.id for s in schools if not free & {s.id, *access.tree.above(s.id)}]
    return access.tree.ordered(without)

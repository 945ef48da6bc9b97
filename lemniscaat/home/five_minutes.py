"""The page of five minutes that belongs to a role: which there are for me, and whether I may open one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.people import queries as people
from lemniscaat.people.access import Access, Place
from lemniscaat.people.models import OrganisationKind, Role
from lemniscaat.people.tree import Layer

SCHOOL = frozenset({Role.SCHOOL_LEADER})
BOARD = frozenset({Role.BOARD_MEMBER})
PROGRAMME = frozenset({Role.PROGRAMME_LEAD, Role.QUALITY})


@dataclass(frozen=True)
class FiveMinutes:
    """A page for me: its name and where it is."""

    label: str
    url: str


def my_pages(access: Access) -> list[FiveMinutes]:
    """The pages that my roles give me, each once. One query, for who sits in a steering group only."""
    found = [page for place in access.places for page in _of(access, place)]
    return list(dict.fromkeys(found))


def _of(access: Access, place: Place) -> Iterator[FiveMinutes]:
    layer = access.tree.layers[place.layer]
    told = {"name": layer.name}
    if place.role in SCHOOL and layer.kind == OrganisationKind.SCHOOL:
        yield FiveMinutes(_("%(name)s in vijf minuten") % told, reverse("home:school", args=[layer.id]))
    elif place.role in BOARD and layer.kind == OrganisationKind.BOARD:
        yield FiveMinutes(_("%(name)s in vijf minuten") % told, reverse("home:board", args=[layer.id]))
    elif place.role in PROGRAMME and layer.id == access.tree.root:
        yield FiveMinutes(_("%(name)s in vijf minuten") % told, reverse("home:programme"))
    elif place.role == Role.STEERING:
        for moment in people.upcoming(access, layer_id=layer.id, limit=1):
            day = date_format(timezone.localtime(moment.starts_at), "j F")
            label = _("%(body)s van %(day)s") % {"body": moment.body.name, "day": day}
            yield FiveMinutes(label, reverse("home:meeting", args=[moment.pk]))


def led_by_me(access: Access, layer_id: int, roles: frozenset[Role]) -> Layer:
    """A layer at which I have one of these roles; 404 otherwise."""
    if any(place.layer == layer_id and place.role in roles for place in access.places):
        return access.layer(layer_id)
    raise Http404

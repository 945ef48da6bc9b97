"""All my places under one sign-in: what each partnership shared with my tables, what comes next and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access, access_of, partnerships_of
from lemniscaat.people.models import Appointment, OrganisationKind, Partnership, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import MyPlace
from lemniscaat.people.tree import Layer

MOST = 4
DAYS = 42
NARROW = (OrganisationKind.TEAM, OrganisationKind.SCHOOL)


@dataclass(frozen=True)
class Shared:
    """Something that was shared with a table of mine, and where I read it."""

    row: Share
    url: str


@dataclass(frozen=True)
class Around:
    """One partnership of mine. `here`: I look from it now, so its links can be followed at once."""

    partnership: Partnership
    here: bool
    places: list[MyPlace]
    coming: list[Appointment]
    shared: list[Shared]
    back: list[Agreement]


def around(access: Access) -> list[Around]:
    """Every partnership in which I have a role, the one I look from first."""
    found = [_one(other, here=other.partnership == access.partnership) for other in everywhere(access)]
    return sorted(found, key=lambda one: (not one.here, one.partnership.name))


def everywhere(access: Access) -> list[Access]:
    """My access in each partnership of mine, this one among them."""
    others = [one for one in partnerships_of(access.person) if one.pk != access.partnership.pk]
    found = [access_of(access.person, one) for one in others]
    return [access, *(one for one in found if one is not None)]


def _one(access: Access, *, here: bool) -> Around:
    own = list(dict.fromkeys(place.layer for place in access.places))
    return Around(
        partnership=access.partnership,
        here=here,
        places=people.my_places(access),
        coming=people.upcoming(access, limit=MOST),
        shared=_shared(access, own),
        back=_back(access, own),
    )


def _shared(access: Access, own: list[int]) -> list[Shared]:
    """What waits for an answer first, then the newest."""
    may = [layer for layer in own if access.may(Verb.SEE, Noun.SHARED, layer)]
    rows = [
        Shared(row, reverse("people:shared", args=[layer]))
        for layer in may
        for row in people.shared_with(access, layer)[:MOST]
    ]
    return sorted(rows, key=lambda one: (one.row.answered_on is not None, -one.row.shared_on.toordinal()))[
        :MOST
    ]


def _back(access: Access, own: list[int]) -> list[Agreement]:
    """What comes back at my tables, the nearest day first."""
    rows = {row.pk: row for layer in own for row in agenda.coming_back(access, layer_id=layer, days=DAYS)}
    dated = [(row.returns_at.starts_at, row.pk) for row in rows.values() if row.returns_at]
    return [rows[pk] for _when, pk in sorted(dated)[:MOST]]


def where_patterns_stand(access: Access) -> tuple[Layer, ...]:
    """The layers of mine that look over several schools, and may share what they see."""
    may = access.where(Verb.SHARE, Noun.MEANING) & {place.layer for place in access.places}
    return tuple(layer for layer in access.tree.ordered(may) if layer.kind not in NARROW)

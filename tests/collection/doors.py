"""A round to answer, with its people: shared by the tests of this room."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.test import Client

from lemniscaat.base import clock
from lemniscaat.collection.actions import open_round, start_round
from lemniscaat.collection.codes import personal_token, used_token
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.people.models import Role
from tests import cast

INSTRUMENT = "halverwege"


@dataclass
class Asked:
    """An open round with its way in."""

    round: Round
    world: cast.World

    def tokens(self) -> list[str]:
        """The tokens of all personal links."""
        return [
            personal_token(pk)
            for pk in Invitation.objects.filter(round=self.round).values_list("pk", flat=True)
        ]

    def token_of(self, email: str) -> str:
        return personal_token(Invitation.objects.get(round=self.round, person__email=email).pk)


def many_people(world: cast.World, students: int = 14, mentors: int = 12) -> None:
    """Students and mentors in the team, so that segments can form."""
    for n in range(students):
        cast.person(f"Student{n}", world.partnership, (world.team, Role.STUDENT))
    for n in range(mentors):
        cast.person(f"Mentor{n}", world.partnership, (world.team, Role.MENTOR))


def opened(world: cast.World, *, by_mail: bool = True, by_link: bool = True, **fields: object) -> Asked:
    """A round of the team, asked by Noor, open."""
    access = world.access(world.noor)
    draft = start_round(
        access=access,
        layer_id=world.team.pk,
        instrument_key=INSTRUMENT,
        title="Halverwege: hoe leer jij hier?",
        asked_by="Noor en Joost",
        roles=[Role.STUDENT, Role.MENTOR],
        appointment=world.appointment,
        return_by=clock.today() + timedelta(days=20),
        by_mail=by_mail,
        by_link=by_link,
        **fields,  # type: ignore[arg-type]
    )
    return Asked(open_round(access=access, round_=draft), world)


def used_links() -> QuerySet[Invitation]:
    """The invitations by whose link a sheet came in, as only who has the server's key can find them."""
    ids = Invitation.objects.values_list("pk", flat=True)
    return Invitation.objects.filter(token__in=[used_token(personal_token(pk)) for pk in ids])


def hidden(page: str, name: str = "blad") -> str:
    """The value of a hidden field in a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return found.group(1)


def text_of(response: object) -> str:
    return bytes(response.content).decode()  # type: ignore[attr-defined]


def fresh_device() -> Client:
    """A phone without cookies; it never sends a CSRF token."""
    return Client(enforce_csrf_checks=True)

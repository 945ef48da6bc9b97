"""What the pages of five minutes need: a meaning that a team shared, and meetings of bodies that talk at a wide layer."""

from __future__ import annotations

from datetime import timedelta

from lemniscaat.base import clock
from lemniscaat.interpretation.actions import write_meaning
from lemniscaat.people.actions import share
from lemniscaat.people.models import Appointment, Body, Organisation, Share
from tests.cast import World

HEARD = "Studenten vragen het niet omdat wij het niet vragen."
OTHER = "Op dinsdag is er gewoon niemand."


def shared(world: World, to: Organisation, text: str = HEARD, dissent: str = OTHER) -> Share:
    """A meaning of the team on the criterion, shared by Noor with a layer above."""
    noor = world.access(world.noor)
    meaning = write_meaning(
        access=noor, layer_id=world.team.pk, criterion=world.criterion, text=text, dissent=dissent
    )
    return share(
        access=noor,
        noun="interpretation",
        noun_id=meaning.pk,
        title=world.point.title,
        text=text,
        dissent=dissent,
        source_id=world.team.pk,
        target_id=to.pk,
    )


def meeting(body: Body, days: int = 9) -> Appointment:
    """A meeting of a body, so many days from now."""
    return Appointment.objects.create(body=body, starts_at=clock.now() + timedelta(days=days), minutes=90)

"""Points on an agenda, for tests."""

from lemniscaat.agenda.models import Goal
from lemniscaat.agenda.points.taking_up import Aim, take_up
from lemniscaat.people.models import Body, Organisation, Person
from tests.cast import World


def taken_up(
    world: World,
    sentence: str = "Elke student wordt in week 3 bezocht.",
    *,
    who: Person | None = None,
    at: Organisation | None = None,
    body: Body | None = None,
    **more: object,
) -> Goal:
    """A point of the team, taken up by Noor, that returns at the later moment; `more`: fields of Aim."""
    words = {"owner_text": "Joost", "criterion": world.criterion, "returns_at": world.later, **more}
    aim = Aim(sentence=sentence, **words)  # type: ignore[arg-type]
    return take_up(access=world.access(who or world.noor), layer_id=(at or world.team).pk, aim=aim, body=body)

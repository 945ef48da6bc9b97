"""Examples, for tests."""

from lemniscaat.examples.actions import Told, share_example, write_example
from lemniscaat.examples.models import Example
from lemniscaat.people.models import Organisation, Person
from tests.cast import World

STORY = {
    "title": "Wie komt er kijken als het druk is?",
    "tried": "We ruilden elke week een half uur, zodat een begeleider kon gaan kijken.",
    "happened": "Na drie weken vroegen studenten er zelf om.",
    "again": "Het vaste moment op woensdag.",
}


def written(
    world: World,
    *,
    who: Person | None = None,
    at: Organisation | None = None,
    form_key: str = "",
    **more: object,
) -> Example:
    """A draft of the team, by Noor; `more`: fields of Told."""
    told = Told(**{**STORY, **more})  # type: ignore[arg-type]
    access = world.access(who or world.noor)
    return write_example(access=access, layer_id=(at or world.team).pk, told_=told, form_key=form_key)


def shared(world: World, **more: object) -> Example:
    """An example of the team that everybody in De Brug reads."""
    row = written(world, **more)  # type: ignore[arg-type]
    return share_example(access=world.access(world.noor), example=row)

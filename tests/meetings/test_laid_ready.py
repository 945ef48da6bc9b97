"""Planning a talk with whatever stands in the cabinet."""

import pytest

from lemniscaat.instruments.library import library
from lemniscaat.meetings import actions
from lemniscaat.meetings.models import Meeting
from lemniscaat.meetings.scene import parts_of, steps_of
from lemniscaat.meetings.script import Script
from tests.cast import World, signed_in
from tests.chance import some

pytestmark = pytest.mark.django_db

KEYS = sorted(one.key for one in library() if not one.frame)


@pytest.mark.parametrize("key", some(KEYS))
def test_every_instrument_can_be_laid_ready_for_a_talk(world: World, key: str) -> None:
    client = signed_in(world.noor)
    address = f"/gesprek/laag/{world.team.pk}/klaarzetten/"
    asked = client.get(address, {"instrument": key})
    assert asked.status_code == 200
    initial = asked.context["form"].initial
    given = {name: value for name, value in initial.items() if isinstance(value, str)}
    more = {"instrument": key, "body": world.body.pk, "middle": f"lat-{world.criterion.pk}", "hall": "table"}
    answer = client.post(address, {**given, **more})
    made = Meeting.objects.get()
    assert answer["Location"] == f"/gesprek/{made.pk}/tafel/"
    assert client.get(answer["Location"]).status_code == 200


def test_the_plan_is_told_in_parts_with_the_minutes_of_all_their_steps(world: World) -> None:
    made = actions.plan_talk(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        body=world.body,
        appointment=None,
        criterion=world.criterion,
        title="Durven vragen",
        laid=actions.Laid(library().get("datadialoog")),
    )
    steps, parts = steps_of(made), parts_of(made)
    assert len(parts) == 6 < len(steps)
    assert [one["number"] for one in parts] == [1, 2, 3, 4, 5, 6]
    assert sum(one["minutes"] for one in parts) == Script.read(made.script).minutes
    numbers = [(one["number"], one["name"]) for one in steps[:5]]
    assert numbers[1:4] == [(2, "Uitkomst dicht: wat verwacht je?"), (2, "Eerst alleen"), (2, "Naast elkaar")]

"""What somebody owns or sits with, in his own calendar: opened by his key, and by nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.points.stepping import add_step, tick_step
from lemniscaat.base import clock
from lemniscaat.people.feeds import renew_feed
from lemniscaat.people.models import Body
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def days_of(key: str) -> list[str]:
    answer = Client().get(f"/agenda/van/{key}.ics")
    assert answer.status_code == 200
    return sorted(str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT"))


def test_what_i_own_or_sit_with(world: World) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Ons gesprek")
    pair.people.set([world.samira, world.noor])
    row = taken_up(world, "Bezoek in week 3")
    taken_up(world, "Geheim", who=world.noor, body=pair)
    soon = clock.today() + timedelta(days=5)
    step = add_step(
        access=world.access(world.noor), goal=row, sentence="Rooster", owner=world.joost, due_on=soon
    )
    add_step(access=world.access(world.noor), goal=row, sentence="Van een ander", due_on=soon)
    agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=None,
        course="sustain",
        sentence="Bellen",
        owner_text="wij",
        notice="n",
        returns_at=world.appointment,
    )
    key = renew_feed(access=world.access(world.joost))
    assert days_of(key) == [
        "Komt terug in Teamoverleg onderbouw: Bellen",
        "Komt terug in Teamoverleg onderbouw: Bezoek in week 3",
        "Stap: Rooster",
    ]
    tick_step(access=world.access(world.joost), step=step, done=True)
    assert "Stap: Rooster" not in days_of(key)
    assert "Geheim" not in " ".join(days_of(key))


def test_no_key_opens_nothing_and_both_pages_lead_to_it(world: World) -> None:
    for key in ("x" * 20, "0"):
        assert Client().get(f"/agenda/van/{key}.ics").status_code == 404
    client = signed_in(world.joost)
    assert "/mensen/#agenda" in client.get(f"/agenda/laag/{world.team.pk}/").content.decode()
    key = renew_feed(access=world.access(world.joost))
    for path in (f"/agenda/laag/{world.team.pk}/", "/mensen/"):
        assert f"/agenda/van/{key}.ics" in client.get(path).content.decode()
    world.joost.is_active = False
    world.joost.save()
    assert Client().get(f"/agenda/van/{key}.ics").status_code == 404

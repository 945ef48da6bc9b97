"""What people expected stands beside the data once these are open, where it lies open itself."""

import pytest

from lemniscaat.instruments.library import library
from tests.cast import World, signed_in
from tests.meetings.talks import at, give, lay_open, live, nu, shown

pytestmark = pytest.mark.django_db
EXPECTED = "Dit verwachtten jullie"
WORDS = "Bijna iedereen vraagt om een bezoek."


def test_what_was_expected_stands_above_the_data(world: World) -> None:
    talk = live(world, instrument=library().get("datadialoog"))
    samira, noor = signed_in(world.samira), signed_in(world.noor)
    screens = [
        (samira, nu(talk)),
        (noor, f"/gesprek/{talk.pk}/leiden/"),
        (noor, f"/gesprek/{talk.pk}/beamer/"),
    ]
    at(world, talk, "think", 1)
    give(samira, talk, 1, verwacht=WORDS)
    at(world, talk, "look")
    for client, url in screens:
        told = shown(client, url)
        assert EXPECTED not in told, "what is not laid open is nowhere"
        assert WORDS not in told or client == samira
    lay_open(world, talk, 1)
    at(world, talk, "look")
    for client, url in screens:
        told = shown(client, url)
        assert told.index(EXPECTED) < told.index(WORDS), url
    at(world, talk, "think", 2)
    assert EXPECTED not in shown(samira, nu(talk))

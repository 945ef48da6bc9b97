"""One question over the years, and the break where its words changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.models import Round
from lemniscaat.instruments.models import InstrumentVersion
from tests import cast
from tests.collection.released import stopped

pytestmark = pytest.mark.django_db


def two_years(world: cast.World, *, reworded: bool = False) -> tuple[Round, Round]:
    """A round of a year ago and one of today; `reworded`: its first question was asked in other words then."""
    groups = {("student", world.school): 12, ("mentor", world.school): 9}
    old = stopped(world, groups, seed="oud").round
    if reworded:
        definition = old.instrument.definition
        definition["sections"][0]["items"][0]["text"] = {"nl": "Vroeg je om hulp?"}
        old.instrument = InstrumentVersion.objects.create(
            partnership=world.partnership, key="kijken", root="kijken", version=9, definition=definition
        )
    old.stopped_on = clock.today() - timedelta(days=365)
    old.save()
    return old, stopped(world, groups, seed="nieuw").round


def page(device: Client, round_: Round, **query: str) -> str:
    answer = device.get(reverse("collection:over_time", args=[round_.pk]), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_rounds_stand_under_each_other(world: cast.World) -> None:
    _old, new = two_years(world)
    told = page(cast.signed_in(world.petra), new)
    assert "2 rondes met dezelfde vragen" in told
    assert "Hier veranderde de vraag" not in told


def test_other_words_break_the_line(world: cast.World) -> None:
    _old, new = two_years(world, reworded=True)
    told = page(cast.signed_in(world.petra), new)
    assert told.count("Hier veranderde de vraag") == 1
    assert "Vroeg je om hulp?" in told


def test_an_older_round_does_not_look_ahead(world: cast.World) -> None:
    old, _new = two_years(world)
    assert "geen eerdere ronde" in page(cast.signed_in(world.petra), old)


def test_one_voice(world: cast.World) -> None:
    _old, new = two_years(world)
    told = page(cast.signed_in(world.petra), new, stem="role-student")
    assert 'aria-current="true">Studenten' in told


def test_the_outcome_leads_there_only_when_there_is_something_before(world: cast.World) -> None:
    old, new = two_years(world)
    device = cast.signed_in(world.petra)
    road = "Leg dit naast eerdere rondes"
    assert road in device.get(reverse("collection:outcome", args=[new.pk])).content.decode()
    assert road not in device.get(reverse("collection:outcome", args=[old.pk])).content.decode()


def test_an_outsider_finds_nothing(world: cast.World) -> None:
    _old, new = two_years(world)
    device = cast.signed_in(world.charlie)
    assert device.get(reverse("collection:over_time", args=[new.pk])).status_code == 404

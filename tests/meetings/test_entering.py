"""A talk in the one list: by its record, for who may see it, in the words it has now."""

import pytest
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.listing import Sought, look_up
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.interpretation.actions import revise_meaning
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.meetings import actions, queries
from lemniscaat.meetings.models import Meeting
from lemniscaat.people.models import Person
from tests.cast import World, signed_in
from tests.meetings.test_table import planned, press, written_out

pytestmark = pytest.mark.django_db


def held(world: World) -> Meeting:
    row = planned(world)
    written_out(world, row)
    assert not DataPoint.objects.filter(source=SourceKind.TALK).exists()
    press(world, row, "finish")
    row.refresh_from_db()
    return row


def found(world: World, who: Person, words: str) -> list[str]:
    sought = Sought(world.team.pk, words=words, source=SourceKind.TALK)
    return [row.title for row in look_up(world.access(who), sought).rows]


def test_a_talk_is_found_by_its_meaning_and_leads_to_its_record(world: World) -> None:
    row = held(world)
    assert found(world, world.joost, "beginnen") == ["Lesbezoek"]
    point = DataPoint.objects.get(talk=row.pk)
    assert (point.author, point.discussed_on) == (None, clock.today())
    html = signed_in(world.joost).get(reverse("datapoints:data_point", args=[point.pk])).content.decode()
    assert "Wij beginnen zelf niet." in html
    assert reverse("meetings:record", args=[row.pk]) in html
    assert actions.enter_talks() == 0


def test_who_may_not_see_the_record_finds_no_row(world: World) -> None:
    row = held(world)
    point = DataPoint.objects.get(talk=row.pk)
    for who in (
        world.noor,
        world.joost,
        world.samira,
        world.willem,
        world.petra,
        world.stef,
        world.bea,
        world.ad,
    ):
        access = world.access(who)
        sees = queries.talks(access).filter(pk=row.pk).exists()
        assert datapoints.ledger(access).filter(pk=point.pk).exists() is sees, who.name
    assert signed_in(world.charlie).get(reverse("datapoints:data_point", args=[point.pk])).status_code == 404


def test_a_meaning_that_is_reworded_is_found_in_its_new_words(world: World) -> None:
    held(world)
    meaning = Interpretation.objects.get()
    revise_meaning(
        access=world.access(world.noor),
        row=meaning,
        text="Wij wachten op elkaar.",
        dissent="",
        version=meaning.version,
    )
    assert actions.enter_talks() == 1
    assert found(world, world.joost, "wachten") == ["Lesbezoek"]
    assert found(world, world.joost, "beginnen") == []
    assert actions.enter_talks() == 0


def test_a_talk_is_no_voice_for_the_next_talk(world: World) -> None:
    held(world)
    assert datapoints.soft_for(world.access(world.noor), world.criterion) == []

"""Where a data point went: the meanings, agreements and accounts that rest on it, as far as somebody may see them."""

import pytest
from django.urls import reverse

from lemniscaat.accountability import queries as accountability
from lemniscaat.accountability.models import Account
from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.resting import mark_decided
from lemniscaat.base import clock
from lemniscaat.datapoints.actions import write_note
from lemniscaat.datapoints.entering import enter_rounds
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.actions import Ground, write_meaning
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.interpretation.resting import mark_discussed
from tests.cast import World, signed_in
from tests.collection.released import linked, small_groups, stopped

pytestmark = pytest.mark.django_db
ROOMS = ("interpretation", "agenda", "accountability")


def meant(world: World, *ground: Ground) -> Interpretation:
    return write_meaning(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="We wachten op elkaar.",
        evidence=list(ground),
    )


def followed(world: World) -> DataPoint:
    """A note in the circle of the partnership, that a team gave meaning to, agreed on and accounted for."""
    note = write_note(
        access=world.access(world.samira),
        text="Zij keek mee.",
        layer_id=world.root.pk,
        criterion=world.criterion,
    )
    agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        interpretation=meant(world, Ground(data_point=note)),
        course="adjust",
        sentence="De begeleider vraagt het eerst.",
        owner_text="Joost",
        notice="als er bezoek komt",
        returns_at=world.later,
    )
    sentence = {
        "kind": "meaning",
        "text": "t",
        "noun": "interpretation",
        "noun_id": Interpretation.objects.get().pk,
    }
    for frozen in (clock.today(), None):
        Account.objects.create(
            partnership=world.partnership,
            organisation=world.team,
            period=world.period,
            audience="ons bestuur" if frozen else "nog een ontwerp",
            content={
                "schema_version": 1,
                "sections": [{"sentences": [{**sentence, "url": "", "dissent": ""}]}],
            },
            composed_on=clock.today(),
            frozen_on=frozen,
        )
    note.refresh_from_db()
    return note


def test_it_is_followed_as_far_as_one_may_see(world: World) -> None:
    note = followed(world)
    access = world.access(world.joost)
    assert interpretation.resting_on(access, note).count() == 1
    assert agenda.resting_on(access, note).count() == 1
    assert [one.audience for one in accountability.resting_on(access, note)] == ["ons bestuur"]
    # Petra reads the note, and not what the team made of it
    petra = world.access(world.petra)
    assert not interpretation.resting_on(petra, note)
    assert not agenda.resting_on(petra, note)
    assert not accountability.resting_on(petra, note)


def test_the_fragments(world: World) -> None:
    note = followed(world)
    said = {
        "interpretation": "We wachten op elkaar.",
        "agenda": "De begeleider vraagt",
        "accountability": "ons bestuur",
    }
    page = signed_in(world.joost).get(reverse("datapoints:data_point", args=[note.pk])).content.decode()
    for room in ROOMS:
        url = reverse(f"{room}:resting_on", args=[note.pk])
        assert f'hx-get="{url}"' in page
        assert f'<a href="{url}"' in page  # the same without scripts
        whole = signed_in(world.joost).get(url).content.decode()
        part = signed_in(world.joost).get(url, headers={"HX-Request": "true"}).content.decode()
        assert said[room] in whole
        assert said[room] in part
        assert "<html" in whole
        assert "<html" not in part
        assert said[room] not in signed_in(world.petra).get(url).content.decode()
        for who in (world.charlie, world.dirk):
            assert signed_in(who).get(url).status_code == 404


def test_what_was_discussed_nowhere_asks_for_nothing(world: World) -> None:
    note = write_note(access=world.access(world.samira), text="Zomaar.", layer_id=world.team.pk)
    page = signed_in(world.joost).get(reverse("datapoints:data_point", args=[note.pk])).content.decode()
    assert "Het is nog nergens besproken." in page
    assert "hx-get" not in page.split("<main", 1)[1].split("</main", 1)[0]


def test_the_first_day_stands_and_a_round_is_followed_too(world: World) -> None:
    linked(world, "vragen")
    round_ = stopped(world, small_groups(world)).round
    made = meant(world, Ground(round=round_, item="vragen"))
    enter_rounds()
    row = DataPoint.objects.get(round=round_)
    assert row.discussed_on is None
    assert mark_discussed() == 1
    assert mark_discussed() == 0
    row.refresh_from_db()
    assert row.discussed_on == made.written_on
    assert list(interpretation.resting_on(world.access(world.joost), row)) == [made]
    assert mark_decided() == 0

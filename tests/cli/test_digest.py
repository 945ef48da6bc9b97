"""The monthly letter through the clock of the house: only to owners, once a month, with a way to get none any more."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.letters.digest_links import receiver_of, stop_address
from lemniscaat.agenda.models import Digest, NoDigest
from lemniscaat.agenda.points.stepping import add_step
from lemniscaat.base import clock
from lemniscaat.cli.ticking import tick
from lemniscaat.people.erasure import erase_person
from lemniscaat.people.models import Body, Membership, OutgoingMail
from tests.agenda.goals import taken_up
from tests.cast import World
from tests.collection.post import Office

pytestmark = pytest.mark.django_db


def to_first_day() -> None:
    """The first day of the next month."""
    days = 1
    while (clock.today() + timedelta(days=days)).day != 1:
        days += 1
    clock.move_to(days)


@pytest.fixture
def owning(world: World) -> World:
    """Joost owns a point and a step, Samira an agreement; on the first of a month all of it asks for them."""
    row = taken_up(world, "Bezoek in week 3", owner=world.joost, returns_at=world.appointment)
    taken_up(world, "Dit komt veel later terug", owner=world.noor)
    add_step(
        access=world.access(world.noor),
        goal=row,
        sentence="Rooster maken",
        owner=world.joost,
        due_on=clock.today() + timedelta(days=2),
    )
    agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=None,
        course="sustain",
        sentence="Vrijdag bellen we",
        owner=world.samira,
        owner_text="Samira",
        notice="we belden",
        returns_at=world.appointment,
    )
    to_first_day()
    return world


def test_each_owner_gets_his_own_once_a_month(owning: World, office: Office) -> None:
    for _ in range(3):
        tick()
    letters = {mail.to[0]: mail for mail in office.delivered}
    assert len(office.delivered) == len(letters) == Digest.objects.count() == 2
    joost = letters["joost@example.org"]
    assert "Bezoek in week 3" in joost.body
    assert "Rooster maken" in joost.body
    assert "Vrijdag bellen we" not in joost.body, "nothing about others"
    assert "/agenda/punt/" in joost.body
    stop = joost.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop == stop_address(owning.partnership.pk, owning.joost.pk)
    assert stop in joost.body
    assert "Vrijdag bellen we" in letters["samira@example.org"].body


def test_after_the_first_days_no_letter_goes(owning: World, office: Office) -> None:
    clock.move_to((clock.today() - _real()).days + 9)
    tick()
    assert not office.delivered


def _real() -> Any:
    clock_now = clock.today()
    clock.move_to(0)
    real = clock.today()
    clock.move_to((clock_now - real).days)
    return real


def test_who_wants_none_gets_none(owning: World, office: Office) -> None:
    path = stop_address(owning.partnership.pk, owning.joost.pk).split("://")[1].partition("/")[2]
    client = Client(enforce_csrf_checks=True)
    assert "Geen maandbrief meer" in client.get(f"/{path}").content.decode()
    assert not NoDigest.objects.exists(), "looking changes nothing"
    assert client.post(f"/{path}", {"List-Unsubscribe": "One-Click"}).status_code == 204
    tick()
    assert [mail.to[0] for mail in office.delivered] == ["samira@example.org"]
    assert client.post(f"/{path}", {"wat": "weer"}).status_code == 303
    tick()
    assert len(office.delivered) == 2
    assert "_auth_user_id" not in client.session
    assert client.get(f"/{path[:-2]}x/").status_code == 404


def test_asked_again_at_the_moment_of_sending(owning: World, office: Office) -> None:
    office.closed = 1
    tick()
    assert OutgoingMail.objects.filter(sent_on__isnull=True).count() == 2
    NoDigest.objects.create(partnership=owning.partnership, person=owning.joost)
    Membership.objects.filter(person=owning.samira).update(valid_until=clock.today())
    tick()
    assert not office.delivered
    assert not OutgoingMail.objects.exists()


def test_who_was_erased_or_may_not_look_any_more_gets_none(
    owning: World, office: Office, settings: Any, tmp_path: Any
) -> None:
    settings.VAR = tmp_path
    erase_person(access=owning.access(owning.petra), person=owning.joost)
    Membership.objects.filter(person=owning.samira).update(valid_until=clock.today())
    tick()
    assert not office.delivered
    assert (
        receiver_of(stop_address(owning.partnership.pk, owning.joost.pk).rstrip("/").rpartition("/")[2])
        is None
    )


def test_a_pair_hears_of_its_own_points(world: World, office: Office) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Samira en Joost")
    pair.people.set([world.samira, world.joost])
    row = taken_up(
        world, "Samen een les", who=world.samira, body=pair, owner=world.samira, returns_at=world.appointment
    )
    to_first_day()
    tick()
    assert [mail.to[0] for mail in office.delivered] == ["samira@example.org"]
    assert row.sentence in office.delivered[0].body

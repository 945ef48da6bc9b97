"""Mail of a round that has to wait: it still asks whether it is welcome, and who asks hears what could not be delivered."""

from datetime import datetime, timedelta

import pytest

from lemniscaat.base import clock
from lemniscaat.cli.ticking import tick
from lemniscaat.collection.actions import remind, stop_round, submit
from lemniscaat.collection.models import Invitation, Round
from lemniscaat.collection.stop_links import mail_again, no_mail
from lemniscaat.people.models import OutgoingMail, Person
from lemniscaat.people.outbox import MOST_TRIES
from tests import cast
from tests.cast import signed_in
from tests.collection.doors import Asked, many_people, opened, text_of
from tests.collection.post import Office

pytestmark = [pytest.mark.django_db, pytest.mark.db]
PEOPLE = 28


@pytest.fixture
def asked(world: cast.World, office: Office) -> Asked:
    many_people(world)
    return opened(world, stops_on=clock.today() + timedelta(days=10))


def of(email: str) -> Invitation:
    return Invitation.objects.select_related("round", "person").get(person__email=email)


def page(asked: Asked) -> str:
    return text_of(signed_in(asked.world.noor).get(f"/ronde/{asked.round.pk}/"))


def later(monkeypatch: pytest.MonkeyPatch, now: datetime, hours: int) -> None:
    moment = now + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: moment)


def refuse_samira(office: Office, said: str) -> str:
    """Let the post office say this to Samira at the next tick."""
    waiting = OutgoingMail.objects.filter(sent_on__isnull=True).order_by("id").values_list("to", flat=True)
    office.faults = {office.offered + list(waiting).index("samira@example.org"): said}
    return "samira@example.org"


def test_who_says_no_more_while_a_mail_waits_gets_it_no_more(asked: Asked, office: Office) -> None:
    no_mail(of("student1@example.org"))
    no_mail(of("student2@example.org"))
    mail_again(of("student2@example.org"))
    tick()
    assert len(office.firsts()) == PEOPLE - 1
    assert "student1@example.org" not in office.firsts()
    assert not OutgoingMail.objects.filter(to="student1@example.org").exists()


def test_a_round_that_is_over_asks_nobody_any_more(asked: Asked, office: Office) -> None:
    stop_round(round_=asked.round, access=asked.world.access(asked.world.noor))
    tick()
    assert not office.delivered


def test_who_answered_meanwhile_leaves_no_gap(asked: Asked, office: Office) -> None:
    """A row that went or stayed because of an answer would tell who gave it."""
    submit(round_=asked.round, answers={}, receipt="blad", token=asked.token_of("samira@example.org"))
    tick()
    assert len(office.firsts()) == PEOPLE
    assert OutgoingMail.objects.filter(sent_on__isnull=False).count() == PEOPLE


def test_who_asks_hears_what_is_on_its_way_and_what_did_not_arrive(
    asked: Asked, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "28 uitnodigingen zijn nog onderweg" in page(asked)
    now = clock.now()
    for at in range(MOST_TRIES):
        mail = refuse_samira(office, "greylisted")
        tick()
        assert ("Eén uitnodiging is nog onderweg" in page(asked)) == (at < MOST_TRIES - 1)
        later(monkeypatch, now, 13 * (at + 1))
    told = page(asked)
    assert "Bij één mens kwam de mail niet aan" in told
    assert mail in told
    assert len(office.firsts()) == PEOPLE - 1
    assert not Person.objects.exclude(bounced="").exists(), "it said nothing of the address"


def test_a_reminder_waits_for_nobody_and_never_comes_before_the_question(
    asked: Asked, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    mail = refuse_samira(office, "later")
    tick()
    OutgoingMail.objects.filter(sent_on__isnull=True).update(next_try=now + timedelta(hours=30))
    later(monkeypatch, now, 24)
    remind(access=asked.world.access(asked.world.noor), round_=asked.round)
    tick()
    assert len(office.reminders()) == PEOPLE - 1
    assert mail not in office.reminders()
    assert set(Invitation.objects.values_list("reminders", flat=True)) == {1}
    later(monkeypatch, now, 31)
    tick()
    assert mail in office.firsts()
    assert mail not in office.reminders()


def test_an_open_round_says_that_a_lot_was_drawn(world: cast.World) -> None:
    many_people(world)
    asked = opened(world, by_link=False, whom={"sample": {"student": 11}})
    assert Invitation.objects.filter(role="student").count() == 11
    assert "(11 van de 15, door het lot)" in page(asked)
    stop_round(round_=asked.round, access=world.access(world.noor))
    assert "(11 van de 15, door het lot)" in page(asked), "it is told as it was drawn, afterwards too"


def test_a_list_has_no_lot(world: cast.World) -> None:
    many_people(world)
    asked = opened(
        world, whom={"listed": True, "lines": [world.samira.pk, world.joost.pk], "sample": {"student": 1}}
    )
    assert "door het lot" not in page(asked)
    assert Round.objects.get(pk=asked.round.pk).whom.get("sample") == {}


def test_an_invitation_says_until_when(asked: Asked, office: Office) -> None:
    tick()
    assert "Meedoen kan tot en met " in office.delivered[0].body
    clock.move_to(1)
    remind(access=asked.world.access(asked.world.noor), round_=asked.round)
    tick()
    again = next(mail.body for mail in office.delivered[::-1])
    assert again.count("De laatste dag is ") == 1
    assert "Meedoen kan tot en met " not in again

"""A calendar to subscribe to: whose it is, what is in it, and an address that can be closed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from lemniscaat.base import clock
from lemniscaat.people.access import access_of
from lemniscaat.people.actions import cancel_appointment
from lemniscaat.people.erasure import erase_person
from lemniscaat.people.feeds import renew_feed
from lemniscaat.people.models import Appointment, Body, Membership, Person, TrailEntry
from lemniscaat.people.pairing import pair_with
from tests.cast import LONG_AGO, World, signed_in

pytestmark = pytest.mark.django_db


def events(answer: Any) -> list[Event]:
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def mine(key: str) -> Any:
    return Client().get(reverse("people:my_feed", args=[key]))


def theirs(key: str) -> Any:
    return Client().get(reverse("people:body_feed", args=[key]))


def test_my_feed_holds_the_moments_of_my_tables(world: World) -> None:
    key = renew_feed(access=world.access(world.samira))
    answer = mine(key)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in answer["Cache-Control"]
    assert [event["UID"].split("@")[0] for event in events(answer)] == [
        f"moment-{world.appointment.pk}",
        f"moment-{world.later.pk}",
    ]
    text = answer.content.decode()
    assert not any(name in text for name in ("Noor", "Joost", "Samira", "example.org", "Stuurgroep"))


def test_only_what_is_near(world: World) -> None:
    now = clock.now()
    for days in (-61, -59, 399, 401):
        Appointment.objects.create(
            body=world.body, starts_at=now + timedelta(days=days, hours=1), title=f"{days} dagen"
        )
    text = mine(renew_feed(access=world.access(world.joost))).content.decode()
    assert "-59 dagen" in text
    assert "399 dagen" in text
    assert "-61 dagen" not in text
    assert "401 dagen" not in text


def test_over_all_partnerships_where_i_have_a_role_today(world: World) -> None:
    there = Body.objects.create(
        partnership=world.elsewhere, organisation=world.elsewhere.root, name="Overkantse tafel"
    )
    there.people.add(world.joost)
    Appointment.objects.create(body=there, starts_at=clock.now() + timedelta(days=3))
    key = renew_feed(access=world.access(world.joost))
    assert "Overkantse tafel" not in mine(key).content.decode()
    role = Membership.objects.create(
        partnership=world.elsewhere,
        person=world.joost,
        organisation=world.elsewhere.root,
        role="mentor",
        valid_from=LONG_AGO,
    )
    assert "Overkantse tafel" in mine(key).content.decode()
    assert len(events(mine(key))) == 3
    role.valid_until = clock.today()
    role.save()
    assert "Overkantse tafel" not in mine(key).content.decode()


def test_a_cancelled_moment_says_so(world: World) -> None:
    cancel_appointment(access=world.access(world.noor), appointment=world.appointment)
    first, second = events(mine(renew_feed(access=world.access(world.joost))))
    assert (first["STATUS"], first["SEQUENCE"]) == ("CANCELLED", 1)
    assert (second["STATUS"], second["SEQUENCE"]) == ("CONFIRMED", 0)


def test_the_feed_of_a_body_is_of_that_body(world: World) -> None:
    Appointment.objects.create(body=world.steering, starts_at=clock.now() + timedelta(days=3))
    key = renew_feed(access=world.access(world.samira), body=world.body)
    answer = theirs(key)
    assert len(events(answer)) == 2
    assert Calendar.from_ical(answer.content)["X-WR-CALNAME"] == "Teamoverleg onderbouw"
    text = answer.content.decode()
    assert not any(name in text for name in ("Noor", "Joost", "Samira", "Stuurgroep"))


def test_a_key_opens_its_own_door_only(world: World) -> None:
    person_key = renew_feed(access=world.access(world.samira))
    body_key = renew_feed(access=world.access(world.samira), body=world.body)
    assert mine(body_key).status_code == theirs(person_key).status_code == 404
    assert mine("verzonnen").status_code == theirs("verzonnen").status_code == 404
    assert mine(person_key[:-1]).status_code == 404
    # most people have no key: nothing typed is not a key
    assert Client().get("/mensen/agenda/mij/.ics").status_code == 404
    assert Client().get("/mensen/agenda/overleg/.ics").status_code == 404
    assert Client().post(reverse("people:my_feed", args=[person_key])).status_code == 405


def test_who_may_no_longer_come_in_finds_an_empty_calendar(world: World) -> None:
    key = renew_feed(access=world.access(world.joost))
    Person.objects.filter(pk=world.joost.pk).update(is_active=False)
    assert events(mine(key)) == []
    Person.objects.filter(pk=world.joost.pk).update(is_active=True)
    Membership.objects.filter(person=world.joost).update(valid_until=clock.today())
    assert events(mine(key)) == []


def test_an_erased_person_leaves_no_address(world: World, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    key = renew_feed(access=world.access(world.joost))
    erase_person(access=world.access(world.petra), person=world.joost)
    assert Person.objects.get(pk=world.joost.pk).feed_key == ""
    assert mine(key).status_code == 404
    Person.objects.filter(pk=world.joost.pk).update(feed_key=key)
    assert events(mine(key)) == [], "also in a copy where the key came back"


def test_a_new_address_closes_the_old_one_and_twice_is_once(world: World) -> None:
    access = world.access(world.samira)
    old = renew_feed(access=access)
    new = renew_feed(access=access, seen=old)
    assert new != old
    assert len(new) >= 20
    assert renew_feed(access=access, seen=old) == new
    assert mine(old).status_code == 404
    assert mine(new).status_code == 200
    assert Person.objects.get(pk=world.joost.pk).feed_key == ""
    assert not TrailEntry.objects.exists()


def test_the_address_of_a_body_is_for_its_table(world: World) -> None:
    key = renew_feed(access=world.access(world.joost), body=world.body)
    assert TrailEntry.objects.get().verb == "renewed"
    assert key not in str(TrailEntry.objects.values())
    for who in (world.stef, world.petra, world.willem):
        with pytest.raises(Http404):
            renew_feed(access=world.access(who), body=world.body, seen=key)
    charlie = access_of(world.charlie, world.elsewhere)
    assert charlie is not None
    with pytest.raises(Http404):
        renew_feed(access=charlie, body=world.body, seen=key)
    assert theirs(key).status_code == 200


def test_no_two_share_a_key_and_many_have_none(world: World) -> None:
    assert Person.objects.filter(feed_key="").count() > 2
    key = renew_feed(access=world.access(world.joost))
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=world.noor.pk).update(feed_key=key)


def test_my_page_makes_and_shows_my_address(world: World) -> None:
    client = signed_in(world.samira)
    assert "Maak een adres" in client.get("/mensen/").content.decode()
    assert client.post("/mensen/agenda-adres/", {"seen": ""}).status_code == 302
    key = Person.objects.get(pk=world.samira.pk).feed_key
    html = client.get("/mensen/").content.decode()
    for words in ("Jouw agenda", f"/mensen/agenda/mij/{key}.ics", 'href="webcal://', "Maak een nieuw adres"):
        assert words in html
    assert client.post("/mensen/agenda-adres/", {"seen": key}).status_code == 302
    assert mine(key).status_code == 404
    assert client.get("/mensen/agenda-adres/").status_code == 405
    assert Client().post("/mensen/agenda-adres/").status_code == 302
    assert signed_in(world.dirk).post("/mensen/agenda-adres/").status_code == 404
    assert Person.objects.get(pk=world.dirk.pk).feed_key == ""


def test_nobody_else_sees_my_address(world: World) -> None:
    key = renew_feed(access=world.access(world.samira))
    body, layer = f"/mensen/overleg/{world.body.pk}/", f"/mensen/laag/{world.team.pk}/overleg/"
    for who in (world.samira, world.joost, world.noor):
        client = signed_in(who)
        for path in ("/mensen/", body, layer):
            html = client.get(path).content.decode()
            assert (key in html) == (who == world.samira and path == "/mensen/")


def test_the_page_of_a_body_shows_its_address_to_who_sits_there(world: World) -> None:
    path = f"/mensen/overleg/{world.body.pk}/"
    client = signed_in(world.joost)
    assert client.post(path + "agenda-adres/", {"seen": ""}).status_code == 302
    key = Body.objects.get(pk=world.body.pk).feed_key
    assert f"/mensen/agenda/overleg/{key}.ics" in client.get(path).content.decode()
    steering = f"/mensen/overleg/{world.steering.pk}/"
    root_key = renew_feed(access=world.access(world.stef), body=world.steering)
    # Joost sees that body from below, and does not sit in it
    html = client.get(steering).content.decode()
    assert "Stuurgroep" in html
    assert root_key not in html
    assert "agenda-adres" not in html
    assert client.post(steering + "agenda-adres/", {"seen": root_key}).status_code == 404
    for outsider in (world.charlie, world.dirk, world.bea):
        assert signed_in(outsider).post(path + "agenda-adres/", {"seen": key}).status_code == 404
    assert Body.objects.get(pk=world.body.pk).feed_key == key


@pytest.mark.parametrize("n", [1, 3])
def test_a_feed_asks_the_database_as_much_for_one_as_for_many(
    world: World, n: int, django_assert_num_queries: Any
) -> None:
    for number in range(n):
        Appointment.objects.create(body=world.body, starts_at=clock.now() + timedelta(days=number + 1))
    key = renew_feed(access=world.access(world.joost))
    with django_assert_num_queries(3):
        assert len(events(mine(key))) == n + 2


def test_the_calendar_of_two_is_empty_once_one_of_them_left(world: World) -> None:
    body = pair_with(access=world.access(world.joost), person_id=world.samira.pk)
    Appointment.objects.create(body=body, starts_at=clock.now() + timedelta(days=3))
    key = renew_feed(access=world.access(world.joost), body=body)
    address = reverse("people:body_feed", args=[key])
    assert len(events(Client().get(address))) == 1
    Membership.objects.filter(person=world.samira).update(valid_until=clock.today())
    assert not events(Client().get(address))

"""Moments are planned, moved and cancelled, and whoever was invited hears of it, once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import Http404
from django.utils import timezone
from icalendar import Calendar, Event

from lemniscaat.base import clock
from lemniscaat.people import moments, queries
from lemniscaat.people.access import Access, access_of
from lemniscaat.people.actions import cancel_appointment, move_appointment, plan_appointment, send_waiting
from lemniscaat.people.models import Appointment, Membership, OutgoingMail, Person, TrailEntry
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def plan(world: World, who: Person | None = None, **given: Any) -> Appointment:
    at = (clock.now() + timedelta(days=20)).replace(microsecond=0)
    words = {"starts_at": at, "minutes": 20, "title": "Onze lat", "invite": True, **given}
    return plan_appointment(access=world.access(who or world.noor), body=world.body, **words)


def move(world: World, row: Appointment, who: Person | None = None, **given: Any) -> Appointment:
    now = {"starts_at": row.starts_at, "minutes": row.minutes, "place": row.place, "title": row.title}
    return move_appointment(access=world.access(who or world.noor), appointment=row, **{**now, **given})


def event_of(row: OutgoingMail) -> tuple[str, Event]:
    book = Calendar.from_ical(row.calendar)
    return str(book["METHOD"]), book.walk("VEVENT")[0]


def verbs() -> list[str]:
    return list(TrailEntry.objects.order_by("id").values_list("verb", flat=True))


def test_everybody_at_the_table_gets_one_mail_of_his_own(world: World) -> None:
    made = plan(world)
    rows = list(OutgoingMail.objects.order_by("to"))
    assert [row.to for row in rows] == sorted(p.email for p in (world.noor, world.joost, world.samira))
    for row in rows:
        method, event = event_of(row)
        assert (method, event["SEQUENCE"]) == ("REQUEST", 0)
        assert str(event["ATTENDEE"]) == f"mailto:{row.to}"
        others = {p.email for p in (world.noor, world.joost, world.samira)} - {row.to}
        assert not any(other in row.calendar + row.body + row.subject for other in others)
        assert row.subject.startswith("Uitnodiging: Teamoverleg onderbouw: Onze lat")
        assert f"/mensen/overleg/{world.body.pk}/" in row.body
        assert "Noor nodigt je uit" in row.body
    assert made.invited
    assert verbs() == ["planned", "invited"]


def test_without_the_tick_nobody_hears_a_thing(world: World) -> None:
    made = plan(world, invite=False)
    move(world, made, minutes=40)
    cancel_appointment(access=world.access(world.noor), appointment=made)
    assert not OutgoingMail.objects.exists()
    assert verbs() == ["planned", "moved", "cancelled"]


def test_planning_twice_invites_once(world: World) -> None:
    at = clock.now() + timedelta(days=9)
    first = plan(world, starts_at=at, invite=False)
    assert [plan(world, starts_at=at).pk for _ in range(3)] == [first.pk] * 3
    assert OutgoingMail.objects.count() == 3


def test_a_leader_who_does_not_sit_there_gets_no_mail(world: World) -> None:
    world.body.people.remove(world.noor)
    plan(world)
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == {world.joost.email, world.samira.email}


def test_who_left_gets_no_mail(world: World) -> None:
    Person.objects.filter(pk=world.joost.pk).update(is_active=False)
    Membership.objects.filter(person=world.samira).update(valid_until=clock.today())
    plan(world)
    assert OutgoingMail.objects.get().to == world.noor.email


def test_a_title_begins_no_header_of_its_own(world: World) -> None:
    made = plan(world, title="Onze\r\nBcc: iedereen@example.org\r\nlat" + " heel lang" * 12)
    assert "\n" not in made.title
    assert send_waiting() == 3
    for sent in mail.outbox:
        assert sent.message()["Bcc"] is None
        assert len(sent.subject) <= 200


def test_moving_raises_the_sequence_and_twice_is_once(world: World) -> None:
    made = plan(world)
    OutgoingMail.objects.all().delete()
    at = made.starts_at + timedelta(days=1)
    for _ in range(2):
        moved = move(world, made, world.samira, starts_at=at, place="Lokaal 3")
    assert (moved.sequence, moved.starts_at, moved.place) == (1, at, "Lokaal 3")
    assert OutgoingMail.objects.count() == 3
    for row in OutgoingMail.objects.all():
        method, event = event_of(row)
        assert (method, event["SEQUENCE"], event["DTSTART"].dt) == ("REQUEST", 1, at)
        assert event["UID"].startswith(f"moment-{made.pk}@")
        assert row.subject.startswith("Gewijzigd: ")
        assert "Samira heeft dit moment gewijzigd" in row.body
    assert verbs() == ["planned", "invited", "moved"]


def test_cancelling_tells_everybody_once_and_keeps_the_row(world: World) -> None:
    made = plan(world)
    OutgoingMail.objects.all().delete()
    for _ in range(2):
        off = cancel_appointment(access=world.access(world.joost), appointment=made)
    assert (off.cancelled_on, off.sequence) == (clock.today(), 1)
    assert [event_of(row)[0] for row in OutgoingMail.objects.all()] == ["CANCEL"] * 3
    assert [event_of(row)[1]["SEQUENCE"] for row in OutgoingMail.objects.all()] == [1, 1, 1]
    assert verbs() == ["planned", "invited", "cancelled"]
    with pytest.raises(Http404):
        move(world, made, minutes=60)


def test_what_is_off_is_no_longer_to_come(world: World) -> None:
    access = world.access(world.noor)
    cancel_appointment(access=access, appointment=world.appointment)
    assert queries.upcoming(access) == [world.later]
    assert list(queries.future_appointments(access, world.team.pk)) == [world.later]
    (card,) = queries.body_cards(access, world.team.pk)
    assert card.next == world.later.starts_at
    # and the moment can be planned anew
    again = plan(world, starts_at=world.appointment.starts_at, invite=False)
    assert again.pk != world.appointment.pk
    assert queries.upcoming(access) == [again, world.later]


def test_a_body_meets_once_at_a_time(world: World) -> None:
    with pytest.raises(moments.MomentTakenError):
        move(world, world.appointment, starts_at=world.later.starts_at)
    cancel_appointment(access=world.access(world.noor), appointment=world.later)
    assert move(world, world.appointment, starts_at=world.later.starts_at).sequence == 1


def test_who_looked_at_an_older_version_is_told(world: World) -> None:
    move(world, world.appointment, title="Onze lat", seen=0)
    with pytest.raises(moments.ChangedMeanwhileError):
        move(world, world.appointment, title="Iets anders", seen=0)
    assert Appointment.objects.get(pk=world.appointment.pk).title == "Onze lat"


def test_the_past_stays_as_it_was(world: World) -> None:
    passed = Appointment.objects.create(body=world.body, starts_at=clock.now() - timedelta(days=1))
    with pytest.raises(Http404):
        move(world, passed, minutes=60)
    with pytest.raises(Http404):
        cancel_appointment(access=world.access(world.noor), appointment=passed)


def test_who_may_not(world: World) -> None:
    charlie = access_of(world.charlie, world.elsewhere)
    assert charlie is not None
    strangers: list[Access] = [world.access(who) for who in (world.bea, world.hans, world.stef, world.willem)]
    for access in (*strangers, charlie):
        with pytest.raises(Http404):
            plan_appointment(access=access, body=world.body, starts_at=clock.now(), minutes=20, invite=True)
        with pytest.raises(Http404):
            cancel_appointment(access=access, appointment=world.appointment)
        with pytest.raises(Http404):
            move_appointment(
                access=access,
                appointment=world.appointment,
                starts_at=world.appointment.starts_at,
                minutes=5,
                place="",
                title="",
            )
    assert not OutgoingMail.objects.exists()
    assert not TrailEntry.objects.exists()


def form(at: datetime, **given: str) -> dict[str, str]:
    local = timezone.localtime(at)
    base = {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "minutes": "20", "title": "", "place": ""}
    return {**base, "do": "move", "seen": "0", **given}


def test_the_tick_on_the_page_of_a_body(world: World) -> None:
    path = f"/mensen/overleg/{world.body.pk}/"
    client = signed_in(world.samira)
    html = client.get(path).content.decode()
    assert "Stuur iedereen een uitnodiging" in html
    assert 'name="invite" id="id_invite" checked' not in html
    at = clock.now() + timedelta(days=20)
    assert client.post(path, form(at)).status_code == 302
    assert not OutgoingMail.objects.exists()
    for _ in range(2):
        client.post(path, form(at + timedelta(days=1), invite="on"))
    assert OutgoingMail.objects.count() == 3


def test_the_page_of_a_moment(world: World) -> None:
    path = f"/mensen/moment/{world.appointment.pk}/"
    client = signed_in(world.joost)
    assert path in client.get(f"/mensen/overleg/{world.body.pk}/").content.decode()
    html = client.get(path).content.decode()
    for words in ("Verzet", "Zeg dit moment af", "Teamoverleg onderbouw"):
        assert words in html
    at = world.appointment.starts_at + timedelta(days=2)
    assert client.post(path, form(at, place="Lokaal 3")).status_code == 302
    world.appointment.refresh_from_db()
    assert (world.appointment.starts_at, world.appointment.place) == (at, "Lokaal 3")
    assert 'value="Lokaal 3"' in client.get(path).content.decode()
    for _ in range(2):
        assert client.post(path, {"do": "cancel"}).status_code == 302
    assert "Dit gaat niet door" in client.get(path).content.decode()
    assert client.post(path, form(at)).status_code == 404
    html = client.get(f"/mensen/overleg/{world.body.pk}/").content.decode()
    assert html.count("Gaat niet door.") == 1
    assert path not in html


def test_what_was_typed_stays_when_it_does_not_fit(world: World) -> None:
    path = f"/mensen/moment/{world.appointment.pk}/"
    client = signed_in(world.noor)
    taken = client.post(path, form(world.later.starts_at, title="Onze lat"))
    assert taken.status_code == 422
    assert "staat er al een moment" in taken.content.decode()
    assert 'value="Onze lat"' in taken.content.decode()
    move(world, world.appointment, world.joost, place="Lokaal 9")
    late = client.post(path, form(world.appointment.starts_at, place="Aula"))
    assert late.status_code == 422
    assert "Lokaal 9" in late.content.decode()
    assert 'value="Aula"' in late.content.decode()
    assert 'name="seen" value="1"' in late.content.decode()
    assert client.post(path, form(world.appointment.starts_at, place="Aula", seen="1")).status_code == 302
    past = client.post(path, form(clock.now() - timedelta(days=3), seen="2"))
    assert past.status_code == 422


def test_a_moment_is_for_who_may_plan_it(world: World) -> None:
    root = Appointment.objects.create(body=world.steering, starts_at=clock.now() + timedelta(days=3))
    # Samira sees the steering group from below, and plans nothing there
    for who, row in [
        (world.samira, root),
        *((stranger, world.appointment) for stranger in (world.bea, world.willem, world.charlie, world.dirk)),
    ]:
        client = signed_in(who)
        path = f"/mensen/moment/{row.pk}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"do": "cancel"}).status_code == 404
    assert not Appointment.objects.exclude(cancelled_on=None).exists()

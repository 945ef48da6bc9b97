"""Mail goes out once, and nothing of it stays behind."""

import smtplib
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes
from email.utils import parseaddr
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from icalendar import Calendar

from lemniscaat.base import clock
from lemniscaat.people.actions import send_mail, send_waiting
from lemniscaat.people.calendars import invitation
from lemniscaat.people.envelopes import Envelope
from lemniscaat.people.models import Appointment, Body, OutgoingMail, Person
from lemniscaat.people.outbox import MOST_TRIES, on_the_way, post, undelivered
from tests.collection.post import Crash, Office

pytestmark = pytest.mark.django_db
HERE = "tests.people.test_outbox"


class Unreachable(BaseEmailBackend):
    def open(self) -> None:
        raise ConnectionRefusedError

    def send_messages(self, email_messages: Any) -> int:
        raise AssertionError


class Refuses(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({})


class BreaksOff(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected


class Wall:
    """A clock on the wall that somebody sets."""

    def __init__(self) -> None:
        self.begun = self.now = clock.now()

    def on(self, **later: int) -> None:
        self.now += timedelta(**later)


def one() -> OutgoingMail:
    return send_mail(partnership=None, to="a@example.org", subject="Doe mee", body="https://hier/geheim")


def test_out_once_and_wiped() -> None:
    row = one()
    assert [send_waiting(), send_waiting()] == [1, 0]
    assert [(m.to, m.body) for m in mail.outbox] == [(["a@example.org"], "https://hier/geheim")]
    row.refresh_from_db()
    assert row.sent_on
    assert not row.body


def test_no_try_is_lost_while_the_post_is_closed(settings: Any) -> None:
    row = one()
    settings.EMAIL_BACKEND = f"{HERE}.Unreachable"
    for _ in range(5):
        assert send_waiting() == 0
    row.refresh_from_db()
    assert (row.failures, row.sent_on, row.body) == (0, None, "https://hier/geheim")


@pytest.fixture
def wall(monkeypatch: Any) -> Wall:
    made = Wall()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


def test_each_try_waits_longer_and_in_the_end_the_text_goes(settings: Any, wall: Wall) -> None:
    row = one()
    settings.EMAIL_BACKEND = f"{HERE}.Refuses"
    tries = []
    for minute in range(26 * 60):
        wall.now = wall.begun + timedelta(minutes=minute)
        assert send_waiting() == 0
        before, row = row.failures, OutgoingMail.objects.get()
        tries += [minute] * (row.failures - before)
    assert tries == [0, 1, 6, 21, 81, 321, 801, 1521]
    assert (row.failures, row.sent_on, row.body, row.next_try) == (MOST_TRIES, None, "", None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 0


def test_what_may_have_arrived_is_not_sent_again(settings: Any) -> None:
    one()
    settings.EMAIL_BACKEND = f"{HERE}.BreaksOff"
    assert send_waiting() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 0
    assert not mail.outbox


def test_one_that_fails_does_not_hold_up_the_rest() -> None:
    first, second = one(), one()
    OutgoingMail.objects.filter(pk=first.pk).update(failures=MOST_TRIES)
    assert send_waiting() == 1
    second.refresh_from_db()
    assert second.sent_on


def calendar(title: str = "Onze lat") -> str:
    body = Body(pk=7, name="Coördinatieoverleg één-op-één met de zij-instromers en hun begeleiders")
    moment = Appointment(pk=12, body=body, starts_at=clock.now() + timedelta(days=3), title=title)
    return invitation(moment, Person(email="a@example.org", name="Noor"))


def with_calendar(text: str) -> OutgoingMail:
    return send_mail(
        partnership=None, to="a@example.org", subject="Uitnodiging", body="Dag Noör", calendar=text
    )


def test_an_invitation_travels_as_words_as_a_part_and_as_a_file() -> None:
    text = calendar()
    row = with_calendar(text)
    assert [send_waiting(), send_waiting()] == [1, 0]
    row.refresh_from_db()
    assert (row.body, row.calendar) == ("", "")
    (sent,) = mail.outbox
    wire = message_from_bytes(sent.message().as_bytes(linesep="\r\n"))
    assert wire.get_content_type() == "multipart/mixed"
    either, file = wire.get_payload()
    assert either.get_content_type() == "multipart/alternative"
    words, part = either.get_payload()
    assert words.get_content_type() == "text/plain"
    assert words.get_payload(decode=True).decode() == "Dag Noör"
    # the part that counts comes last, and says what must be done with it
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert str(part.get_param("charset")).upper() == "UTF-8"
    assert part.get_filename() is None
    assert file.get_content_type() == "application/ics"
    assert file.get_filename() == "uitnodiging.ics"
    for piece in (part, file):
        given = piece.get_payload(decode=True)
        assert given.decode() == text
        assert Calendar.from_ical(given)["METHOD"] == "REQUEST"


def test_the_end_of_a_moment_travels_as_such() -> None:
    with_calendar(calendar().replace("METHOD:REQUEST", "METHOD:CANCEL"))
    assert send_waiting() == 1
    wire = message_from_bytes(mail.outbox[0].message().as_bytes())
    assert wire.get_payload()[0].get_payload()[1].get_param("method") == "CANCEL"


def test_a_calendar_waits_and_goes_with_the_words(settings: Any, wall: Wall) -> None:
    text = calendar()
    row = with_calendar(text)
    settings.EMAIL_BACKEND = f"{HERE}.Refuses"
    assert send_waiting() == 0
    row.refresh_from_db()
    assert (row.failures, row.calendar) == (1, text)
    for _ in range(MOST_TRIES):
        wall.on(days=1)
        send_waiting()
    row.refresh_from_db()
    assert (row.failures, row.body, row.calendar) == (MOST_TRIES, "", "")


def test_a_subject_is_one_short_line() -> None:
    row = send_mail(
        partnership=None, to="a@example.org", subject="Hoi\r\nBcc: b@c.nl\n" + "x" * 300, body="Dag"
    )
    assert row.subject.startswith("Hoi Bcc: b@c.nl x")
    assert len(row.subject) == 200
    assert send_waiting() == 1
    assert mail.outbox[0].message()["Bcc"] is None


def went(office: Office) -> list[str]:
    return [mail.subject for mail in office.delivered]


def several(many: int = 5) -> None:
    for n in range(many):
        post(None, Envelope(f"p{n}@example.org", str(n), "x", stop_url="https://s"))


@pytest.mark.parametrize("fault", ["cut before", "cut after", "crash", "sender", "later", "refused"])
def test_nothing_goes_twice_and_only_the_one_in_doubt_is_lost(office: Office, wall: Wall, fault: str) -> None:
    several()
    office.faults = {2: fault}
    with suppress(Crash):
        send_waiting()
    for _ in range(4):
        wall.on(minutes=1)
        send_waiting()
    lost = {"cut before", "crash", "refused"}
    assert sorted(went(office)) == (["0", "1", "3", "4"] if fault in lost else ["0", "1", "2", "3", "4"])
    assert not OutgoingMail.objects.exclude(body="", stop_url="").exists()


def test_a_line_that_breaks_leaves_the_rest_waiting(office: Office) -> None:
    several()
    office.faults = {1: "cut before"}
    assert send_waiting() == 1
    assert OutgoingMail.objects.filter(sent_on__isnull=True, body="x").count() == 3
    office.closed = 2
    assert send_waiting() == send_waiting() == 0
    assert send_waiting() == 3


def test_a_server_that_wants_nothing_now_costs_no_try(office: Office) -> None:
    several(2)
    for _ in range(5):
        office.faults = {office.offered: "sender"}
        assert send_waiting() == 0
    assert send_waiting() == 2


def test_a_refused_address_is_remembered_and_not_tried_again(office: Office) -> None:
    person = Person.objects.create_user("p1@example.org", "Piet")
    several(3)
    office.faults = {1: "refused"}
    assert send_waiting() == 2
    assert send_waiting() == 0
    person.refresh_from_db()
    assert person.bounced == person.email
    row = OutgoingMail.objects.get(to="p1@example.org")
    assert (row.failures, row.sent_on, row.body, row.stop_url) == (MOST_TRIES, None, "", "")


def test_a_mail_that_waited_leaves_nothing_behind_once_it_is_out(office: Office, wall: Wall) -> None:
    post(None, Envelope("p@example.org", "Doe mee", "x", about="round 1"))
    office.faults = {0: "later"}
    assert send_waiting() == send_waiting() == 0
    assert on_the_way("round 1") == {"p@example.org"}
    wall.on(minutes=1)
    assert send_waiting() == 1
    row = OutgoingMail.objects.get()
    assert (row.failures, row.next_try, row.about, row.body) == (0, None, "", "")
    assert not on_the_way("round 1")


@pytest.mark.parametrize(
    ("said", "bounced"),
    [
        ("later", True),  # 4.2.0: about the address
        ("greylisted", False),  # no number: perhaps about us
        ("nobody", True),
        ("not us", False),
    ],
)
def test_after_a_day_of_later_it_is_told_and_only_its_own_address_is_marked(
    office: Office, wall: Wall, said: str, bounced: bool
) -> None:
    person = Person.objects.create_user("p@example.org", "Piet")
    post(None, Envelope(person.email, "Doe mee", "x", about="round 1"))
    for at in range(MOST_TRIES):
        office.faults = {at: said}
        assert send_waiting() == 0
        wall.on(hours=13)
    office.faults = {}
    assert send_waiting() == 0
    assert undelivered("round 1") == {"p@example.org"}
    person.refresh_from_db()
    assert bool(person.bounced) is bounced


def test_new_mail_does_not_wait_for_what_is_tried_again(office: Office, wall: Wall) -> None:
    several(3)
    office.faults = {0: "later", 1: "later", 2: "later"}
    assert send_waiting() == 0
    several(1)
    assert send_waiting(limit=1) == 1


def test_what_is_not_wanted_any_more_is_dropped_at_the_door(office: Office) -> None:
    several(3)
    assert send_waiting(wanted=lambda mail: mail.to != "p1@example.org") == 2
    assert sorted(went(office)) == ["0", "2"]
    assert not OutgoingMail.objects.filter(to="p1@example.org").exists()


def test_a_mail_says_from_whom_and_how_to_stop(office: Office) -> None:
    mail_of_noor = Envelope(
        "a@example.org",
        "Doe mee",
        "x",
        sender="Noor, via De Brug\r\nBcc: iedereen@example.org",
        reply_to="noor@example.org",
        stop_url="https://hier/stop",
    )
    post(None, mail_of_noor)
    send_waiting()
    wire = message_from_bytes(office.delivered[0].message().as_bytes())
    assert parseaddr(wire["From"]) == ("Noor, via De Brug Bcc: iedereen@example.org", "lemniscaat@localhost")
    assert wire["Bcc"] is None
    assert wire["Reply-To"] == "noor@example.org"
    assert wire["List-Unsubscribe"] == "<https://hier/stop>"
    assert wire["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert wire["Message-ID"].startswith("<post.")

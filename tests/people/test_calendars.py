"""What a calendar reads: parsed again with the library, folded, in the right hour, the same thing each time."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from lemniscaat.people import calendars
from lemniscaat.people.models import Appointment, Body, Person

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LONG = "Coördinatieoverleg één-op-één, geïnitieerd door de zij-instromers én de werkplekbegeleiders; reünie"


@pytest.fixture(autouse=True)
def _own_site(settings: Any) -> None:
    settings.SITE_URL = "https://brug.example.org"
    settings.DEFAULT_FROM_EMAIL = "Lemniscaat De Brug <post@brug.example.org>"


def moment(**given: Any) -> Appointment:
    body = Body(pk=7, name=given.pop("body", "Teamoverleg onderbouw"))
    local = datetime(2026, 11, 24, 14, 45, tzinfo=AMSTERDAM)
    return Appointment(**{"pk": 12, "body": body, "starts_at": local.astimezone(UTC), "minutes": 20, **given})


def read(text: bytes | str) -> tuple[Calendar, list[Event]]:
    book = Calendar.from_ical(text)
    return book, list(book.walk("VEVENT"))


def guest(name: str = "Noor") -> Person:
    return Person(pk=3, email="noor@example.org", name=name)


def test_a_feed_has_what_a_program_asks_for() -> None:
    book, events = read(calendars.feed("Mijn overleggen", [moment(title="Onze lat", place="Lokaal 3")]))
    assert (book["VERSION"], book["METHOD"], book["PRODID"]) == ("2.0", "PUBLISH", "-//Lemniscaat//NL")
    assert book["X-WR-CALNAME"] == "Mijn overleggen"
    assert book["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert book["X-PUBLISHED-TTL"] == "PT6H"
    (event,) = events
    assert event["UID"] == "moment-12@brug.example.org"
    assert event["SUMMARY"] == "Teamoverleg onderbouw: Onze lat"
    assert event["LOCATION"] == "Lokaal 3"
    assert "https://brug.example.org/mensen/overleg/7/" in event["DESCRIPTION"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["DTSTAMP"].dt.tzinfo is not None
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 13, 45, tzinfo=UTC)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=20)
    assert "ATTENDEE" not in event
    assert "ORGANIZER" not in event


def test_an_empty_feed_is_a_calendar() -> None:
    book, events = read(calendars.feed("Mijn overleggen", []))
    assert book["METHOD"] == "PUBLISH"
    assert events == []


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [((2026, 10, 24), 12), ((2026, 10, 26), 13), ((2027, 3, 27), 13), ((2027, 3, 29), 12)],
)
def test_a_quarter_to_three_stays_a_quarter_to_three_when_the_clock_changes(
    day: tuple[int, int, int], hour_in_utc: int
) -> None:
    local = datetime(*day, 14, 45, tzinfo=AMSTERDAM)
    text = calendars.feed("Mijn overleggen", [moment(starts_at=local)])
    (event,) = read(text)[1]
    assert event["DTSTART"].dt.astimezone(AMSTERDAM) == local
    assert f"DTSTART:{day[0]}{day[1]:02}{day[2]:02}T{hour_in_utc}4500Z\r\n".encode() in text


def test_a_talk_in_the_night_of_the_change_lasts_as_long_as_it_lasts() -> None:
    local = datetime(2026, 10, 25, 1, 30, tzinfo=AMSTERDAM)
    (event,) = read(calendars.feed("Nacht", [moment(starts_at=local, minutes=120)]))[1]
    assert event["DTEND"].dt.astimezone(AMSTERDAM).strftime("%H:%M %Z") == "02:30 CET"


@given(
    title=st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), max_size=160),
    place=st.text(st.sampled_from("aé,;:\\\"' \n\t"), max_size=120),
)
def test_whatever_is_typed_is_folded_and_comes_back(title: str, place: str) -> None:
    text = calendars.feed(LONG, [moment(title=title, place=place, body=LONG)])
    lines = text.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    (event,) = read(text)[1]
    unfolded, name = text.replace(b"\r\n ", b"").decode(), LONG.replace(",", "\\,").replace(";", "\\;")
    assert f"\r\nNAME:{name}\r\nX-WR-CALNAME:{name}\r\n" in unfolded
    told = calendars.one_line(title)
    assert str(event["SUMMARY"]) == (f"{LONG}: {told}" if told else LONG)
    assert str(event.get("LOCATION", "")) == calendars.one_line(place)


def test_a_name_with_a_line_break_writes_no_line_of_its_own() -> None:
    text = calendars.feed("Overleg\r\nMETHOD:CANCEL", [moment(title="x\r\nATTENDEE:mailto:a@b.nl")])
    book, (event,) = read(text)
    assert book["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event
    invited = calendars.invitation(moment(), guest('No"or\r\nX-EVIL:1'))
    assert "X-EVIL" not in read(invited)[1][0]


def test_an_invitation_is_for_one_person_from_the_site() -> None:
    text = calendars.invitation(moment(title="Onze lat"), guest())
    book, (event,) = read(text)
    assert book["METHOD"] == "REQUEST"
    assert calendars.method_of(text) == "REQUEST"
    assert event["ORGANIZER"] == "mailto:post@brug.example.org"
    assert event["ORGANIZER"].params["CN"] == "Teamoverleg onderbouw"
    # one address, not a list
    assert str(event["ATTENDEE"]) == "mailto:noor@example.org"
    params = event["ATTENDEE"].params
    assert (params["RSVP"], params["PARTSTAT"], params["CN"]) == ("FALSE", "NEEDS-ACTION", "Noor")
    assert event["STATUS"] == "CONFIRMED"
    assert text.endswith("END:VCALENDAR\r\n")


def test_a_change_and_the_end_are_of_the_same_thing() -> None:
    first = read(calendars.invitation(moment(), guest()))[1][0]
    later = read(calendars.invitation(moment(sequence=1), guest()))[1][0]
    text = calendars.invitation(moment(sequence=2, cancelled_on=date(2026, 11, 20)), guest())
    book, (off,) = read(text)
    assert first["UID"] == later["UID"] == off["UID"]
    assert first["ORGANIZER"] == later["ORGANIZER"] == off["ORGANIZER"]
    assert [event["SEQUENCE"] for event in (first, later, off)] == [0, 1, 2]
    assert (book["METHOD"], off["STATUS"]) == ("CANCEL", "CANCELLED")
    assert calendars.method_of(text) == "CANCEL"

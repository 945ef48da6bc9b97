"""Moments as a calendar reads them: a feed to subscribe to, and one moment in a mail that Outlook and Google take up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from lemniscaat.base import clock
from lemniscaat.people.models import Appointment, Body, Person

PRODUCT = "-//Lemniscaat//NL"
LOOK_AGAIN = timedelta(hours=6)


class Method(StrEnum):
    """What a calendar is asked to do with what it gets."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


def site() -> str:
    """The address of this site, without a slash at the end."""
    return settings.SITE_URL.rstrip("/")


def body_address(body: Body) -> str:
    """The whole address of the page of a body."""
    return site() + reverse("people:body", args=[body.pk])


def subject_of(moment: Appointment) -> str:
    """What a moment is called in a calendar: the body, and what it is about. One line."""
    return ": ".join(words for words in (one_line(moment.body.name), one_line(moment.title)) if words)


def one_line(text: str) -> str:
    """Words without line breaks or double spaces, for what becomes a header or a title."""
    return " ".join(text.split())


def feed(name: str, moments: Iterable[Appointment]) -> bytes:
    """A calendar to subscribe to: its name and its moments. No other people's names and no notes are in it."""
    book = _book(Method.PUBLISH)
    # two spellings of one thing; most programs read the second
    for spelling in ("name", "x-wr-calname"):
        book.add(spelling, vText(one_line(name)))
    book.add("x-wr-timezone", settings.TIME_ZONE)
    book.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    book.add("x-published-ttl", f"PT{LOOK_AGAIN // timedelta(hours=1)}H")
    stamp = clock.now()
    for moment in moments:
        book.add_component(_event(moment, stamp))
    return bytes(book.to_ical())


@dataclass(frozen=True)
class WholeDays:
    """Something that takes whole days: a name that stays the same, the first and last day, what it is, and where."""

    uid: str
    first: date
    last: date
    subject: str
    url: str = ""


def days_feed(name: str, days: Iterable[WholeDays]) -> bytes:
    """A calendar of whole days to subscribe to. No people's names are in it."""
    book = _book(Method.PUBLISH)
    for spelling in ("name", "x-wr-calname"):
        book.add(spelling, vText(one_line(name)))
    book.add("refresh-interval", LOOK_AGAIN, parameters={"value": "DURATION"})
    stamp = clock.now().astimezone(UTC).replace(microsecond=0)
    for one in days:
        event = Event()
        event.add("uid", f"{one.uid}@{urlsplit(site()).hostname}")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.first)
        # the day after the last one: so a calendar reads it
        event.add("dtend", one.last + timedelta(days=1))
        event.add("summary", one_line(one.subject))
        event.add("transp", "TRANSPARENT")
        if one.url:
            event.add("url", site() + one.url)
        book.add_component(event)
    return bytes(book.to_ical())


def invitation(moment: Appointment, guest: Person) -> str:
    """One moment for one person: an invitation, its newer version, or its end when the moment was cancelled.

    A calendar takes an update only from whoever invited. So the site does that, in the name of the body, whoever
    plans, moves or cancels; and no colleague's address travels along, nor a list of the others.
    """
    book = _book(Method.CANCEL if moment.cancelled_on else Method.REQUEST)
    event = _event(moment, clock.now())
    event.add("organizer", vCalAddress.new(sender(), cn=one_line(moment.body.name)))
    event.add("attendee", _attendee(guest))
    book.add_component(event)
    return bytes(book.to_ical()).decode()


def sender() -> str:
    """The bare mail address from which this site writes."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def method_of(calendar: str) -> Method:
    """What a calendar in text says must be done with it. ValueError for what is no calendar of ours."""
    return Method(str(Calendar.from_ical(calendar)["METHOD"]))


def _attendee(guest: Person) -> vCalAddress:
    return vCalAddress.new(
        guest.email,
        cn=one_line(str(guest)),
        cutype="INDIVIDUAL",
        role="REQ-PARTICIPANT",
        partstat="NEEDS-ACTION",
        rsvp=False,
    )


def _book(method: Method) -> Calendar:
    book = Calendar()
    book.add("prodid", PRODUCT)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    book.add("method", method.value)
    return book


def _event(moment: Appointment, stamp: datetime) -> Event:
    """A moment, in UTC: so no calendar needs to know our rules for summer time."""
    event, address = Event(), body_address(moment.body)
    event.add("uid", f"moment-{moment.pk}@{urlsplit(site()).hostname}")
    event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", moment.sequence)
    event.add("dtstart", moment.starts_at.astimezone(UTC))
    event.add("dtend", moment.starts_at.astimezone(UTC) + timedelta(minutes=moment.minutes))
    event.add("summary", subject_of(moment))
    place = one_line(moment.place)
    if place:
        event.add("location", place)
    event.add("description", _("Meer over dit overleg: %(address)s") % {"address": address})
    event.add("url", address)
    event.add("status", "CANCELLED" if moment.cancelled_on else "CONFIRMED")
    return event

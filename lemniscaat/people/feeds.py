"""Calendars to subscribe to: an address that cannot be guessed opens the moments of a person or of a body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.keys import link_token
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access, partnerships_of
from lemniscaat.people.calendars import feed, site
from lemniscaat.people.models import Appointment, Body, Person
from lemniscaat.people.queries import at_table
from lemniscaat.people.trail import note_change

BACK, AHEAD = timedelta(days=60), timedelta(days=400)


@dataclass(frozen=True)
class Address:
    """Where a feed can be read, and its key; all empty while nobody asked for one."""

    key: str = ""
    url: str = ""
    webcal: str = ""


def my_address(person: Person) -> Address:
    """Where somebody's own moments can be read."""
    return _address("people:my_feed", person.feed_key)


def owned_address(person: Person) -> Address:
    """Where can be read what somebody owns on the agendas; the room upstairs gives the calendar itself."""
    return _address("goals:feed", person.feed_key)


def body_address(body: Body) -> Address:
    """Where the moments of a body can be read; show it only to those who sit in it."""
    return _address("people:body_feed", body.feed_key)


def _address(name: str, key: str) -> Address:
    if not key:
        return Address()
    url = site() + reverse(name, args=[key])
    return Address(key, url, "webcal://" + url.split("://", 1)[-1])


def renew_feed(*, access: Access, body: Body | None = None, seen: str = "") -> str:
    """Make an address for my own feed, or for that of a body I sit in, and close the old one. Gives the key.

    `seen`: the key on the page that was looked at. When it is no longer the one in use nothing happens: pressing
    twice is pressing once, and whoever is just later does not close what a colleague just made. 404 for a body
    in which I do not sit.
    """
    if body is not None and not body.people.filter(pk=access.person.pk).exists():
        raise Http404
    with writing():
        holder: Person | Body
        if body is None:
            holder = Person.objects.select_for_update().get(pk=access.person.pk)
        else:
            holder = Body.objects.select_for_update().get(pk=body.pk, partnership=access.partnership)
        if holder.feed_key == seen:
            holder.feed_key = link_token()
            holder.save(update_fields=["feed_key"])
            if body is not None and not body.pair:
                # my own calendar is mine: the trail is about what is done to others
                note_change(access, verb="renewed", thing=body)
    return holder.feed_key


def person_feed(key: str) -> bytes | None:
    """The moments of all bodies in which somebody sits, in every partnership where he has a role today.

    None for a key that opens nothing; a calendar without moments for who may no longer come in.
    """
    person = Person.objects.filter(feed_key=key).first() if key else None
    if person is None:
        return None
    mine = Q(body__people=person, body__partnership__in=partnerships_of(person))
    open_ = person.is_active and person.erased_on is None
    return feed(_("Mijn overleggen"), _around_now(mine) if open_ else ())


def body_feed(key: str) -> bytes | None:
    """The moments of one body; None for a key that opens nothing."""
    body = Body.objects.filter(feed_key=key).first() if key else None
    if body is None:
        return None
    # what is of two is of nobody once one of them left
    ended = body.pair and len(at_table(body)) < 2
    return feed(body.name, () if ended else _around_now(Q(body=body)))


def _around_now(which: Q) -> QuerySet[Appointment]:
    now = clock.now()
    rows = Appointment.objects.filter(which, starts_at__gte=now - BACK, starts_at__lte=now + AHEAD)
    return rows.select_related("body").order_by("starts_at", "pk")

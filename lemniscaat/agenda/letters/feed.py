"""What somebody owns or sits with, as a calendar program reads it: opened by his own key, as far as he may see it today."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.agenda.letters.mine import Owned, owned
from lemniscaat.base import clock
from lemniscaat.people.access import access_of, partnerships_of
from lemniscaat.people.calendars import WholeDays, days_feed
from lemniscaat.people.feeds import AHEAD, BACK, owned_address
from lemniscaat.people.models import Person


def owned_feed(key: str) -> bytes:
    """The points, agreements and steps of one person in every partnership where he has a role. 404 for a key that opens
    nothing."""
    rows = (
        Person.objects.filter(feed_key=key, is_active=True, erased_on__isnull=True)
        if key
        else Person.objects.none()
    )
    person = rows.first()
    if person is None:
        raise Http404
    return days_feed(_("Waar ik op let"), _days(person))


def _days(person: Person) -> Iterator[WholeDays]:
    today = clock.today()
    for partnership in partnerships_of(person):
        access = access_of(person, partnership)
        if access is None:
            continue
        for one in owned(access, until=today + AHEAD, sat_with=True):
            if one.day >= today - BACK and not one.cancelled:
                yield WholeDays(f"{one.kind}-{one.pk}", one.day, one.day, _subject(one), one.url)


def _subject(one: Owned) -> str:
    words = {"what": one.sentence, "where": one.where}
    if one.kind == "step":
        return _("Stap: %(what)s") % words
    return _("Komt terug in %(where)s: %(what)s") % words


def address(person: Person) -> str:
    """Where somebody can subscribe; where he makes a key first, as long as he has none."""
    return owned_address(person).webcal or reverse("people:me") + "#agenda"

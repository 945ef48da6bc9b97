"""The year of a layer as a calendar program reads it: opened by somebody's own key, as far as he may see it today."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.people.access import Access, access_of, partnerships_of
from lemniscaat.people.calendars import WholeDays, days_feed, site
from lemniscaat.people.models import Person
from lemniscaat.year.lines import lines, year_layer
from lemniscaat.year.schoolyear import Line, school_year, year_from


def year_feed(layer_id: int, key: str) -> bytes:
    """What a layer asks, discusses and returns, this school year and the next. 404 for a key that opens nothing."""
    person = (
        Person.objects.filter(feed_key=key, is_active=True, erased_on__isnull=True).first() if key else None
    )
    if person is None:
        raise Http404
    access = _access(person, layer_id)
    name = access.tree.layers[layer_id].name
    now = school_year(clock.today())
    rows = {
        line.key: line for year in (now, year_from(now.year + 1)) for line in lines(access, layer_id, year)
    }
    days = [one for line in rows.values() if not line.above for one in _days(line)]
    return days_feed(_("Het jaar van %(name)s") % {"name": name}, days)


def _access(person: Person, layer_id: int) -> Access:
    """The access of the partnership in which somebody sees this layer's year."""
    for partnership in partnerships_of(person):
        access = access_of(person, partnership)
        if access is not None and layer_id in access.tree.layers:
            year_layer(access, layer_id)
            return access
    raise Http404


def _days(line: Line) -> Iterator[WholeDays]:
    yield WholeDays(line.key, line.begins, line.ends, line.title, line.url)
    if line.discussed:
        subject = _("Bespreken: %(title)s") % {"title": line.title}
        yield WholeDays(f"{line.key}-talk", line.discussed, line.discussed, subject, line.url)
    if line.comes_back and line.back:
        subject = _("Terug bij wie gaf: %(title)s") % {"title": line.title}
        yield WholeDays(f"{line.key}-back", line.back, line.back, subject, line.url)


def address(person: Person, layer_id: int) -> str:
    """Where somebody can subscribe; where he makes a key first, as long as he has none."""
    if not person.feed_key:
        return reverse("people:me") + "#agenda"
    return site().replace("https://", "webcal://").replace("http://", "webcal://") + reverse(
        "year:feed", args=[layer_id, person.feed_key]
    )

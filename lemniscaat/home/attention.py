"""What asks for my attention: at most five things, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.base import clock
from lemniscaat.collection import queries as collection
from lemniscaat.collection.outcome import WHOLE, opened
from lemniscaat.concerns import queries as concerns
from lemniscaat.meetings import queries as meetings
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

MOST = 5
TALK_IS_NEAR = 14


@dataclass(frozen=True)
class Item:
    """One thing that asks for attention, and the quarter of the loop it belongs to."""

    title: str
    text: str
    url: str
    activity: str
    button: str


def attention(access: Access, layer_id: int) -> list[Item]:
    """The things that ask something of me at a layer, at most five."""
    return list(islice(_all(access, layer_id), MOST))


def _all(access: Access, layer_id: int) -> Iterator[Item]:
    yield from _calls(access)
    yield from _talks(access, layer_id)
    yield from _agreements(access, layer_id)
    yield from _asked(access)
    yield from _returns(access, layer_id)
    yield from _shares(access, layer_id)


def _calls(access: Access) -> Iterator[Item]:
    waiting = concerns.calls_for(access).count()
    if waiting:
        text = _("Iemand vroeg om gebeld te worden. Alleen een naam en een nummer.")
        yield Item(_("Bel terug"), text, reverse("concerns:calls"), "inform", _("Zie wie"))


def _talks(access: Access, layer_id: int) -> Iterator[Item]:
    for moment in people.upcoming(access, layer_id=layer_id, limit=1):
        if (moment.starts_at - clock.now()).days > TALK_IS_NEAR:
            continue
        when = date_format(timezone.localtime(moment.starts_at), "l j F, H.i")
        title = _("%(when)s: %(body)s") % {"when": when[:1].upper() + when[1:], "body": moment.body.name}
        talk = meetings.talk_at(access, moment)
        if talk is None:
            text = _("Er is nog geen gesprek voor klaargezet.")
            url = reverse("meetings:plan", args=[layer_id]) + f"?moment={moment.pk}"
        else:
            text = _("%(minutes)d minuten, over ‘%(title)s’.") % {
                "minutes": moment.minutes,
                "title": talk.title,
            }
            url = reverse("meetings:prepare", args=[talk.pk])
        yield Item(title, text, url, "mean", _("Zet het gesprek klaar"))


def _agreements(access: Access, layer_id: int) -> Iterator[Item]:
    for row in agenda.coming_back(access, layer_id=layer_id)[:2]:
        moment = row.returns_at
        text = f"‘{row.sentence}’ " + _("Hielp het?")
        if moment:
            day = date_format(timezone.localtime(moment.starts_at), "j F")
            text += " " + _("%(body)s van %(day)s.") % {"body": moment.body.name, "day": day}
        yield Item(
            _("Een afspraak komt terug"),
            text,
            reverse("agenda:look_back", args=[row.pk]),
            "direct",
            _("Kijk terug"),
        )


def _asked(access: Access) -> Iterator[Item]:
    for one in collection.open_for(access)[:1]:
        round_ = one.round
        until = date_format(round_.stops_on, "j F") if round_.stops_on else ""
        text = f"‘{round_.title}’."
        if until:
            text += " " + _("Open tot en met %(day)s.") % {"day": until}
        yield Item(
            _("Een vraag aan jou"), text, reverse("answer:start", args=[one.token]), "inform", _("Doe mee")
        )


def _returns(access: Access, layer_id: int) -> Iterator[Item]:
    if not access.may(Verb.DO, Noun.RETURN, layer_id):
        return
    for round_ in collection.waiting_for_return(access, layer_id)[:2]:
        book = opened(round_, [])
        number = book.took_part(book.group(WHOLE, "")).n
        title = (
            _("%(n)d mensen wachten op een antwoord") % {"n": number}
            if number
            else _("Mensen wachten op een antwoord")
        )
        text = _("Zij deden mee aan ‘%(title)s’. Vertel wat jullie ermee doen.") % {"title": round_.title}
        url = reverse("accountability:write_return", args=[round_.pk])
        yield Item(title, text, url, "account", _("Schrijf het antwoord"))


def _shares(access: Access, layer_id: int) -> Iterator[Item]:
    if not access.may(Verb.DO, Noun.SHARED, layer_id):
        return
    waiting = people.shared_with(access, layer_id).filter(answer="")
    for row in waiting[:1]:
        text = f"{row.source.name}: ‘{row.title}’"
        yield Item(
            _("Iemand deelde iets met ons"),
            text,
            reverse("people:shared", args=[layer_id]),
            "account",
            _("Lees en antwoord"),
        )

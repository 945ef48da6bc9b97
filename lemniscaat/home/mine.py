"""What is mine, wherever I learn or guide: what was done with my voice, what I agreed with one other, my talks, my people.

One thing to do now stands on top. Of rounds it tells what came back to everybody who was asked: whether I took part
is known to nobody, also here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.accountability import queries as accountability
from lemniscaat.accountability.models import Return, ReturnKind
from lemniscaat.accountability.showing import told
from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, AgreementState
from lemniscaat.base import clock
from lemniscaat.collection import queries as collection
from lemniscaat.concerns.models import Contact
from lemniscaat.concerns.queries import my_contacts
from lemniscaat.home.attention import Item
from lemniscaat.meetings import queries as meetings
from lemniscaat.meetings.models import Meeting, Table, TableState
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.pairing import Other, Pair, others, pairs

RETURNS, TALKS, NAMES, SHEETS = 2, 4, 3, 3
A_YEAR = timedelta(days=365)
NEWS = timedelta(days=14)
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Came:
    """What was done with a round I was asked in: its title, when it was told, and one line done and one not done."""

    title: str
    day: date
    lines: tuple[tuple[str, str, str], ...]
    url: str


@dataclass(frozen=True)
class Between:
    """A pair of mine with what we agreed and what runs."""

    pair: Pair
    running: list[Agreement]


@dataclass(frozen=True)
class Coming:
    """A moment of a body I sit in, and where one goes in when a talk was set ready."""

    moment: Appointment
    talk: Meeting | None


@dataclass(frozen=True)
class Mine:
    """Everything on the page, in its order."""

    first: Item | None
    came: list[Came]
    asked: bool
    """Whether these are rounds in which I was asked; else they are those of my places."""
    between: list[Between]
    others: list[Other]
    coming: list[Coming]
    bodies: list[Body]
    sheets: list[Table]
    contacts: list[Contact]


def mine(access: Access) -> Mine:
    """The page of whoever looks. The number of queries does not grow with what lies there."""
    between = _between(access)
    coming = _coming(access)
    asked = list(accountability.answered_for(access, clock.today() - A_YEAR)[:RETURNS])
    came = asked or _around(access)
    return Mine(
        first=next(_now(access, between, coming, asked), None),
        came=[_came(row) for row in came],
        asked=bool(asked),
        between=between,
        others=_new(others(access), between),
        coming=coming,
        bodies=list(people.my_bodies(access).filter(pair=False)),
        sheets=_sheets(access),
        contacts=_names(access),
    )


def _now(access: Access, between: list[Between], coming: list[Coming], came: list[Return]) -> Iterator[Item]:
    """What asks something of me, the nearest first; the page shows the first of it."""
    yield from _looks(between)
    for one in collection.open_for(access)[:1]:
        text = _("‘%(title)s’ Het duurt een paar minuten.") % {"title": one.round.title}
        url = reverse("answer:start", args=[one.token])
        yield Item(_("Een vraag aan jou"), text, url, "inform", _("Doe mee"))
    for row in came[:1]:
        if row.published_on and row.published_on >= clock.today() - NEWS:
            text = _("Lees wat er gebeurt met ‘%(title)s’.") % {"title": row.round.title}
            url = reverse("returning:page", args=[row.round.return_code])
            yield Item(_("Er is antwoord"), text, url, "account", _("Lees het"))
    yield from _talks(coming)


def _looks(between: list[Between]) -> Iterator[Item]:
    """What we agreed comes back within the week, or should have."""
    soon = clock.now() + SOON
    for one in between:
        for row in one.running:
            if row.returns_at is None or row.returns_at.starts_at > soon:
                continue
            told_ = {"sentence": row.sentence, "name": one.pair.other.first_name if one.pair.other else ""}
            text = _("‘%(sentence)s’ Kijk er met %(name)s naar.") % told_
            url = reverse("home:pair", args=[one.pair.body.pk]) + f"#afspraak-{row.pk}"
            yield Item(_("Hielp jullie afspraak?"), text, url, "direct", _("Kijk terug"))


def _talks(coming: list[Coming]) -> Iterator[Item]:
    for one in coming:
        if one.talk is None or one.moment.starts_at > clock.now() + SOON:
            continue
        text = _("%(when)s, %(body)s.") % {"when": _when(one.moment.starts_at), "body": one.moment.body.name}
        url = reverse("meetings:mine", args=[one.talk.pk])
        yield Item(
            _("Je gesprek: %(title)s") % {"title": one.talk.title}, text, url, "mean", _("Ga aan tafel")
        )


def _when(moment: datetime) -> str:
    told_ = date_format(timezone.localtime(moment), "l j F, H.i")
    return told_[:1].upper() + told_[1:]


def _around(access: Access) -> list[Return]:
    """What was told at my own places and above them, the newest first."""
    rows = [row for layer in access.layers for row in accountability.returns_for(access, layer.id)[:RETURNS]]
    rows = [row for row in rows if row.round.return_code and row.published_on]
    return sorted(rows, key=lambda row: (row.published_on or clock.today(), row.pk), reverse=True)[:RETURNS]


def _came(row: Return) -> Came:
    """What is done or kept first, then what is not done and why: one line of each."""
    named = list(zip(row.frozen["items"], told(row.frozen).items, strict=True))
    done = [line for item, line in named if item["kind"] != ReturnKind.NOT][:1]
    left = [line for item, line in named if item["kind"] == ReturnKind.NOT][:1]
    lines = (*done, *((_("Dit doen we niet"), text, because) for _kind, text, because in left))
    url = reverse("returning:page", args=[row.round.return_code])
    return Came(row.round.title, row.published_on or clock.today(), lines, url)


def _between(access: Access) -> list[Between]:
    found = pairs(access)
    rows: dict[int | None, list[Agreement]] = {}
    if found:
        running = agenda.agreements(access).filter(
            body__in=[one.body for one in found], state=AgreementState.RUNNING
        )
        for row in running.order_by("returns_at__starts_at", "id"):
            rows.setdefault(row.body_id, []).append(row)
    return [Between(one, rows.get(one.body.pk, [])) for one in found]


def _new(found: list[Other], between: list[Between]) -> list[Other]:
    """Those with whom I agreed nothing yet."""
    known = {one.pair.other.pk for one in between if one.pair.other}
    return [one for one in found if one.person.pk not in known]


def _coming(access: Access) -> list[Coming]:
    moments = people.upcoming(access, limit=TALKS)
    ready: dict[int | None, Meeting] = {}
    for talk in meetings.talks(access).filter(appointment__in=moments).exclude(state="done"):
        ready.setdefault(talk.appointment_id, talk)
    return [Coming(one, ready.get(one.pk)) for one in moments]


def _names(access: Access) -> list[Contact]:
    """Who I can go to: one close by who is not me, and always those who assess nobody."""
    found = [one for one in my_contacts(access) if one.person_id != access.person.pk]
    near = [one for one in found if one.assesses][:1]
    return [*near, *[one for one in found if not one.assesses][: NAMES - len(near)]]


def _sheets(access: Access) -> list[Table]:
    """The sheets that I fill in for myself."""
    rows = Table.objects.filter(partnership=access.partnership, private=True, led_by=access.person)
    return list(rows.exclude(state=TableState.CLOSED).order_by("-id")[:SHEETS])

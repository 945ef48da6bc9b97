"""The moments of a body: planned, moved and cancelled, and who hears of it by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people import calendars, queries
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Person
from lemniscaat.people.outbox import send_mail
from lemniscaat.people.trail import note_change


@dataclass(frozen=True)
class News:
    """What a mail about a moment says first: in its subject, and in its opening line."""

    subject: Promise
    opening: Promise


INVITED = News(gettext_lazy("Uitnodiging"), gettext_lazy("%(who)s nodigt je uit:"))
CHANGED = News(
    gettext_lazy("Gewijzigd"), gettext_lazy("%(who)s heeft dit moment gewijzigd. Zo staat het er nu:")
)
CANCELLED = News(
    gettext_lazy("Afgezegd"), gettext_lazy("%(who)s heeft dit moment afgezegd. Het gaat niet door:")
)


class MomentTakenError(Exception):
    """This body already has a moment then."""


class ChangedMeanwhileError(Exception):
    """Somebody changed this moment after the page was opened."""


def plan_appointment(
    *,
    access: Access,
    body: Body,
    starts_at: datetime,
    minutes: int,
    title: str = "",
    place: str = "",
    invite: bool = False,
) -> Appointment:
    """Put a moment of a body in the calendar; those who sit in it or lead talks there may. Once per moment.

    `invite`: everybody at the table gets one mail that a calendar takes up; planning the same moment once more
    invites nobody twice.
    """
    if not queries.may_plan(access, body):
        raise Http404
    words = {"minutes": minutes, "title": calendars.one_line(title), "place": calendars.one_line(place)}
    with writing():
        # in turn: two who send the same form must not both be the first
        Body.objects.select_for_update().get(pk=body.pk)
        made, new = Appointment.objects.get_or_create(
            body=body, starts_at=starts_at, cancelled_on=None, defaults=words
        )
        if new:
            _noted(access, made, "planned")
        if invite and not made.invited:
            made.invited = True
            made.save(update_fields=["invited"])
            sent = _tell(access, made, INVITED)
            _noted(access, made, "invited", n=sent)
    return made


def move_appointment(
    *,
    access: Access,
    appointment: Appointment,
    starts_at: datetime,
    minutes: int,
    place: str,
    title: str,
    seen: int | None = None,
) -> Appointment:
    """Give a coming moment another time, length, place or subject; who was invited hears of it. Twice is once.

    `seen`: the sequence on the page that was looked at. ChangedMeanwhileError when it has risen since,
    MomentTakenError when the body already meets then, 404 when it passed, was cancelled or is not ours to plan.
    """
    given = {
        "starts_at": starts_at,
        "minutes": minutes,
        "place": calendars.one_line(place),
        "title": calendars.one_line(title),
    }
    with writing():
        current = _to_change(access, appointment)
        if current.cancelled_on is not None:
            raise Http404
        if all(getattr(current, name) == value for name, value in given.items()):
            return current
        if seen is not None and seen != current.sequence:
            raise ChangedMeanwhileError
        others = Appointment.objects.filter(body_id=current.body_id, starts_at=starts_at, cancelled_on=None)
        if others.exclude(pk=current.pk).exists():
            raise MomentTakenError
        for name, value in given.items():
            setattr(current, name, value)
        current.sequence += 1
        current.save(update_fields=[*given, "sequence"])
        _noted(access, current, "moved")
        if current.invited:
            _tell(access, current, CHANGED)
    return current


def cancel_appointment(*, access: Access, appointment: Appointment) -> Appointment:
    """A coming moment does not go on; who was invited hears of it. Twice is once. 404 as with moving.

    It stays on record: a round, talk or agreement may point at it, and a calendar must learn that it is off.
    """
    with writing():
        current = _to_change(access, appointment)
        if current.cancelled_on is not None:
            return current
        current.cancelled_on = clock.today()
        current.sequence += 1
        current.save(update_fields=["cancelled_on", "sequence"])
        _noted(access, current, "cancelled")
        if current.invited:
            _tell(access, current, CANCELLED)
    return current


def _noted(access: Access, moment: Appointment, verb: str, **detail: int) -> None:
    """On the trail of the layer, unless it is between two people: others read that trail."""
    if not moment.body.pair:
        note_change(access, verb=verb, thing=moment, **detail)


def _to_change(access: Access, appointment: Appointment) -> Appointment:
    """The moment as it is now, held until the transaction ends; 404 when it passed or is not ours to plan."""
    # the body first, as in planning: so two never wait for each other
    body = Body.objects.select_for_update().filter(pk=appointment.body_id).first()
    current = Appointment.objects.select_for_update().filter(pk=appointment.pk).first()
    if body is None or current is None or current.starts_at < clock.now():
        raise Http404
    if not queries.may_plan(access, body):
        raise Http404
    current.body = body
    return current


def _tell(access: Access, moment: Appointment, news: News) -> int:
    """A mail for everybody at the table, in the order of their addresses; returns how many."""
    guests = queries.at_table(moment.body)
    when = date_format(timezone.localtime(moment.starts_at), "l j F Y, H.i")
    subject = f"{news.subject}: {calendars.subject_of(moment)}, {when}"
    for guest in guests:
        send_mail(
            partnership=access.partnership,
            to=guest.email,
            subject=subject,
            body=_letter(moment, guest, when, str(news.opening) % {"who": access.person.name}),
            calendar=calendars.invitation(moment, guest),
        )
    return len(guests)


def _letter(moment: Appointment, guest: Person, when: str, opening: str) -> str:
    """What somebody reads: what it is, when and where, and what the mail program can do with it."""
    facts = [
        calendars.subject_of(moment),
        _("%(when)s uur, %(n)d minuten") % {"when": when, "n": moment.minutes},
        moment.place,
    ]
    paragraphs = [
        _("Dag %(name)s,") % {"name": guest.first_name},
        opening,
        "\n".join(fact for fact in facts if fact),
        _("Je mailprogramma kan dit zelf in je agenda zetten of bijwerken. Aan- of afmelden hoeft niet."),
        _("Meer over dit overleg:") + "\n" + calendars.body_address(moment.body),
    ]
    return "\n\n".join(paragraphs) + "\n"

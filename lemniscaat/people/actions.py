"""Writing about people: appointments, sharing between layers, mail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from smtplib import SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, OutgoingMail, Partnership, Person, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

MOST_TRIES = 3


class AlreadyAnsweredError(Exception):
    """Somebody of the same layer answered a moment before."""


def plan_appointment(
    *, access: Access, body: Body, starts_at: datetime, minutes: int, title: str = "", place: str = ""
) -> Appointment:
    """Put a moment of a body in the calendar; those who sit in it or lead talks there may. Once per moment."""
    sits = body.people.filter(pk=access.person.pk).exists()
    if not sits:
        access.need(Verb.DO, Noun.MEETING, body.organisation_id)
    with writing():
        made, new = Appointment.objects.get_or_create(
            body=body, starts_at=starts_at, defaults={"minutes": minutes, "title": title, "place": place}
        )
        if new:
            note_change(access, verb="planned", thing=made)
    return made


def add_body(
    *, access: Access, layer_id: int, name: str, rhythm: str = "", people: Iterable[Person] = ()
) -> Body:
    """Add a group that talks regularly at a layer, with who sits in it. The same name there is the same group."""
    access.need(Verb.DO, Noun.MEETING, layer_id)
    with writing():
        made, new = Body.objects.get_or_create(
            partnership=access.partnership,
            organisation_id=layer_id,
            name=name.strip(),
            defaults={"rhythm": rhythm.strip()},
        )
        if new:
            made.people.set(people)
            note_change(access, verb="added", thing=made)
    return made


def share(
    *,
    access: Access,
    noun: str,
    noun_id: int,
    title: str,
    text: str,
    dissent: str,
    source_id: int,
    target_id: int,
) -> Share:
    """Let another layer see a meaning, agreement or example, as it reads now. Sharing twice is sharing once.

    404 unless I may share at the source, and the target lies above it (or below: higher layers share down).
    """
    kind = Noun.AGREEMENT if noun == "agreement" else Noun.MEANING
    access.need(Verb.SHARE, kind, source_id)
    if target_id not in {*access.tree.above(source_id), *access.tree.below(source_id)}:
        raise Http404
    with writing():
        made, new = Share.objects.get_or_create(
            partnership=access.partnership,
            noun=noun,
            noun_id=noun_id,
            source_id=source_id,
            target_id=target_id,
            revoked_on=None,
            defaults={
                "title": title,
                "text": text,
                "dissent": dissent,
                "shared_by": access.person,
                "shared_on": clock.today(),
            },
        )
        if new:
            note_change(access, verb="shared", thing=made, target=target_id)
    return made


def answer_share(*, access: Access, share: Share, text: str) -> Share:
    """The layer that something was shared with answers, once. 404 for whoever may not speak for it.

    AlreadyAnsweredError when somebody else was first with other words: both stay in view.
    """
    access.need(Verb.DO, Noun.SHARED, share.target_id)
    words = text.strip()
    with writing():
        # read again inside the turn: it may have been taken back or answered since the page was opened
        current = Share.objects.filter(pk=share.pk, revoked_on__isnull=True).first()
        if current is None:
            raise Http404
        if current.answer == words:
            return current
        if current.answer:
            raise AlreadyAnsweredError
        current.answer = words
        current.answered_by = access.person
        current.answered_on = clock.today()
        current.save(update_fields=["answer", "answered_by", "answered_on"])
        note_change(access, verb="answered", thing=current)
    return current


def revoke_share(*, access: Access, share: Share) -> Share:
    """Take back what was shared: the other layer no longer sees it."""
    kind = Noun.AGREEMENT if share.noun == "agreement" else Noun.MEANING
    access.need(Verb.SHARE, kind, share.source_id)
    if share.revoked_on is not None:
        return share
    with writing():
        share.revoked_on = clock.today()
        share.save(update_fields=["revoked_on"])
        note_change(access, verb="revoked", thing=share)
    return share


def send_mail(*, partnership: Partnership | None, to: str, subject: str, body: str) -> OutgoingMail:
    """Put a mail in the outbox; the next tick sends it. Call it inside the transaction that causes it."""
    return OutgoingMail.objects.create(partnership=partnership, to=to, subject=subject, body=body)


def send_waiting(*, limit: int = 200) -> int:
    """Send what waits in the outbox, at most three tries each and never twice; returns how many went out.

    Where the mail server cannot be reached, all of it waits for the next tick and no try is lost.
    """
    waiting = list(
        OutgoingMail.objects.filter(sent_on__isnull=True, failures__lt=MOST_TRIES).order_by("id")[:limit]
    )
    if not waiting:
        return 0
    line = get_connection()
    try:
        line.open()
    except OSError:
        return 0
    try:
        return sum(_send(mail, line) for mail in waiting)
    finally:
        line.close()


def _send(mail: OutgoingMail, line: Any) -> bool:
    """Send one mail. It is marked as sent before it goes: better lost in a crash than sent twice."""
    untouched = OutgoingMail.objects.filter(pk=mail.pk, sent_on__isnull=True, failures=mail.failures)
    with writing():
        if not untouched.update(sent_on=clock.today(), body=""):
            return False
    try:
        EmailMessage(mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to], connection=line).send()
    except SMTPServerDisconnected:
        # perhaps it was taken, perhaps not: it stays marked
        return False
    except OSError:
        last = mail.failures + 1 >= MOST_TRIES
        with writing():
            OutgoingMail.objects.filter(pk=mail.pk).update(
                sent_on=None, failures=mail.failures + 1, body="" if last else mail.body
            )
        return False
    return True

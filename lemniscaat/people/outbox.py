"""The outbox: mail waits here inside the transaction that causes it, and goes out once."""

from __future__ import annotations

from smtplib import SMTPServerDisconnected
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.calendars import method_of, one_line
from lemniscaat.people.models import OutgoingMail, Partnership

MOST_TRIES = 3
LONGEST_SUBJECT = 200
INVITATION = "uitnodiging.ics"


def send_mail(
    *, partnership: Partnership | None, to: str, subject: str, body: str, calendar: str = ""
) -> OutgoingMail:
    """Put a mail in the outbox; the next tick sends it. Call it inside the transaction that causes it.

    `calendar`: what a calendar program may take up; the text itself says whether it invites or cancels.
    """
    # a subject becomes a header: what somebody typed as a title must not begin a second one
    return OutgoingMail.objects.create(
        partnership=partnership,
        to=to,
        subject=one_line(subject)[:LONGEST_SUBJECT],
        body=body,
        calendar=calendar,
    )


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
        if not untouched.update(sent_on=clock.today(), body="", calendar=""):
            return False
    try:
        _letter(mail, line).send()
    except SMTPServerDisconnected:
        # perhaps it was taken, perhaps not: it stays marked
        return False
    except OSError:
        kept = {} if mail.failures + 1 >= MOST_TRIES else {"body": mail.body, "calendar": mail.calendar}
        with writing():
            OutgoingMail.objects.filter(pk=mail.pk).update(sent_on=None, failures=mail.failures + 1, **kept)
        return False
    return True


def _letter(mail: OutgoingMail, line: Any) -> EmailMultiAlternatives:
    """The mail as it travels: words, and beside them, where there is one, the same as a calendar reads it.

    Outlook and Google look for a part of the message itself, other programs for a file: it is both.
    """
    letter = EmailMultiAlternatives(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to], connection=line
    )
    if mail.calendar:
        letter.attach_alternative(mail.calendar, f"text/calendar; method={method_of(mail.calendar)}")
        letter.attach(INVITATION, mail.calendar.encode(), "application/ics")
    return letter

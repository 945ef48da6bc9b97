"""The outbox: mail waits here inside the transaction that causes it, and goes out once."""

from __future__ import annotations

from enum import Enum
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected
from typing import Any

from django.core.mail import get_connection

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.bounces import note_bounce, refused_for_good
from lemniscaat.people.calendars import one_line
from lemniscaat.people.envelopes import LONGEST_SENDER, Envelope
from lemniscaat.people.models import OutgoingMail, Partnership

MOST_TRIES = 3
LONGEST_SUBJECT = 200
_WIPED: dict[str, Any] = {"body": "", "calendar": "", "stop_url": ""}


class Went(Enum):
    """What became of a mail."""

    OUT = "out"
    REFUSED = "refused"  # this mail; the line may still be good
    GONE = "gone"  # somebody else sent it a moment before
    CUT = "cut"  # the line broke, or the server takes nothing now


def send_mail(
    *, partnership: Partnership | None, to: str, subject: str, body: str, calendar: str = ""
) -> OutgoingMail:
    """Put a mail of the house itself in the outbox; see `post`. `calendar`: what a calendar program may take up; the
    text itself says whether it invites or cancels."""
    return post(partnership, Envelope(to=to, subject=subject, body=body, calendar=calendar))


def post(partnership: Partnership | None, mail: Envelope) -> OutgoingMail:
    """Put a mail in the outbox; the next tick sends it. Call it inside the transaction that causes it."""
    # a subject becomes a header: what somebody typed as a title must not begin a second one
    return OutgoingMail.objects.create(
        partnership=partnership,
        to=mail.to,
        subject=one_line(mail.subject)[:LONGEST_SUBJECT],
        body=mail.body,
        calendar=mail.calendar,
        sender=one_line(mail.sender)[:LONGEST_SENDER],
        reply_to=mail.reply_to,
        stop_url=mail.stop_url,
    )


def open_line() -> Any | None:
    """A connection with the mail server; None where it cannot be reached or lets nobody in."""
    line = get_connection()
    try:
        line.open()
    except OSError:
        return None
    return line


def mail_waits(partnership_id: int) -> bool:
    """Whether mail of a partnership has not left yet, and still can."""
    waiting = OutgoingMail.objects.filter(partnership_id=partnership_id, sent_on__isnull=True)
    return waiting.filter(failures__lt=MOST_TRIES).exists()


def send_waiting(*, limit: int = 200) -> int:
    """Send what waits in the outbox, at most three tries each and never twice; returns how many went out.

    Where the mail server cannot be reached, or breaks off, all that was not begun waits for the next tick and no try
    is lost.
    """
    waiting = list(
        OutgoingMail.objects.filter(sent_on__isnull=True, failures__lt=MOST_TRIES).order_by("id")[:limit]
    )
    line = open_line() if waiting else None
    sent = 0
    for mail in waiting:
        if line is None:
            break
        went = _send(mail, line)
        sent += went is Went.OUT
        if went is Went.CUT:
            break
        if went is Went.REFUSED:
            # smtplib hangs up after some refusals and does not say so: what comes next needs a sound line
            line.close()
            line = open_line()
    if line is not None:
        line.close()
    return sent


def _send(mail: OutgoingMail, line: Any) -> Went:
    """Send one mail. It is marked as sent before it goes: better lost in a crash than sent twice."""
    untouched = OutgoingMail.objects.filter(pk=mail.pk, sent_on__isnull=True, failures=mail.failures)
    with writing():
        if not untouched.update(sent_on=clock.today(), **_WIPED):
            return Went.GONE
    try:
        _envelope(mail).letter(line).send()
    except SMTPServerDisconnected:
        # perhaps it was taken, perhaps not: it stays marked
        return Went.CUT
    except SMTPSenderRefused:
        # the server wants nothing from us now; that is no fault of this mail
        _back(mail, tries=mail.failures)
        return Went.CUT
    except SMTPRecipientsRefused as error:
        if refused_for_good(error):
            note_bounce(mail.to)
            _back(mail, tries=MOST_TRIES)
        else:
            _back(mail, tries=mail.failures + 1)
        return Went.REFUSED
    except OSError:
        _back(mail, tries=mail.failures + 1)
        return Went.REFUSED
    return Went.OUT


def _back(mail: OutgoingMail, *, tries: int) -> None:
    """It surely did not go: it waits again, unless it was tried often enough."""
    kept = {} if tries >= MOST_TRIES else {name: getattr(mail, name) for name in _WIPED}
    with writing():
        OutgoingMail.objects.filter(pk=mail.pk).update(sent_on=None, failures=tries, **kept)


def _envelope(mail: OutgoingMail) -> Envelope:
    return Envelope(
        to=mail.to,
        subject=mail.subject,
        body=mail.body,
        sender=mail.sender,
        reply_to=mail.reply_to,
        stop_url=mail.stop_url,
        calendar=mail.calendar,
    )

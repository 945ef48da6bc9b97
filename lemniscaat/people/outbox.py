"""The outbox: mail waits here inside the transaction that causes it, and goes out once.

A mail server that does not know us often says 'later' first (greylisting), and means minutes or hours: each try waits
longer than the one before, a day in all, in the row itself, so that a restart changes nothing. What could not be
delivered then stays as a row without its text, so that who sent it can be told. A reminder has no row: reminding.py.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from smtplib import SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected
from typing import Any, Final

from django.core.mail import get_connection
from django.db.models import Q, QuerySet

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.bounces import note_bounce, refused_for_good, refused_in_the_end
from lemniscaat.people.calendars import one_line
from lemniscaat.people.envelopes import LONGEST_SENDER, Envelope
from lemniscaat.people.models import OutgoingMail, Partnership

WAITS: Final = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 8 * 60, 12 * 60))
MOST_TRIES: Final = len(WAITS) + 1
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
        about=mail.about,
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
    """Whether mail of a partnership still has its first try ahead."""
    return _waiting().filter(partnership_id=partnership_id, failures=0).exists()


def on_the_way(about: str) -> frozenset[str]:
    """The addresses to which a mail about this still waits, or will be tried again."""
    return frozenset(_waiting().filter(about=about).values_list("to", flat=True))


def undelivered(about: str) -> frozenset[str]:
    """The addresses to which a mail about this could not be delivered."""
    given_up = OutgoingMail.objects.filter(about=about, sent_on__isnull=True, failures__gte=MOST_TRIES)
    return frozenset(given_up.values_list("to", flat=True))


def always(mail: OutgoingMail) -> bool:
    """Every mail is still welcome."""
    return True


def send_waiting(*, limit: int = 200, wanted: Callable[[OutgoingMail], bool] = always) -> int:
    """Send what is due in the outbox, never twice; returns how many went out. What is not `wanted` any more at the
    moment of sending is dropped.

    Where the mail server cannot be reached, or breaks off, all that was not begun waits for the next tick and no try
    is lost.
    """
    due = _waiting().filter(Q(next_try__isnull=True) | Q(next_try__lte=clock.now()))
    waiting = list(due.order_by("id")[:limit])
    line = open_line() if waiting else None
    sent = 0
    for mail in waiting:
        if line is None:
            break
        went = _send(mail, line, wanted)
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


def _waiting() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(sent_on__isnull=True, failures__lt=MOST_TRIES)


def _take(mail: OutgoingMail, wanted: Callable[[OutgoingMail], bool]) -> bool:
    """Mark a mail as sent before it goes: better lost in a crash than sent twice. False where somebody else did, or
    where nobody wants it any more."""
    untouched = OutgoingMail.objects.filter(pk=mail.pk, sent_on__isnull=True, failures=mail.failures)
    with writing():
        if not untouched.update(sent_on=clock.today(), failures=0, next_try=None, about="", **_WIPED):
            return False
        if not wanted(mail):
            OutgoingMail.objects.filter(pk=mail.pk).delete()
            return False
    return True


def _send(mail: OutgoingMail, line: Any, wanted: Callable[[OutgoingMail], bool]) -> Went:
    if not _take(mail, wanted):
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
        tries = MOST_TRIES if refused_for_good(error) else mail.failures + 1
        if refused_for_good(error) or (tries >= MOST_TRIES and refused_in_the_end(error)):
            note_bounce(mail.to)
        _back(mail, tries=tries)
        return Went.REFUSED
    except OSError:
        _back(mail, tries=mail.failures + 1)
        return Went.REFUSED
    return Went.OUT


def _back(mail: OutgoingMail, *, tries: int) -> None:
    """It surely did not go: it waits again, unless it was tried often enough. After a
    try that was no fault of this mail it is due at once."""
    kept: dict[str, Any] = {"about": mail.about, "failures": tries}
    if tries < MOST_TRIES:
        kept |= {name: getattr(mail, name) for name in _WIPED}
    if mail.failures < tries < MOST_TRIES:
        kept["next_try"] = clock.now() + WAITS[tries - 1]
    with writing():
        OutgoingMail.objects.filter(pk=mail.pk).update(sent_on=None, **kept)


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

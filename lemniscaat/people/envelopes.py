"""A mail as it travels: from whom, to whom, the words, and what a mail program may do with it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from lemniscaat.people.calendars import method_of, one_line

INVITATION = "uitnodiging.ics"
LONGEST_SENDER = 160
REMINDER, POST = "herinnering", "post"


@dataclass(frozen=True)
class Envelope:
    """One mail. `sender` is a name beside the address of the house, `reply_to` who reads an answer, `stop_url` where a
    mail program itself says that somebody wants no more of these, `calendar` the same news for a calendar.

    `kind` stands in its Message-ID, so that what comes back undelivered can be told apart: see `bounces.py`. `about`
    never travels: by it who sent a mail hears that it could not be delivered, see `outbox.py`.
    """

    to: str
    subject: str
    body: str
    sender: str = ""
    reply_to: str = ""
    stop_url: str = ""
    calendar: str = ""
    kind: str = POST
    about: str = ""

    def letter(self, line: Any) -> EmailMultiAlternatives:
        """The mail, ready to go over a line. Outlook and Google look for an invitation in a part of the message
        itself, other programs for a file: it is both."""
        letter = EmailMultiAlternatives(
            self.subject,
            self.body,
            sender_line(self.sender),
            [self.to],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers=self._headers(),
            connection=line,
        )
        if self.calendar:
            letter.attach_alternative(self.calendar, f"text/calendar; method={method_of(self.calendar)}")
            letter.attach(INVITATION, self.calendar.encode(), "application/ics")
        return letter

    def _headers(self) -> dict[str, str]:
        where = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        headers = {
            "Message-ID": f"<{self.kind}.{secrets.token_hex(12)}@{where}>",
            # nobody's 'I am away' comes back on it (RFC 3834): on a reminder that would tell who got one
            "Auto-Submitted": "auto-generated",
        }
        if self.stop_url:
            # RFC 8058: the button 'no more of these' of a mail program, which posts and shows no page
            headers["List-Unsubscribe"] = f"<{self.stop_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return headers


def sender_line(name: str) -> str:
    """'Noor via De Brug' beside the address that this house sends from; without a name the house itself."""
    named = one_line(name)[:LONGEST_SENDER]
    return (
        formataddr((named, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
        if named
        else settings.DEFAULT_FROM_EMAIL
    )

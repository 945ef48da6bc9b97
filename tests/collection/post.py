"""A post office for tests: keeps what it delivered, and breaks where it is told to."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings

SAID = {
    "refused": (550, b"5.1.1 unknown user"),
    "later": (450, b"4.2.0 come back"),
    "greylisted": (450, b"greylisted, come back"),
    "nobody": (450, b"4.1.2 no such place"),
    "not us": (450, b"4.1.8 your place is unknown"),
}


class Crash(BaseException):
    """The process ends here, as by kill -9: nothing in the house catches it."""


@dataclass
class Office:
    """What arrived, and what goes wrong: `faults` at the n-th mail of a line (from 0), `closed` at the next openings."""

    delivered: list[EmailMessage] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    closed: int = 0
    offered: int = 0

    def reminders(self) -> list[str]:
        """To whom a reminder went, in order."""
        return [mail.to[0] for mail in self.delivered if is_reminder(mail)]

    def firsts(self) -> list[str]:
        """To whom a first mail went."""
        return [mail.to[0] for mail in self.delivered if not is_reminder(mail)]


def is_reminder(mail: EmailMessage) -> bool:
    return "<herinnering." in mail.extra_headers["Message-ID"]


class Backend(BaseEmailBackend):
    """Talks with the office that stands here during a test."""

    office: ClassVar[Office] = Office()

    def open(self) -> bool:
        if self.office.closed:
            self.office.closed -= 1
            raise ConnectionRefusedError
        return True

    def send_messages(self, email_messages: Any) -> int:
        for mail in email_messages:
            fault = self.office.faults.pop(self.office.offered, "")
            self.office.offered += 1
            if fault == "crash":
                raise Crash
            if fault in SAID:
                raise smtplib.SMTPRecipientsRefused({mail.to[0]: SAID[fault]})
            if fault == "sender":
                raise smtplib.SMTPSenderRefused(451, b"4.7.1 not now", "x@example.org")
            if fault == "cut before":
                raise smtplib.SMTPServerDisconnected
            self.office.delivered.append(mail)
            if fault == "cut after":
                raise smtplib.SMTPServerDisconnected
        return len(email_messages)


@contextmanager
def standing() -> Iterator[Office]:
    """A new office; the house sends through it."""
    Backend.office = Office()
    with override_settings(EMAIL_BACKEND="tests.collection.post.Backend"):
        yield Backend.office

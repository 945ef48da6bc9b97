"""Mail goes out once, and nothing of it stays behind."""

import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from lemniscaat.people.actions import send_mail, send_waiting
from lemniscaat.people.models import OutgoingMail

pytestmark = pytest.mark.django_db
HERE = "tests.people.test_outbox"


class Unreachable(BaseEmailBackend):
    def open(self) -> None:
        raise ConnectionRefusedError

    def send_messages(self, email_messages: Any) -> int:
        raise AssertionError


class Refuses(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({})


class BreaksOff(BaseEmailBackend):
    def send_messages(self, email_messages: Any) -> int:
        raise smtplib.SMTPServerDisconnected


def one() -> OutgoingMail:
    return send_mail(partnership=None, to="a@example.org", subject="Doe mee", body="https://hier/geheim")


def test_out_once_and_wiped() -> None:
    row = one()
    assert [send_waiting(), send_waiting()] == [1, 0]
    assert [(m.to, m.body) for m in mail.outbox] == [(["a@example.org"], "https://hier/geheim")]
    row.refresh_from_db()
    assert row.sent_on
    assert not row.body


def test_no_try_is_lost_while_the_post_is_closed(settings: Any) -> None:
    row = one()
    settings.EMAIL_BACKEND = f"{HERE}.Unreachable"
    for _ in range(5):
        assert send_waiting() == 0
    row.refresh_from_db()
    assert (row.failures, row.sent_on, row.body) == (0, None, "https://hier/geheim")


def test_three_tries_and_then_the_text_goes(settings: Any) -> None:
    row = one()
    settings.EMAIL_BACKEND = f"{HERE}.Refuses"
    for _ in range(5):
        assert send_waiting() == 0
    row.refresh_from_db()
    assert (row.failures, row.sent_on, row.body) == (3, None, "")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 0


def test_what_may_have_arrived_is_not_sent_again(settings: Any) -> None:
    one()
    settings.EMAIL_BACKEND = f"{HERE}.BreaksOff"
    assert send_waiting() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting() == 0
    assert not mail.outbox


def test_one_that_fails_does_not_hold_up_the_rest() -> None:
    first, second = one(), one()
    OutgoingMail.objects.filter(pk=first.pk).update(failures=3)
    assert send_waiting() == 1
    second.refresh_from_db()
    assert second.sent_on

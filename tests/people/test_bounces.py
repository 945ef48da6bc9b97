"""Mail that came back: which addresses do not work, and nothing about whom a reminder went to."""

import io
import mailbox
import smtplib
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.base.writing import WriterBusyError
from lemniscaat.cli import bouncing, ticking
from lemniscaat.cli.main import main
from lemniscaat.people.addresses import TakenError, broken, correct_address
from lemniscaat.people.bounces import for_good, note_bounce, read_report, refused_for_good
from lemniscaat.people.models import Membership, Person, Role, TrailEntry
from lemniscaat.people.queries import unreachable
from tests import cast
from tests.cast import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def report(
    address: str = "samira@example.org",
    *,
    status: str = "5.1.1",
    action: str = "failed",
    kind: str = "post",
    headers: str = "text/rfc822-headers",
    field: str = "Final-Recipient",
) -> bytes:
    """A report of delivery as Postfix makes it."""
    message_id = f"Message-ID: <{kind}.0a1b2c@example.org>"
    inner = f"Subject: Halverwege\n{message_id}\n" + (
        "\nDag Samira,\n" if headers == "message/rfc822" else ""
    )
    return f"""From: MAILER-DAEMON@mx.example.org
To: lemniscaat@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

{field}: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 user unknown

--grens
Content-Type: {headers}

{inner}
--grens--
""".encode()


def test_a_report_names_the_address_that_does_not_work() -> None:
    assert for_good(report()) == ("samira@example.org",)
    assert for_good(report("SAMIRA@Example.org", headers="message/rfc822")) == ("samira@example.org",)
    assert for_good(report(field="Original-Recipient")) == ("samira@example.org",)


@pytest.mark.parametrize(
    "other",
    [
        {"status": "4.4.1"},
        {"status": "5.7.1"},
        {"action": "delayed"},
        {"action": "delivered"},
        {"kind": "herinnering"},
        {"kind": "herinnering", "headers": "message/rfc822"},
        {"headers": "application/octet-stream"},
        {"kind": "iets"},
    ],
)
def test_what_says_nothing_or_too_much_is_passed_over(other: dict[str, str]) -> None:
    assert for_good(report(**other)) == ()


@given(st.one_of(st.binary(max_size=300), st.integers(0, 900).map(lambda at: report()[:at])))
def test_any_mail_can_be_read(raw: bytes) -> None:
    read_report(raw)


def test_a_server_that_refuses_at_once() -> None:
    def said(**answers: tuple[int, bytes]) -> smtplib.SMTPRecipientsRefused:
        return smtplib.SMTPRecipientsRefused(answers)

    assert refused_for_good(said(a=(550, b"5.1.1 unknown")))
    assert not refused_for_good(said(a=(550, b"5.7.1 relay denied")))
    assert not refused_for_good(said(a=(550, b"5.1.8 sender unknown")))
    assert not refused_for_good(said(a=(450, b"4.2.1 later")))
    assert not refused_for_good(said())


def test_by_the_pipe_of_a_mail_server(world: cast.World, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report())))
    assert main(["bounce"]) == 0
    assert "1 adres werkt niet" in capsys.readouterr().out
    assert unreachable() == {world.samira.pk}
    assert unreachable([world.noor.pk]) == frozenset()
    assert not note_bounce("niemand@example.org")


def test_from_a_mailbox_each_mail_once(world: cast.World, tmp_path: Path, capsys: Any) -> None:
    box = mailbox.Maildir(tmp_path / "maildir")
    for name in ("samira", "joost"):
        box.add(report(f"{name}@example.org"))
    assert main(["bounce", str(tmp_path / "maildir")]) == 0
    assert "2 adressen" in capsys.readouterr().out
    main(["bounce", str(tmp_path / "maildir")])
    assert "0 adressen" in capsys.readouterr().out
    old = mailbox.mbox(tmp_path / "mbox")
    old.add(report("willem@example.org"))
    old.flush()
    assert main(["bounce", str(tmp_path / "mbox")]) == 0
    assert unreachable() == {world.samira.pk, world.joost.pk, world.willem.pk}
    assert main(["bounce", str(tmp_path / "nergens")]) == 1


def test_beside_a_running_server_it_waits_for_the_tick(
    world: cast.World, monkeypatch: Any, settings: Any, tmp_path: Path
) -> None:
    settings.VAR = tmp_path

    def busy() -> Any:
        raise WriterBusyError("bezig")

    monkeypatch.setattr(bouncing, "sole_writer", busy)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report())))
    assert main(["bounce"]) == 0
    assert unreachable() == frozenset()
    ticking.tick()
    ticking.tick()
    assert unreachable() == {world.samira.pk}
    assert not any(path.read_text() for path in tmp_path.iterdir() if path.is_file())


def test_a_corrected_address_works_again(world: cast.World) -> None:
    note_bounce(world.samira.email)
    petra = world.access(world.petra)
    assert [(one.person, one.mine) for one in broken(petra)] == [(world.samira, True)]
    with pytest.raises(TakenError):
        correct_address(access=petra, person_id=world.samira.pk, email="NOOR@example.org")
    done = correct_address(access=petra, person_id=world.samira.pk, email=" Samira.Nieuw@example.org")
    assert (done.email, done.bounced) == ("samira.nieuw@example.org", "")
    assert broken(petra) == []
    assert "example.org" not in str(TrailEntry.objects.get(verb="corrected").detail)
    # a report on the old address comes late
    assert not note_bounce("samira@example.org")


def test_an_address_is_a_key_so_few_may_change_it(world: cast.World) -> None:
    petra, ad = world.access(world.petra), world.access(world.ad)
    with pytest.raises(Http404):
        correct_address(access=petra, person_id=world.samira.pk, email="mijn@example.org")
    for person in (world.samira, world.petra):
        note_bounce(person.email)
    with pytest.raises(Http404):
        broken(world.access(world.noor))
    willem = world.access(world.willem)
    assert [(one.person, one.mine) for one in broken(willem)] == []
    assert {one.person for one in broken(ad)} == {world.samira, world.petra}
    quality = cast.person("Kwali", world.partnership, (world.root, Role.QUALITY))
    assert not any(one.mine for one in broken(world.access(quality)))
    Membership.objects.create(
        partnership=world.elsewhere,
        person=world.samira,
        organisation=world.elsewhere.root,
        role=Role.STUDENT,
        valid_from=cast.LONG_AGO,
    )
    assert [one.mine for one in broken(petra) if one.person == world.samira] == [False]
    with pytest.raises(Http404):
        correct_address(access=petra, person_id=world.samira.pk, email="mijn@example.org")


def test_the_pages(world: cast.World) -> None:
    note_bounce(world.samira.email)
    petra = signed_in(world.petra)
    assert "Samira" in petra.get(reverse("people:addresses")).content.decode()
    address = reverse("people:correct_address", args=[world.samira.pk])
    assert "Verbeter het adres" in petra.get(address).content.decode()
    assert petra.post(address, {"email": "geen adres"}).status_code == 422
    assert petra.post(address, {"email": world.noor.email}).status_code == 422
    assert petra.post(address, {"email": "s@example.org"}).status_code == 302
    assert "doen het" in petra.get(reverse("people:addresses")).content.decode()
    assert Person.objects.get(pk=world.samira.pk).email == "s@example.org"
    for who in (world.charlie, world.noor, world.dirk):
        client = signed_in(who)
        assert client.get(reverse("people:addresses")).status_code == 404
        assert client.post(address, {"email": "x@example.org"}).status_code == 404

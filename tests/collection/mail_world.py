"""Asks a round by a real mail server and writes down what arrived and where its links lead.

python -m tests.collection.mail_world WITNESS.json     (EMAIL_HOST, EMAIL_PORT, MAIL_FROM, DATABASE_URL say where)
The server refuses one address, and hangs up once in the middle.
"""

import json
import os
import re
import sys
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lemniscaat.settings")

import django

django.setup()

from aiosmtpd.controller import Controller  # noqa: E402
from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from lemniscaat.base import clock  # noqa: E402
from lemniscaat.cli.ticking import tick  # noqa: E402
from lemniscaat.collection.actions import open_round, remind, start_round  # noqa: E402
from lemniscaat.collection.letters import send_test  # noqa: E402
from lemniscaat.people.models import OutgoingMail, Person, Role  # noqa: E402
from tests import cast  # noqa: E402
from tests.cast import signed_in  # noqa: E402
from tests.collection.doors import INSTRUMENT, hidden, many_people  # noqa: E402


class Server:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, Any]] = []
        self.hung_up = False

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's own name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address == "student3@example.org":
            return "550 5.1.1 unknown user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's own name
        (to,) = envelope.rcpt_tos
        if to == "student5@example.org" and not self.hung_up:
            self.hung_up = True
            return "421 4.3.2 closing down"
        self.mails.append((to, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


def link(mail: Any, part: str) -> str:
    found = re.search(rf"{re.escape(settings.SITE_URL)}(/{part}\S*)", mail.get_content())
    assert found, mail.get_content()
    return found[1]


def told(mails: list[tuple[str, Any]]) -> list[dict[str, str]]:
    names = ("From", "Subject", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post")
    return [{"to": to, **{name: str(mail[name] or "") for name in names}} for to, mail in mails]


def main(witness: Path) -> None:
    world = cast.build()
    many_people(world)
    noor = world.access(world.noor)
    server = Server()
    post = Controller(server, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    post.start()
    round_ = start_round(
        access=noor,
        layer_id=world.team.pk,
        instrument_key=INSTRUMENT,
        title="Halverwege: hoe leer jij hier?",
        asked_by="Noor",
        roles=[Role.STUDENT],
        appointment=world.appointment,
    )
    send_test(access=noor, round_=round_, form_key="een")
    tick()
    preview = signed_in(world.noor).get(link(server.mails[0][1], "ronde/"))
    test, server.mails = told(server.mails), []
    round_ = open_round(access=noor, round_=round_)
    tick()
    # the one that was told 'later' would wait a minute
    OutgoingMail.objects.update(next_try=None)
    tick()
    firsts, mine = server.mails, dict(server.mails)["samira@example.org"]
    server.mails = []
    start = link(mine, "mee/(?!geen)")
    phone = Client()
    page = phone.get(f"{start}alles/").content.decode()
    sent = phone.post(f"{start}versturen/", {"blad": hidden(page), "alles": "1"})
    stop = link(dict(firsts)["student1@example.org"], "mee/geen-post/")
    Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"})
    clock.move_to(1)
    remind(access=world.access(world.noor), round_=round_)
    tick()
    again = link(dict(server.mails)["student2@example.org"], "mee/(?!geen)")
    witness.write_text(
        json.dumps(
            {
                "test": test,
                "preview": preview.content.decode(),
                "firsts": told(firsts),
                "sent": sent.status_code,
                "reminders": told(server.mails),
                "again": Client().get(again).content.decode(),
                "bounced": list(Person.objects.exclude(bounced="").values_list("bounced", flat=True)),
                "home": signed_in(world.noor).get(reverse("collection:round", args=[round_.pk])).status_code,
            }
        )
    )
    post.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

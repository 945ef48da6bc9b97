"""Runs one anonymous round in a database of its own and writes down what only a witness would know.

python -m tests.collection.dump_world WITNESS.json [fault]     (DATABASE_URL and LEMNISCAAT_VAR say where)
Thirty people answer over HTTP, one after the other, each with words of their own; halfway a reminder goes to who did
not yet; then the round stops.
A planted fault breaks one promise, so that the test can show that it would notice.
"""

import itertools
import json
import logging
import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lemniscaat.settings")
os.environ["EMAIL_BACKEND"] = "django.core.mail.backends.locmem.EmailBackend"

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from lemniscaat.base import clock  # noqa: E402
from lemniscaat.cli.ticking import tick  # noqa: E402
from lemniscaat.collection import answering, reminding, stopping  # noqa: E402
from lemniscaat.collection.codes import personal_token, stored_token  # noqa: E402
from lemniscaat.collection.models import Invitation, Response  # noqa: E402
from lemniscaat.collection.sheets import instrument_of  # noqa: E402
from lemniscaat.collection.stopping import stop_round  # noqa: E402
from lemniscaat.people.actions import send_mail, send_waiting  # noqa: E402
from lemniscaat.people.models import Person  # noqa: E402
from tests import cast  # noqa: E402
from tests.collection.doors import Asked, hidden, many_people, opened  # noqa: E402

ANSWERED = 30
HALF = 15


def plant(fault: str) -> None:
    """Break one promise."""
    if fault == "counted":
        Response._meta.pk.default = itertools.count(1).__next__
    elif fault == "unscrubbed":
        stopping.scrub_after_commit = lambda: None
    elif fault == "signed":
        plain = answering._take_in

        def signed(round_, answers, receipt, token, segment_id, key):  # type: ignore[no-untyped-def]
            return plain(
                round_, {**answers, "from": {"v": stored_token(token)}}, receipt, token, segment_id, key
            )

        answering._take_in = signed
    elif fault in {"listed", "marked"}:
        reminding._send_together = listed if fault == "listed" else marked


def listed(round_, batch, line):  # type: ignore[no-untyped-def]
    """Reminders by the outbox, for who did not answer."""
    for one in batch:
        if reminding._waits(one):
            send_mail(partnership=None, to=one.person.email, subject="Nog even", body="x")
    return line


def marked(round_, batch, line):  # type: ignore[no-untyped-def]
    """A number that only rises for who got a mail."""
    for one in batch:
        if not reminding._waits(one):
            Invitation.objects.filter(pk=one.pk).update(reminders=0)
    reminding.is_busy = lambda round_: False
    return line


def answer(asked: Asked, place: int, email: str, token: str) -> dict[str, object]:
    """One person answers, from an address and with a browser of his own."""
    item = next(item for item in instrument_of(asked.round).items if item.kind == "text")
    device = Client(REMOTE_ADDR=f"198.51.100.{place + 1}", HTTP_USER_AGENT=f"Telefoon/{9000 + place}")
    mark = f"merk{place:03}woord"
    if place % 5 == 0:
        begun = device.post(reverse("answer:card", args=[token, 1])).content.decode()
        device.post(reverse("answer:save_code", args=[token]), {"blad": hidden(begun), "hier": "1"})
    page = device.get(reverse("answer:whole", args=[token])).content.decode()
    sent = device.post(
        reverse("answer:send", args=[token]), {"blad": hidden(page), "alles": "1", item.key: f"{mark} {mark}"}
    )
    assert sent.status_code == 303, sent.content.decode()
    device.get(sent["Location"])
    person = Person.objects.get(email=email)
    return {
        "mark": mark,
        "early": place < HALF,
        "email": email,
        "name": person.name,
        "person": person.pk,
        "token": token,
        "stored": stored_token(token),
        "receipt": hidden(page),
        "address": f"198.51.100.{place + 1}",
        "browser": f"Telefoon/{9000 + place}",
    }


def main(witness: Path, fault: str = "") -> None:
    logging.disable(logging.NOTSET)
    plant(fault)
    world = cast.build()
    many_people(world, students=24, mentors=20)
    asked = opened(world)
    send_waiting()
    invited = Invitation.objects.filter(round=asked.round).select_related("person")
    # neither the order of the keys nor that of the register
    order = sorted(invited, key=lambda one: stored_token(one.person.email))[:ANSWERED]
    people = [(one.pk, one.person.email) for one in order]
    seen = [
        answer(asked, place, email, personal_token(pk)) for place, (pk, email) in enumerate(people[:HALF])
    ]
    clock.move_to(1)
    reminding.remind(access=world.access(world.noor), round_=asked.round)
    tick()
    seen += [
        answer(asked, HALF + place, email, personal_token(pk))
        for place, (pk, email) in enumerate(people[HALF:])
    ]
    stop_round(round_=asked.round, access=world.access(world.noor))
    witness.write_text(json.dumps(seen))
    sys.stdout.flush()
    # the files as they lie while the house is at work: no tidy closing of the database
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])

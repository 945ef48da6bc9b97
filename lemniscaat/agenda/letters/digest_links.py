"""'No more of these' in the monthly letter: a signed link, for which nobody has to sign in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from lemniscaat.agenda.models import NoDigest
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.models import Membership, OutgoingMail, Partnership, Person
from lemniscaat.people.tree import valid_on

_SIGNS = 22


@dataclass(frozen=True)
class Receiver:
    """Somebody who gets the letter about what he owns in a partnership."""

    partnership: Partnership
    person: Person


def stop_address(partnership_id: int, person_id: int) -> str:
    """The whole address of somebody's stop link. It opens nothing else."""
    token = f"{partnership_id:x}-{person_id:x}-{_signature(partnership_id, person_id)}"
    return settings.SITE_URL.rstrip("/") + reverse("goals:no_digest", args=[token])


def receiver_of(token: str) -> Receiver | None:
    """Whose stop link this is; None for any other text, and for somebody who was erased."""
    try:
        first, second, signature = token.split("-", 2)
        partnership_id, person_id = (int(part, 16) if len(part) <= 16 else 0 for part in (first, second))
    except ValueError:
        return None
    if not hmac.compare_digest(signature.encode(), _signature(partnership_id, person_id).encode()):
        return None
    partnership = Partnership.objects.filter(pk=partnership_id).first()
    person = Person.objects.filter(pk=person_id, is_active=True, erased_on__isnull=True).first()
    return Receiver(partnership, person) if partnership and person else None


def said_no(who: Receiver) -> bool:
    """Whether somebody wants no monthly letter."""
    return NoDigest.objects.filter(partnership=who.partnership, person=who.person).exists()


def no_digest(who: Receiver) -> None:
    """No monthly letter any more. Twice is once."""
    with writing():
        NoDigest.objects.get_or_create(partnership=who.partnership, person=who.person)


def digest_again(who: Receiver) -> None:
    """The monthly letter is welcome again."""
    with writing():
        NoDigest.objects.filter(partnership=who.partnership, person=who.person).delete()


def is_digest(mail: OutgoingMail) -> bool:
    """Whether a mail in the outbox is a monthly letter: its stop link says so."""
    return mail.stop_url.startswith(stop_address(0, 0).rpartition("/0-0-")[0] + "/")


def is_wanted(mail: OutgoingMail) -> bool:
    """Whether a monthly letter that waited is still welcome, asked at the moment of sending: not after 'no more', and
    not for who left the partnership."""
    who = receiver_of(mail.stop_url.rstrip("/").rpartition("/")[2])
    if who is None or said_no(who):
        return False
    roles = Membership.objects.filter(valid_on(clock.today()), partnership=who.partnership, person=who.person)
    return roles.exists()


def _signature(partnership_id: int, person_id: int) -> str:
    text = f"no digest {partnership_id} {person_id}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256)
    return base64.urlsafe_b64encode(digest.digest()[:16]).decode()[:_SIGNS]

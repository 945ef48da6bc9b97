"""'No more of these': a signed link in every mail of a round, for which nobody has to sign in.

That somebody wants no more reminders is kept as a keyed hash, like the use of a link; that he wants no mail about rounds
at all as a row that no screen shows but his own.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from lemniscaat.base.writing import writing
from lemniscaat.collection.codes import drowned_token, quiet_wish
from lemniscaat.collection.models import Invitation, NoMail, Round, RoundState
from lemniscaat.people.models import OutgoingMail

_SIGNS = 22


@dataclass(frozen=True)
class Wishes:
    """What somebody said about mail: no more reminders of this round, no more mail about rounds here."""

    quiet: bool
    none: bool


def stop_token(invitation_id: int) -> str:
    """What stands in somebody's stop link: which invitation, and a signature. It opens no sheet."""
    return f"{invitation_id:x}-{_signature(invitation_id)}"


def stop_address(invitation_id: int) -> str:
    """The whole address of somebody's stop link."""
    return settings.SITE_URL + reverse("answer:no_mail", args=[stop_token(invitation_id)])


def invitation_of(token: str) -> Invitation | None:
    """The invitation that a stop link belongs to, also when its round is over; None for any other text."""
    number, _, signature = token.partition("-")
    try:
        invitation_id = int(number, 16) if len(number) <= 16 else 0
    except ValueError:
        return None
    if not hmac.compare_digest(signature.encode(), _signature(invitation_id).encode()):
        return None
    return Invitation.objects.select_related("round__partnership").filter(pk=invitation_id).first()


def wishes_of(invitation: Invitation) -> Wishes:
    """What the owner of a stop link said before."""
    return Wishes(is_quiet(invitation), _of(invitation).exists())


def is_quiet(invitation: Invitation) -> bool:
    """Whether somebody wants no more reminders of this round."""
    return hmac.compare_digest(invitation.wish, quiet_wish(invitation.pk))


def no_reminders(invitation: Invitation) -> None:
    """No more reminders of this round. Twice is once."""
    with writing():
        Invitation.objects.filter(pk=invitation.pk).update(wish=quiet_wish(invitation.pk))


def no_mail(invitation: Invitation) -> None:
    """No more mail about rounds of this partnership. Twice is once."""
    if invitation.person_id is None:
        return
    with writing():
        NoMail.objects.get_or_create(
            partnership_id=invitation.round.partnership_id, person_id=invitation.person_id
        )


def mail_again(invitation: Invitation) -> None:
    """Mail about rounds is welcome again, reminders of this one too."""
    with writing():
        Invitation.objects.filter(pk=invitation.pk).update(wish=drowned_token())
        _of(invitation).delete()


def without_mail(partnership_id: int, person_ids: Iterable[int]) -> frozenset[int]:
    """Which of these people want no mail about rounds. For sending only; a screen may tell how many."""
    rows = NoMail.objects.filter(partnership_id=partnership_id, person_id__in=list(person_ids))
    return frozenset(rows.values_list("person_id", flat=True))


def is_wanted(mail: OutgoingMail) -> bool:
    """Whether a mail that waited is still welcome, asked at the moment of sending: not after its receiver said 'no
    more', and no question of a round that is over. It does not ask who answered: a row that goes or stays would tell."""
    if not mail.stop_url:
        return True
    invitation = invitation_of(mail.stop_url.rstrip("/").rpartition("/")[2])
    if invitation is None or (mail.about and invitation.round.state != RoundState.OPEN):
        return False
    return not _of(invitation).exists()


def count_without_mail(round_: Round) -> int:
    """How many of the people whom a round asks want no mail about rounds."""
    asked = Invitation.objects.filter(round=round_).values("person_id")
    return NoMail.objects.filter(partnership_id=round_.partnership_id, person_id__in=asked).count()


def _of(invitation: Invitation) -> QuerySet[NoMail]:
    """What the owner of an invitation said here; nothing of somebody who was erased."""
    return NoMail.objects.filter(
        partnership_id=invitation.round.partnership_id, person_id=invitation.person_id or 0
    )


def _signature(invitation_id: int) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), f"no mail {invitation_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest.digest()[:16]).decode()[:_SIGNS]

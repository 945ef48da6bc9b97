"""Writing about people: bodies, sharing between layers; moments and mail have files of their own."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Person, Share
from lemniscaat.people.moments import cancel_appointment, move_appointment, plan_appointment
from lemniscaat.people.outbox import send_mail, send_waiting
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

__all__ = [
    "AlreadyAnsweredError",
    "add_body",
    "answer_share",
    "cancel_appointment",
    "move_appointment",
    "plan_appointment",
    "revoke_share",
    "send_mail",
    "send_waiting",
    "share",
]


class AlreadyAnsweredError(Exception):
    """Somebody of the same layer answered a moment before."""


def add_body(
    *, access: Access, layer_id: int, name: str, rhythm: str = "", people: Iterable[Person] = ()
) -> Body:
    """Add a group that talks regularly at a layer, with who sits in it. The same name there is the same group."""
    access.need(Verb.DO, Noun.MEETING, layer_id)
    with writing():
        made, new = Body.objects.get_or_create(
            partnership=access.partnership,
            organisation_id=layer_id,
            name=name.strip(),
            defaults={"rhythm": rhythm.strip()},
        )
        if new:
            made.people.set(people)
            note_change(access, verb="added", thing=made)
    return made


def share(
    *,
    access: Access,
    noun: str,
    noun_id: int,
    title: str,
    text: str,
    dissent: str,
    source_id: int,
    target_id: int,
) -> Share:
    """Let another layer see a meaning, agreement or example, as it reads now. Sharing twice is sharing once.

    404 unless I may share at the source, and the target lies above it (or below: higher layers share down).
    """
    kind = Noun.AGREEMENT if noun == "agreement" else Noun.MEANING
    access.need(Verb.SHARE, kind, source_id)
    if target_id not in {*access.tree.above(source_id), *access.tree.below(source_id)}:
        raise Http404
    with writing():
        made, new = Share.objects.get_or_create(
            partnership=access.partnership,
            noun=noun,
            noun_id=noun_id,
            source_id=source_id,
            target_id=target_id,
            revoked_on=None,
            defaults={
                "title": title,
                "text": text,
                "dissent": dissent,
                "shared_by": access.person,
                "shared_on": clock.today(),
            },
        )
        if new:
            note_change(access, verb="shared", thing=made, target=target_id)
    return made


def answer_share(*, access: Access, share: Share, text: str) -> Share:
    """The layer that something was shared with answers, once. 404 for whoever may not speak for it.

    AlreadyAnsweredError when somebody else was first with other words: both stay in view.
    """
    access.need(Verb.DO, Noun.SHARED, share.target_id)
    words = text.strip()
    with writing():
        # read again inside the turn: it may have been taken back or answered since the page was opened
        current = Share.objects.filter(pk=share.pk, revoked_on__isnull=True).first()
        if current is None:
            raise Http404
        if current.answer == words:
            return current
        if current.answer:
            raise AlreadyAnsweredError
        current.answer = words
        current.answered_by = access.person
        current.answered_on = clock.today()
        current.save(update_fields=["answer", "answered_by", "answered_on"])
        note_change(access, verb="answered", thing=current)
    return current


def revoke_share(*, access: Access, share: Share) -> Share:
    """Take back what was shared: the other layer no longer sees it."""
    kind = Noun.AGREEMENT if share.noun == "agreement" else Noun.MEANING
    access.need(Verb.SHARE, kind, share.source_id)
    if share.revoked_on is not None:
        return share
    with writing():
        share.revoked_on = clock.today()
        share.save(update_fields=["revoked_on"])
        note_change(access, verb="revoked", thing=share)
    return share

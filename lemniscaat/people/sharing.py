"""Sharing between layers: given as it reads now, renewed by choice, answered, taken back at once."""

from __future__ import annotations

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import AnswerKind, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


class AlreadyAnsweredError(Exception):
    """Somebody of the same layer answered a moment before."""


class EmptyAnswerError(Exception):
    """An answer says something; 'not now' says why."""


def kind_of(noun: str) -> Noun:
    """Whose rights count when such a thing is shared."""
    return Noun.AGREEMENT if noun in {"agreement", "goal"} else Noun.MEANING


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
    replace: bool = False,
) -> Share:
    """Let another layer see a thing of ours as it reads now. The same words to the same layer are shared once.

    `replace`: these words take the place of what that layer reads of the thing now, instead of standing beside it.
    404 unless I may share at the source, and the target lies above or below it, or is the source itself: then it is
    made known to everybody below.
    """
    access.need(Verb.SHARE, kind_of(noun), source_id)
    below = access.tree.below(source_id)
    if target_id not in {*access.tree.above(source_id), *below, *([source_id] if below else [])}:
        raise Http404
    words = {"title": title[:200], "text": text, "dissent": dissent}
    about = {"noun": noun, "noun_id": noun_id, "source_id": source_id, "target_id": target_id}
    with writing():
        there = list(Share.objects.filter(partnership=access.partnership, revoked_on=None, **about))
        for one in there:
            if one.reads(title=title, text=text, dissent=dissent):
                return one
        if replace and there:
            return _renewed(access, there, words)
        made = Share.objects.create(
            partnership=access.partnership,
            **about,
            **words,
            shared_by=access.person,
            shared_on=clock.today(),
        )
        note_change(access, verb="shared", thing=made, target=target_id)
    return made


def _renewed(access: Access, there: list[Share], words: dict[str, str]) -> Share:
    """The newest share reads anew, with its answer and what was made of it; older ones of the same thing go."""
    newest, *older = there
    for name, value in words.items():
        setattr(newest, name, value)
    newest.renewed_on, newest.changed_on = clock.today(), None
    newest.save()
    Share.objects.filter(pk__in=[one.pk for one in older]).update(revoked_on=clock.today())
    note_change(access, verb="shared_anew", thing=newest, target=newest.target_id)
    return newest


def words_changed(*, noun: str, noun_id: int, title: str, text: str, dissent: str) -> None:
    """The room a thing belongs to tells that it reads otherwise now: who shared it hears so, and nothing goes along.

    Call it inside the transaction that changed the words.
    """
    for row in Share.objects.filter(noun=noun, noun_id=noun_id, revoked_on__isnull=True):
        changed = not row.reads(title=title, text=text, dissent=dissent)
        if changed != (row.changed_on is not None):
            row.changed_on = clock.today() if changed else None
            row.save(update_fields=["changed_on"])


def answer_share(
    *, access: Access, share: Share, text: str, kind: str = AnswerKind.WORDS, beside: bool = False
) -> Share:
    """The layer that something was shared with answers: it takes it up, not now because, or in words.

    `beside`: this comes after the answer that stands, on purpose. AlreadyAnsweredError when somebody else was first
    with another answer, EmptyAnswerError for an answer without words that needs them. 404 for whoever may not speak
    for the layer, and for what was taken back.
    """
    access.need(Verb.DO, Noun.SHARED, share.target_id)
    words, kind = text.strip(), AnswerKind(kind)
    if not words and kind != AnswerKind.TAKE_UP:
        raise EmptyAnswerError
    with writing():
        # read again inside the turn: it may have been taken back or answered since the page was opened
        current = Share.objects.select_for_update().filter(pk=share.pk, revoked_on__isnull=True).first()
        if current is None or current.for_all_below:
            raise Http404
        if current.answered_on is not None:
            same = current.answer == words or (beside and current.answer.startswith(words))
            if same and current.answer_kind == kind:
                return current
            if not beside:
                raise AlreadyAnsweredError
            words = _beside(words, current)
        current.answer, current.answer_kind = words, kind
        current.answered_by, current.answered_on = access.person, clock.today()
        current.save(update_fields=["answer", "answer_kind", "answered_by", "answered_on"])
        note_change(access, verb="answered", thing=current, kind=kind)
    return current


def _beside(words: str, before: Share) -> str:
    """New words with the earlier answer under them. Kept in Dutch, as a group writes, whoever presses."""
    with translation.override("nl"):
        told = _("Eerder: %(told)s") % {"told": before.answer_told}
    return f"{words}\n\n{told}".strip()


def revoke_share(*, access: Access, share: Share) -> Share:
    """Take back what was shared: the other layer no longer sees it. Twice is once."""
    access.need(Verb.SHARE, kind_of(share.noun), share.source_id)
    with writing():
        current = Share.objects.select_for_update().get(pk=share.pk)
        if current.revoked_on is None:
            current.revoked_on = clock.today()
            current.save(update_fields=["revoked_on"])
            note_change(access, verb="revoked", thing=current)
    return current

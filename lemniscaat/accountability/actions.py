"""Explaining ourselves: publish a return, compose and freeze the account of a year, close the year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext as _

from lemniscaat.accountability import compose, queries, shared
from lemniscaat.accountability.models import Account, Recognition, Return, ReturnItem, ReturnKind
from lemniscaat.accountability.telling import tell_invited
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.actions import mark_returned
from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import Round
from lemniscaat.collection.outcome import WHOLE, Group, opened, opened_all
from lemniscaat.collection.queries import steps_of
from lemniscaat.people.access import Access
from lemniscaat.people.models import FAMILY
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.actions import open_next_period
from lemniscaat.vision.models import Period

ANSWERS = ("yes", "partly", "no")
SHOWN_FROM = 6


@dataclass(frozen=True)
class Promise:
    """One thing we do, keep, or do not and why."""

    kind: str
    text: str
    because: str = ""
    agreement: Agreement | None = None


@dataclass(frozen=True)
class ReturnText:
    """The words of a return."""

    heard: str
    meaning: str = ""
    dissent: str = ""
    spoke: str = ""


class NotReturnedError(Exception):
    """A year cannot close while people wait for an answer; `rounds` names what they wait for."""

    def __init__(self, rounds: Sequence[Round]) -> None:
        super().__init__(", ".join(round_.title for round_ in rounds))
        self.rounds = tuple(rounds)


class EmptyReturnError(Exception):
    """A return says what we do, keep, or do not and why: one of these at least."""


class ClashError(Exception):
    """Somebody else wrote meanwhile; `theirs` is what stands now, and nothing of mine was kept."""

    def __init__(self, theirs: Return | Account) -> None:
        super().__init__()
        self.theirs = theirs


def save_return(
    *,
    access: Access,
    round_: Round,
    text: ReturnText,
    promises: Sequence[Promise],
    version: int | None = None,
) -> Return:
    """Keep the words of a return that is not yet published. A published one does not change.

    Raises ClashError when `version` (0: none yet) is given and no longer the newest.
    """
    access.need(Verb.DO, Noun.RETURN, round_.organisation_id)
    with writing():
        row = Return.objects.select_for_update().filter(round=round_).first()
        if row is not None and row.published_on:
            return row
        if version is not None and version != (row.version if row else 0):
            raise ClashError(row or Return(round=round_))
        if row is None:
            row = Return(round=round_, written_by=access.person, version=0)
        for name, words in vars(text).items():
            setattr(row, name, words.strip())
        row.spoke = _sentence(row.spoke)
        row.version += 1
        row.save()
        ReturnItem.objects.filter(of=row).delete()
        ReturnItem.objects.bulk_create(
            ReturnItem(
                of=row,
                kind=p.kind,
                text=p.text.strip(),
                because=p.because.strip(),
                agreement=p.agreement,
                order=i,
            )
            for i, p in enumerate(promises)
        )
    return row


def _sentence(words: str) -> str:
    words = words.strip()
    ended = words if not words or words[-1] in ".!?" else f"{words}."
    return ended[:1].upper() + ended[1:]


def publish_return(*, access: Access, round_: Round) -> Return:
    """Freeze the return, give it back to those who gave, and write to all who were asked; only this completes
    a round.

    Raises EmptyReturnError when nothing is said of what we do, keep, or do not and why. Twice is once.
    """
    access.need(Verb.DO, Noun.RETURN, round_.organisation_id)
    with writing():
        row = Return.objects.select_for_update().filter(round=round_).first()
        if row is None:
            raise EmptyReturnError
        if row.published_on:
            return row
        told = told_items(row)
        if not told or not row.heard:
            raise EmptyReturnError
        row.published_on = clock.today()
        row.frozen = as_told(row)
        row.save()
        mark_returned(round_=round_)
        tell_invited(round_)
        note_change(access, verb="published", thing=row)
    return row


def told_items(row: Return) -> list[ReturnItem]:
    """What a return promises; a no without its reason does not count."""
    items = ReturnItem.objects.filter(of=row)
    return [item for item in items if item.text and (item.kind != ReturnKind.NOT or item.because)]


def as_told(row: Return) -> dict[str, Any]:
    """A return as it reads now, as plain JSON: what is shown before publishing, and frozen by it."""
    round_ = row.round
    read = queries.meaning_since(round_).day or round_.stopped_on
    agreed = queries.agreements_since(round_).first()
    return {
        "schema_version": 1,
        "title": round_.title,
        "took_part": took_part(round_),
        "spoke": row.spoke,
        "heard": row.heard,
        "meaning": row.meaning,
        "dissent": row.dissent,
        "items": [{"kind": i.kind, "text": i.text, "because": i.because} for i in told_items(row)],
        "asked_on": round_.opened_on.isoformat() if round_.opened_on else "",
        "read_on": read.isoformat() if read else "",
        "agreed_on": agreed.agreed_on.isoformat() if agreed else "",
        "told_on": clock.today().isoformat(),
    }


def _counted_once(told: list[tuple[Group, int]]) -> list[str]:
    """Counts in words; roles that a family counts too are named within it."""
    families = {group.key for group, _n in told if group.kind == "family"}
    parts = []
    for group, n in told:
        if group.kind == "role" and FAMILY.get(group.key) in families:
            continue
        parts.append(f"{n} {plural(group.key)}")
        inside = [
            f"{m} {plural(r.key)}"
            for r, m in told
            if group.kind == "family" and FAMILY.get(r.key) == group.key
        ]
        if inside:
            parts[-1] += _(" (onder wie %(who)s)") % {"who": ", ".join(inside)}
    return parts


def took_part(round_: Round) -> str:
    """Who took part, as far as whole blocks tell, in one sentence; empty when nothing may be told. Of a talk in a hall
    as many as in its fullest step."""
    book = opened(round_, [])
    if not book.voices():
        return _everybody(round_)
    told = [(voice, n) for voice in book.voices() if (n := book.took_part(voice).n)]
    parts = _counted_once(told)
    if not parts:
        return ""
    listed = parts[0] if len(parts) == 1 else _(" en ").join([", ".join(parts[:-1]), parts[-1]])
    return _("%(who)s deden mee.") % {"who": listed}


def _everybody(round_: Round) -> str:
    """The same where no voices are told apart, as in a hall."""
    books = opened_all([round_, *steps_of(round_)], []).values()
    n = max(book.took_part(book.group(WHOLE, "")).n or 0 for book in books)
    return _("%(n)d mensen deden mee.") % {"n": n} if n else ""


def add_change(*, access: Access, row: Return, text: str) -> Return:
    """Tell later what changed; what was published stands as it was."""
    access.need(Verb.DO, Noun.RETURN, row.round.organisation_id)
    with writing():
        row.changed = text.strip()
        row.save(update_fields=["changed"])
        note_change(access, verb="added", thing=row)
    return row


def recognise(*, row: Return, answer: str) -> None:
    """Count one answer to 'Herken je je hierin?'; nobody is remembered."""
    if answer not in ANSWERS:
        return
    with writing():
        Recognition.objects.get_or_create(of=row, answer=answer)
        counters = Recognition.objects.filter(of=row)
        counters.filter(answer=answer).update(people=F("people") + 1)
        untold = counters.aggregate(n=Sum(F("people") - F("told")))["n"]
        if untold >= SHOWN_FROM:
            counters.update(told=F("people"))


def compose_account(*, access: Access, layer_id: int, period: Period, audience: str = "") -> Account:
    """Compose the account of a year for a layer from its records; composing again renews the draft."""
    access.need(Verb.DO, Noun.ACCOUNT, layer_id)
    content = compose.gather(access.partnership, layer_id, period)
    with writing():
        row = Account.objects.filter(organisation_id=layer_id, period=period, frozen_on__isnull=True).first()
        if row is None:
            row = Account(partnership=access.partnership, organisation_id=layer_id, period=period)
        row.content = content
        row.audience = audience or _("iedereen die meedeed")
        row.composed_by = access.person
        row.composed_on = clock.today()
        row.save()
    return row


def write_account(
    *, access: Access, row: Account, foreword: str, lessons: str, version: int | None = None
) -> Account:
    """Write the foreword and the lessons of a draft; a frozen account does not change.

    Raises ClashError when `version` is given and no longer the newest.
    """
    access.need(Verb.DO, Noun.ACCOUNT, row.organisation_id)
    with writing():
        current = Account.objects.select_for_update().get(pk=row.pk)
        if current.frozen_on is not None:
            return current
        if version is not None and version != current.version:
            raise ClashError(current)
        current.foreword, current.lessons = foreword.strip(), lessons.strip()
        current.version += 1
        current.save(update_fields=["foreword", "lessons", "version"])
    return current


def freeze_account(*, access: Access, row: Account) -> Account:
    """Fix an account as it reads now. Twice is once."""
    access.need(Verb.DO, Noun.ACCOUNT, row.organisation_id)
    with writing():
        current = Account.objects.select_for_update().get(pk=row.pk)
        if current.frozen_on is None:
            # what was taken back until today is not kept
            current.content = shared.renewed(current.content, current.organisation_id)
            current.frozen_on = clock.today()
            current.save(update_fields=["content", "frozen_on"])
            note_change(access, verb="froze", thing=current)
    return current


def close_period(*, access: Access, period: Period, lessons: str) -> Period:
    """Close a school year and open the next with its lessons; the circle closes here.

    Raises NotReturnedError while rounds of that year have not been given back.
    """
    access.need(Verb.DO, Noun.ACCOUNT, access.tree.root)
    waiting = list(queries.not_returned(access, period))
    if waiting:
        raise NotReturnedError(waiting)
    return open_next_period(access=access, period=period, lessons=lessons)

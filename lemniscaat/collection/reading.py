"""Open answers and their reader: somebody reads each text first, takes out what names a person, and lets it go.

Only texts of large enough blocks are here at all (releasing.py). Every look at them is written in the trail.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from lemniscaat.base.writing import writing
from lemniscaat.collection.models import FreeText, ReadingState, Round
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.items import asked
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change, note_look

LONGEST = 4_000
PAGE = 10
"""So many texts lie before a reader at a time."""


class ClashError(Exception):
    """Somebody else changed this text in the meantime; `current` is how it reads now."""

    def __init__(self, current: FreeText) -> None:
        super().__init__("changed in the meantime")
        self.current = current


class NothingLeftError(Exception):
    """A text without words cannot be let go; it can stay shut."""


@dataclass(frozen=True)
class Pile:
    """The texts on one question, in the random order of their keys."""

    question: str
    texts: tuple[FreeText, ...]
    first: int = 1
    """The number of the first of these within its question."""


@dataclass(frozen=True)
class Reading:
    """One page of texts to read; `page` counts from 1, `waiting` is over all pages."""

    piles: tuple[Pile, ...]
    waiting: int
    page: int
    pages: int


def round_to_read(access: Access, round_id: int) -> Round:
    """A stopped round whose open answers I may read, or 404."""
    rows = Round.objects.filter(
        partnership=access.partnership,
        organisation_id__in=access.where(Verb.DO, Noun.TEXT),
        state__in=SHOWN,
        pk=round_id,
    )
    found = rows.select_related("instrument", "organisation").first()
    if found is None:
        raise Http404
    return found


def waiting(round_: Round) -> int:
    """How many texts of a round wait for their reader."""
    return _texts(round_).filter(state=ReadingState.WAITING).count()


def open_page(
    *, access: Access, round_: Round, page: int | None = None, holding: FreeText | None = None
) -> Reading:
    """Take some texts of a round in hand, question by question; that I looked is written in the trail.

    `page` None opens where the first text waits, or where `holding` lies.
    """
    access.need(Verb.DO, Noun.TEXT, round_.organisation_id)
    items = instrument_of(round_).items
    order = {item.key: place for place, item in enumerate(items)}
    found = sorted((t for t in _texts(round_) if t.item in order), key=lambda text: order[text.item])
    waits = [text.state == ReadingState.WAITING for text in found]
    if holding is not None:
        waits = [text.pk == holding.pk for text in found]
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(page or 1 + (waits.index(True) if any(waits) else 0) // PAGE, 1), pages)
    shown = found[(at - 1) * PAGE : at * PAGE]
    if shown:
        with writing():
            note_look(access, thing=round_, what="texts", n=len(shown))
    piles = tuple(
        Pile(asked(item, "", "nl"), some, 1 + [t for t in found if t.item == item.key].index(some[0]))
        for item in items
        if (some := tuple(text for text in shown if text.item == item.key))
    )
    return Reading(piles, sum(text.state == ReadingState.WAITING for text in found), at, pages)


def text_to_read(access: Access, round_: Round, text_id: int) -> FreeText:
    """One text of a round that I may read, or 404."""
    access.need(Verb.DO, Noun.TEXT, round_.organisation_id)
    found = _texts(round_).filter(pk=text_id).first()
    if found is None:
        raise Http404
    return found


def release_text(*, access: Access, text: FreeText, words: str, version: int) -> FreeText:
    """Let a text go as it reads in `words`; what was written stays sealed. `version` is the one that was read.

    Raises NothingLeftError without words, and ClashError when somebody else was here first.
    """
    words = " ".join(words.split())[:LONGEST]
    if not words:
        raise NothingLeftError
    return _settle(access, text, version, state=ReadingState.RELEASED, words=words)


def withhold_text(*, access: Access, text: FreeText, version: int) -> FreeText:
    """Keep a text shut; it can be let go later. Raises ClashError when somebody else was here first."""
    return _settle(access, text, version, state=ReadingState.WITHHELD, words=text.text)


def _settle(access: Access, text: FreeText, version: int, *, state: ReadingState, words: str) -> FreeText:
    access.need(Verb.DO, Noun.TEXT, text.block.release.round.organisation_id)
    with writing():
        current = FreeText.objects.select_for_update(of=("self",)).get(pk=text.pk)
        if current.version != version:
            raise ClashError(current)
        current.text, current.state, current.read_by = words, state, access.person
        current.version += 1
        current.save(update_fields=["text", "state", "read_by", "version"])
        note_change(access, verb=state.value, thing=current)
    return current


def _texts(round_: Round) -> QuerySet[FreeText]:
    return (
        FreeText.objects.filter(block__release__round=round_, block__withdrawn_on__isnull=True)
        .select_related("block__release__round")
        .order_by("id")
    )

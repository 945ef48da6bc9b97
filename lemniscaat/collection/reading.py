"""Open answers and their readers: each text is read first, what names a person is taken out, and it is let go.

Where two readers are asked each reads what was written, without the other's words; what both let go in the very same
words is released, and where they differ it stays shut (agreeing.py). Only texts of large enough blocks are here at all (releasing.py). Every look at them is written in the trail.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from lemniscaat.base.soon import tick_soon
from lemniscaat.base.writing import writing
from lemniscaat.collection.agreeing import verdict
from lemniscaat.collection.independence import need_reader
from lemniscaat.collection.models import FreeText, ReadingState, Round, TextReading
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.items import asked
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change, note_look

LONGEST = 4_000
UNREAD = (ReadingState.WAITING, ReadingState.READ, ReadingState.DIFFERS)
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
class Shown:
    """One text as it lies before one reader: in whose words, what state it has for him, and where readings differ
    all of them (is it mine, words)."""

    text: FreeText
    words: str
    state: str
    mine: bool = False
    readings: tuple[tuple[bool, str], ...] = ()

    @property
    def waits(self) -> bool:
        """Whether this reader still has something to do here."""
        if self.text.state == ReadingState.READ:
            return not self.mine
        return self.text.state in {ReadingState.WAITING, ReadingState.DIFFERS}


@dataclass(frozen=True)
class Pile:
    """The texts on one question, in the random order of their keys."""

    question: str
    texts: tuple[Shown, ...]
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
    """How many texts of a round wait for a reader, the first or the second."""
    return _texts(round_).filter(state__in=UNREAD).count()


def open_page(
    *, access: Access, round_: Round, page: int | None = None, holding: FreeText | None = None
) -> Reading:
    """Take some texts of a round in hand, question by question; that I looked is written in the trail.

    `page` None opens where the first text waits, or where `holding` lies.
    """
    need_reader(access, round_)
    items = instrument_of(round_).items
    order = {item.key: place for place, item in enumerate(items)}
    texts = sorted((t for t in _texts(round_) if t.item in order), key=lambda text: order[text.item])
    found = _shown(access, texts)
    waits = [one.waits if holding is None else one.text.pk == holding.pk for one in found]
    pages = max(1, -(-len(found) // PAGE))
    at = min(max(page or 1 + (waits.index(True) if any(waits) else 0) // PAGE, 1), pages)
    shown = found[(at - 1) * PAGE : at * PAGE]
    if shown:
        with writing():
            note_look(access, thing=round_, what="texts", n=len(shown))
    piles = tuple(
        Pile(asked(item, "", "nl"), some, 1 + [t for t in found if t.text.item == item.key].index(some[0]))
        for item in items
        if (some := tuple(one for one in shown if one.text.item == item.key))
    )
    return Reading(piles, sum(one.waits for one in found), at, pages)


def _shown(access: Access, texts: list[FreeText]) -> list[Shown]:
    """The texts as I may see them: of what another reader made of one only where we differ."""
    readings: dict[int, list[tuple[bool, str]]] = {}
    undecided = [text.pk for text in texts if text.state in {ReadingState.READ, ReadingState.DIFFERS}]
    for one in TextReading.objects.filter(text_id__in=undecided).order_by("pk"):
        readings.setdefault(one.text_id, []).append((one.person_id == access.person.pk, one.words))
    return [_shown_one(text, readings.get(text.pk, [])) for text in texts]


def _shown_one(text: FreeText, readings: list[tuple[bool, str]]) -> Shown:
    mine = [words for own, words in readings if own]
    if text.state == ReadingState.READ and not mine:
        return Shown(text, text.original, _("wacht op jou"))
    differing = tuple(readings) if text.state == ReadingState.DIFFERS else ()
    words = mine[0] if mine else text.original if differing else text.text
    return Shown(text, words, text.get_state_display(), bool(mine), differing)


def text_to_read(access: Access, round_: Round, text_id: int) -> FreeText:
    """One text of a round that I may read, or 404."""
    access.need(Verb.DO, Noun.TEXT, round_.organisation_id)
    found = _texts(round_).filter(pk=text_id).first()
    if found is None:
        raise Http404
    return found


def release_text(*, access: Access, text: FreeText, words: str, version: int) -> FreeText:
    """Let a text go as it reads in `words`; what was written stays sealed. `version` is the one that was read. Where
    two readers are asked it is released when the second says the same words.

    Raises NothingLeftError without words, and ClashError when somebody else was here first.
    """
    words = " ".join(words.split())[:LONGEST]
    if not words:
        raise NothingLeftError
    need_reader(access, text.block.release.round)
    with writing():
        current = _held(text, version)
        TextReading.objects.update_or_create(text=current, person=access.person, defaults={"words": words})
        readings = dict(TextReading.objects.filter(text=current).values_list("pk", "words"))
        found = verdict(readings, words, needed=current.needed)
        current.text, current.state, current.agreed = words, ReadingState(found.state), found.agreed
        return _kept(access, current)


def withhold_text(*, access: Access, text: FreeText, version: int) -> FreeText:
    """Keep a text shut, whatever others said; it can be let go later, by as many readers as it asks. Raises ClashError
    when somebody else was here first."""
    need_reader(access, text.block.release.round)
    with writing():
        current = _held(text, version)
        TextReading.objects.filter(text=current).delete()
        if current.needed > 1:
            # the next reader begins with what was written, not with what another made of it
            current.text = current.original
        current.state, current.agreed = ReadingState.WITHHELD, 0
        return _kept(access, current)


def _held(text: FreeText, version: int) -> FreeText:
    current = FreeText.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if current.version != version:
        raise ClashError(current)
    return current


def _kept(access: Access, current: FreeText) -> FreeText:
    current.read_by = access.person
    current.version += 1
    current.save(update_fields=["text", "state", "agreed", "read_by", "version"])
    note_change(access, verb=current.state, thing=current)
    tick_soon()
    return current


def _texts(round_: Round) -> QuerySet[FreeText]:
    return (
        FreeText.objects.filter(block__release__round=round_, block__withdrawn_on__isnull=True)
        .select_related("block__release__round")
        .order_by("id")
    )

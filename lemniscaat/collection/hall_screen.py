"""What those in a hall read of a step: their own sheet while it is open, and together what it told when it closed.

None of this takes an Access: who sits in the hall is known by the talk, and may have no role at all. That is safe
because a step has one segment, so what leaves here is one block of at least six, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from lemniscaat.base import clock
from lemniscaat.collection.apart import Apart, apart
from lemniscaat.collection.figures import Shown, shown
from lemniscaat.collection.hall import is_step, sheet_key
from lemniscaat.collection.models import FreeText, ReadingState, Response, Round, RoundState
from lemniscaat.collection.outcome import SHOWN, WHOLE, ItemOutcome, hall_outcomes, opened
from lemniscaat.collection.reading import waiting
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.answers import Stored, read_answers
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.wording import language


@dataclass(frozen=True)
class Told:
    """One counted question on the screen. `shown` None reads 'te weinig'; `apart` None: there is no difference to tell."""

    outcome: ItemOutcome
    shown: Shown | None
    apart: Apart | None


@dataclass(frozen=True)
class Texts:
    """The open answers to one question that a reader let go, in random order."""

    item: BaseItem
    words: tuple[str, ...]


def my_answer(round_: Round, secret: str) -> dict[str, Stored] | None:
    """What this device sent in, while the step is open; None where it sent nothing, and for ever after the stop."""
    if not is_step(round_):
        return None
    mine = Response.objects.filter(pk=sheet_key(round_, secret), round_id=round_.pk)
    row = mine.filter(round__state=RoundState.OPEN).values_list("answers", "schema_version").first()
    return read_answers(*row) if row else None


def came_in(round_: Round) -> int:
    """How many sheets a step has: 'x van y'. Exact, unlike in any other round: people in one room can count hands, and
    nothing is asked of whom by place or role. From the day after the stop on, as far as its block tells: then 0 reads
    'fewer than six, or nobody'. A round that is no step has none."""
    if not is_step(round_):
        return 0
    today = Round.objects.filter(pk=round_.pk, state__in=[RoundState.OPEN, RoundState.STOPPED])
    if today.exclude(stopped_on__lt=clock.today()).exists():
        return Response.objects.filter(round_id=round_.pk).count()
    book = opened(round_, [])
    return book.took_part(book.group(WHOLE, "")).n or 0


def told(round_: Round) -> tuple[Told, ...]:
    """Every counted question of a closed step as the hall sees it; nothing while it is open."""
    tongue = language()
    return tuple(
        Told(one, shown(one) if one.whole.table else None, apart(one.item, one.whole.table, tongue))
        for one in hall_outcomes(round_)
    )


def texts_waiting(round_: Round) -> int:
    """How many open answers of a closed step wait for a reader."""
    return waiting(round_) if is_step(round_) else 0


def read_texts(round_: Round) -> tuple[Texts, ...]:
    """The open answers of a closed step that a reader let go, question by question; never one that nobody read."""
    if not is_step(round_):
        return ()
    let_go: dict[str, list[str]] = {}
    rows = FreeText.objects.filter(
        block__release__round_id=round_.pk,
        block__release__round__state__in=SHOWN,
        block__withdrawn_on__isnull=True,
        state=ReadingState.RELEASED,
    )
    # the keys are drawn at random, so this is no order of coming in
    for key, words in rows.order_by("id").values_list("item", "text"):
        let_go.setdefault(key, []).append(words)
    return tuple(
        Texts(item, tuple(let_go[item.key])) for item in instrument_of(round_).items if item.key in let_go
    )

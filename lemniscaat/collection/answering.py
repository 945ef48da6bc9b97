"""One sheet comes in: one transaction, in a random place of the pile, unconnected to who gave it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from django.db import IntegrityError

from lemniscaat.base.writing import writing
from lemniscaat.collection.codes import number_of, stored_token, used_token
from lemniscaat.collection.models import Draft, Invitation, Receipt, Response, Round, RoundState, Segment
from lemniscaat.collection.sheets import instrument_of, only_shown
from lemniscaat.collection.turn import answer_together
from lemniscaat.instruments.answers import SCHEMA_VERSION, Stored, read_answer
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.kinds.registry import kind_of


class Sent(Enum):
    """What became of a sheet."""

    IN = "in"
    BEFORE = "before"  # this very sheet came in earlier: sent twice counts once
    USED = "used"  # this personal link already gave another sheet
    STOPPED = "stopped"
    NOWHERE = "nowhere"  # the link or the place does not belong to this round


def submit(
    *,
    round_: Round,
    answers: Mapping[str, Stored],
    receipt: str,
    token: str = "",
    segment_id: int = 0,
    draft: int = 0,
    key: int = 0,
) -> Sent:
    """Take in one sheet. `token` is that of a personal link, whose segment the caller may know already; without it
    `segment_id` says where it belongs.

    Stored are the answers and the segment. That somebody answered is noted on the invitation, in a table of its
    own, without moment or order, and so that only the link itself can tell. `receipt` is the sheet's own random text, so
    that a second sending counts once. `key` is the number of its row where that must be known (paper.py), else one
    drawn at random.
    Raises ValueError for answers that do not belong to the instrument: forms never send those.
    """
    clean = checked(instrument_of(round_), answers)
    try:
        with writing():
            _take_in(round_, clean, number_of(receipt), token, segment_id, key)
            if draft:
                Draft.objects.filter(pk=draft, round_id=round_.pk).delete()
    except RefusedError as refused:
        return refused.sent
    except IntegrityError:
        if not Receipt.objects.filter(pk=number_of(receipt)).exists():
            raise
        return Sent.BEFORE
    return Sent.IN


class RefusedError(Exception):
    """Nothing is taken in, and nothing is left behind."""

    def __init__(self, sent: Sent) -> None:
        super().__init__(sent.value)
        self.sent = sent


def _take_in(
    round_: Round, answers: dict[str, Stored], receipt: int, token: str, segment_id: int, key: int
) -> None:
    answer_together(round_.pk)
    Receipt.objects.create(pk=receipt, round_id=round_.pk)
    place = _place_of_link(round_, token, segment_id) if token else _place(round_, segment_id)
    row = Response(round_id=round_.pk, segment_id=place, answers=answers, schema_version=SCHEMA_VERSION)
    row.pk = key or row.pk
    row.save(force_insert=True)


def _place_of_link(round_: Round, token: str, segment_id: int) -> int:
    """The segment of a personal link, which is used from now on. After the stop no stored token fits any more."""
    mine, used = Invitation.objects.filter(round_id=round_.pk), used_token(token)
    if mine.filter(token=stored_token(token)).update(token=used):
        return segment_id or mine.values_list("segment_id", flat=True).get(token=used)
    if mine.filter(token=used).exists():
        raise RefusedError(Sent.USED)
    raise RefusedError(Sent.STOPPED if _stopped(round_) else Sent.NOWHERE)


def _place(round_: Round, segment_id: int) -> int:
    """The segment that somebody with an open link belongs to."""
    states = Segment.objects.filter(pk=segment_id, round_id=round_.pk).values_list("round__state", flat=True)
    for state in states:
        if state == RoundState.OPEN:
            return segment_id
        raise RefusedError(Sent.STOPPED)
    raise RefusedError(Sent.NOWHERE)


def _stopped(round_: Round) -> bool:
    return not Round.objects.filter(pk=round_.pk, state=RoundState.OPEN).exists()


def checked(instrument: Instrument, answers: Mapping[str, Stored]) -> dict[str, Stored]:
    """Only what was asked, each answer rewritten as its kind stores it."""
    shown = only_shown(instrument, answers)
    checked: dict[str, Stored] = {}
    for key, stored in shown.items():
        answer = read_answer(stored)
        item = instrument.item(key)
        if answer.value is not None and not kind_of(item).readable(item, answer.value):
            raise ValueError(f"no answer to item {key}")
        if answer.skip is not None and answer.skip not in item.skips:
            raise ValueError(f"item {key} cannot be skipped like this")
        if (row := answer.stored()) is not None:
            checked[key] = row
    return checked

"""Statements that people added themselves: once they lie open everybody votes on them, like on the given ones.

Whoever added one voted when he wrote it; a later vote of his own goes before that. Votes stand beside the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lemniscaat.instruments.answers import read_answer
from lemniscaat.instruments.items import BaseItem, Option
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.kinds.rowwise import AT, LABEL
from lemniscaat.instruments.kinds.statements import VOTES, StatementsItem
from lemniscaat.meetings.places import Ballot, Voice

ROW = "s"
WAYS = {option.key for option in VOTES}


@dataclass(frozen=True)
class Motion:
    """One added statement as a question of its own, with everybody's vote as the answer to it."""

    item: StatementsItem
    voices: tuple[Voice, ...]
    ballot: Ballot


def motions(item: BaseItem, voices: Sequence[Voice]) -> list[Motion]:
    """The statements that these people added to an item, in the order of the people; none in another kind."""
    if not isinstance(item, StatementsItem):
        return []
    return [
        _motion(item, voices, who, place, own)
        for who in voices
        for place, own in enumerate(_own(item, who), 1)
    ]


def given_only(item: BaseItem, voices: Sequence[Voice]) -> list[Voice]:
    """The same people without the statements they added: those stand as questions of their own."""
    if not isinstance(item, StatementsItem):
        return list(voices)
    found = []
    for voice in voices:
        value = read_answer(voice.answers.get(item.key)).value
        if isinstance(value, dict) and "own" in value:
            rows = value.get("rows")
            answers = {key: given for key, given in voice.answers.items() if key != item.key}
            voice = replace(voice, answers=answers | ({item.key: {"v": {"rows": rows}}} if rows else {}))
        found.append(voice)
    return found


def _own(item: StatementsItem, who: Voice) -> list[dict[str, str]]:
    value = read_answer(who.answers.get(item.key)).value
    if value is None or not kind_of(item).readable(item, value):
        return []
    own: list[dict[str, str]] = value.get("own", [])
    return own


def _motion(
    item: StatementsItem, voices: Sequence[Voice], who: Voice, place: int, own: dict[str, str]
) -> Motion:
    key = f"{who.chair}.{place}"
    votes = {who.chair: own[AT]} if AT in own else {}
    for voice in voices:
        at = voice.votes.get(item.key, {}).get(key, "")
        if at in WAYS:
            votes[voice.chair] = at
    # the words were taken in as an answer, not as a file: what a file may not hold is no error here
    row = Option.model_construct(key=ROW, nl=own[LABEL], en=None)
    asking = item.model_copy(update={"statements": (row,), "add": 0})
    counting = [voice for voice in voices if not voice.listens or voice.chair in votes]
    voted = tuple(
        replace(voice, answers={item.key: {"v": {"rows": {ROW: {AT: votes[voice.chair]}}}}})
        if voice.chair in votes
        else replace(voice, answers={})
        for voice in counting
    )
    return Motion(asking, voted, Ballot(item.key, key, who, votes))

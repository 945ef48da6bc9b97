"""One text by several hands: what each changed is taken, and no word that somebody wrote is lost.

A text is cut into sentences and lines. A sentence is the same where its words are the same; the white around it
does not count. What theirs and mine both changed stays in both wordings, mine under theirs on a line of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["plain", "theirs", "mine"]
END = r"(?:(?<=[.!?…])|(?<=[.!?…][’”\"')\]]))"
"""Behind the mark with which a sentence ends, and the quote or bracket after it."""
CUT = re.compile(rf"{END}(?=\s)|(?<!\s)(?=\s*\n)")
ENDED = re.compile(rf"{END}\Z")


@dataclass(frozen=True)
class Piece:
    """A stretch of the woven text: plain, or one of the two wordings where theirs and mine met."""

    text: str
    kind: Kind = "plain"


@dataclass(frozen=True)
class Woven:
    """The text, whether two hands met in one place, and the text in pieces. Together the pieces are the text."""

    text: str
    met: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Part:
    """A sentence or line: the white before it and its words."""

    lead: str
    words: str


@dataclass(frozen=True)
class _Change:
    """In the place of base[start:stop] somebody put these parts."""

    start: int
    stop: int
    mine: bool
    parts: tuple[_Part, ...]


def split(text: str) -> tuple[str, ...]:
    """A text in sentences and lines, each with the white before it; joined they are the text again."""
    found: list[str] = []
    for chunk in CUT.split(text):
        if chunk and not chunk.strip() and found:
            found[-1] += chunk
        elif chunk:
            found.append(chunk)
    return tuple(found)


def weave(*, base: str, theirs: str, mine: str) -> Woven:
    """Two texts that both began as `base`, in one. Sent twice it gives the same; the result may be as long as both."""
    if mine == base or (not mine.strip() and theirs != base):
        return _plain(theirs)
    if theirs in (base, mine) or not theirs.strip():
        return _plain(mine)
    was, others, own = _parts(base), _parts(theirs), _parts(mine)
    their_leads, their_changes = _compared(was, others, mine=False)
    my_leads, my_changes = _compared(was, own, mine=True)
    both_kept = their_leads.keys() & my_leads.keys()
    standing = {was[at].words for at in both_kept} | _added(their_changes)
    if _added(my_changes) <= standing and their_leads.keys() == both_kept:
        # all that mine says was woven in before
        return _plain(theirs)
    laid: list[tuple[_Part, Kind]] = []
    at = 0
    for place in _places([*their_changes, *my_changes]):
        laid += _kept(was[at : place[0].start], at, their_leads, my_leads)
        laid += _both(place, standing)
        at = max(change.stop for change in place)
    laid += _kept(was[at:], at, their_leads, my_leads)
    # who each left out what the other kept did not mean to leave nothing
    return _joined(laid) if laid else _plain(theirs)


def _plain(text: str) -> Woven:
    return Woven(text, False, (Piece(text),) if text else ())


def _parts(text: str) -> list[_Part]:
    return [
        _Part(chunk[: len(chunk) - len(chunk.lstrip())], chunk.strip())
        for chunk in split(text)
        if chunk.strip()
    ]


def _compared(
    base: Sequence[_Part], other: Sequence[_Part], *, mine: bool
) -> tuple[dict[int, str], list[_Change]]:
    """The white that the other puts before each part of the base that stayed, and what the other changed."""
    # sentences that come back very often are no footing for difflib: so a long text takes no longer than it should
    matcher = SequenceMatcher(None, [part.words for part in base], [part.words for part in other])
    leads: dict[int, str] = {}
    changes: list[_Change] = []
    for tag, start, stop, first, last in matcher.get_opcodes():
        if tag == "equal":
            leads |= {start + step: part.lead for step, part in enumerate(other[first:last])}
        else:
            changes.append(_Change(start, stop, mine, tuple(other[first:last])))
    return leads, changes


def _added(changes: Sequence[_Change]) -> set[str]:
    return {part.words for change in changes for part in change.parts}


def _places(changes: Sequence[_Change]) -> list[list[_Change]]:
    """Changes by place: together where they share a part of the base, or both add at the same point."""
    found: list[list[_Change]] = []
    end = -1
    for change in sorted(changes, key=lambda one: (one.start, one.stop)):
        added_here = bool(found) and change.start == change.stop == end == found[-1][0].start
        if change.start < end or added_here:
            found[-1].append(change)
        else:
            found.append([change])
        end = max(end, change.stop)
    return found


def _kept(
    parts: Sequence[_Part], at: int, theirs: dict[int, str], mine: dict[int, str]
) -> list[tuple[_Part, Kind]]:
    """What both left standing, with the white that one of them changed."""
    found: list[tuple[_Part, Kind]] = []
    for place, part in enumerate(parts, at):
        lead = mine[place] if theirs[place] == part.lead else theirs[place]
        found.append((_Part(lead, part.words), "plain"))
    return found


def _both(place: Sequence[_Change], standing: set[str]) -> list[tuple[_Part, Kind]]:
    """The wordings of one place. Of mine only what does not stand anywhere yet: so a text sent twice stands once."""
    theirs = [part for change in place if not change.mine for part in change.parts]
    mine = [part for change in place if change.mine for part in change.parts]
    fresh = [part for part in mine if part.words not in standing]
    here = Counter(part.words for part in theirs)
    if here <= Counter(part.words for part in mine):
        # mine says all that theirs says here, and goes on
        return [(part, "plain") for part in mine if part.words not in standing or _took(here, part.words)]
    if not fresh:
        return [(part, "plain") for part in theirs]
    also_mine = {part.words for part in mine}
    return [
        *((part, "plain" if part.words in also_mine else "theirs") for part in theirs),
        *((part, "mine") for part in fresh),
    ]


def _took(counts: Counter[str], words: str) -> bool:
    """Whether one more of these was left; then there is one less."""
    left = counts[words] > 0
    counts[words] -= left
    return left


def _joined(laid: Sequence[tuple[_Part, Kind]]) -> Woven:
    """The parts as one text, with white between them where they did not stand beside each other before."""
    pieces: list[Piece] = []
    before: tuple[_Part, Kind] | None = None
    for part, kind in laid:
        lead = part.lead or " "
        if before is None:
            lead = ""
        elif "\n" not in lead and (
            not ENDED.search(before[0].words) or (kind == "mine") != (before[1] == "mine")
        ):
            lead = "\n"
        if pieces and pieces[-1].kind == kind:
            pieces[-1] = Piece(pieces[-1].text + lead + part.words, kind)
        else:
            pieces.append(Piece(lead + part.words, kind))
        before = (part, kind)
    text = "".join(piece.text for piece in pieces)
    return Woven(text, any(piece.kind == "mine" for piece in pieces), tuple(pieces))

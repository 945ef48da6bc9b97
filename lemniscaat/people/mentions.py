"""Which names stand in a text: of people, schools and teams that are known. A hint for who writes, never a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?:;\n‘“\"])\s*$")
_COMMON = """
de het een van der den team school schools basisschool stichting pabo academie lerarenopleiding groep obs cbs
"""
_PREFIXES = frozenset(_COMMON.split())
SHORTEST = 3


@dataclass(frozen=True)
class _Text:
    """A text as it is searched: all its words, those with a capital, and of these the ones within a sentence."""

    folded: str
    capitals: frozenset[str]
    within: frozenset[str]


def mentioned(text: str, *, people: Iterable[str], places: Iterable[str]) -> list[str]:
    """The names of places and people that stand in a text, each once: whole, or the part of it that stands there.

    A whole name counts however it is written. A first name alone, or the name of a school without 'Het', counts with a
    capital; a last name alone only within a sentence, for many a one is a word that may begin one.
    """
    read = _read(text)
    found = [name for name in places if _place_in(name, read)]
    for name in people:
        found += [name] if _whole(name, read) else _parts_in(name, read)
    return list(dict.fromkeys(found))


def _read(text: str) -> _Text:
    words = [word for word in _WORD.finditer(text) if word[0][0].isupper() and len(word[0]) >= SHORTEST]
    within = frozenset(word[0] for word in words if not _SENTENCE.search(text[: word.start()]))
    folded = f" {' '.join(_WORD.findall(text)).casefold()} "
    return _Text(folded, frozenset(word[0] for word in words), within)


def _whole(name: str, read: _Text) -> bool:
    words = " ".join(_WORD.findall(name)).casefold()
    return " " in words and f" {words} " in read.folded


def _parts_in(name: str, read: _Text) -> list[str]:
    first, *others = _WORD.findall(name) or [""]
    last = [part for part in _telling(" ".join(others)) if part in read.within]
    return [first, *last] if first in read.capitals else last


def _place_in(name: str, read: _Text) -> bool:
    parts = _telling(name)
    return _whole(name, read) or (bool(parts) and all(part in read.capitals for part in parts))


def _telling(name: str) -> list[str]:
    """The words of a name that are a name by themselves: 'Waterrad' of 'Het Waterrad', none of 'Team onderbouw'."""
    return [
        part
        for part in _WORD.findall(name)
        if part[0].isupper() and len(part) >= SHORTEST and part.casefold() not in _PREFIXES
    ]

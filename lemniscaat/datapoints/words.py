"""The stems of Dutch words, so that what is told can be found: folded, without accents, compounds as second choice.

Snowball's `dutch_porter` and not its `dutch`: that one takes a 'ge' out of the middle of a word, so that 'begeleiding'
becomes 'beleid'. What Porter leaves apart and this field does not is put together by the few rules below.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

MOST_TERMS = 8
INSIDE = 4
"""From so many letters a stem is also looked for within a longer word; a shorter one only at its beginning."""
_WORD = re.compile(r"\w+")
_LONG_VOWEL = r"\w*?(?:aa|ee|oo|uu)[bcdfgklmnprsv]"
_GIVEN = re.compile(rf"^(?:ge)?((?:(?<=ge)|be|her|ont|ver){_LONG_VOWEL})[dt]$")
_DOES = re.compile(rf"^({_LONG_VOWEL})t$")
_WHO = re.compile(r"^(\w{4,})er$")
_SMALL = """
aan al als bij dat de der dan dit door een en er had hem het hij hoe hun ik in is je kan maar me mee met mij mijn na
naar niet nog nu of om ons ook op over te tot uit van voor waar was wat we wel wie wij ze zich zij zijn zo
"""
_STOP = frozenset(_SMALL.split())


def folded(text: str) -> str:
    """Small letters without accents: 'Ideeën' becomes 'ideeen'."""
    apart = unicodedata.normalize("NFKD", text.lower().replace("ĳ", "ij"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What words of one family share: 'begeleiding', 'begeleidt' and 'begeleiders' are all 'begeleid'."""
    plain = folded(word)
    given = _GIVEN.match(plain) or _DOES.match(plain)
    if given:
        plain = given[1]
    for ending, short in (("eeen", "ee"), ("ies", "ie")):
        plain = plain.removesuffix(ending) + short if plain.endswith(ending) else plain
    found = str(_porter().stemWord(plain))
    if len(found) >= 7 and (who := _WHO.match(found)):
        found = who[1]
    if found.endswith("dt"):
        found = found[:-1]
    if re.search(r"([bfglmnprs])\1$", found):
        found = found[:-1]
    return f"{found[:-1]}f" if found.endswith("v") else found


@lru_cache(maxsize=1)
def _porter() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("dutch_porter")


def stems(*texts: str) -> frozenset[str]:
    """The stems of what is told, without the small words that stand everywhere."""
    found = (word for text in texts for word in _WORD.findall(folded(text)))
    return frozenset(stem(word) for word in found if word not in _STOP and len(word) < 60)


def told(found: Iterable[str]) -> str:
    """Stems as they stand in the index: sorted, each between spaces."""
    return f" {' '.join(sorted(found))} "


@dataclass(frozen=True)
class Term:
    """One word that somebody looks for."""

    stem: str

    @property
    def whole(self) -> str:
        """How it stands in the index as a word of its own."""
        return f" {self.stem} "

    @property
    def part(self) -> str:
        """How it stands there within a compound: 'bezoek' in 'lesbezoek', 'les' at the beginning of one."""
        return self.stem if len(self.stem) >= INSIDE else f" {self.stem}"

    def inside(self, index: str) -> bool:
        """Whether an index has it, whole or in part."""
        return self.part in index


def terms(query: str) -> tuple[Term, ...]:
    """The words of a search; small words only where there is nothing else."""
    found = [word for word in _WORD.findall(folded(query)) if len(word) < 60]
    telling = [word for word in found if word not in _STOP] or found
    return tuple(Term(one) for one in dict.fromkeys(stem(word) for word in telling))[:MOST_TERMS]


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    hit: bool


def pieces(text: str, wanted: tuple[Term, ...]) -> list[Piece]:
    """A text cut where a word is what was looked for; put together again it is the same text."""
    found: list[Piece] = []
    end = 0
    for word in _WORD.finditer(text) if wanted else ():
        if _hit(word[0], wanted):
            found += [Piece(text[end : word.start()], hit=False), Piece(word[0], hit=True)]
            end = word.end()
    found.append(Piece(text[end:], hit=False))
    return [one for one in found if one.text]


def around(text: str, wanted: tuple[Term, ...], most: int = 220) -> str:
    """The part of a long text in which the first hit stands, cut at words."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    first = next((word for word in _WORD.finditer(text) if _hit(word[0], wanted)), None)
    start = 0 if first is None or first.end() < most else text.rfind(" ", 0, first.start() - most // 3) + 1
    end = text.rfind(" ", start, start + most)
    cut = text[start : end if end > start else start + most]
    return f"{'… ' if start else ''}{cut}{' …' if start + len(cut) < len(text) else ''}"


def _hit(word: str, wanted: tuple[Term, ...]) -> bool:
    return any(term.inside(f" {stem(word)} ") for term in wanted)

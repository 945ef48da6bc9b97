"""Where people chose differently, in a sentence: the widest apart first. No marks, no means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lemniscaat.instruments.language import Language, quoted
from lemniscaat.instruments.summaries import Part

NAMED = 2
"""How many places one sentence names."""
NO_CHOICE = {"open", "pass"}
"""Options with which somebody leaves a row aside."""


@dataclass(frozen=True)
class Counted:
    """A part of a question with how many chose what, and the name of the place where it stands."""

    part: Part
    counts: Mapping[str, int]
    label: str = ""


@dataclass(frozen=True)
class Difference:
    """Whether two or more people chose somewhere, whether they chose differently, and that in a sentence."""

    chose: bool = False
    differs: bool = False
    sentence: str = ""
    widest: str = ""
    """The name of the place where they lie furthest apart."""


def difference(counted: Sequence[Counted], language: Language) -> Difference:
    """Where people lie apart in the parts of one question; nothing where one person chose."""
    apart: list[tuple[int, int, str]] = []
    asked_here = 0
    for place, one in enumerate(counted):
        options = one.part.options
        if len(options) < 2:
            continue
        taken = [i for i, o in enumerate(options) if one.counts.get(o.key) and o.key not in NO_CHOICE]
        if sum(one.counts.get(o.key, 0) for o in options if o.key not in NO_CHOICE) < 2:
            continue
        asked_here += 1
        if len(taken) > 1:
            apart.append((taken[0] - taken[-1], place, one.label))
    if not asked_here:
        return Difference()
    if not apart:
        return Difference(True, False, language.gettext("Wie hier antwoord gaf, koos hetzelfde."))
    named = [quoted(label) for _span, _place, label in sorted(apart)[:NAMED] if label]
    if not named or len(counted) == 1:
        return Difference(True, True, language.gettext("Hier lopen jullie antwoorden uiteen."))
    words = language.gettext("Jullie verschillen het meest bij %(places)s.")
    return Difference(True, True, words % {"places": listed(named, language)}, sorted(apart)[0][2])


def listed(words: Sequence[str], language: Language) -> str:
    """'a', 'a en b', 'a, b en c'."""
    if len(words) == 1:
        return words[0]
    return language.gettext("%(most)s en %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}

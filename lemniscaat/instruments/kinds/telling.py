"""Sentences about counts: two adjacent answers added up, one group after the other, no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lemniscaat.instruments.items import Option
from lemniscaat.instruments.kinds.kind import heard
from lemniscaat.instruments.language import Language, quoted
from lemniscaat.instruments.summaries import Part, Row


def widest_pair(options: Sequence[Option], counts: dict[str, int]) -> tuple[Option, ...]:
    """The two neighbouring options that most people chose together; the first such pair."""
    if len(options) < 2:
        return tuple(options)
    pairs = list(pairwise(options))
    return max(pairs, key=lambda pair: sum(counts.get(option.key, 0) for option in pair))


def told(part: Part, chosen: Sequence[Option], rows: Sequence[Row], language: Language) -> str:
    """'14 van de 23 studenten zeggen ‘nog niet’ of ‘één keer’. Bij WPB's zijn dat er 9 van de 31.'"""
    groups = heard(rows)
    if not groups:
        return ""
    first = groups[0]
    # naming an answer that nobody in any group gave would say more than was heard
    given = [o for o in chosen if any(row.counts.parts.get(part.key, {}).get(o.key) for row in groups)]
    chosen = given or chosen[:1]
    words = _either([quoted(option.say(language.code)) for option in chosen], language)
    k = sum(first.counts.parts.get(part.key, {}).get(option.key, 0) for option in chosen)
    opening = language.ngettext(
        "%(k)d van de %(n)d %(group)s zegt %(words)s.", "%(k)d van de %(n)d %(group)s zeggen %(words)s.", k
    ) % {"k": k, "n": first.counts.n, "group": first.label, "words": words}
    keys = [option.key for option in chosen]
    return " ".join([opening, *(others(row, part.key, keys, language) for row in groups[1:])])


def others(row: Row, part: str, keys: Sequence[str], language: Language) -> str:
    """The same answers in a next group, in a short sentence of their own."""
    counts = row.counts.parts.get(part, {})
    k = sum(counts.get(key, 0) for key in keys)
    values = {"k": k, "n": row.counts.n, "group": row.label}
    if not k:
        return language.gettext("Bij %(group)s is dat niemand van de %(n)d.") % values
    return (
        language.ngettext(
            "Bij %(group)s is dat er %(k)d van de %(n)d.", "Bij %(group)s zijn dat er %(k)d van de %(n)d.", k
        )
        % values
    )


def _either(words: Sequence[str], language: Language) -> str:
    if len(words) == 1:
        return words[0]
    return language.gettext("%(one)s of %(other)s") % {"one": ", ".join(words[:-1]), "other": words[-1]}

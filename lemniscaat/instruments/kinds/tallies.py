"""Sentences about what is chosen rather than weighed: the part most often chosen, or that there are only words."""

from __future__ import annotations

from collections.abc import Sequence

from lemniscaat.instruments.items import Option
from lemniscaat.instruments.kinds.kind import heard
from lemniscaat.instruments.kinds.telling import others
from lemniscaat.instruments.language import Language, quoted
from lemniscaat.instruments.summaries import Part, Row

GIVEN = Option(key="yes", nl="Gekozen", en="Chosen")
"""The one option of a part that is chosen or not."""


def most_chosen(parts: Sequence[Part], rows: Sequence[Row], language: Language) -> str:
    """'5 van de 9 studenten kiezen ‘de brug’.' Each part has one option; the first part most people chose is told."""
    groups = heard(rows)
    if not groups or not parts:
        return ""
    first = groups[0].counts
    keys = {part.key: part.options[0].key for part in parts}
    top = max(parts, key=lambda part: first.parts.get(part.key, {}).get(keys[part.key], 0))
    k = first.parts.get(top.key, {}).get(keys[top.key], 0)
    opening = language.ngettext(
        "%(k)d van de %(n)d %(group)s kiest %(words)s.", "%(k)d van de %(n)d %(group)s kiezen %(words)s.", k
    ) % {
        "k": k,
        "n": first.n,
        "group": groups[0].label,
        "words": quoted(top.label.say(language.code)) if top.label else "",
    }
    return " ".join([opening, *(others(row, top.key, [keys[top.key]], language) for row in groups[1:])])


def own_words(rows: Sequence[Row], language: Language) -> str:
    """'In eigen woorden: 3 studenten en 2 WPB's.' Empty where nobody wrote."""
    words = [f"{row.counts.n} {row.label}" for row in heard(rows)]
    if not words:
        return ""
    listed = words[0]
    if len(words) > 1:
        values = {"most": ", ".join(words[:-1]), "last": words[-1]}
        listed = language.gettext("%(most)s en %(last)s") % values
    return language.gettext("In eigen woorden: %(groups)s.") % {"groups": listed}

"""The drawings of an item: one distribution per part, every group a row of people."""

from __future__ import annotations

from collections.abc import Sequence

from lemniscaat.base.drawings import distribution
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import Part, Row

Drawn = Row | distribution.Row
"""A group with its counts, or a row that is ready to draw: a hidden one with its other roads."""


def figures(
    item: BaseItem, rows: Sequence[Drawn], language: Language = DUTCH
) -> tuple[distribution.Figure, ...]:
    """One figure per part of the item; none for a text. The first carries the sentence."""
    kind = kind_of(item)
    sentence = kind.sentence(item, [row for row in rows if isinstance(row, Row)], language)
    return tuple(
        distribution.Figure(
            question=part.label.say(language.code) if part.label else asked(item, "", language.code),
            options=_options(part, language),
            rows=tuple(_row(part, row, language) for row in rows),
            sentence="" if place else sentence,
        )
        for place, part in enumerate(kind.shape(item))
    )


def _yes_only(part: Part) -> bool:
    return len(part.options) == 1


def _options(part: Part, language: Language) -> tuple[distribution.Option, ...]:
    options = tuple(distribution.Option(o.key, o.say(language.code)) for o in part.answers)
    if _yes_only(part):
        return (distribution.Option("", language.gettext("Niet gekozen")), *options)
    return options


def _row(part: Part, row: Drawn, language: Language) -> distribution.Row:
    if isinstance(row, distribution.Row):
        return row
    counts = dict(row.counts.parts.get(part.key, {}))
    if _yes_only(part):
        counts[""] = row.counts.n - sum(counts.values())
    skipped = {
        label: row.counts.skipped[key]
        for key, label in (
            ("na", language.gettext("past niet")),
            ("cannot_judge", language.gettext("kan dit niet beoordelen")),
            ("rather_not", language.gettext("liever niet")),
            ("blank", language.gettext("geen antwoord")),
        )
        if row.counts.skipped.get(key)
    }
    nobody = part.left_open
    left = counts.pop(nobody.key, 0) if nobody else 0
    if nobody and left:
        skipped[nobody.say(language.code).lower()] = left
    return distribution.Row(row.voice, row.label, counts, row.counts.n - left, skipped)

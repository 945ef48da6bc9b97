"""Trying an instrument: what was filled in reads back as words and as an outcome, and is kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lemniscaat.base.drawings.distribution import Figure
from lemniscaat.instruments.answers import Problem, Stored
from lemniscaat.instruments.asking import Posted, Saying
from lemniscaat.instruments.cards import Card, card, told
from lemniscaat.instruments.figures import figures
from lemniscaat.instruments.grammar import Instrument, Section, visible
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.registry import is_counted, kind_of
from lemniscaat.instruments.language import DUTCH, Language
from lemniscaat.instruments.summaries import Row

Answers = dict[str, Stored]


@dataclass(frozen=True)
class Part:
    """A section with its cards, as it is filled in."""

    section: Section
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Told:
    """One question with what was given to it, in words and as it would be shown."""

    question: str
    sayings: tuple[Saying, ...]
    template: str = ""
    shown: Mapping[str, Any] | None = None


def cleaned(instrument: Instrument, posted: Posted) -> tuple[Answers, dict[str, Problem]]:
    """What was given, and what is no answer, by key; a blank is in neither."""
    answers: Answers = {}
    problems: dict[str, Problem] = {}
    for item in instrument.items:
        given = kind_of(item).clean(item, posted)
        if isinstance(given, Problem):
            problems[item.key] = given
        elif (stored := given.stored()) is not None:
            answers[item.key] = stored
    return answers, problems


def parts(
    instrument: Instrument,
    *,
    role: str = "",
    posted: Posted | None = None,
    problems: Mapping[str, Problem] | None = None,
    language: Language = DUTCH,
) -> tuple[Part, ...]:
    """The cards section by section, with what was typed and what is wrong with it."""
    wrong = problems or {}
    return tuple(
        Part(
            section,
            tuple(
                card(item, role=role, posted=posted, problem=wrong.get(item.key), language=language)
                for item in section.items
            ),
        )
        for section in instrument.sections
        if section.items
    )


def read_back(
    instrument: Instrument, answers: Answers, *, role: str = "", language: Language = DUTCH
) -> tuple[Told, ...]:
    """Every question that is asked after these answers, with what was given."""
    return tuple(_told(item, answers.get(item.key), role, language) for item in visible(instrument, answers))


def _told(item: BaseItem, stored: Stored | None, role: str, language: Language) -> Told:
    question = asked(item, role, language.code)
    sayings = told(item, stored, language)
    if not sayings or stored is None or "skip" in stored or not is_counted(item):
        return Told(question, sayings)
    kind = kind_of(item)
    counts, _unread = kind.batch(item, [stored])
    rows = [Row(language.gettext("Jouw blad"), counts)]
    shown = {
        # "1 of the 1 people" says nothing: one sheet has a drawing, no sentence
        "figures": tuple(_wordless(figure) for figure in figures(item, rows, language)),
        "sentence": "",
        "texts": (),
    }
    return Told(question, sayings, kind.shown_template, shown)


def _wordless(figure: Figure) -> Figure:
    return replace(figure, sentence="")


def role_worded(instrument: Instrument) -> tuple[str, ...]:
    """The roles for which some question has words of its own, in the order of the instrument."""
    worded = {role for item in instrument.items for role in item.wording}
    order = instrument.roles or tuple(sorted(worded))
    return tuple(role for role in order if worded and (role in worded or role in instrument.roles))

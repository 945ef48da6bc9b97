"""The sheet of a round as it lies before somebody: its cards, what was filled in, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lemniscaat.collection.carry import Carry
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.models import Round
from lemniscaat.instruments.answers import Problem, Stored, read_answer
from lemniscaat.instruments.asking import Posted
from lemniscaat.instruments.cards import Card, card, told
from lemniscaat.instruments.grammar import Instrument, visible
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.instruments.preparing import alone, ordered, prepared
from lemniscaat.instruments.wording import language

Answers = dict[str, Stored]


@dataclass(frozen=True)
class Line:
    """One answer in words, to check or to copy. `place` is the number of its card in the address."""

    place: int
    question: str
    words: tuple[str, ...]


def instrument_of(round_: Round) -> Instrument:
    """The frozen instrument of a round; read once per process, for an open round never changes it."""
    # the return code is drawn at opening: with the key it tells one round's number from an earlier one's, as
    # after a reset of the demo
    name = f"{round_.key} {round_.return_code}"
    return _instrument(round_.instrument_id, round_.pk, name, Chosen.read(round_.chosen))


def instrument_for(round_: Round, sheet: Carry) -> Instrument:
    """The same, in the order of one person's sheet. The order hangs on the sheet's own random number, that is
    stored nowhere beside the answers."""
    return ordered(instrument_of(round_), sheet.receipt)


@lru_cache(maxsize=128)
def _instrument(version: int, round_id: int, code: str, chosen: Chosen) -> Instrument:
    definition = InstrumentVersion.objects.values_list("definition", flat=True).get(pk=version)
    return laid_ready(Instrument.model_validate(definition), chosen)


def laid_ready(whole: Instrument, chosen: Chosen) -> Instrument:
    """An instrument with what was chosen of it; for a step in a hall only its own section."""
    ready = prepared(whole, modules=chosen.modules, quick=chosen.quick, points=chosen.points)
    return ready if chosen.only is None else alone(ready, chosen.only)


def clean(items: tuple[BaseItem, ...], posted: Posted) -> tuple[Answers, dict[str, Problem]]:
    """What was given to these items, and what is no answer, by key; a blank is in neither."""
    answers: Answers = {}
    problems: dict[str, Problem] = {}
    for item in items:
        given = kind_of(item).clean(item, posted)
        if isinstance(given, Problem):
            problems[item.key] = given
        elif (stored := given.stored()) is not None:
            answers[item.key] = stored
    return answers, problems


def only_shown(instrument: Instrument, answers: Mapping[str, Stored]) -> Answers:
    """The answers to what this person was asked, in the order of the sheet: not in the order of filling in."""
    return {item.key: answers[item.key] for item in visible(instrument, answers) if item.key in answers}


def step(instrument: Instrument, answers: Mapping[str, Stored], start: int, by: int) -> int:
    """The number of the first card from `start` on (itself included), forward or back, that is asked.

    0 is before the first card, one more than the number of cards is after the last.
    """
    shown = {item.key for item in visible(instrument, answers)}
    items = instrument.items
    place = start
    while 1 <= place <= len(items) and items[place - 1].key not in shown:
        place += by
    return max(0, min(place, len(items) + 1))


def counted(instrument: Instrument, answers: Mapping[str, Stored], place: int) -> tuple[int, int]:
    """'Vraag 3 van 8': which of the cards that are asked this is, and how many there are."""
    shown = [item.key for item in visible(instrument, answers)]
    key = instrument.items[place - 1].key
    return (shown.index(key) + 1 if key in shown else 1), len(shown)


def card_at(
    instrument: Instrument,
    place: int,
    *,
    role: str,
    answers: Mapping[str, Stored],
    posted: Posted | None = None,
    problem: Problem | None = None,
) -> Card:
    """One card, filled in with what was typed or else with what was given before."""
    item = instrument.items[place - 1]
    answer = read_answer(answers.get(item.key))
    return card(item, role=role, answer=answer, posted=posted, problem=problem, language=language())


def whole(
    instrument: Instrument,
    *,
    role: str,
    answers: Mapping[str, Stored] | None = None,
    posted: Posted | None = None,
    problems: Mapping[str, Problem] | None = None,
) -> tuple[Card, ...]:
    """All cards under each other, as the one-page sheet shows them."""
    given, wrong = answers or {}, problems or {}
    return tuple(
        card(
            item,
            role=role,
            answer=read_answer(given.get(item.key)),
            posted=posted,
            problem=wrong.get(item.key),
            language=language(),
        )
        for item in instrument.items
    )


def in_words(instrument: Instrument, answers: Mapping[str, Stored], *, role: str) -> tuple[Line, ...]:
    """Every question that was asked with its answer in words; no words where it was left open."""
    tongue = language()
    shown = {item.key for item in visible(instrument, answers)}
    return tuple(
        Line(place, asked(item, role, tongue.code), _words(item, answers.get(item.key), tongue))
        for place, item in enumerate(instrument.items, 1)
        if item.key in shown
    )


def _words(item: BaseItem, stored: Stored | None, tongue: Language) -> tuple[str, ...]:
    """An answer as it reads on its own card: the ticked labels and what was typed."""
    if not stored:
        return ()
    return tuple(
        f"{one.label}: {one.words}" if one.label else one.words for one in told(item, stored, tongue)
    )

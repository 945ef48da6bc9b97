"""The places of one question: its rows, cards or columns, each with who chose what and who said what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lemniscaat.base.drawings.distribution import Figure
from lemniscaat.base.drawings.dots import Stack
from lemniscaat.instruments.answers import Stored, read_answer
from lemniscaat.instruments.asking import Saying
from lemniscaat.instruments.cards import told
from lemniscaat.instruments.figures import figures
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.summaries import Part, Row, Summary

Answers = Mapping[str, Stored]
Votes = Mapping[str, Mapping[str, str]]
"""Per item, under '<chair>.<place>' of a statement that somebody added: what this chair votes."""
BETWEEN = " · "


@dataclass(frozen=True)
class Voice:
    """Somebody at the table with what he gave. `files` holds what a file is called in an address, by item key."""

    name: str
    role: str = ""
    role_name: str = ""
    answers: Answers = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    chair: int = 0
    votes: Votes = field(default_factory=dict)
    dots: Mapping[str, Any] = field(default_factory=dict)
    listens: bool = False
    """Leads, and only votes on what others added: counts there and nowhere else."""


@dataclass(frozen=True)
class Said:
    """What one person said at one place: pieces of (question, words)."""

    who: Voice
    pieces: tuple[tuple[str, str], ...]
    file: str = ""


@dataclass(frozen=True)
class Ballot:
    """A statement that somebody added, on which everybody votes. `name` is its name on the page."""

    item: str
    key: str
    who: Voice
    votes: Mapping[int, str]
    """By chair."""

    @property
    def name(self) -> str:
        """An id for the page that no other statement has."""
        return f"{self.item}-{self.key.replace('.', '-')}"


@dataclass(frozen=True)
class Place:
    """One row, card or column of a question: the spread of the answers, and who said what."""

    label: str
    figures: tuple[Figure, ...] = ()
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Who chose what: (answer, names), in the order of the answers."""
    said: tuple[Said, ...] = ()
    sentence: str = ""
    stack: Stack | None = None
    """Everybody as a dot, instead of a spread in squares."""
    ballot: Ballot | None = None


def drawn(item: BaseItem, summary: Summary, language: Language) -> list[tuple[Part, Figure]]:
    """A drawing per part in which people chose; a pick out of many is told by who picked it."""
    shape = kind_of(item).shape(item)
    if summary.n < 1 or all(len(part.options) < 2 for part in shape):
        return []
    row = Row(language.gettext("mensen aan tafel"), summary)
    pairs = zip(shape, figures(item, [row], language), strict=True)
    return [(part, _headed(figure)) for part, figure in pairs if len(part.options) > 1]


def _headed(figure: Figure) -> Figure:
    """The name of the row with a capital: in a sentence it stands small, above its squares it is a heading."""
    return replace(
        figure, rows=tuple(replace(r, label=r.label[:1].upper() + r.label[1:]) for r in figure.rows)
    )


def labels(item: BaseItem, language: Language) -> list[str]:
    """The places of an item in the order in which they are asked."""
    lines = kind_of(item).lines(item, {}, item.key, language.code)
    named = (line.label or next((one.label for one in line.fields), "") for line in lines if not line.own)
    return list(dict.fromkeys(named))


def places(
    item: BaseItem, voices: Sequence[Voice], pictures: Sequence[tuple[Part, Figure]], language: Language
) -> tuple[Place, ...]:
    """Every place of an item at which somebody chose or said something, in the order in which they are asked."""
    order = labels(item, language)
    said: dict[str, list[Said]] = {}
    for voice in voices:
        stored = voice.answers.get(item.key)
        if read_answer(stored).skip:
            continue
        file = voice.files.get(item.key, "")
        for label, pieces in _by_place(told(item, stored, language), order).items():
            said.setdefault(label, []).append(Said(voice, tuple(pieces), file))
    homes: dict[str, list[tuple[Part, Figure]]] = {}
    for part, figure in pictures:
        homes.setdefault(home(part, order, language), []).append((part, figure))
    first = [label for label in homes if label not in order]
    given = [label for label in order if label in said or label in homes]
    every = dict.fromkeys([*first, *given, *said])
    return tuple(_place(item, label, homes.get(label, []), said.get(label, []), language) for label in every)


def _place(
    item: BaseItem,
    label: str,
    drawings: Sequence[tuple[Part, Figure]],
    said: Sequence[Said],
    language: Language,
) -> Place:
    """A place; where it holds one choice, the names stand with the answers, and only the rest is told one by one."""
    pictures = tuple(figure for _part, figure in drawings)
    if len(drawings) != 1:
        return Place(label, pictures, said=tuple(said))
    part = drawings[0][0]
    names: dict[tuple[int, str], list[str]] = {}
    answers = {option.key: option.say(language.code) for option in part.options}
    rest: list[Said] = []
    for one in said:
        option, pieces = _taken(item, part, one.who), list(one.pieces)
        choice = next((piece for piece in pieces if not piece[0]), None)
        if option and choice:
            # 'Meer zo: we wachten' says more than 'Meer zo', and 'Plek 2' more than '2'
            words = max(answers[option], choice[1], key=len)
            names.setdefault((list(answers).index(option), words), []).append(one.who.name)
            pieces.remove(choice)
        if pieces:
            rest.append(Said(one.who, tuple(pieces), one.file))
    chosen = tuple((words, tuple(who)) for (_place, words), who in sorted(names.items()))
    return Place(label, pictures, chosen, tuple(rest))


def _taken(item: BaseItem, part: Part, who: Voice) -> str:
    """The option that one person chose in a part; empty where it was left open."""
    counts = kind_of(item).batch(item, [who.answers.get(item.key)])[0].parts.get(part.key, {})
    return next(
        (option.key for option in part.options if counts.get(option.key) and option.key != "open"), ""
    )


def _by_place(sayings: Sequence[Saying], order: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The pieces of one person's answer under the place they belong to: 'Start · Waarom?' stands with 'Start'."""
    found: dict[str, list[tuple[str, str]]] = {}
    for saying in sayings:
        fits = [one for one in order if one and saying.label.startswith(one + BETWEEN)]
        place = max(fits, key=len) if fits and saying.label not in order else saying.label
        ask = saying.label.removeprefix(place).removeprefix(BETWEEN)
        found.setdefault(place, []).append((ask, saying.words))
    return found


def home(part: Part, order: Sequence[str], language: Language) -> str:
    """The place in which the drawing of a part stands."""
    if part.label is None:
        return order[0] if order else ""
    label = part.label.say(language.code)
    fits = [one for one in order if one and label.startswith(one)]
    if not fits and len(order) == 1:
        return order[0]
    return max(fits, key=len) if fits else label

"""What was laid open, side by side: per question who said what, and where people differ. No marks, no means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lemniscaat.base.drawings.distribution import Figure
from lemniscaat.instruments.answers import Stored, read_answer
from lemniscaat.instruments.asking import Saying
from lemniscaat.instruments.cards import told
from lemniscaat.instruments.figures import figures
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language, quoted
from lemniscaat.instruments.summaries import Part, Row, Summary

Answers = Mapping[str, Stored]
BETWEEN = " · "
NAMED = 2
"""How many places one sentence names."""
FEW = 2
"""So many drawings of one question stand open on the page; more are folded away."""
COUNTED = {"number", "date"}
"""Kinds that are drawn in classes: who stands in one class need not have said the same."""
NO_CHOICE = {"open", "pass"}
"""Options with which somebody leaves a row aside."""


@dataclass(frozen=True)
class Voice:
    """Somebody at the table with what he gave. `files` holds what a file is called in an address, by item key."""

    name: str
    role: str = ""
    role_name: str = ""
    answers: Answers = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """What one person said at one place: pieces of (question, words)."""

    who: Voice
    pieces: tuple[tuple[str, str], ...]
    file: str = ""


@dataclass(frozen=True)
class Place:
    """One row, card or column of a question: the spread of the answers, and who said what."""

    label: str
    figures: tuple[Figure, ...] = ()
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Who chose what: (answer, names), in the order of the answers."""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Bridge:
    """What came first, for how many, and the working element it leads to."""

    words: str
    element: str
    n: int


@dataclass(frozen=True)
class Seen:
    """One question with everything that was said to it."""

    key: str
    question: str
    kind: str
    n: int
    places: tuple[Place, ...]
    passed: tuple[tuple[str, str], ...] = ()
    """(name, words) of those who passed it by."""
    differs: bool = False
    sentence: str = ""
    bridges: tuple[Bridge, ...] = ()

    @property
    def folded(self) -> bool:
        """Whether there are so many drawings that names in words come first."""
        return sum(len(place.figures) for place in self.places) > FEW


def look(items: Sequence[BaseItem], voices: Sequence[Voice], language: Language = DUTCH) -> tuple[Seen, ...]:
    """Every item of a section that lies open, in the order of the file."""
    return tuple(_seen(item, voices, language) for item in items)


def differing(seen: Sequence[Seen], language: Language = DUTCH) -> str:
    """One sentence on where a section's answers lie apart; empty where nobody can differ."""
    apart = [quoted(one.question) for one in seen if one.differs]
    alike = [one for one in seen if one.sentence and not one.differs]
    if apart:
        named = _and(apart[:NAMED], language)
        return language.gettext("Jullie antwoorden verschillen bij %(places)s.") % {"places": named}
    if alike:
        return language.gettext(
            "Waar jullie konden kiezen, kozen jullie hetzelfde. Zit daar toch verschil onder?"
        )
    return ""


def _seen(item: BaseItem, voices: Sequence[Voice], language: Language) -> Seen:
    kind = kind_of(item)
    summary, _unread = kind.batch(item, [voice.answers.get(item.key) for voice in voices])
    differs, sentence = _difference(item, summary, language)
    return Seen(
        key=item.key,
        question=asked(item, "", language.code),
        kind=item.kind,
        n=summary.n,
        places=_places(item, voices, _drawn(item, summary, language), language),
        passed=tuple(_passed(item, voices, language)),
        differs=differs,
        sentence=sentence,
        bridges=_bridges(item, summary, language),
    )


def _passed(item: BaseItem, voices: Sequence[Voice], language: Language) -> list[tuple[str, str]]:
    return [
        (voice.name, told(item, voice.answers.get(item.key), language)[0].words)
        for voice in voices
        if read_answer(voice.answers.get(item.key)).skip
    ]


def _drawn(item: BaseItem, summary: Summary, language: Language) -> list[tuple[Part, Figure]]:
    """A drawing per part in which people chose; a pick out of many is told by who picked it."""
    shape = kind_of(item).shape(item)
    if summary.n < 1 or all(len(part.options) < 2 for part in shape):
        return []
    row = Row(language.gettext("mensen aan tafel"), summary)
    pairs = zip(shape, figures(item, [row], language), strict=True)
    return [(part, figure) for part, figure in pairs if len(part.options) > 1]


def _labels(item: BaseItem, language: Language) -> list[str]:
    """The places of an item in the order in which they are asked."""
    lines = kind_of(item).lines(item, {}, item.key, language.code)
    named = (line.label or next((one.label for one in line.fields), "") for line in lines if not line.own)
    return list(dict.fromkeys(named))


def _places(
    item: BaseItem, voices: Sequence[Voice], drawn: Sequence[tuple[Part, Figure]], language: Language
) -> tuple[Place, ...]:
    order = _labels(item, language)
    said: dict[str, list[Said]] = {}
    for voice in voices:
        stored = voice.answers.get(item.key)
        if read_answer(stored).skip:
            continue
        file = voice.files.get(item.key, "")
        for label, pieces in _by_place(told(item, stored, language), order).items():
            said.setdefault(label, []).append(Said(voice, tuple(pieces), file))
    homes: dict[str, list[tuple[Part, Figure]]] = {}
    for part, figure in drawn:
        homes.setdefault(_home(part, order, language), []).append((part, figure))
    first = [label for label in homes if label not in order]
    given = [label for label in order if label in said or label in homes]
    labels = dict.fromkeys([*first, *given, *said])
    return tuple(_place(item, label, homes.get(label, []), said.get(label, []), language) for label in labels)


def _place(
    item: BaseItem,
    label: str,
    drawn: Sequence[tuple[Part, Figure]],
    said: Sequence[Said],
    language: Language,
) -> Place:
    """A place; where it holds one choice, the names stand with the answers, and only the rest is told one by one."""
    pictures = tuple(figure for _part, figure in drawn)
    if len(drawn) != 1:
        return Place(label, pictures, said=tuple(said))
    part = drawn[0][0]
    names: dict[tuple[int, str], list[str]] = {}
    labels = {option.key: option.say(language.code) for option in part.options}
    rest: list[Said] = []
    for one in said:
        option, pieces = _taken(item, part, one.who), list(one.pieces)
        choice = next((piece for piece in pieces if not piece[0]), None)
        if option and choice:
            # 'Meer zo: we wachten' says more than 'Meer zo', and 'Plek 2' more than '2'
            words = max(labels[option], choice[1], key=len)
            names.setdefault((list(labels).index(option), words), []).append(one.who.name)
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


def _home(part: Part, order: Sequence[str], language: Language) -> str:
    """The place in which the drawing of a part stands."""
    if part.label is None:
        return order[0] if order else ""
    label = part.label.say(language.code)
    fits = [one for one in order if one and label.startswith(one)]
    if not fits and len(order) == 1:
        return order[0]
    return max(fits, key=len) if fits else label


def _difference(item: BaseItem, summary: Summary, language: Language) -> tuple[bool, str]:
    """Whether people chose differently, and where most: the widest apart first. Nothing where one person chose."""
    shape, order = kind_of(item).shape(item), _labels(item, language)
    if item.kind in COUNTED:
        return False, ""
    apart: list[tuple[int, int, str]] = []
    asked_here = 0
    for place, part in enumerate(shape):
        if len(part.options) < 2:
            continue
        counts = summary.parts.get(part.key, {})
        taken = [i for i, o in enumerate(part.options) if counts.get(o.key) and o.key not in NO_CHOICE]
        people = sum(counts.get(o.key, 0) for o in part.options if o.key not in NO_CHOICE)
        if people < 2:
            continue
        asked_here += 1
        if len(taken) > 1:
            label = _home(part, order, language) if part.label else ""
            apart.append((taken[0] - taken[-1], place, label))
    if not asked_here:
        return False, ""
    if not apart:
        return False, language.gettext("Wie hier antwoord gaf, koos hetzelfde.")
    named = [quoted(label) for _span, _place, label in sorted(apart)[:NAMED] if label]
    if not named or len(shape) == 1:
        return True, language.gettext("Hier lopen jullie antwoorden uiteen.")
    words = language.gettext("Jullie verschillen het meest bij %(places)s.")
    return True, words % {"places": _and(named, language)}


def _and(words: Sequence[str], language: Language) -> str:
    if len(words) == 1:
        return words[0]
    return language.gettext("%(most)s en %(last)s") % {"most": ", ".join(words[:-1]), "last": words[-1]}


def _bridges(item: BaseItem, summary: Summary, language: Language) -> tuple[Bridge, ...]:
    """What stood first most often in a ranking, with the working element it leads to; all of them at a tie."""
    leads: Mapping[str, str] = getattr(item, "bridges", None) or {}
    if not leads or not summary.n:
        return ()
    first = {part.key: _firsts(part, summary) for part in kind_of(item).shape(item)}
    most = max(first.values(), default=0)
    words = {option.key: option.say(language.code) for option in getattr(item, "options", ())}
    return tuple(
        Bridge(words.get(key, key), leads[key], n)
        for key, n in first.items()
        if n == most and n and key in leads
    )


def _firsts(part: Part, summary: Summary) -> int:
    return summary.parts.get(part.key, {}).get("p1", 0)

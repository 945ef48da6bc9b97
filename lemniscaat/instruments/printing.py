"""What goes on which sheet of paper: the guide, the poster, the worksheet and the cards of one instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from lemniscaat.instruments.asking import PaperLine
from lemniscaat.instruments.cards import Card, card
from lemniscaat.instruments.grammar import Cue, Instrument, Section
from lemniscaat.instruments.items import BaseItem, Text
from lemniscaat.instruments.kinds.cards import NOTE, CardsItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop

PARTS: dict[str, str] = {
    "gids": gettext_noop("Gids voor de gespreksleider"),
    "poster": gettext_noop("Poster voor op tafel"),
    "werkblad": gettext_noop("Werkblad"),
    "kaarten": gettext_noop("Kaarten om uit te knippen"),
}
PER_PAGE = 8
ACROSS = 2
PLAIN = "instruments/paper/_item.html"
"""How an item prints whose kind has no template for paper."""

FACES = {
    "roomy": (19, 13.5, 2.6),
    "normal": (16.5, 12, 2.0),
    "small": (15.5, 10.5, 1.6),
    "tiny": (14, 9.5, 1.3),
}
"""Of each size of card: the type of its title and of its questions in points, the space between them."""
CARD = 49.0
"""Millimetres on a card above its foot."""
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
"""Type sizes of a guide in points, the first that fits is taken. Smaller than 7.5 nobody reads at a table."""
TWO_PAGES = 9.5
"""The size where one page is not enough."""
ROOM = 270.0
"""Millimetres between the margins of A4."""
RULE = 14.0
POINT = 0.3528
LINE = 1.34
LETTER = 0.468
"""Mean width of a letter of the text type, in times its size."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One step of the script in words."""

    minutes: int
    say: str
    do: str
    slow: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A section as the gespreksleider sees it; `question` is the first that people get there."""

    title: str
    minutes: int
    optional: bool
    question: str
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The script on one page. `size` is a class name: `t90` is nine points."""

    stages: tuple[Stage, ...]
    size: str
    tells_origin: bool


@dataclass(frozen=True, slots=True)
class Poster:
    """The steps in few words; `size` is a class name by how many there are."""

    stages: tuple[Stage, ...]
    size: str
    lines: tuple[int, ...]
    """The lines to write the vision point on."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One item on a worksheet: its number, a blank card, its lines, and for whom it is when not for everybody."""

    number: int
    card: Card
    printed: tuple[PaperLine, ...]
    templates: tuple[str, ...]
    deck: bool
    draws: tuple[int, ...] = ()
    note: str = ""
    only: tuple[int, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section of the worksheet."""

    title: str
    optional: bool
    items: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """One card to cut out; `size` is a class name by how much stands on it. A pile has a thick edge."""

    title: str
    asks: tuple[str, ...]
    side: str
    size: str
    pile: bool = False


@dataclass(frozen=True, slots=True)
class Deck:
    """The cards of one item, eight to a page; the last page is filled up with None, to write on."""

    title: str
    pages: tuple[tuple[Face | None, ...], ...]

    @property
    def backs(self) -> tuple[tuple[Face | None, ...], ...]:
        """The pages as they lie on the back: left and right changed, for paper turned over the long side."""
        return tuple(tuple(_turned(page)) for page in self.pages)


def offered(instrument: Instrument) -> tuple[str, ...]:
    """The parts this instrument has something to print for, in order."""
    has = {
        "gids": any(section.script for section in instrument.sections),
        "poster": any(section.script for section in instrument.sections),
        "werkblad": bool(instrument.items),
        "kaarten": any(isinstance(item, CardsItem) for item in instrument.items),
    }
    return tuple(part for part in PARTS if has[part])


def stages(instrument: Instrument, language: Language = DUTCH) -> tuple[Stage, ...]:
    """The sections that have a script, in words."""
    return tuple(_stage(section, language.code) for section in instrument.sections if section.script)


def _stage(section: Section, code: str) -> Stage:
    def words(text: Text | None) -> str:
        return text.say(code) if text else ""

    def moment(cue: Cue) -> Moment:
        return Moment(cue.minutes, words(cue.say), words(cue.do), cue.slow)

    return Stage(
        title=section.title.say(code),
        minutes=sum(cue.minutes for cue in section.script),
        optional=bool(section.module),
        question=section.items[0].text.say(code) if section.items else "",
        moments=tuple(moment(cue) for cue in section.script),
    )


def guide(instrument: Instrument, language: Language = DUTCH) -> Guide:
    """The script with the largest type in which it fits on one page. What is known of the original goes along where
    there is room; the maker and the origin always do."""
    found = stages(instrument, language)
    story = len(instrument.known.say(language.code)) + len(instrument.ours.say(language.code))
    for tells in (True, False):
        for size in SIZES:
            if tells and size < 8.5:
                break
            if _height(found, instrument, size) + (_story(story, size) if tells else 0) <= ROOM:
                return Guide(found, _named(size), tells)
    return Guide(found, _named(TWO_PAGES), True)


def _named(size: float) -> str:
    return f"t{round(size * 10)}"


def _lines(letters: int, width: float, size: float) -> int:
    """How many lines so many letters take in a width in millimetres."""
    return max(1, ceil(letters * size * POINT * LETTER / width))


def _height(found: Sequence[Stage], instrument: Instrument, size: float) -> float:
    """About how many millimetres the guide takes in this size, from its head to where it comes back."""
    yields = len(instrument.yields.nl) if instrument.yields else 0
    facts = 4 + _lines(yields, 138, size) + _lines(16 * len(instrument.roles), 138, size)
    # em: title, purpose, box, headings; then a line a step; the constants are those of print-page.css
    em = 7.5 + 2.6 * _lines(len(instrument.titles.nl), 165, size * 2.3) + LINE * facts
    em += LINE * 1.12 * _lines(len(instrument.purpose.nl), 180, size * 1.12)
    for stage in found:
        em += 1.5 + sum(_rows(moment, size) * LINE + 0.68 for moment in stage.moments)
    steps = sum(len(stage.moments) for stage in found)
    return em * size * POINT + 25 + 0.15 * steps + 0.5 * len(found)


def _rows(moment: Moment, size: float) -> int:
    done = _lines(len(moment.do), 74, size) if moment.do else 0
    return max(_lines(len(moment.say), 86, size), done + moment.slow)


def _story(letters: int, size: float) -> float:
    small = size * 0.9
    return size * POINT * 1.2 + _lines(letters + 60, 180, small) * small * POINT * 1.32


def poster(instrument: Instrument, language: Language = DUTCH) -> Poster:
    """The steps for the table: the sections with a script, with the first question of each. What room is left on the
    page goes to the lines on which the vision point is written."""
    found = stages(instrument, language)
    code = language.code
    size = "few" if len(found) <= 4 else "many" if len(found) <= 6 else "crowd"
    big = {"few": (38, 15, 12.5, 13.5), "many": (32, 13, 11, 10.6), "crowd": (32, 13, 10, 8.0)}[size]
    title, purpose, question, step = big
    used = 76 if size == "few" else 66
    used += 15.2 * title / 38 * _lines(len(instrument.titles.say(code)), 172, title * 1.1)
    used += 1.3 * purpose * POINT * _lines(len(instrument.purpose.say(code)), 165, purpose)
    used += sum(
        step + (1.28 * question * POINT * _lines(len(one.question), 130, question) if one.question else 0)
        for one in found
    )
    if instrument.yields:
        used += 4 + 1.3 * 14 * POINT * _lines(len(instrument.yields.say(code)) + 17, 180, 14)
    lines = int((ROOM - used) // RULE)
    return Poster(found, size, tuple(range(min(max(lines, 2), 7))))


def worksheet(instrument: Instrument, role: str = "", language: Language = DUTCH) -> tuple[Sheet, ...]:
    """Every item, section by section, in the words for this role, numbered through."""
    numbers = {item.key: place for place, item in enumerate(instrument.items, 1)}
    return tuple(
        Sheet(
            section.title.say(language.code),
            bool(section.module),
            tuple(_printed(item, instrument, numbers, role, language) for item in section.items),
        )
        for section in instrument.sections
        if section.items
    )


def _printed(
    item: BaseItem, instrument: Instrument, numbers: dict[str, int], role: str, language: Language
) -> Printed:
    kind = kind_of(item)
    deck = isinstance(item, CardsItem) and not item.piles
    return Printed(
        number=numbers[item.key],
        card=card(item, role=role, language=language),
        printed=kind.printed(item, language.code),
        templates=(kind.paper_template, PLAIN),
        # the faces themselves are cut out; on the sheet one writes which was drawn
        deck=deck,
        draws=tuple(range(item.draw)) if isinstance(item, CardsItem) else (),
        note=_note(item, language.code),
        only=_only(item, instrument, numbers, language.code),
    )


def _note(item: BaseItem, code: str) -> str:
    return (item.note or NOTE).say(code) if isinstance(item, CardsItem) else ""


def _only(
    item: BaseItem, instrument: Instrument, numbers: dict[str, int], code: str
) -> tuple[int, tuple[str, ...]] | None:
    """The number of the question that opens this one, and the answers that do."""
    if item.show_if is None:
        return None
    options = getattr(instrument.item(item.show_if.item), "options", ())
    answers = tuple(option.say(code) for option in options if option.key in item.show_if.any_of)
    return numbers[item.show_if.item], answers


def decks(instrument: Instrument, language: Language = DUTCH) -> tuple[Deck, ...]:
    """The cards of every item that has them; a sort also gets its piles as cards to lay down."""
    return tuple(
        Deck(item.text.say(language.code), _pages(_faces(item, language.code)))
        for item in instrument.items
        if isinstance(item, CardsItem)
    )


def _faces(item: CardsItem, code: str) -> list[Face]:
    faces = []
    for one in item.cards:
        asks = tuple(ask.say(code) for ask in one.ask)
        title = one.say(code)
        faces.append(Face(title, asks, one.side.say(code) if one.side else "", _face_size(title, asks)))
    return [*faces, *(Face(pile.say(code), (), "", "roomy", pile=True) for pile in item.piles)]


def _face_size(title: str, asks: Sequence[str]) -> str:
    for name, (head, ask, gap) in FACES.items():
        height = _lines(len(title), 50, head * 1.1) * head * POINT * 1.12 + 2 * gap
        height += sum(_lines(len(one), 74, ask) * ask * POINT * 1.32 + gap for one in asks)
        if height <= CARD:
            return name
    return "tiny"


def _pages(faces: Sequence[Face]) -> tuple[tuple[Face | None, ...], ...]:
    cut = [faces[at : at + PER_PAGE] for at in range(0, len(faces), PER_PAGE)]
    return tuple((*page, *(None for _ in range(PER_PAGE - len(page)))) for page in cut)


def _turned(page: Sequence[Face | None]) -> Iterable[Face | None]:
    for at in range(0, len(page), ACROSS):
        yield from reversed(page[at : at + ACROSS])

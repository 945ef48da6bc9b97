"""What goes on which sheet of paper: the guide, the poster, the worksheet and the cards of one instrument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lemniscaat.instruments.asking import PaperLine
from lemniscaat.instruments.cards import Card, card
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.cards import CardsItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop
from lemniscaat.instruments.measures import FACES, face_size, guide_size, poster_lines, poster_size
from lemniscaat.instruments.staging import Stage, stages

PARTS: dict[str, str] = {
    "gids": gettext_noop("Gids voor de gespreksleider"),
    "poster": gettext_noop("Poster voor op tafel"),
    "werkblad": gettext_noop("Werkblad"),
    "kaarten": gettext_noop("Kaarten om uit te knippen"),
}
PER_PAGE = 8
ACROSS = 2
POINTS = 4
"""Rows for vision points where none are known yet."""
"""How an item prints whose kind has no template for paper."""


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
    template: str
    look: str = ""
    """Class names of a table: `ticked` where one ticks in it, `narrow` where it has one or two columns."""
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


def guide(instrument: Instrument, language: Language = DUTCH) -> Guide:
    """The script with the largest type in which it fits on one page. What is known of the original goes along where
    there is room; the maker and the origin always do."""
    found = stages(instrument, language)
    return Guide(found, *guide_size(found, instrument, language.code))


def poster(instrument: Instrument, language: Language = DUTCH) -> Poster:
    """The steps for the table: the sections with a script, with the first question of each. What room is left on the
    page goes to the lines on which the vision point is written."""
    # what takes no minutes is done before people sit down
    found = tuple(stage for stage in stages(instrument, language) if stage.minutes)
    lines = poster_lines(found, instrument, language.code)
    return Poster(found, poster_size(found), tuple(range(lines)))


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
    item = _with_room(item)
    kind = kind_of(item)
    return Printed(
        number=numbers[item.key],
        card=card(item, role=role, language=language),
        printed=kind.printed(item, language.code),
        template=kind.paper_template,
        look=_look(item),
        only=_only(item, instrument, numbers, language.code),
    )


def _with_room(item: BaseItem) -> BaseItem:
    """A table that waits for vision points gets rows to write them in."""
    if getattr(item, "rows_from", None) and not getattr(item, "rows", ()):
        return item.model_copy(update={"own_rows": max(POINTS, getattr(item, "own_rows", 0))})
    return item


def _look(item: BaseItem) -> str:
    columns = getattr(item, "columns", ())
    ticked = any(getattr(column, "options", ()) for column in columns)
    return " ".join([*(["ticked"] if ticked else []), *(["narrow"] if len(columns) <= 2 else [])])


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
    words = [(one, one.say(code), tuple(ask.say(code) for ask in one.ask)) for one in item.cards]
    # one type for the whole deck, that of its fullest card
    size = max((face_size(title, asks) for _, title, asks in words), key=list(FACES).index)
    faces = [Face(title, asks, one.side.say(code) if one.side else "", size) for one, title, asks in words]
    return [*faces, *(Face(pile.say(code), (), "", "roomy", pile=True) for pile in item.piles)]


def _pages(faces: Sequence[Face]) -> tuple[tuple[Face | None, ...], ...]:
    cut = [faces[at : at + PER_PAGE] for at in range(0, len(faces), PER_PAGE)]
    return tuple((*page, *(None for _ in range(PER_PAGE - len(page)))) for page in cut)


def _turned(page: Sequence[Face | None]) -> Iterable[Face | None]:
    for at in range(0, len(page), ACROSS):
        yield from reversed(page[at : at + ACROSS])

"""How much fits on a page of A4. The numbers are those of print-page.css: a measure changed there changes here."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.staging import Moment, Stage

FACES = {
    "roomy": (19.0, 13.5, 2.6),
    "normal": (16.5, 12.0, 2.0),
    "small": (15.5, 10.5, 1.6),
    "tiny": (14.0, 9.5, 1.3),
}
"""Of each size of card: the type of its title and of its questions in points, the space between them."""
CARD = 49.0
"""Millimetres on a card above its foot."""
SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
"""Type sizes of a guide in points, the first that fits is taken. Smaller than 8 nobody reads at a table."""
TWO_PAGES = 9.5
"""The size where one page is not enough."""
ROOM = 270.0
"""Millimetres between the margins of A4."""
RULE = 14.0
POINT = 0.3528
LINE = 1.34
LETTER = 0.468
"""Mean width of a letter of the text type, in times its size."""


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


def guide_size(found: Sequence[Stage], instrument: Instrument, code: str) -> tuple[str, bool]:
    """The largest type in which the script fits on one page, as a class name (`t90` is nine points), and whether
    there is room to tell what is known of the original."""
    story = len(instrument.known.say(code)) + len(instrument.ours.say(code))
    for tells in (True, False):
        for size in SIZES:
            if tells and size < 8.5:
                break
            if _height(found, instrument, size) + (_story(story, size) if tells else 0) <= ROOM:
                return _named(size), tells
    return _named(TWO_PAGES), True


def _named(size: float) -> str:
    return f"t{round(size * 10)}"


POSTERS = {
    "few": (38.0, 15.0, 12.5, 13.5, 76.0),
    "many": (32.0, 13.0, 11.0, 10.6, 66.0),
    "crowd": (32.0, 13.0, 10.0, 8.0, 66.0),
}
"""Of each size of poster: the type of title, purpose and questions, the height of a step, and what is always there."""


def poster_size(found: Sequence[Stage]) -> str:
    """The class name of a poster with so many steps."""
    return "few" if len(found) <= 4 else "many" if len(found) <= 6 else "crowd"


def poster_lines(found: Sequence[Stage], instrument: Instrument, code: str) -> int:
    """How many lines there is room for, to write the vision point on."""
    title, purpose, question, step, used = POSTERS[poster_size(found)]
    used += 0.4 * title * _lines(len(instrument.titles.say(code)), 172, title * 1.1)
    used += 1.3 * purpose * POINT * _lines(len(instrument.purpose.say(code)), 165, purpose)
    for one in found:
        used += step
        if one.question:
            used += 1.28 * question * POINT * _lines(len(one.question), 130, question)
    if instrument.yields:
        used += 4 + 1.3 * 14 * POINT * _lines(len(instrument.yields.say(code)) + 17, 180, 14)
    return min(max(int((ROOM - used) // RULE), 2), 7)


def face_size(title: str, asks: Sequence[str]) -> str:
    """The class name of the largest type in which a card holds its words."""
    for name, (head, ask, gap) in FACES.items():
        height = _lines(len(title), 50, head * 1.1) * head * POINT * 1.12 + 2 * gap
        height += sum(_lines(len(one), 74, ask) * ask * POINT * 1.28 + gap for one in asks)
        if height <= CARD:
            return name
    return "tiny"

"""What lies open at a table, part by part. The one road by which an answer leaves for other eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lemniscaat.instruments.grammar import Section
from lemniscaat.instruments.wording import ELEMENTS, language
from lemniscaat.meetings.looking import Seen, differing, look
from lemniscaat.meetings.models import Table
from lemniscaat.meetings.tables import chairs, instrument_of, may_read, meant_for_the_table, voices


@dataclass(frozen=True)
class OpenPart:
    """A part that everybody at the table may read."""

    number: int
    title: str
    section: Section
    seen: tuple[Seen, ...]
    sentence: str


def parts_laid_open(table: Table, *, script: bool = False) -> list[OpenPart]:
    """The parts that lie open, in their order; nothing of the others. `script`: also what is only said and done, once
    the part before it lies open."""
    instrument, tongue = instrument_of(table), language()
    found = []
    for number, part in enumerate(instrument.sections, 1):
        items = part.items if table.private else meant_for_the_table(part)
        told = script and not items and any(one < number for one in table.laid_open)
        if not told and not (items and may_read(table, number)):
            continue
        seen = look(items, voices(table, instrument, number), tongue)
        sentence = "" if table.private else differing(seen, tongue)
        found.append(OpenPart(number, part.title.say(tongue.code), part, seen, sentence))
    return found


def look_context(table: Table, *, leading: bool = False) -> dict[str, Any]:
    """What the page shows on which a table looks together, whoever looks."""
    return {
        "table": table,
        "seen": parts_laid_open(table, script=leading),
        "leading": leading,
        "at_table": chairs(table),
        "elements": ELEMENTS,
    }

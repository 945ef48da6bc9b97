"""What lies open at a table, part by part. The one road by which an answer leaves for other eyes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lemniscaat.instruments.grammar import Section
from lemniscaat.instruments.kinds.statements import VOTES
from lemniscaat.instruments.wording import ELEMENTS, language
from lemniscaat.meetings.clustering import Clusters
from lemniscaat.meetings.looking import Seen, differing, look
from lemniscaat.meetings.models import Chair, Table, TableState
from lemniscaat.meetings.tables import chairs, instrument_of, may_read, meant_for_the_table, voices

NOBODY = 0
"""Instead of the number of a group: before whoever sits in none lies nobody's answer."""


@dataclass(frozen=True)
class OpenPart:
    """A part that everybody at the table may read."""

    number: int
    title: str
    section: Section
    seen: tuple[Seen, ...]
    sentence: str


def parts_laid_open(table: Table, *, script: bool = False, group: int | None = None) -> list[OpenPart]:
    """The parts that lie open, in their order, of everybody or of one group; nothing of the others. `script`: also what
    is only said and done, once the part before it lies open."""
    found: list[OpenPart] = []
    if group == NOBODY:
        return found
    for number, part in enumerate(instrument_of(table).sections, 1):
        items = part.items if table.private else meant_for_the_table(part)
        told = script and not items and any(one < number for one in table.laid_open)
        if told or (items and may_read(table, number)):
            found.append(_opened(table, number, group))
    return found


def part_laid_open(table: Table, number: int, *, group: int | None = None) -> OpenPart | None:
    """One part, of everybody or of one group; None while it is hidden, and where there is no such part."""
    sections = instrument_of(table).sections
    if not 1 <= number <= len(sections) or table.hall or group == NOBODY or not may_read(table, number):
        return None
    return _opened(table, number, group)


def _opened(table: Table, number: int, group: int | None) -> OpenPart:
    instrument, tongue = instrument_of(table), language()
    part = instrument.sections[number - 1]
    items = part.items if table.private else meant_for_the_table(part)
    clusters = {item.key: Clusters.read(table.clusters.get(item.key)) for item in items}
    seen = look(items, voices(table, instrument, number, group=group), tongue, clusters)
    sentence = "" if table.private else differing(seen, tongue)
    return OpenPart(number, part.title.say(tongue.code), part, seen, sentence)


def look_context(
    table: Table,
    *,
    leading: bool = False,
    chair: Chair | None = None,
    sorting: str = "",
    group: int | None = None,
) -> dict[str, Any]:
    """What the page shows on which a table looks together, whoever looks. `chair`: where he sits, else the chair of
    who leads; `sorting`: the notes he is putting in groups; `group`: whose answers he has before him, where not all."""
    at_table = chairs(table)
    mine = (one.pk for one in at_table if one == chair or (leading and one.person_id == table.led_by_id))
    code = language().code
    return {
        "table": table,
        "seen": parts_laid_open(table, script=leading, group=group),
        "leading": leading,
        "at_table": at_table,
        "elements": ELEMENTS,
        "seat": next(mine, 0),
        "acting": not table.private and table.state != TableState.CLOSED,
        "ways": [(way.key, way.say(code)) for way in VOTES],
        "sorting": sorting,
        "apart": group is not None,
    }

"""Laying an instrument ready for use: which parts, the quick scan or all, and the vision points as rows.

And the order in which one person meets the questions, where the file asks for a random one.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from lemniscaat.instruments.grammar import Instrument, Section
from lemniscaat.instruments.items import BaseItem, Option

POINT = "punt"


def modules_of(instrument: Instrument) -> tuple[tuple[str, Section], ...]:
    """The parts that may be left out, by the name of their module; the first section of each tells its title."""
    found: dict[str, Section] = {}
    for section in instrument.sections:
        if section.module:
            found.setdefault(section.module, section)
    return tuple(found.items())


def has_quick(instrument: Instrument) -> bool:
    """Whether there is a quick scan that is shorter than the whole."""
    return 0 < sum(item.quick for item in instrument.items) < len(instrument.items)


def wants_points(instrument: Instrument) -> bool:
    """Whether rows wait for the vision points of whoever uses it."""
    return any(getattr(item, "rows_from", None) for item in instrument.items)


def prepared(
    instrument: Instrument,
    *,
    modules: Sequence[str] | None = None,
    quick: bool = False,
    points: Sequence[tuple[str, str]] = (),
) -> Instrument:
    """The instrument as it is put to use. `modules`: the optional parts to keep (None keeps all); `quick`: only the
    items of the quick scan, with the questions that open them; `points`: (Dutch, English or '') titles of the vision
    points, as rows of the tables that ask for them. Sections that hold nothing any more are left out."""
    sections = []
    kept = _kept(instrument) if quick and has_quick(instrument) else None
    rows = tuple(
        Option(key=f"{POINT}-{place}", nl=nl, en=en or None) for place, (nl, en) in enumerate(points, 1)
    )
    for section in instrument.sections:
        if section.module and modules is not None and section.module not in modules:
            continue
        items = tuple(_filled(item, rows) for item in section.items if kept is None or item.key in kept)
        if items or section.script or not section.items:
            sections.append(section.model_copy(update={"items": items, "module": None}))
    sections = sections or list(instrument.sections)
    return _with_sections(instrument, sections)


def alone(instrument: Instrument, number: int) -> Instrument:
    """One section by its number, from 1, as an instrument of its own. A question that hangs on an answer given in
    another section cannot be asked here and is left out. Raises IndexError where there is no such section."""
    if not 1 <= number <= len(instrument.sections):
        raise IndexError(f"no section {number}")
    section, keys = instrument.sections[number - 1], set[str]()
    for item in section.items:
        if item.opened_by is None or item.opened_by in keys:
            keys.add(item.key)
    items = tuple(item for item in section.items if item.key in keys)
    return _with_sections(instrument, [section.model_copy(update={"items": items})])


def _kept(instrument: Instrument) -> set[str]:
    """The keys of the quick scan, and of whatever opens one of them."""
    kept: set[str] = set()
    for item in reversed(instrument.items):
        if item.quick or item.key in kept:
            kept |= {item.key} | ({item.opened_by} if item.opened_by else set())
    return kept


def _filled(item: BaseItem, rows: tuple[Option, ...]) -> BaseItem:
    if getattr(item, "rows_from", None) and rows:
        return item.model_copy(update={"rows": (*rows, *getattr(item, "rows", ()))[:20]})
    return item


def is_random(instrument: Instrument) -> bool:
    """Whether the questions come in another order for everyone."""
    return instrument.section_order == "random" or any(s.order == "random" for s in instrument.sections)


def ordered(instrument: Instrument, seed: str) -> Instrument:
    """The instrument in the order in which one person meets it; the very same where the file asks for no random
    order. `seed` is that person's own secret, so that the order comes back after a pause and is stored nowhere."""
    if not is_random(instrument):
        return instrument
    draw = Random(seed)
    sections = [
        section.model_copy(update={"items": tuple(_shuffled(section.items, draw))})
        if section.order == "random"
        else section
        for section in instrument.sections
    ]
    if instrument.section_order == "random":
        draw.shuffle(sections)
    return _with_sections(instrument, sections)


def _with_sections(instrument: Instrument, sections: Sequence[Section]) -> Instrument:
    # from plain data and not as a copy: what is worked out once per instrument is worked out again
    plain = {name: getattr(instrument, name) for name in type(instrument).model_fields}
    return Instrument.model_construct(**{**plain, "sections": tuple(sections)})


def _shuffled(items: Sequence[BaseItem], draw: Random) -> list[BaseItem]:
    """In another order, but what an item opens stays right behind it."""
    keys = {item.key for item in items}
    trains: dict[str, list[BaseItem]] = {}
    heads: dict[str, str] = {}
    for item in items:
        opener = item.opened_by if item.opened_by in keys else None
        head = heads[opener] if opener else item.key
        heads[item.key] = head
        trains.setdefault(head, []).append(item)
    shuffled = list(trains.values())
    draw.shuffle(shuffled)
    return [item for train in shuffled for item in train]

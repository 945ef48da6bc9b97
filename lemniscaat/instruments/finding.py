"""Finding an instrument: what somebody asked for, what fits, and what to let go when nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import get_args
from urllib.parse import urlencode

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.shelf import Entry
from lemniscaat.instruments.vocabulary import ROLES, CoreActivity, Element, Layer, Situation, Way

LONGER = "meer"
SHORTEST, SHORT, LONG = "10", "20", "45"
MOST_PEOPLE = 10_000


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; empty is: no matter. The names are those of the form."""

    wat: str = ""
    element: str = ""
    kern: str = ""
    rol: str = ""
    mensen: str = ""
    tijd: str = ""
    laag: str = ""
    manier: str = ""
    reeks: str = ""

    @property
    def given(self) -> dict[str, str]:
        """What was asked for, by name, in the order of the form."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}

    @property
    def query(self) -> str:
        """The wish as it stands in an address; '' where nothing is asked."""
        return f"?{urlencode(self.given)}" if self.given else ""

    def without(self, name: str) -> Wish:
        return replace(self, **{name: ""})


KNOWN: Mapping[str, tuple[str, ...]] = {
    "wat": get_args(Situation),
    "element": get_args(Element),
    "kern": get_args(CoreActivity),
    "rol": ROLES,
    "tijd": (SHORTEST, SHORT, LONG, LONGER),
    "laag": get_args(Layer),
    "manier": get_args(Way),
}


def wish_in(given: Mapping[str, str], series: Iterable[str] = ()) -> Wish:
    """The wish in an address; what is no known word is left out."""
    known = {name: given.get(name, "") for name in KNOWN if given.get(name, "") in KNOWN[name]}
    people = given.get("mensen", "").strip()
    if people.isdecimal() and 0 < int(people[:6]) <= MOST_PEOPLE:
        known["mensen"] = str(int(people[:6]))
    if given.get("reeks", "") in set(series):
        known["reeks"] = given["reeks"]
    return Wish(**known)


def _has_time(instrument: Instrument, value: str) -> bool:
    if value == LONGER:
        return instrument.minutes > int(LONG)
    return instrument.minutes <= int(value)


def _has_room(instrument: Instrument, value: str) -> bool:
    people = int(value)
    if people == 1:
        return "alone" in instrument.ways
    size = instrument.group_size
    return size.min <= people <= (size.max or MOST_PEOPLE)


FITS: Mapping[str, Callable[[Instrument, str], bool]] = {
    "wat": lambda i, value: value in i.situations,
    "element": lambda i, value: value in i.elements,
    "kern": lambda i, value: value in i.core_activities,
    # an instrument that names no roles or layers is for all of them
    "rol": lambda i, value: not i.roles or value in i.roles,
    "mensen": _has_room,
    "tijd": _has_time,
    "laag": lambda i, value: not i.layers or value in i.layers,
    "manier": lambda i, value: value in i.ways,
    "reeks": lambda i, value: i.series == value,
}


def fits(instrument: Instrument, wish: Wish) -> bool:
    """Whether this instrument is all that was asked for."""
    return all(FITS[name](instrument, value) for name, value in wish.given.items())


@dataclass(frozen=True)
class Found:
    """One line of the list: an instrument, or the files of a series together."""

    entries: tuple[Entry, ...]
    series: str = ""
    maybe: bool = False
    """True where it is not certain that it serves the element that was asked for."""

    @property
    def entry(self) -> Entry:
        return self.entries[0]


@dataclass(frozen=True)
class Looser:
    """One part of a wish to let go, and how many lines there would be."""

    name: str
    wish: Wish
    count: int


@dataclass(frozen=True)
class Finding:
    """What a wish brings. `looser` is only filled where it brings nothing."""

    wish: Wish
    found: tuple[Found, ...]
    looser: tuple[Looser, ...] = field(default=())


def find(entries: Iterable[Entry], wish: Wish, code: str = "nl") -> Finding:
    """What fits, certain before perhaps, then the eighteen in their order, then by title."""
    every = tuple(entries)
    found = _lines(every, wish, code)
    if found:
        return Finding(wish, found)
    tries = ((name, wish.without(name)) for name in wish.given)
    loose = (Looser(name, other, len(_lines(every, other, code))) for name, other in tries)
    return Finding(wish, (), tuple(one for one in loose if one.count))


def _lines(entries: tuple[Entry, ...], wish: Wish, code: str) -> tuple[Found, ...]:
    fitting = sorted(
        (entry for entry in entries if fits(entry.instrument, wish)),
        key=lambda entry: (entry.instrument.number or 99, entry.instrument.titles.say(code).casefold()),
    )
    lines: list[Found] = []
    seen: set[str] = set()
    for entry in fitting:
        series = entry.instrument.series or ""
        if not series or wish.reeks:
            lines.append(Found((entry,), maybe=_maybe((entry,), wish)))
        elif series not in seen:
            seen.add(series)
            together = tuple(one for one in fitting if one.instrument.series == series)
            # one theme that fits is that theme, not a series of one
            lines.append(Found(together, series if len(together) > 1 else "", _maybe(together, wish)))
    return tuple(sorted(lines, key=lambda line: line.maybe))


def _maybe(entries: tuple[Entry, ...], wish: Wish) -> bool:
    if not wish.element:
        return False
    return all(entry.instrument.elements.get(wish.element) != "yes" for entry in entries)  # type: ignore[call-overload]  # any word may be asked for

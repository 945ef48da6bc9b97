"""What one can do with an instrument from its page, the most natural way first.

Rooms upstairs are shown by address: a door whose room is not there is not there either.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.shelf import Entry
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

TALKS = {"table", "live", "interview"}


@dataclass(frozen=True)
class Door:
    """A thing to do: its name, where it leads, and what happens there."""

    name: str
    words: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class Doors:
    """The one full button, what else can be done with it, and what is done with the file."""

    first: Door
    others: tuple[Door, ...]
    paper: tuple[Door, ...]


def doors(access: Access, entry: Entry, layer_id: int) -> Doors:
    """What this member can do with this instrument, seen from a layer."""
    instrument = entry.instrument
    table, own = _table(access, entry, layer_id), _own(entry, layer_id)
    asked = _round(access, entry, layer_id)
    trying = Door(
        "try",
        _("Probeer het"),
        reverse("instruments:try", args=[entry.key]),
        _("Alleen om te kijken. Er wordt niets bewaard."),
    )
    wished = (asked, table, own) if instrument.round else (table, own)
    if not instrument.round and not TALKS & set(instrument.ways):
        wished = (own,)
    ways = [door for door in (*wished, trying) if door is not None]
    return Doors(ways[0], tuple(ways[1:]), _paper(entry))


def _table(access: Access, entry: Entry, layer_id: int) -> Door | None:
    place = _where(access, Noun.MEETING, layer_id)
    url = _address("meetings:table_new", place) if place else ""
    if not url or not TALKS & set(entry.instrument.ways):
        return None
    return Door(
        "table",
        _("Gebruik aan tafel"),
        _with(url, entry),
        _("Met mensen die elkaar kennen: eerst ieder voor zich, dan samen."),
    )


def _own(entry: Entry, layer_id: int) -> Door | None:
    url = _address("meetings:own_new", layer_id) or _address("meetings:own_new")
    if not url or "alone" not in entry.instrument.ways:
        return None
    return Door("own", _("Voor mezelf"), _with(url, entry), _("Alleen jij ziet wat je schrijft."))


def _round(access: Access, entry: Entry, layer_id: int) -> Door | None:
    place = _where(access, Noun.ROUND, layer_id) if may_be_asked(entry.instrument) else None
    url = _address("collection:new", place) if place else ""
    if not url:
        return None
    return Door(
        "round",
        _("Uitzetten als ronde"),
        _with(url, entry),
        _("Anoniem, voor een groep. Je ziet uitkomsten vanaf zes mensen."),
    )


def may_be_asked(instrument: Instrument) -> bool:
    """Whether it may go out as an anonymous round: an empty frame asks nothing yet."""
    return instrument.round and bool(instrument.items) and not instrument.frame


def _paper(entry: Entry) -> tuple[Door, ...]:
    found = (
        Door("paper", _("Druk af"), _address("instruments:paper", entry.key)),
        Door("copy", _("Kopieer en pas aan"), _address("instruments:copy", entry.key)),
    )
    return tuple(door for door in found if door.url)


def _where(access: Access, noun: Noun, layer_id: int) -> int | None:
    """The layer at hand if I may do it there, else the nearest of mine where I may."""
    may = access.where(Verb.DO, noun)
    mine = [layer.id for layer in access.layers if layer.id in may]
    return layer_id if layer_id in may else next(iter(mine), None)


def _address(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _with(url: str, entry: Entry) -> str:
    return f"{url}?{urlencode({'instrument': entry.key})}"

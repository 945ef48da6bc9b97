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
    if instrument.frame:
        return _frame(access, entry)
    talk, table, own = _talk(access, entry, layer_id), _table(access, entry, layer_id), _own(entry, layer_id)
    asked = _round(access, entry, layer_id)
    wished = (asked, talk, table, own) if instrument.round else (talk, table, own)
    ways = [door for door in (*wished, _try(entry)) if door is not None]
    return Doors(ways[0], tuple(ways[1:]), _file(access, entry))


def _frame(access: Access, entry: Entry) -> Doors:
    """An empty frame is filled first; asking it would only tell that it is empty."""
    url = _address("instruments:fill", entry.key) if may_keep(access) else ""
    hint = _("Zet jullie eigen tekst in dit kader. Daarna kun je het gebruiken.")
    return Doors(
        Door("fill", _("Vul dit kader"), url, hint) if url else _try(entry), (), _file(access, entry)
    )


def _try(entry: Entry) -> Door:
    return Door(
        "try",
        _("Probeer het"),
        reverse("instruments:try", args=[entry.key]),
        _("Alleen om te kijken. Er wordt niets bewaard."),
    )


def _talk(access: Access, entry: Entry, layer_id: int) -> Door | None:
    place = _where(access, Noun.MEETING, layer_id)
    url = _address("meetings:plan", place) if place else ""
    if not url or not TALKS & set(entry.instrument.ways):
        return None
    return Door(
        "talk",
        _("Leid als gesprek"),
        _with(url, entry),
        _("Stap voor stap, met een scherm voor iedereen. Eerst ieder alleen, dan samen."),
    )


def _table(access: Access, entry: Entry, layer_id: int) -> Door | None:
    place = _where(access, Noun.MEETING, layer_id)
    url = _address("meetings:table_new", place) if place else ""
    if not url or not TALKS & set(entry.instrument.ways):
        return None
    return Door(
        "table",
        _("Gebruik aan tafel"),
        _with(url, entry),
        _("In eigen tempo, met mensen die elkaar kennen: eerst ieder voor zich, dan samen."),
    )


def _own(entry: Entry, layer_id: int) -> Door | None:
    url = _address("meetings:own_new", layer_id)
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


def may_keep(access: Access) -> bool:
    """Whether this member may keep an instrument of their own somewhere."""
    mine = {layer.id for layer in access.layers}
    return bool(mine & access.where(Verb.DO, Noun.ROUND))


def _file(access: Access, entry: Entry) -> tuple[Door, ...]:
    """What is done with the instrument itself: printed, copied, changed, taken along."""
    key, copied = entry.key, entry.source == "copy"
    adapts = copied and entry.layer_id is not None and access.may(Verb.DO, Noun.ROUND, entry.layer_id)
    found = (
        Door("paper", _("Druk af"), _address("instruments:paper", key)),
        Door("adapt", _("Pas aan"), _address("instruments:adapt", key) if adapts else ""),
        Door("difference", _("Wat is er anders?"), _address("instruments:difference", key) if copied else ""),
        Door(
            "copy",
            _("Kopieer en pas aan"),
            ""
            if copied or entry.instrument.frame or not may_keep(access)
            else _address("instruments:copy", key),
        ),
        Door("file", _("Neem mee als bestand"), _address("instruments:file", key)),
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

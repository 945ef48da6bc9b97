"""What a page of the cabinet says about an instrument, in words ready to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lemniscaat.instruments import wording
from lemniscaat.instruments.cards import Card, card
from lemniscaat.instruments.finding import Finding, Found, Wish
from lemniscaat.instruments.grammar import Instrument, Section
from lemniscaat.instruments.items import BaseItem, asked
from lemniscaat.instruments.language import Language
from lemniscaat.instruments.vocabulary import ROLES
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.queries import role_name

LOOK = 2
IN_A_LINE = 2
"""How many roles the list names."""
NAMED = "kijk"


@dataclass(frozen=True)
class Question:
    """One question of the form that finds: its words and its answers."""

    words: str
    any: str
    labels: Mapping[str, str]

    @property
    def options(self) -> list[tuple[str, str]]:
        return list(self.labels.items())

    def label(self, value: str) -> str:
        return self.labels.get(value, value)


class _People(Question):
    def label(self, value: str) -> str:
        return ngettext("%(n)d mens", "%(n)d mensen", int(value)) % {"n": int(value)}


def names_of(partnership: Partnership) -> dict[str, Question]:
    """The questions of the form by name, in its order."""

    def said(labels: wording.Labels) -> dict[str, str]:
        return {key: str(name) for key, name in labels.items()}

    return {
        "wat": Question(_("Wat speelt er?"), _("Wat dan ook"), said(wording.SITUATIONS)),
        "element": Question(_("Werkend element"), _("Alle"), said(wording.ELEMENTS)),
        "kern": Question(_("Kernactiviteit"), _("Alle"), said(wording.activities(partnership))),
        "rol": Question(
            _("Wie doet mee"),
            _("Iedereen"),
            {role: role_name(partnership, role).capitalize() for role in ROLES},
        ),
        "mensen": _People(_("Met hoeveel mensen"), "", {}),
        "tijd": Question(_("Hoeveel tijd heb je"), _("Maakt niet uit"), said(wording.MINUTES)),
        "laag": Question(_("Op welke laag"), _("Alle"), said(wording.LAYERS)),
        "manier": Question(_("Op welke manier"), _("Maakt niet uit"), said(wording.WAYS)),
        "reeks": Question(_("Reeks"), _("Alle"), said(wording.SERIES)),
    }


@dataclass(frozen=True)
class Chosen:
    """One thing that was asked for, and the address without it."""

    name: str
    label: str
    rest: Wish


def chosen(wish: Wish, names: Mapping[str, Question]) -> list[Chosen]:
    """What was asked for, in words, each with what remains without it."""
    return [Chosen(name, names[name].label(value), wish.without(name)) for name, value in wish.given.items()]


@dataclass(frozen=True)
class Line:
    """One line of the list, with its facts in words."""

    found: Found
    title: str
    purpose: str
    facts: tuple[str, ...]
    of_whom: str = ""
    """The layer that a copy is of."""


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[Line, ...]


def groups(access: Access, finding: Finding) -> list[Group]:
    """The list in a few parts that say what kind of thing they hold; empty parts are left out."""
    code = wording.language().code
    parts: dict[str, list[Line]] = {
        _("Van jullie zelf"): [],
        _("Van de achttien"): [],
        _("Vragenlijsten en peilingen"): [],
        _("En verder"): [],
    }
    own, eighteen, rounds, others = parts
    for found in finding.found:
        instrument = found.entry.instrument
        if found.entry.source == "copy":
            name = own
        elif instrument.number:
            name = eighteen
        else:
            name = rounds if instrument.round else others
        parts[name].append(_line(access, found, code))
    return [Group(title, tuple(lines)) for title, lines in parts.items() if lines]


def _line(access: Access, found: Found, code: str) -> Line:
    instruments = [entry.instrument for entry in found.entries]
    one = instruments[0]
    if found.series:
        roles = tuple(dict.fromkeys(role for i in instruments for role in i.roles))
        return Line(
            found,
            wording.series_title(found.series),
            str(wording.SERIES_PURPOSE.get(found.series, "")),
            (
                wording.time_in_words(one),
                wording.for_whom(access.partnership, roles, IN_A_LINE),
                wording.ways_in_words(one),
            ),
        )
    facts = (
        wording.time_in_words(one),
        wording.for_whom(access.partnership, one.roles, IN_A_LINE),
        wording.ways_in_words(one),
    )
    place = access.tree.layers.get(found.entry.layer_id or 0)
    return Line(found, one.titles.say(code), one.purpose.say(code), facts, place.name if place else "")


def opening(access: Access, instrument: Instrument) -> list[tuple[str, str]]:
    """For whom and how, as pairs of a label and words; empty ones are left out."""

    def said(labels: wording.Labels, keys: tuple[str, ...]) -> str:
        return ", ".join(wording.label(labels, key) for key in keys)

    elements = [
        name if sure == "yes" else _("misschien %(name)s") % {"name": name}
        for key, sure in instrument.elements.items()
        for name in [wording.label(wording.ELEMENTS, key)]
    ]
    pairs = [
        (_("Voor wie"), wording.for_whom(access.partnership, instrument.roles)),
        (_("Met hoeveel"), wording.group_in_words(instrument.group_size)),
        (_("Hoe lang"), "" if instrument.frame else wording.time_in_words(instrument)),
        (_("Hoe"), wording.ways_in_words(instrument)),
        (_("Op welke laag"), said(wording.LAYERS, instrument.layers)),
        (_("Werkend element"), ", ".join(elements)),
        (_("Kernactiviteit"), said(wording.activities(access.partnership), instrument.core_activities)),
        (_("Waarborg"), said(wording.WAARBORGEN, instrument.waarborgen)),
    ]
    return [(name, words) for name, words in pairs if words]


@dataclass(frozen=True)
class Inside:
    """A part of the instrument: its section, its minutes and its questions with what one does there."""

    section: Section
    minutes: int
    questions: tuple[tuple[str, str], ...]


def inside(instrument: Instrument, language: Language) -> tuple[Inside, ...]:
    """The instrument part by part, to read before using it."""
    return tuple(
        Inside(
            section,
            sum(cue.minutes for cue in section.script),
            tuple(
                (asked(item, "", language.code), wording.label(wording.KINDS, item.kind))
                for item in section.items
            ),
        )
        for section in instrument.sections
    )


def look(instrument: Instrument, language: Language) -> tuple[Card, ...]:
    """The first cards as they come on a screen: of different kinds where there are."""
    first: dict[str, BaseItem] = {}
    for item in instrument.items:
        first.setdefault(item.kind, item)
    return tuple(
        card(item, name=f"{NAMED}.{item.key}", language=language) for item in list(first.values())[:LOOK]
    )

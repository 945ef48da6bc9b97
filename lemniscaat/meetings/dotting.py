"""Dots on a wall: everybody lays a few, on one note or group or on several. Notes may be weighed, people never.

Kept per person and item: `{"schema_version": 1, "on": {key: number}}`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lemniscaat.instruments.language import DUTCH, Language, quoted
from lemniscaat.meetings.differing import listed

SCHEMA_VERSION = 1
MOST = 3
"""So many dots everybody has for one item."""
NAMED = 3
"""So many notes that got equally many are still named."""
LONGEST = 60
"""So much of a note is said in a sentence."""


@dataclass(frozen=True)
class Dots:
    """Where one person laid his dots: how many on each note or group, by its key."""

    on: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, raw: Any) -> Dots:
        """From the JSON column; what does not fit, and more dots than somebody has, is left out."""
        on = raw.get("on") if isinstance(raw, dict) else None
        kept: dict[str, int] = {}
        for key, n in on.items() if isinstance(on, dict) else ():
            if type(n) is int and 0 < n <= MOST - sum(kept.values()):
                kept[str(key)] = n
        return cls(kept)

    def stored(self) -> dict[str, Any]:
        """For the JSON column."""
        return {"schema_version": SCHEMA_VERSION, "on": dict(self.on)}

    @property
    def left(self) -> int:
        """How many this person still has in hand."""
        return MOST - sum(self.on.values())

    def among(self, allowed: Collection[str]) -> Dots:
        """Only what lies on these; a dot on a note that is gone is in hand again."""
        return Dots({key: n for key, n in self.on.items() if key in allowed})

    def cast(self, key: str, by: int, allowed: Collection[str]) -> Dots:
        """With one dot more (+1) or less (-1) on a note; the same where it is not there or no dot is left."""
        now = self.among(allowed)
        n = now.on.get(key, 0) + by
        if key not in allowed or by not in (1, -1) or n < 0 or by > now.left:
            return now
        on = {one: old for one, old in now.on.items() if one != key}
        return Dots(on | ({key: n} if n else {}))


@dataclass(frozen=True)
class Weight:
    """A note or group as it hangs, and how many dots lie on it."""

    key: str
    name: str
    n: int


@dataclass(frozen=True)
class Weighed:
    """The wall with its dots: as it hangs and by weight, and what that says."""

    in_order: tuple[Weight, ...] = ()
    by_weight: tuple[Weight, ...] = ()
    sentence: str = ""


def counted(everybody: Iterable[Dots], keys: Iterable[str]) -> dict[str, int]:
    """How many dots lie on each of these, in their order; 0 where none does."""
    found = dict.fromkeys(keys, 0)
    for dots in everybody:
        for key, n in dots.on.items():
            if key in found:
                found[key] += n
    return found


def heaviest(
    wall: Sequence[tuple[str, str]], everybody: Iterable[Dots], language: Language = DUTCH
) -> Weighed:
    """The wall, (key, name) as it hangs, weighed by everybody's dots. Equal weights stay in the order of the wall."""
    counts = counted(everybody, (key for key, _name in wall))
    in_order = tuple(Weight(key, name, counts[key]) for key, name in wall)
    by_weight = tuple(sorted(in_order, key=lambda one: -one.n))
    return Weighed(in_order, by_weight, _sentence(by_weight, language))


def _sentence(by_weight: Sequence[Weight], language: Language) -> str:
    """Where most dots lie, what comes then, and a question about what got none."""
    laid = [one for one in by_weight if one.n]
    if not laid:
        return language.gettext("Er liggen nog geen stippen.")
    first = [one for one in laid if one.n == laid[0].n]
    rest = laid[len(first) :]
    then = [one for one in rest if one.n == rest[0].n]
    if len(first) > NAMED:
        words = language.gettext("De stippen liggen verspreid.")
    elif not rest:
        words = language.gettext("Alle stippen liggen bij %(first)s.")
    elif len(then) > NAMED:
        words = language.gettext("De meeste stippen liggen bij %(first)s.")
    else:
        words = language.gettext("De meeste stippen liggen bij %(first)s, daarna bij %(then)s.")
    said = words % {"first": _named(first, language), "then": _named(then, language)}
    if len(laid) < len(by_weight):
        said += " " + language.gettext("Waar ligt er geen, en is het toch belangrijk?")
    return said


def _named(weights: Sequence[Weight], language: Language) -> str:
    return listed([f"{quoted(_short(one.name))} ({one.n})" for one in weights], language) if weights else ""


def _short(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"

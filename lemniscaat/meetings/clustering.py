"""Notes side by side, in groups that the table names itself; without groups as they hang in their columns.

Kept per item: `{"names": [[key, name], ...], "at": {"<chair>.<place>": key}}`. A note that is in no group is not in
`at`. A group cuts across the columns: where a note hung stays written on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lemniscaat.instruments.answers import read_answer
from lemniscaat.instruments.kinds.notes import NotesItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.kinds.rowwise import AT
from lemniscaat.instruments.language import Language
from lemniscaat.meetings.dotting import Dots, heaviest
from lemniscaat.meetings.places import Voice

MOST = 12
LONGEST = 60


@dataclass(frozen=True)
class Clusters:
    """The groups of one item, by key in the order in which they were named; and in which of them each note is."""

    names: Mapping[str, str] = field(default_factory=dict)
    at: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, raw: Any) -> Clusters:
        """From the JSON column; what is not there or does not fit is left out."""
        if not isinstance(raw, dict):
            return cls()
        names = {str(key): str(name) for key, name in raw.get("names", ())}
        return cls(names, {str(n): str(key) for n, key in raw.get("at", {}).items() if str(key) in names})

    def stored(self) -> dict[str, Any]:
        """For the JSON column."""
        return {"names": [[key, name] for key, name in self.names.items()], "at": dict(self.at)}

    def moved(self, note: str, key: str) -> Clusters:
        """With one note in another group; in none where there is no such group."""
        at = {one: group for one, group in self.at.items() if one != note}
        return replace(self, at=at | ({note: key} if key in self.names else {}))

    def named(self, key: str, name: str) -> Clusters:
        """With another name for a group. Without a name it is no group: its notes are free again."""
        name = tidied(name)
        if key not in self.names or self._taken(name, key):
            return self
        names = {one: (name if one == key else old) for one, old in self.names.items()}
        if not name:
            names.pop(key)
        return Clusters(names, {note: group for note, group in self.at.items() if group in names})

    def added(self, name: str) -> Clusters:
        """With one more group; the same where it has no name, a name that is there, or when there are enough."""
        name = tidied(name)
        if not name or self._taken(name) or len(self.names) >= MOST:
            return self
        number = max((int(key[1:]) for key in self.names if key[1:].isdecimal()), default=0) + 1
        return replace(self, names={**self.names, f"g{number}": name})

    def without(self, chair: int) -> Clusters:
        """Without the notes of somebody who left."""
        return replace(self, at={n: key for n, key in self.at.items() if not n.startswith(f"{chair}.")})

    def _taken(self, name: str, but: str = "") -> bool:
        return any(old.casefold() == name.casefold() for key, old in self.names.items() if key != but)


@dataclass(frozen=True)
class Note:
    """One note as it hangs: who wrote it, in which column, in which group."""

    key: str
    words: str
    who: Voice
    column: str = ""
    group: str = ""
    dots_by: Mapping[int, int] = field(default_factory=dict)
    """How many dots each chair laid on it."""

    @property
    def dots(self) -> int:
        """How many dots lie on it."""
        return sum(self.dots_by.values())


@dataclass(frozen=True)
class Group:
    """Notes under one name; without a name where there is nothing to tell them apart by. `key` is empty for notes that
    are in no group."""

    name: str
    notes: tuple[Note, ...]
    key: str = ""


@dataclass(frozen=True)
class Wall:
    """All notes of one item, and the names of the groups that were made."""

    groups: tuple[Group, ...]
    names: tuple[tuple[str, str], ...] = ()
    sentence: str = ""
    """Where most dots lie; empty where there are none."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note, in the order in which they hang."""
        return tuple(note for group in self.groups for note in group.notes)

    @property
    def full(self) -> bool:
        """Whether there are as many groups as one can still read."""
        return len(self.names) >= MOST


def wall(item: NotesItem, voices: Sequence[Voice], clusters: Clusters, language: Language) -> Wall:
    """The notes of an item in their groups, the rest last; in their columns while there are no groups."""
    notes = [note for voice in voices for note in _notes(item, voice, clusters, language)]
    laid = {voice.chair: Dots.read(voice.dots.get(item.key)).on for voice in voices}
    notes = [
        replace(note, dots_by={chair: on[note.key] for chair, on in laid.items() if note.key in on})
        for note in notes
    ]
    groups: list[tuple[str, str, list[Note]]]
    if clusters.names:
        groups = [(key, name, [n for n in notes if n.group == key]) for key, name in clusters.names.items()]
        free = [note for note in notes if not note.group]
        groups += [("", language.gettext("Zonder groep"), free)] if free else []
    elif item.columns:
        labels = [column.say(language.code) for column in item.columns]
        groups = [
            ("", label, found) for label in labels if (found := [n for n in notes if n.column == label])
        ]
    else:
        groups = [("", "", notes)] if notes else []
    found_groups = tuple(Group(name, tuple(found), key) for key, name, found in groups)
    return Wall(found_groups, tuple(clusters.names.items()), _weight(notes, voices, item, language))


def _weight(notes: Sequence[Note], voices: Sequence[Voice], item: NotesItem, language: Language) -> str:
    """Where most dots lie, in a sentence; empty where nobody laid one."""
    everybody = [Dots.read(voice.dots.get(item.key)) for voice in voices]
    if not any(note.dots for note in notes):
        return ""
    return heaviest([(note.key, note.words) for note in notes], everybody, language).sentence


def _notes(item: NotesItem, voice: Voice, clusters: Clusters, language: Language) -> list[Note]:
    value = read_answer(voice.answers.get(item.key)).value
    if value is None or not kind_of(item).readable(item, value):
        return []
    columns = {column.key: column.say(language.code) for column in item.columns}
    keys = [f"{voice.chair}.{place}" for place in range(1, len(value) + 1)]
    return [
        Note(key, note["text"], voice, columns.get(note.get(AT, ""), ""), clusters.at.get(key, ""))
        for key, note in zip(keys, value, strict=True)
    ]


def tidied(name: str) -> str:
    """A name on one line."""
    return " ".join(name.split())[:LONGEST].strip()

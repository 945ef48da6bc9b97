"""The critical reflection on one page: which sentences of an account stand on one sheet, and in whose words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

WIDTH = 80
"""So many signs stand on one line of the sheet."""
LINES = 44
"""So many lines it holds under its title."""
_HEAD = 2
"""What the name of a vision point takes, with the white around it."""
_FIRST = ("became", "agreement", "meaning", "not", "shared", "assumption", "heard", "returned", "weighed")
"""What tells most of a year comes first: an agreement that came back, and what it rests on."""


@dataclass(frozen=True)
class Line:
    """One sentence of an account. `key` is its name in an address; `on`: the meaning under an agreement, or 0."""

    key: str
    title: str
    kind: str
    text: str
    dissent: str
    noun: str
    noun_id: int
    url: str
    on: int = 0
    taken_back: bool = False
    """Whether it tells of a share that was taken back later."""
    recorded: str = ""
    """How it was recorded, where it stands here in words that somebody chose for this page."""

    @property
    def height(self) -> int:
        """How many lines it takes on paper, its other voice with it."""
        return rows(self.text) + rows(self.dissent)


@dataclass(frozen=True)
class Chosen:
    """What somebody put on the page: the keys, with own words where these were written."""

    words: Mapping[str, str]
    proposed: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any], content: Mapping[str, Any], around: int) -> Chosen:
        """From what is kept with an account; a proposal where nobody chose yet. `around`: the height of the words
        around the sentences."""
        if "lines" not in kept:
            return cls(dict.fromkeys(proposal(every(content), LINES - around), ""), proposed=True)
        return cls({str(one["key"]): str(one["text"]) for one in kept["lines"]})

    def kept(self) -> dict[str, Any]:
        """As plain JSON."""
        lines = [{"key": key, "text": text} for key, text in self.words.items()]
        return {"schema_version": 1, "lines": lines}


def every(content: Mapping[str, Any]) -> list[Line]:
    """All sentences of an account in their order, each with a key that stays the same when it is composed again."""
    seen: Counter[str] = Counter()
    found = []
    for section in content.get("sections", []):
        for one in section["sentences"]:
            name = f"{one['kind']}-{one['noun_id']}"
            seen[name] += 1
            key = name if seen[name] == 1 else f"{name}-{seen[name]}"
            fields = ("kind", "text", "dissent", "noun", "noun_id", "url")
            later = {"on": one.get("on", 0), "taken_back": one.get("taken_back", False)}
            found.append(Line(key, section["title"], **{f: one[f] for f in fields}, **later))
    return found


def on_page(content: Mapping[str, Any], chosen: Chosen) -> list[Line]:
    """The sentences that were chosen, as they read on the page: what was agreed under what it meant, and in own words
    where somebody chose these."""
    lines = _as_a_story([line for line in every(content) if line.key in chosen.words])
    own = {line.key: chosen.words[line.key] for line in lines}
    return [replace(one, text=own[one.key], recorded=one.text) if own[one.key] else one for one in lines]


def _as_a_story(lines: Sequence[Line]) -> list[Line]:
    """Each agreement right under the meaning on which it was made, where that stands here."""
    said = {(line.title, line.noun_id): at for at, line in enumerate(lines) if line.noun == "interpretation"}
    under = {at: said.get((line.title, line.on), at) if line.on else at for at, line in enumerate(lines)}
    return [lines[at] for at in sorted(under, key=lambda at: (under[at], at))]


def sections(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines under the names of their vision points."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.title, []).append(line)
    return list(found.items())


def height(lines: Sequence[Line]) -> int:
    """How many lines these sentences take on paper, with the names above them."""
    return sum(line.height for line in lines) + _HEAD * len({line.title for line in lines})


def around(foreword: str, lessons: str) -> int:
    """How many lines the words around the sentences take."""
    return rows(foreword) + (rows(lessons) + _HEAD if lessons.strip() else 0)


def rows(text: str) -> int:
    """How many lines a text takes on the sheet."""
    return sum(max(1, ceil(len(part) / WIDTH)) for part in text.strip().splitlines())


def proposal(lines: Sequence[Line], room: int) -> list[str]:
    """The keys of what tells most and fits: of every vision point one agreement that came back with the meaning under
    it, then what else there is room for, newest first."""
    taken: dict[str, Line] = {}
    for line in _in_order(lines):
        if height([*taken.values(), line]) <= room:
            taken[line.key] = line
    return [line.key for line in lines if line.key in taken]


def _in_order(lines: Sequence[Line]) -> Iterator[Line]:
    told = sections(lines)
    for _title, here in told:
        yield from _thread(here)
    for kind in _FIRST:
        for _title, here in told:
            yield from reversed([line for line in here if line.kind == kind])


def _thread(lines: Sequence[Line]) -> Iterator[Line]:
    """The newest agreement that came back, else the newest of all: as it was made, what came of it, and its meaning."""
    made = [line for line in lines if line.noun == "agreement"]
    last = next((line for line in reversed(made) if line.kind == "became"), made[-1] if made else None)
    if last is None:
        return
    yield from (one for one in lines if one.noun == "interpretation" and one.noun_id == last.on)
    yield from (one for one in made if one.noun_id == last.noun_id and one.kind != "weighed")

"""A file of figures laid beside what stands: what is new, changed or the same, and what is wrong. Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lemniscaat.base import clock
from lemniscaat.datapoints.models import About, Figure, Indicator
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.facts import Reading, read_facts
from lemniscaat.figures.places import Places
from lemniscaat.figures.sheltering import FEW, FEW_ANSWERS, Cell, tellable
from lemniscaat.figures.standing import brought_by, known_indicators, seen, standing, state_of
from lemniscaat.figures.told_beside import Beside, Subject
from lemniscaat.figures.values import SPREAD, Fact, Fault
from lemniscaat.figures.waiting import File, Meaning, may_bring
from lemniscaat.people.access import Access
from lemniscaat.people.tables import plain

NEW, CHANGED, SAME = "new", "changed", "same"
Key = tuple[str, int, Span]
"""A figure is the only one of its name, layer and period."""


@dataclass(frozen=True)
class Line:
    """One figure of the file beside the one that stands."""

    fact: Fact
    layer_id: int
    span: Span
    indicator_id: int | None
    state: str
    before: dict[str, Any] | None
    after: dict[str, Any]
    kept_back: bool = False
    readable: bool = True
    """Whether I may read what stood there: my layer, or a figure that I brought myself."""

    @property
    def key(self) -> Key:
        return (plain(self.fact.name), self.layer_id, self.span)


@dataclass(frozen=True)
class Preview:
    """What a file would do. Every row is in a line or in a fault."""

    reading: Reading
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    redefined: tuple[str, ...] = ()

    def count(self, state: str) -> int:
        """How many figures are in this state."""
        return sum(line.state == state for line in self.lines)

    @property
    def blocking(self) -> tuple[Fault, ...]:
        """What must be mended or left out on purpose."""
        return tuple(fault for fault in self.faults if not fault.aside)

    @property
    def aside(self) -> tuple[Fault, ...]:
        """What is left out and only said."""
        return tuple(fault for fault in self.faults if fault.aside)

    @property
    def does_something(self) -> bool:
        return any(line.state != SAME for line in self.lines)


def about_of(kind: str, meaning: Meaning, known: Indicator | None) -> str:
    """Whether a figure is about people, about answers they gave, or about things; people where nobody said."""
    if known is not None:
        return known.about
    if kind == SPREAD:
        return About.ANSWERS
    if meaning.about in About.values:
        return meaning.about
    return About.THINGS if kind in {"number", "yes_no"} else About.PEOPLE


def least_of(about: str) -> int:
    """From how many people on such a figure is told; 0 where it is about no people."""
    return {About.PEOPLE: FEW, About.ANSWERS: FEW_ANSWERS}.get(About(about), 0)


def changes_meaning(known: Indicator, meaning: Meaning) -> bool:
    """Whether this definition is another one than stands; an empty one leaves it as it is."""
    told = " ".join(meaning.definition.split())
    unit = " ".join(meaning.unit.split())
    return bool(told and told != " ".join(known.definition.split())) or bool(unit and unit != known.unit)


def lay_beside(*, access: Access, file: File) -> Preview:
    """Lay a file beside what stands. Raises NoFiguresError when there is nothing to take in.

    A line says whether I may read what stood there: bringing figures for a layer opens nothing of it.
    """
    reading = read_facts(file.sheet, file.choice, title=file.told.title, period=file.told.span)
    return _Beside(access, file).lay(renamed(reading, file.told.names))


def renamed(reading: Reading, names: Mapping[str, str]) -> Reading:
    """The same figures under the names that were given to them."""
    facts = tuple(replace(fact, name=names.get(fact.name, fact.name)) for fact in reading.facts)
    told = dict.fromkeys((names.get(name, name), kind) for name, kind in reading.names)
    return replace(reading, facts=facts, names=tuple(told))


class _Beside:
    def __init__(self, access: Access, file: File) -> None:
        self.access, self.file, self.told = access, file, file.told
        self.allowed = may_bring(access)
        self.places = Places(access, self.allowed, self.told.aliases)
        self.known = known_indicators(access.partnership)
        self.seen_layers = seen(access)
        self.rows: dict[tuple[int, int, Span], Figure] = {}
        self.brought: set[tuple[int, int, Span]] = set()
        self.faults: list[Fault] = []
        self.seen: dict[Key, int] = {}

    def lay(self, reading: Reading) -> Preview:
        # what the file is not about costs nothing
        about = [row for name, _kind in reading.names if (row := self.known.get(plain(name)))]
        self.rows = standing(self.access.partnership, about)
        self.brought = brought_by(self.access, about)
        refused = self._not_mine(reading)
        facts = [fact for fact in reading.facts if plain(fact.name) not in refused]
        lines = [line for fact in facts if (line := self._line(fact)) is not None]
        sheltered = self._sheltered(lines)
        redefined = tuple(
            name
            for name, _ in reading.names
            if (known := self.known.get(plain(name))) and changes_meaning(known, self._meaning(name))
        )
        faults = sorted([*reading.faults, *self.faults], key=lambda one: one.line)
        return Preview(reading, tuple(sheltered), tuple(dict.fromkeys(faults)), redefined)

    def _meaning(self, name: str) -> Meaning:
        return self.told.meanings.get(name, Meaning())

    def _not_mine(self, reading: Reading) -> set[str]:
        """Names whose definition others share and I would change, or that were another kind of figure."""
        refused = set()
        for name, kind in reading.names:
            known = self.known.get(plain(name))
            if known is None:
                continue
            where = {place for (pk, place, _), _row in self.rows.items() if pk == known.pk}
            lines = [fact.line for fact in reading.facts if fact.name == name]
            if known.kind != kind and where:
                refused.add(plain(name))
                self.faults += [Fault(line, "other kind", name) for line in lines]
            elif changes_meaning(known, self._meaning(name)) and not where <= self.allowed:
                refused.add(plain(name))
                self.faults += [Fault(line, "not your definition", name, known.owner) for line in lines]
        return refused

    def _line(self, fact: Fact) -> Line | None:
        layer, when = self._where(fact), fact.span
        if layer is None:
            return None
        if when is None:
            self.faults.append(Fault(fact.line, "no period", fact.name))
            return None
        known = self.known.get(plain(fact.name))
        meaning = self._meaning(fact.name)
        about = about_of(fact.value.kind, meaning, known)
        if fact.value.people < least_of(about):
            problem = "too few answers" if about == About.ANSWERS else "too few"
            self.faults.append(Fault(fact.line, problem, str(fact.value.people), fact.name, aside=True))
            return None
        key = (plain(fact.name), layer, when)
        if key in self.seen:
            self.faults.append(Fault(fact.line, "twice", str(self.seen[key]), fact.name))
            return None
        self.seen[key] = fact.line
        return self._beside(fact, layer, when, known, meaning)

    def _beside(self, fact: Fact, layer: int, when: Span, known: Indicator | None, meaning: Meaning) -> Line:
        row = self.rows.get((known.pk, layer, when)) if known else None
        version = 1 if known is None else known.version + changes_meaning(known, meaning)
        before = None if row is None else state_of(row)
        after = {
            **fact.value.stored(),
            "version": version,
            # what hangs somewhere stays there when the file says nothing of it
            "criterion": self.told.criterion or (before["criterion"] if before else None),
            "source": (self.told.source or (known.source if known else ""))[:200],
        }
        told = {name: value for name, value in (before or {}).items() if name != "title"}
        state = NEW if before is None else SAME if told == after else CHANGED
        pk = known.pk if known else 0
        readable = layer in self.seen_layers or (pk, layer, when) in self.brought
        return Line(fact, layer, when, pk or None, state, before, after, readable=readable)

    def _where(self, fact: Fact) -> int | None:
        if not fact.place and not fact.code:
            if self.told.place in self.allowed:
                return self.told.place
            self.faults.append(Fault(fact.line, "no place"))
            return None
        layer, fault = self.places.find(fact.line, fact.place, fact.code)
        if fault is not None:
            self.faults.append(fault)
        return layer

    def _sheltered(self, lines: list[Line]) -> list[Line]:
        """The same lines, those marked that would be kept without being told."""
        groups: defaultdict[tuple[str, Span], list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            groups[plain(line.fact.name), line.span].append(at)
        told = Beside(self.access.partnership)
        found = list(lines)
        for (name, when), at_all in groups.items():
            known = self.known.get(name)
            first = lines[at_all[0]]
            about = about_of(first.fact.value.kind, self._meaning(first.fact.name), known)
            if not least_of(about):
                continue
            rows = {
                place: row
                for (pk, place, one), row in self.rows.items()
                if known and pk == known.pk and one == when
            }
            shown = self._tellable(rows, {lines[at].layer_id: lines[at] for at in at_all}, when, about, told)
            for at in at_all:
                found[at] = replace(lines[at], kept_back=lines[at].layer_id not in shown)
        return found

    def _tellable(
        self, rows: dict[int, Figure], mine: dict[int, Line], when: Span, about: str, beside_: Beside
    ) -> frozenset[int]:
        people = {place: row.part if row.whole is None else row.whole for place, row in rows.items()}
        people |= {place: line.fact.value.people for place, line in mine.items()}
        touched = {place for place, line in mine.items() if line.state != SAME}
        told = {place for place, row in rows.items() if not row.data_point.kept_back} - touched
        cells = [
            Cell(place, *beside_.nesting.of(place, when.last, clock.today()), number)
            for place, number in people.items()
        ]
        shown = tellable(cells, told=told, ask=touched, least=least_of(about))
        first = next(iter(mine.values()))
        hung = {row.data_point.criterion_id for row in rows.values()} | {
            one.after["criterion"] for one in mine.values()
        }
        subject = Subject(frozenset(pk for pk in hung if pk), first.fact.name, when)
        return beside_.of_file(cells, subject, about, told=told, shown=shown)

"""Is what we know rich enough to decide? From facts to what is there and what is missing. Knows no database.

No score comes out: only what was heard, when, in which ways, and which needs of this size of decision are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from lemniscaat.year.coverage import HARD, SOFT, Ear, Fact, Heard, coverage

LEARN, POOL, DECIDE = "learn", "pool", "decide"
FEWEST = 5
"""What may only be used together with others counts from so many people on, and from two sources."""
FRESH = timedelta(days=365)
OLD = timedelta(days=730)
"""What is older says nothing about now; it counts no more."""
TOGETHER = "together"
EVERYBODY = 99


class Size(StrEnum):
    """How much hangs on a decision."""

    SMALL = "small"
    YEAR = "year"
    YEARS = "years"


class Need(StrEnum):
    """What a decision may still lack, in the order in which it is told."""

    SECOND = "second"
    MORE = "more"
    FRESH = "fresh"
    VOICES = "voices"
    HARD = "hard"
    SOFT = "soft"
    WAY = "way"


@dataclass(frozen=True)
class Stake:
    """What a size asks: so many sources, voices and ways, and whether both hard and soft."""

    sources: int
    voices: int
    ways: int
    both: bool


STAKES = {
    Size.SMALL: Stake(sources=2, voices=1, ways=1, both=False),
    Size.YEAR: Stake(sources=3, voices=2, ways=2, both=True),
    Size.YEARS: Stake(sources=4, voices=EVERYBODY, ways=3, both=True),
}


@dataclass(frozen=True)
class Known:
    """Something known. Facts of one `origin` (a giver, a line of figures, a round) are one source.

    `people`: about how many, only where that may be told. `apart` false: counted in a larger whole. `point` and
    `round` say where it stands; 0 for neither.
    """

    origin: str
    kind: str
    way: str
    day: date
    use: str
    voice: str = ""
    apart: bool = True
    people: int | None = None
    point: int = 0
    round: int = 0


@dataclass(frozen=True)
class Richness:
    """What counts for a decision of one size, and which of its needs are open.

    `together`: the kinds of which what may only be used together is enough to count, unnamed.
    """

    size: Size
    counted: tuple[Known, ...]
    together: tuple[Known, ...]
    heard: tuple[Heard, ...]
    kinds: frozenset[str]
    ways: frozenset[str]
    sources: int
    newest: date | None
    lacking: frozenset[Need]

    @property
    def enough(self) -> bool:
        return not self.lacking

    @property
    def needs(self) -> tuple[Need, ...]:
        """The open needs, in the order in which they are told."""
        return tuple(need for need in Need if need in self.lacking)

    @property
    def silent(self) -> tuple[str, ...]:
        """The voices that were not heard this last year."""
        return tuple(one.voice for one in self.heard if one.ear in {Ear.SILENT, Ear.LONG_AGO})


@dataclass(frozen=True)
class Aside:
    """What is known and does not count: given to learn from, too little of its kind to take together, or too old."""

    learn: tuple[Known, ...]
    pool: tuple[Known, ...]
    old: tuple[Known, ...]

    @property
    def any(self) -> bool:
        return bool(self.learn or self.pool or self.old)


def weigh(known: Iterable[Known], *, voices: Sequence[str], size: Size, today: date) -> Richness:
    """What is known, weighed for a decision of this size by people of these voices.

    What was given to learn from changes nothing; one more that counts never makes the answer poorer.
    """
    young = [one for one in known if today - one.day < OLD]
    counted = tuple(one for one in young if one.use == DECIDE)
    together = tuple(_together(young, kind) for kind in (HARD, SOFT) if _enough(young, kind))
    standing = [*counted, *(_unnamed(one) for one in together)]
    facts = [Fact(0, one.voice, one.kind, one.way, one.day, one.use, one.apart) for one in standing]
    heard = coverage(facts, criteria=[0], voices=voices, since=_since(today))[0].voices
    return Richness(
        size,
        counted,
        together,
        heard,
        frozenset(one.kind for one in standing),
        frozenset(one.way for one in standing),
        len({one.origin for one in standing}),
        max((one.day for one in standing), default=None),
        _lacking(standing, heard, STAKES[size], today),
    )


def set_aside(known: Iterable[Known], *, today: date) -> Aside:
    """What is known and does not count, each once."""
    rows = list(known)
    young = [one for one in rows if today - one.day < OLD]
    alone = [one for one in young if one.use == POOL and not _enough(young, one.kind)]
    old = [one for one in rows if today - one.day >= OLD and one.use == DECIDE]
    learn = [one for one in young if one.use == LEARN]
    return Aside(_once(learn), _once(alone), _once(old))


def _once(rows: list[Known]) -> tuple[Known, ...]:
    first: dict[tuple[int, int], Known] = {}
    for one in rows:
        first.setdefault((one.point, one.round), one)
    return tuple(first.values())


def _since(today: date) -> date:
    return today - FRESH + timedelta(days=1)


def _pooled(rows: Iterable[Known], kind: str) -> list[Known]:
    return [one for one in rows if one.use == POOL and one.kind == kind]


def _enough(rows: Iterable[Known], kind: str) -> bool:
    """Whether what may only be used together has two sources, and five people behind it."""
    people: dict[str, int] = {}
    for one in _pooled(rows, kind):
        people[one.origin] = max(people.get(one.origin, 0), one.people or 1)
    return len(people) > 1 and sum(people.values()) >= FEWEST


def _together(rows: Iterable[Known], kind: str) -> Known:
    return max(_pooled(rows, kind), key=lambda one: one.day)


def _unnamed(one: Known) -> Known:
    """As one thing that is known, of nobody in particular."""
    return replace(one, origin=f"{TOGETHER} {one.kind}", way=TOGETHER, voice="", apart=False)


def _lacking(rows: list[Known], heard: Sequence[Heard], stake: Stake, today: date) -> frozenset[Need]:
    sources = len({one.origin for one in rows})
    fresh = [one for one in rows if one.day >= _since(today)]
    now = [one for one in heard if one.ear in {Ear.HEARD, Ear.TOGETHER}]
    kinds = {one.kind for one in rows}
    open_needs = {
        # a single data point never decides, however small the matter
        Need.SECOND: sources < 2,
        Need.MORE: sources < stake.sources,
        Need.FRESH: not fresh,
        Need.VOICES: len(now) < min(stake.voices, len(heard)),
        Need.HARD: stake.both and HARD not in kinds,
        Need.SOFT: stake.both and SOFT not in kinds,
        Need.WAY: len({one.way for one in rows}) < stake.ways,
    }
    return frozenset(need for need, is_open in open_needs.items() if is_open)

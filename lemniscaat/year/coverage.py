"""Whom we do not hear yet: what is known about a criterion, held against who is there. Knows no database.

Nothing here counts people. Of an anonymous round only comes in that a voice was heard apart, or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

HARD, SOFT = "hard", "soft"
SOON = timedelta(weeks=8)
"""Asking the same thing of the same people again within this time is soon."""
GRACE = timedelta(days=14)
"""So long after a round has stopped nobody needs to have heard back."""


class Ear(StrEnum):
    """How a voice was heard, from not at all to this school year."""

    SILENT = "silent"
    LONG_AGO = "long_ago"
    TOGETHER = "together"
    HEARD = "heard"


_ORDER = list(Ear)


@dataclass(frozen=True)
class Fact:
    """Something known about a criterion. `voice` '': no perspective of its own. `apart` false: counted in the whole."""

    criterion: int
    voice: str
    kind: str
    method: str
    day: date
    use: str = ""
    apart: bool = True


@dataclass(frozen=True)
class Heard:
    """A voice, how it was heard, and when last."""

    voice: str
    ear: Ear
    day: date | None = None


@dataclass(frozen=True)
class Coverage:
    """What is known about one criterion this school year, and what is not."""

    criterion: int
    voices: tuple[Heard, ...]
    kinds: frozenset[str]
    methods: tuple[str, ...]
    uses: frozenset[str]
    on_table: bool

    @property
    def silent(self) -> tuple[str, ...]:
        """The voices that were not heard this school year, in the order in which they were given."""
        return tuple(one.voice for one in self.voices if one.ear in {Ear.SILENT, Ear.LONG_AGO})

    @property
    def never(self) -> tuple[str, ...]:
        """The voices that were not heard before either."""
        return tuple(one.voice for one in self.voices if one.ear is Ear.SILENT)

    @property
    def missing(self) -> frozenset[str]:
        """Hard, soft or both: the kinds of which there is nothing."""
        return frozenset({HARD, SOFT}) - self.kinds

    @property
    def only(self) -> str:
        """The one kind there is, where the other is missing."""
        return next(iter(self.kinds)) if len(self.kinds) == 1 else ""

    @property
    def only_method(self) -> str:
        """The one way in which all of it was heard."""
        return self.methods[0] if len(self.methods) == 1 else ""

    @property
    def nothing(self) -> bool:
        return not self.kinds


def coverage(
    facts: Iterable[Fact],
    *,
    criteria: Sequence[int],
    voices: Sequence[str],
    since: date,
    on_table: frozenset[int] = frozenset(),
) -> tuple[Coverage, ...]:
    """Per criterion who was heard since the first day of the school year. More facts never make more silence."""
    about: dict[int, list[Fact]] = {pk: [] for pk in criteria}
    for fact in facts:
        if fact.criterion in about:
            about[fact.criterion].append(fact)
    return tuple(_covered(pk, about[pk], voices, since, pk in on_table) for pk in criteria)


def _covered(pk: int, facts: list[Fact], voices: Sequence[str], since: date, on_table: bool) -> Coverage:
    fresh = [fact for fact in facts if fact.day >= since]
    return Coverage(
        pk,
        tuple(_heard(voice, facts, since) for voice in voices),
        frozenset(fact.kind for fact in fresh),
        tuple(sorted({fact.method for fact in fresh})),
        frozenset(fact.use for fact in fresh if fact.use),
        on_table,
    )


def _heard(voice: str, facts: list[Fact], since: date) -> Heard:
    found = [(_ear(fact, since), fact.day) for fact in facts if fact.voice == voice]
    found = [(ear, day) for ear, day in found if ear is not Ear.SILENT]
    ear, day = max(found, key=lambda one: (_ORDER.index(one[0]), one[1]), default=(Ear.SILENT, None))
    return Heard(voice, ear, day)


def _ear(fact: Fact, since: date) -> Ear:
    if fact.day >= since:
        return Ear.HEARD if fact.apart else Ear.TOGETHER
    return Ear.LONG_AGO if fact.apart else Ear.SILENT


@dataclass(frozen=True)
class Ask:
    """One instrument asked of some roles on a day; `planned` while it is still a plan."""

    roles: tuple[str, ...]
    instrument: str
    begins: date
    planned: bool = False
    closed: date | None = None
    returned: bool = False


@dataclass(frozen=True)
class Often:
    """A role that is asked more often in a half-year than was agreed, what is planned included."""

    role: str
    times: int
    budget: int


@dataclass(frozen=True)
class Again:
    """The same instrument asked of the same roles again, soon after."""

    roles: tuple[str, ...]
    instrument: str
    first: date
    then: date


def often(asks: Iterable[Ask], budgets: Mapping[str, int], half: tuple[date, date]) -> tuple[Often, ...]:
    """The roles over their budget in a half-year: first day, and the first day after it."""
    inside = [ask for ask in asks if half[0] <= ask.begins < half[1]]
    counted = {role: sum(role in ask.roles for ask in inside) for role in budgets}
    return tuple(Often(role, n, budgets[role]) for role, n in counted.items() if n > budgets[role])


def again(asks: Iterable[Ask], within: timedelta = SOON) -> tuple[Again, ...]:
    """Where an instrument goes to the same role twice within a few weeks, in the order of the calendar."""
    rows = sorted((ask for ask in asks if ask.instrument), key=lambda ask: ask.begins)
    found = []
    for place, ask in enumerate(rows):
        for later in rows[place + 1 :]:
            both = tuple(role for role in ask.roles if role in later.roles)
            if both and later.instrument == ask.instrument and later.begins - ask.begins < within:
                found.append(Again(both, ask.instrument, ask.begins, later.begins))
    return tuple(found)


def only_giving(asks: Iterable[Ask], today: date) -> tuple[str, ...]:
    """The roles that gave to a round which stopped a while ago, and got nothing back from any."""
    rows = list(asks)
    got = {role for ask in rows if ask.returned for role in ask.roles}
    gave = [ask for ask in rows if ask.closed and not ask.returned and today - ask.closed > GRACE]
    return tuple(dict.fromkeys(role for ask in gave for role in ask.roles if role not in got))

"""The talk map of one body or layer: what was talked about in which month of the school year, and what not yet.

It tells; it does not judge. Rows stand in the order of the vision and of the lens, never in that of a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lemniscaat.instruments.kinds.date import MONTHS, month_of
from lemniscaat.instruments.language import DUTCH, Language, quoted

STARTS = 8
"""The month in which a school year begins."""


@dataclass(frozen=True)
class Held:
    """A talk that was held: its day, the vision points it was about, and the waarborgen."""

    day: date
    points: tuple[int, ...] = ()
    waarborgen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One vision point or waarborg: how many talks in each month, the last day (of any year), and that in words."""

    key: str
    name: str
    counts: tuple[int, ...]
    last: date | None
    sentence: str

    @property
    def n(self) -> int:
        """How many talks of this school year were about it."""
        return sum(self.counts)


@dataclass(frozen=True)
class TalkMap:
    """A school year, its months by name, and a row for each vision point and each waarborg."""

    starts: date
    ends: date
    months: tuple[str, ...]
    talks: int
    points: tuple[Row, ...]
    waarborgen: tuple[Row, ...]

    @property
    def not_yet(self) -> tuple[Row, ...]:
        """The vision points that no talk of this school year was about."""
        return tuple(row for row in self.points if not row.n)


def school_year(day: date) -> tuple[date, date]:
    """The first and last day of the school year in which a day falls."""
    first = day.year if day.month >= STARTS else day.year - 1
    return date(first, STARTS, 1), date(first + 1, STARTS - 1, 31)


def talk_map(
    held: Sequence[Held],
    *,
    points: Sequence[tuple[int, str]],
    waarborgen: Sequence[tuple[str, str]],
    on: date,
    language: Language = DUTCH,
) -> TalkMap:
    """The map of the school year in which `on` falls. Talks of earlier years only tell when something was last
    talked about; those of later years are not looked at."""
    starts, ends = school_year(on)
    until = [talk for talk in held if talk.day <= ends]

    def row(key: str, name: str, days: Sequence[date]) -> Row:
        return _row(key, name, days, starts, language)

    return TalkMap(
        starts,
        ends,
        tuple(month.say(language.code) for month in MONTHS),
        sum(talk.day >= starts for talk in until),
        tuple(row(str(pk), name, [t.day for t in until if pk in t.points]) for pk, name in points),
        tuple(row(key, name, [t.day for t in until if key in t.waarborgen]) for key, name in waarborgen),
    )


def _row(key: str, name: str, days: Sequence[date], starts: date, language: Language) -> Row:
    this_year = [month_of(day) for day in days if day >= starts]
    counts = tuple(this_year.count(month) for month in MONTHS)
    last = max(days, default=None)
    return Row(key, name, counts, last, _sentence(name, sum(counts), last, language))


def _sentence(name: str, n: int, last: date | None, language: Language) -> str:
    told = {"name": quoted(name), "n": n}
    if last is None:
        return language.gettext("Over %(name)s dit schooljaar nog niet.") % told
    told["month"] = month_of(last).say(language.code)
    if not n:
        words = language.gettext(
            "Over %(name)s dit schooljaar nog niet; de vorige keer was in %(month)s %(year)s."
        )
        return words % {**told, "year": last.year}
    return (
        language.ngettext(
            "Over %(name)s spraken jullie één keer, in %(month)s.",
            "Over %(name)s spraken jullie %(n)s keer, het laatst in %(month)s.",
            n,
        )
        % told
    )

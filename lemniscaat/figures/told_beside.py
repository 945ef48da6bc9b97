"""What else was told that may be about the same people: typed by hand, or brought by a file.

What belongs together is read widely: the same criterion or the same name, in the same school year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lemniscaat.base import clock
from lemniscaat.datapoints.models import About, Figure
from lemniscaat.figures.amounts import Span, school_year
from lemniscaat.figures.places import Nesting
from lemniscaat.figures.sheltering import Cell, beside
from lemniscaat.people.models import Partnership
from lemniscaat.people.tables import plain


@dataclass(frozen=True)
class Subject:
    """What a figure may have in common with others: where it hangs, what it is called, and when."""

    criteria: frozenset[int]
    name: str
    span: Span

    def meets(self, other: Subject) -> bool:
        """Whether the other may be about the same people."""
        near = self.span.first <= other.span.last and other.span.first <= self.span.last
        return near and (bool(self.criteria & other.criteria) or plain(self.name) == plain(other.name))


def year_of(day: date) -> Span:
    """The school year of a day."""
    return school_year(day.year if day.month >= 8 else day.year - 1)


def year_before(day: date) -> Span:
    """The school year before that of a day."""
    return school_year(year_of(day).first.year - 1)


class Beside:
    """What was told of people in a partnership; two queries for as many questions as are asked."""

    def __init__(self, partnership: Partnership, nesting: Nesting | None = None) -> None:
        self.nesting = nesting or Nesting(partnership)
        rows = Figure.objects.filter(data_point__partnership=partnership).exclude(
            indicator__about=About.THINGS
        )
        # what was taken back counts on: whoever saw it does not forget it
        self.typed = [
            pair
            for row in rows.filter(starts_on__isnull=True).select_related("data_point", "indicator")
            for pair in self._typed(row)
        ]
        self.rows = rows.filter(
            starts_on__isnull=False, data_point__kept_back=False, indicator__about=About.PEOPLE
        )

    def _typed(self, row: Figure) -> Iterable[tuple[Subject, Cell]]:
        day = row.data_point.happened_on
        yield self._pair(row, year_of(day), row.part if row.whole is None else row.whole)
        if row.before_part is not None:
            before = row.before_part if row.before_whole is None else row.before_whole
            yield self._pair(row, year_before(day), before)

    def _pair(self, row: Figure, when: Span, people: int) -> tuple[Subject, Cell]:
        place = row.data_point.organisation_id
        return self._subject(row, when), self.cell(place, when, people, key=-row.pk)

    @staticmethod
    def _subject(row: Figure, when: Span) -> Subject:
        hung = row.data_point.criterion_id
        return Subject(frozenset({hung} if hung else ()), row.indicator.name, when)

    def cell(self, place: int, when: Span, people: int, *, key: int = 0) -> Cell:
        """So many people at a layer, among those around it as they were then."""
        return Cell(key, *self.nesting.of(place, when.last, clock.today()), people)

    def hand(self, subject: Subject) -> list[Cell]:
        """What was typed by hand and may be about the same people, the oldest first; a number of a layer once."""
        found = {
            (cell.path, cell.people): cell
            for other, cell in self.typed
            if subject.meets(other) and cell.people
        }
        return list(found.values())

    def of_file(
        self,
        cells: Iterable[Cell],
        subject: Subject,
        about: str,
        *,
        told: Iterable[int],
        shown: frozenset[int],
    ) -> frozenset[int]:
        """Of what of a file may be shown, what may also be shown beside what was typed by hand."""
        hand = self.hand(subject) if about == About.PEOPLE else []
        if not hand:
            return shown
        stands = frozenset(told) & shown
        new = [cell for cell in cells if cell.key in shown - stands]
        return stands | beside(new, hand=hand, told=[cell for cell in cells if cell.key in stands])

    def files(self, subject: Subject) -> list[list[Cell]]:
        """What files brought and may be about the same people, a list per figure and period."""
        groups: defaultdict[tuple[int, Span], list[Cell]] = defaultdict(list)
        for row in self.rows.select_related("data_point", "indicator"):
            if row.starts_on and row.ends_on:
                when = Span(row.starts_on, row.ends_on)
                if subject.meets(self._subject(row, when)):
                    people = row.part if row.whole is None else row.whole
                    place = row.data_point.organisation_id
                    groups[row.indicator_id, when].append(self.cell(place, when, people, key=row.pk))
        return list(groups.values())

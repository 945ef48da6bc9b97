"""The figures in a sheet, row by row: each row gives figures, a fault, or a reason why it was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from lemniscaat.figures.amounts import Amount, Span, amount, is_empty, is_few, span, yes_no
from lemniscaat.figures.columns import FIGURES, Choice, Column, Holds
from lemniscaat.figures.grids import Cell, Sheet, words
from lemniscaat.figures.values import COUNT, NUMBER, SHARE, SPREAD, YES_NO, Fact, Fault, Value
from lemniscaat.people.tables import plain

_TOTALS = frozenset(
    {"totaal", "eindtotaal", "som", "total", "allescholen", "alle", "gemiddelde", "gemiddeld", "subtotaal"}
)
_KINDS = {
    Holds.PART: SHARE,
    Holds.PERCENT: SHARE,
    Holds.COUNT: COUNT,
    Holds.NUMBER: NUMBER,
    Holds.YES_NO: YES_NO,
    Holds.SPREAD: SPREAD,
}


FIRST_LOOK = 200
"""After so many rows it is seen whether these are people: nobody waits for the rest of a pile of sheets."""
MOST_FIGURES = 20_000


@dataclass(frozen=True)
class Reading:
    """All rows below the headings: figures, faults, and how many rows there were."""

    facts: tuple[Fact, ...] = ()
    faults: tuple[Fault, ...] = ()
    rows: int = 0
    names: tuple[tuple[str, str], ...] = field(default=())
    """The names of the figures with their kind, in the order of the file."""


class NoFiguresError(ValueError):
    """A sheet in which nothing can be taken in; `problem` says why."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


def read_facts(sheet: Sheet, choice: Choice, *, title: str = "", period: Span | None = None) -> Reading:
    """Read every row. `title` names figures that no column names, `period` is that of rows without one.

    Raises NoFiguresError where no column holds a figure, where the rows are people, or where there are only means.
    """
    if choice.one(Holds.PERSON) is not None:
        raise NoFiguresError("people in rows")
    if not choice.all(*FIGURES):
        raise NoFiguresError("only means" if choice.one(Holds.MEAN) else "no figures")
    rows = list(zip(sheet.lines, sheet.rows, strict=True))[choice.head + 1 :]
    if not rows:
        raise NoFiguresError("no rows")
    facts: list[Fact] = []
    faults: list[Fault] = []
    fractions = _fractions(rows, choice)
    for number, (line, row) in enumerate(rows):
        if number == FIRST_LOOK and _are_people(facts):
            break
        found, wrong = _Row(line, row, choice, fractions).read(title, period)
        facts += found
        faults += wrong
        if len(facts) > MOST_FIGURES:
            raise NoFiguresError("too many figures")
    if _are_people(facts):
        raise NoFiguresError("people in rows")
    names = tuple(dict.fromkeys((fact.name, fact.value.kind) for fact in facts))
    return Reading(tuple(facts), tuple(sorted(faults, key=lambda one: one.line)), len(rows), names)


def _are_people(facts: list[Fact]) -> bool:
    """Many rows for the same place, time and name with small numbers: sheets that people filled in."""
    often = Counter((plain(one.place), one.code, one.span, one.name) for one in facts)
    crowd = sum(number for number in often.values() if number >= 3)
    small = sum(
        one.value.kind in {COUNT, NUMBER, YES_NO} and max(one.value.part, one.value.number or 0) <= 10
        for one in facts
    )
    return len(facts) >= 6 and crowd * 2 > len(facts) and small * 5 > len(facts) * 4


def _fractions(rows: list[tuple[int, tuple[Cell, ...]]], choice: Choice) -> frozenset[int]:
    """The columns of percentages that are written as 0,25: no cell above 1, and none with a sign."""
    found = set()
    for column in choice.all(Holds.PERCENT):
        cells = [amount(row[column.at], choice.sign) for _, row in rows if column.at < len(row)]
        told = [cell for cell in cells if cell is not None]
        if (
            told
            and all(not one.percent and one.value <= 1 for one in told)
            and any(one.value for one in told)
        ):
            found.add(column.at)
    return frozenset(found)


class _Row:
    """One row with what its columns mean."""

    def __init__(self, line: int, row: tuple[Cell, ...], choice: Choice, fractions: frozenset[int]) -> None:
        self.line, self.row, self.choice, self.fractions = line, row, choice, fractions
        self.faults: list[Fault] = []

    def cell(self, column: Column | None) -> Cell:
        return self.row[column.at] if column is not None and column.at < len(self.row) else None

    def fault(self, problem: str, value: str = "", suggestion: str = "", *, aside: bool = False) -> None:
        self.faults.append(Fault(self.line, problem, value[:80], suggestion, aside))

    def text(self, holds: Holds) -> str:
        return words(self.cell(self.choice.one(holds)))

    def read(self, title: str, period: Span | None) -> tuple[list[Fact], list[Fault]]:
        place, code = self.text(Holds.PLACE), self.text(Holds.CODE)
        if {plain(place), plain(code), plain(words(self.row[0]))} & _TOTALS:
            return [], [Fault(self.line, "totals row", place or code or words(self.row[0]), aside=True)]
        figures = [column for column in self.choice.all(*FIGURES) if not is_empty(self.cell(column))]
        if not figures:
            return [], [Fault(self.line, "no figure here", words(self.row[0])[:80], aside=True)]
        when = self._span(period)
        name = self._name()
        known = self.choice.one(Holds.PLACE) is not None or self.choice.one(Holds.CODE) is not None
        if known and not place and not code:
            self.fault("no place")
        facts = []
        for full, value in self._values(name, title, figures):
            facts.append(Fact(self.line, place, code, when, full[:160], value))
        whole_row = any(
            one.problem in {"no place", "wrong period", "no period", "no name"} for one in self.faults
        )
        return ([] if whole_row else facts), self.faults

    def _span(self, otherwise: Span | None) -> Span | None:
        column = self.choice.one(Holds.PERIOD)
        cell = self.cell(column)
        if column is None or (is_empty(cell) and otherwise is not None):
            return otherwise
        found = span(cell)
        if found is None:
            self.fault("wrong period" if not is_empty(cell) else "no period", words(cell))
        return found

    def _name(self) -> str:
        column = self.choice.one(Holds.NAME)
        if column is None:
            return ""
        name = words(self.cell(column))
        if not name:
            self.fault("no name")
        option = self.text(Holds.OPTION)
        return f"{name}: {option}" if name and option else name

    def _values(self, name: str, title: str, figures: list[Column]) -> Iterator[tuple[str, Value]]:
        answers = [column for column in figures if column.holds == Holds.SPREAD]
        single = [column for column in figures if column.holds != Holds.SPREAD]
        if answers:
            spread = self._spread(self.choice.all(Holds.SPREAD))
            if spread is not None:
                yield name or title or words(self.row[0]), spread
        alone = len(self.choice.all(*FIGURES)) == 1
        for column in single:
            value = self._value(column)
            if value is None:
                continue
            full = (name if alone else f"{name}: {column.head}") if name else column.head or title
            yield full, value

    def _amount(self, column: Column) -> Amount | None:
        cell = self.cell(column)
        if is_few(cell):
            self.fault("few", words(cell), column.head, aside=True)
            return None
        found = amount(cell, self.choice.sign)
        if found is None:
            self.fault("no number", words(cell), column.head)
        elif found.value < 0:
            self.fault("negative", words(cell), column.head)
            return None
        return found

    def _value(self, column: Column) -> Value | None:
        kind = _KINDS[column.holds]
        if kind == YES_NO:
            told = yes_no(self.cell(column))
            if told is None:
                self.fault("no yes or no", words(self.cell(column)), column.head)
            return None if told is None else Value(YES_NO, part=int(told))
        found = self._amount(column)
        if found is None:
            return None
        if kind == NUMBER:
            return Value(NUMBER, number=found.value.quantize(Decimal("0.0001")))
        whole = found.whole
        if whole is None and column.of >= 0:
            whole = self._whole(column)
            if whole is None:
                return None
        if column.holds == Holds.PERCENT or (found.percent and whole is not None):
            return self._share(column, found, whole)
        return self._counted(column, found.value, whole)

    def _whole(self, column: Column) -> Decimal | None:
        of = self.choice.columns[column.of]
        cell = self.cell(of)
        if is_empty(cell):
            self.fault("no whole", words(self.cell(column)), of.head)
            return None
        found = self._amount(of)
        return None if found is None else found.value

    def _counted(self, column: Column, part: Decimal, whole: Decimal | None) -> Value | None:
        if any(one is not None and one != one.to_integral_value() for one in (part, whole)):
            self.fault("not whole", words(self.cell(column)), column.head)
            return None
        if whole is None:
            return Value(COUNT, part=int(part))
        if part > whole:
            self.fault("larger than whole", f"{part:f} / {whole:f}", column.head)
            return None
        return Value(SHARE, part=int(part), whole=int(whole))

    def _share(self, column: Column, found: Amount, whole: Decimal | None) -> Value | None:
        """A percentage becomes the number of people it stands for, when it stands for one."""
        if whole is None:
            self.fault("percentage alone", words(self.cell(column)), column.head)
            return None
        percent = found.value * 100 if column.at in self.fractions and not found.percent else found.value
        if whole != whole.to_integral_value():
            self.fault("not whole", f"{whole:f}", column.head)
            return None
        if percent > 100:
            self.fault("above hundred", words(self.cell(column)), column.head)
            return None
        part = (percent * whole / 100).quantize(Decimal(1), ROUND_HALF_UP)
        if whole and abs(part / whole * 100 - percent) > Decimal("0.51"):
            self.fault("no such share", words(self.cell(column)), f"{whole:f}")
            return None
        return Value(SHARE, part=int(part), whole=int(whole))

    def _spread(self, columns: tuple[Column, ...]) -> Value | None:
        """The counts of all answers; 'n' may be more (not everybody answered), never less."""
        counts = []
        for column in columns:
            cell = self.cell(column)
            found = Amount(Decimal(0)) if is_empty(cell) else self._amount(column)
            if found is None:
                return None
            if found.percent or found.value != found.value.to_integral_value():
                self.fault("answers as share", words(cell), column.head)
                return None
            counts.append((column.head, int(found.value)))
        total = sum(number for _, number in counts)
        of = self.choice.one(Holds.WHOLE)
        if of is not None and not is_empty(self.cell(of)):
            whole = self._amount(of)
            if whole is not None and whole.value < total:
                self.fault("larger than whole", f"{total} / {whole.value:f}", of.head)
                return None
        return Value(SPREAD, part=total, whole=total, counts=tuple(counts))

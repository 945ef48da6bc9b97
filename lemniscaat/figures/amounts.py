"""Numbers and periods as people write them in a table: 1.234,5, 12,5%, 14 van 23, ja, 25/26."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lemniscaat.figures.grids import Cell, words
from lemniscaat.people.tables import parse_day

COMMA, POINT = ",", "."
EMPTY = frozenset({"", "-", "–", "—", "n.v.t.", "nvt", "n.v.t", "x", "?", "onbekend", "n.b.", "nb", "n/a"})
_YES = frozenset({"ja", "j", "yes", "y", "waar", "true", "wel", "v"})
_NO = frozenset({"nee", "n", "no", "onwaar", "false", "niet"})
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")
_OF = re.compile(r"(.+?)\s*(?:\bvan(?: de| het)?\b|\buit\b|\bof\b|/)\s*(.+)", re.IGNORECASE)
LARGEST = Decimal(10) ** 9


@dataclass(frozen=True)
class Amount:
    """A number in a cell; `percent` when it says so itself, `whole` when it stands behind it."""

    value: Decimal
    percent: bool = False
    whole: Decimal | None = None


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of time: a school year, a calendar year, or one day. Both days belong to it."""

    first: date
    last: date

    @property
    def name(self) -> str:
        """2025–2026 for a school year, 2025 for a calendar year, else the days."""
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (8, 1, 7, 31):
            return f"{self.first.year}–{self.last.year}"
        if (self.first.month, self.first.day, self.last.month, self.last.day) == (1, 1, 12, 31):
            return str(self.first.year)
        day = f"{self.first.day}-{self.first.month}-{self.first.year}"
        if self.first == self.last:
            return day
        return f"{day} – {self.last.day}-{self.last.month}-{self.last.year}"


def school_year(first: int) -> Span:
    """1 August to 31 July."""
    return Span(date(first, 8, 1), date(first + 1, 7, 31))


def span(cell: Cell) -> Span | None:
    """A period: 2025-2026, 25/26, 2025/26, schooljaar 2025–2026, 2025, or a day. None when it is none."""
    text = re.sub(
        r"^(schooljaar|studiejaar|collegejaar|cohort|jaar|sj\.?)\s*", "", words(cell).lower()
    ).strip()
    years = re.fullmatch(r"(\d{4}|\d{2})\s*(?:[-/–—]|t/m|tot)\s*(\d{4}|\d{2})", text)
    if years:
        first, last = (int(year) + (2000 if len(year) == 2 else 0) for year in years.groups())
        if last == first + 1 and 1990 <= first < 2100:
            return school_year(first)
    if re.fullmatch(r"\d{4}", text):
        year = int(text)
        return Span(date(year, 1, 1), date(year, 12, 31)) if 1990 <= year < 2100 else None
    month = re.fullmatch(r"(\d{4})-(\d{1,2})", text)
    if month and 1 <= int(month[2]) <= 12 and 1990 <= int(month[1]) < 2100:
        year, number = int(month[1]), int(month[2])
        return Span(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))
    day = parse_day(text)
    return Span(day, day) if day and 1990 <= day.year < 2100 else None


def is_empty(cell: Cell) -> bool:
    """Whether a cell says that there is no figure."""
    return words(cell).lower() in EMPTY


def is_few(cell: Cell) -> bool:
    """Whether a cell says '<5', as others write what they hide."""
    return bool(re.fullmatch(r"(<|≤|&lt;|minder dan)\s*\d+|\*+", words(cell).lower()))


def decimal_sign(cells: Iterable[Cell]) -> str:
    """The sign before the decimals in these cells, where they show it; a comma where none does."""
    told = {COMMA: 0, POINT: 0}
    for cell in cells:
        if isinstance(cell, str):
            sign = _shown(cell)
            if sign:
                told[sign] += 1
    return POINT if told[POINT] > told[COMMA] else COMMA


def _shown(text: str) -> str:
    """What one number shows of the sign: with both, the last; twice the same parts thousands; else not three digits."""
    body = text.strip().rstrip("%").strip().lstrip("€+- ").replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.fullmatch(body):
        return ""
    signs = [sign for sign in body if sign in ",."]
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return POINT if signs[0] == COMMA else COMMA
    if len(signs) == 1:
        before, after = body.split(signs[0])
        if len(after) != 3 or before in {"", "0"} or len(before) > 3:
            return signs[0]
    return ""


def amount(cell: Cell, sign: str = COMMA) -> Amount | None:
    """The number in a cell, whichever way it is written. None when it is no number."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        found = _bounded(Decimal(str(cell)))
        return None if found is None else Amount(found)
    text = cell.strip()
    two = _OF.fullmatch(text)
    if two:
        part, whole = _plain_number(two[1], sign), _plain_number(two[2], sign)
        return None if part is None or whole is None else Amount(part, whole=whole)
    percent = text.endswith("%")
    value = _plain_number(text.rstrip("%"), sign)
    return None if value is None else Amount(value, percent=percent)


def _plain_number(text: str, sign: str) -> Decimal | None:
    body = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("'", "")
    body = re.sub(r"^([+-]?)€", r"\1", body).removesuffix(",-").replace("−", "-")
    if not _NUMBER.fullmatch(body):
        return None
    other = POINT if sign == COMMA else COMMA
    shape = rf"[+-]?(\d+|[1-9]\d{{0,2}}(\{other}\d{{3}})+)(\{sign}\d+)?"
    if not re.fullmatch(shape, body):
        # written the other way, and so plainly that it can mean nothing else
        if _shown(body) != other:
            return None
        sign, other = other, sign
        if not re.fullmatch(rf"[+-]?(\d+|[1-9]\d{{0,2}}(\{other}\d{{3}})+)(\{sign}\d+)?", body):
            return None
    try:
        return _bounded(Decimal(body.replace(other, "").replace(sign, ".")))
    except InvalidOperation:
        return None


def _bounded(value: Decimal) -> Decimal | None:
    return value if value.is_finite() and abs(value) < LARGEST else None


def yes_no(cell: Cell) -> bool | None:
    """Yes or no as people write it; None when it is neither."""
    if isinstance(cell, bool):
        return cell
    text = words(cell).lower()
    return True if text in _YES or text == "1" else False if text in _NO or text == "0" else None

"""A file as somebody saved it, CSV or spreadsheet, becomes sheets of rows. Knows no meaning of any column."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import python_calamine as calamine

from lemniscaat.base.decoding import decoded

MOST_BYTES = 5_000_000
MOST_UNPACKED = 80_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
SIGNS = ";,\t|"
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Cell = str | int | float | bool | None


class GridError(ValueError):
    """A file that is not taken in; `problem` is a name that `figure_words` has a sentence for."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet on which something stands, each with the line it has in the file."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    lines: tuple[int, ...]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def sheets_of(raw: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file that hold something. Raises GridError for what is no table, broken, locked or too large."""
    if len(raw) > MOST_BYTES:
        raise GridError("too large")
    found = _spreadsheet(raw) if raw.startswith((_ZIP, _OLD)) else [("", _text_rows(_text(raw)))]
    sheets = [_sheet(name, rows) for name, rows in found]
    kept = tuple(sheet for sheet in sheets if sheet.rows)
    if not kept:
        raise GridError("empty")
    return kept


def _sheet(name: str, rows: Iterable[tuple[int, list[Cell]]]) -> Sheet:
    kept: list[tuple[Cell, ...]] = []
    lines: list[int] = []
    for line, cells in rows:
        while cells and cells[-1] in {None, ""}:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise GridError("too many columns")
        if len(kept) >= MOST_ROWS:
            raise GridError("too many rows")
        kept.append(tuple(cells))
        lines.append(line)
    return Sheet(name, tuple(kept), tuple(lines))


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise GridError("no table")
    return decoded(raw)


def _text_rows(text: str) -> list[tuple[int, list[Cell]]]:
    """Every line of a text with cells, parted by the sign that parts it most evenly."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, rest = text.partition("\n")[::2]
    skipped = 0
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        text, skipped, sign = rest, 1, first.strip()[4:] or "\t"
    else:
        sign = max(SIGNS, key=lambda one: _evenness(text, one))
    rows: list[tuple[int, list[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    start = skipped + 1
    try:
        for cells in reader:
            rows.append((start, [cell.strip() for cell in cells]))
            start = skipped + reader.line_num + 1
            if len(rows) > MOST_ROWS * 2:
                raise GridError("too many rows")
    except csv.Error as error:
        raise GridError("no table") from error
    return rows


def _evenness(text: str, sign: str) -> tuple[int, int]:
    """How many of the first rows have the same number of cells, more than one; and how many cells that is."""
    widths: Counter[int] = Counter()
    try:
        for at, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign)):
            if at >= 60:
                break
            if len(cells) > 1 and any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
    except csv.Error:
        return (0, 0)
    if not widths:
        return (0, 0)
    width, number = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return number, width


def _spreadsheet(raw: bytes) -> list[tuple[str, list[tuple[int, list[Cell]]]]]:
    if raw.startswith(_ZIP):
        _not_too_deep(raw)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        return [(name, _sheet_rows(book.get_sheet_by_name(name))) for name in book.sheet_names[:40]]
    except calamine.PasswordError as error:
        raise GridError("locked") from error
    except GridError:
        raise
    except BaseException as error:
        # a broken file may make the reader panic, which is no Exception; who stops the program is left alone
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        raise GridError("locked" if b"E\0n\0c\0r\0y\0p\0t" in raw[:200_000] else "broken") from error


def _not_too_deep(raw: bytes) -> None:
    """A packed file may say that it is small and unpack to much more."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise GridError("broken") from error
    if size > MOST_UNPACKED:
        raise GridError("too large")


def _sheet_rows(sheet: calamine.CalamineSheet) -> list[tuple[int, list[Cell]]]:
    if sheet.height * sheet.width > MOST_ROWS * MOST_COLUMNS:
        raise GridError("too many rows")
    rows = sheet.to_python(skip_empty_area=False)
    return [(at, [_cell(value) for value in row]) for at, row in enumerate(rows, 1)]


def _cell(value: object) -> Cell:
    """A cell of a spreadsheet: whole numbers as such, a day as 2026-08-01."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def words(cell: Cell) -> str:
    """A cell as somebody reads it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    return str(cell).strip()

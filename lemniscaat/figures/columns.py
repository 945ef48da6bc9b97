"""What the columns of a table hold: guessed from heading and cells, corrected by hand, remembered by the headings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lemniscaat.figures.amounts import COMMA, POINT, amount, decimal_sign, is_empty, is_few, span, yes_no
from lemniscaat.figures.grids import Cell, Sheet, words
from lemniscaat.people.tables import plain

LOOKED_AT = 200


class Holds(StrEnum):
    """What a column can hold."""

    SKIP = "skip"
    PLACE = "place"
    CODE = "code"
    PERIOD = "period"
    NAME = "name"
    OPTION = "option"
    WHOLE = "whole"
    PART = "part"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    YES_NO = "yes_no"
    SPREAD = "spread"
    MEAN = "mean"
    PERSON = "person"


FIGURES = frozenset({Holds.PART, Holds.PERCENT, Holds.COUNT, Holds.NUMBER, Holds.YES_NO, Holds.SPREAD})
ONE_ONLY = frozenset({Holds.PLACE, Holds.CODE, Holds.PERIOD, Holds.NAME, Holds.OPTION})
OF_WHOLE = frozenset({Holds.PART, Holds.PERCENT})

_HEADS: dict[Holds, tuple[str, ...]] = {
    Holds.PERSON: (
        *("studentnummer", "studentnr", "leerlingnummer", "persoonsnummer", "naamstudent", "studentnaam"),
        *("email", "emailadres", "mailadres", "geboortedatum", "voornaam", "achternaam", "respondentid"),
        *("respondent", "responseid", "bsn", "invuller", "deelnemernummer"),
    ),
    Holds.CODE: ("brin", "brinnummer", "brincode", "code", "schoolcode", "organisatiecode", "vestigingscode"),
    Holds.PLACE: (
        *(
            "school",
            "schoolnaam",
            "naamschool",
            "organisatie",
            "instelling",
            "locatie",
            "vestiging",
            "bestuur",
        ),
        *("opleiding", "partnerschap", "organisatienaam", "stageschool", "naam", "instituut", "plek"),
    ),
    Holds.PERIOD: (
        *("schooljaar", "jaar", "studiejaar", "collegejaar", "kalenderjaar", "periode", "peildatum", "datum"),
        *("cohort", "meetmoment"),
    ),
    Holds.NAME: ("indicator", "cijfer", "vraag", "item", "stelling", "vraagtekst", "onderwerp", "kenmerk"),
    Holds.OPTION: ("antwoord", "antwoordoptie", "optie", "antwoordcategorie", "categorie"),
    Holds.WHOLE: (
        *("n", "totaal", "van", "vanhoeveel", "geheel", "noemer", "aantalantwoorden", "respons", "populatie"),
        *("aantalstudenten", "gestart", "aantalgestart", "instroom", "aantalingevuld", "ntotaal"),
    ),
    Holds.PART: (
        "deel",
        "teller",
        "aantal",
        "waarvan",
        "gestopt",
        "uitval",
        "uitgestroomd",
        "diploma",
        "gehaald",
    ),
    Holds.PERCENT: ("percentage", "procent", "perc", "aandeel", "pct"),
    Holds.MEAN: (
        *("gemiddelde", "gem", "gemiddeld", "mean", "average", "score", "gemiddeldescore", "rapportcijfer"),
        *("sd", "standaarddeviatie", "stdev", "standaardafwijking", "mediaan"),
    ),
    Holds.NUMBER: ("uren", "budget", "bedrag", "euro", "fte", "dagen", "waarde"),
}
_BY_HEAD = {word: holds for holds, found in _HEADS.items() for word in found}
_ANSWER = re.compile(
    r"((helemaal|zeer|volledig|beetje|een beetje|enigszins)\s+)?(mee\s+)?(on)?eens|neutraal|nooit|zelden|soms|vaak|"
    r"(bijna\s+)?altijd|(helemaal\s+)?niet|een beetje|wel|(zeer\s+)?(on)?tevreden|(zeer\s+)?(goed|slecht)|"
    r"voldoende|onvoldoende|matig|(antwoord|optie|aantal|a)\s*[1-7]|[1-7]|nog niet|.n keer|een paar keer|"
    r"helemaal oneens|helemaal eens|geen mening|weet niet",
    re.IGNORECASE,
)
_NUMBER_WORDS = ("uren", "uur", "budget", "euro", "€", "fte", "bedrag", "dagen")
_PARTS = tuple((word, Holds.PART) for word in ("gestopt", "uitval", "uitgestroomd", "diploma", "waarvan"))
_THING_WORDS = ("werkplek", "plekken", "lokalen", "laptops")


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it holds, and of which other column it is a part (-1: of none)."""

    at: int
    head: str
    holds: Holds
    of: int = -1


@dataclass(frozen=True)
class Choice:
    """How a sheet is read; `head` is the row of the headings, counted from 0 among rows with something on them."""

    sheet: int
    head: int
    sign: str
    columns: tuple[Column, ...]

    def one(self, holds: Holds) -> Column | None:
        """The first column that holds this."""
        return next((column for column in self.columns if column.holds == holds), None)

    def all(self, *holds: Holds) -> tuple[Column, ...]:
        """The columns that hold one of these, from left to right."""
        return tuple(column for column in self.columns if column.holds in holds)


def recognise(sheet: Sheet, *, at: int = 0, head: int | None = None, places: Collection[str] = ()) -> Choice:
    """A first guess of how a sheet is read. `places`: names and codes that are known, in plain letters."""
    top = _head_row(sheet) if head is None else min(head, len(sheet.rows) - 1)
    below = sheet.rows[top + 1 : top + 1 + LOOKED_AT]
    sign = decimal_sign(cell for row in below for cell in row)
    columns: list[Column] = []
    for number, title in enumerate(_heads(sheet, top)):
        cells = [row[number] for row in below if number < len(row) and not is_empty(row[number])]
        columns.append(Column(number, title, _guess(title, cells, sign, frozenset(places))))
    return Choice(at, top, sign, _tidied(columns))


def _heads(sheet: Sheet, top: int) -> list[str]:
    row = sheet.rows[top] if sheet.rows else ()
    return [words(row[at])[:160] if at < len(row) else "" for at in range(sheet.width)]


def _head_row(sheet: Sheet) -> int:
    """The row with the most headings we know, then the most headings; a title above has one cell."""
    best, found = (-1, -1), 0
    for at, row in enumerate(sheet.rows[:15]):
        titles = [words(cell) for cell in row if isinstance(cell, str) and words(cell)]
        if len(titles) < max(1, len(row) // 2) or any(amount(title) for title in titles[:1]):
            continue
        # a number may stand above a column ('3' for the third answer), but tells nothing of the row
        said = [title for title in titles if amount(title) is None]
        score = (sum(_by_head(title) is not None for title in said), min(len(said), 3))
        if score > best:
            best, found = score, at
    return found


def _by_head(title: str) -> Holds | None:
    key = plain(title)
    if "%" in title:
        return Holds.PERCENT
    if key in _BY_HEAD:
        return _BY_HEAD[key]
    if any(word in title.lower() for word in _NUMBER_WORDS):
        return Holds.NUMBER
    for start, holds in (
        ("percentage", Holds.PERCENT),
        ("gemiddeld", Holds.MEAN),
        ("aantal", Holds.COUNT),
        *_PARTS,
    ):
        if key.startswith(start):
            return holds
    return Holds.SPREAD if _ANSWER.fullmatch(title.strip()) else None


def _guess(title: str, cells: Sequence[Cell], sign: str, places: frozenset[str]) -> Holds:
    """By its heading, unless the cells say otherwise; else by the cells."""
    named = _by_head(title) if title else None
    content = _by_cells(cells, sign, places)
    if named is None:
        return content if title or content in {Holds.PLACE, Holds.PERIOD} else Holds.SKIP
    if not cells:
        return named
    numbers = content in {Holds.COUNT, Holds.NUMBER, Holds.PERCENT, Holds.YES_NO, Holds.PART}
    if named in {Holds.PLACE, Holds.NAME, Holds.OPTION} and numbers and plain(title) != "code":
        return content
    if named in FIGURES | {Holds.WHOLE, Holds.MEAN} and not numbers:
        # a typing error here and there is a fault of its row, not another sort of column
        told = sum(amount(cell, sign) is not None or is_few(cell) for cell in cells)
        return named if content == Holds.SKIP and told * 2 > len(cells) else content
    if named in {Holds.COUNT, Holds.PART, Holds.SPREAD} and content in {
        Holds.YES_NO,
        Holds.PERCENT,
        Holds.PART,
    }:
        return content if content != Holds.YES_NO or _says_yes(cells) else named
    return named


def _says_yes(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell, bool) or not words(cell).isdigit() for cell in cells)


def _by_cells(cells: Sequence[Cell], sign: str, places: frozenset[str]) -> Holds:
    """What the cells look like, when at least nine in ten do."""
    if not cells:
        return Holds.SKIP
    need = len(cells) * 0.9

    def most(found: int) -> bool:
        return found >= need

    if places and sum(plain(words(cell)) in places for cell in cells) >= max(1, len(cells) * 0.5):
        return Holds.PLACE
    if most(sum(yes_no(cell) is not None for cell in cells)) and _says_yes(cells):
        return Holds.YES_NO
    found = [amount(cell, sign) for cell in cells]
    numbers = [one for one in found if one is not None]
    if most(sum(span(cell) is not None for cell in cells)) and not most(
        sum(one.value < 1990 or one.value > 2100 for one in numbers)
    ):
        return Holds.PERIOD
    if not most(len(numbers) + sum(is_few(cell) for cell in cells)) or not numbers:
        return Holds.SKIP
    if any(one.whole is not None for one in numbers):
        return Holds.PART
    if any(one.percent for one in numbers):
        return Holds.PERCENT
    return Holds.COUNT if all(one.value == one.value.to_integral_value() for one in numbers) else Holds.NUMBER


def _tidied(columns: list[Column]) -> tuple[Column, ...]:
    """One column of a sort where there can be but one; parts know their whole; a part without a whole is a count."""
    taken: set[Holds] = set()
    kept: list[Column] = []
    wholes = [column.at for column in columns if column.holds == Holds.WHOLE]
    figures = [column for column in columns if column.holds in FIGURES]
    for column in columns:
        holds = column.holds
        if holds in ONE_ONLY and holds in taken:
            holds = Holds.SKIP
        taken.add(holds)
        of = -1
        if holds in OF_WHOLE and wholes:
            of = max((at for at in wholes if at < column.at), default=wholes[0])
        elif holds == Holds.PART and len(figures) > 1:
            holds = Holds.COUNT
        if holds == Holds.COUNT and any(word in column.head.lower() for word in _THING_WORDS):
            holds = Holds.NUMBER
        kept.append(replace(column, holds=holds, of=of))
    return _spread_or_not(kept)


def _spread_or_not(columns: list[Column]) -> tuple[Column, ...]:
    """Answers come in twos and more; one such column alone is a count. Beside answers 'n' is their whole."""
    answers = [column for column in columns if column.holds == Holds.SPREAD]
    if len(answers) == 1:
        return tuple(replace(one, holds=Holds.COUNT) if one in answers else one for one in columns)
    return tuple(columns)


def fingerprint(sheet: Sheet, head: int) -> str:
    """The same for files with the same headings, whatever stands below or above them."""
    told = "\n".join(plain(title) for title in _heads(sheet, head))
    return hashlib.sha256(told.encode()).hexdigest()


def stored(choice: Choice) -> dict[str, Any]:
    """A choice as JSON."""
    columns = [[column.head, column.holds.value, column.of] for column in choice.columns]
    return {
        "v": 1,
        "sheet": choice.sheet,
        "head": choice.head,
        "sign": choice.sign,
        "columns": columns,
    }


def from_stored(found: dict[str, Any]) -> Choice:
    """A choice from its JSON."""
    columns = tuple(
        Column(at, str(head), Holds(holds), int(of)) for at, (head, holds, of) in enumerate(found["columns"])
    )
    sign = POINT if found["sign"] == POINT else COMMA
    return Choice(int(found["sheet"]), int(found["head"]), sign, columns)

"""A table of people or organisations as somebody saved it: columns found, cells read, faults by line.

Knows no database and no screen. Faults are names with values; `import_words` makes sentences of them.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

from lemniscaat.base.decoding import decoded

MOST_BYTES = 2_000_000
PEOPLE, ORGANISATIONS = "people", "organisations"
_COLUMNS = {
    PEOPLE: {
        "name": ("naam", "volledigenaam", "name", "medewerker"),
        "first": ("voornaam", "roepnaam"),
        "infix": ("tussenvoegsel", "tussenvoegsels"),
        "last": ("achternaam",),
        "email": ("email", "mail", "emailadres", "mailadres", "eposta"),
        "role": ("rol", "functie", "role"),
        "place": (
            "organisatie",
            "organisatiecodeofnaam",
            "school",
            "plek",
            "team",
            "code",
            "brin",
            "organisation",
        ),
        "since": ("van", "vanaf", "sinds", "startdatum", "begindatum"),
        "until": ("tot", "einddatum"),
        "through": ("totenmet", "tm"),
    },
    ORGANISATIONS: {
        "name": ("naam", "organisatie", "name"),
        "kind": ("soort", "type", "kind"),
        "code": ("code", "brin", "brincode"),
        "parent": ("onderdeelvan", "deelvan", "valtonder", "onder", "hoortbij", "bestuur"),
        "since": ("van", "vanaf", "sinds", "startdatum", "begindatum"),
        "until": ("tot", "einddatum"),
        "through": ("totenmet", "tm"),
    },
}
_NEEDED = {PEOPLE: ("name", "email", "role", "place"), ORGANISATIONS: ("name", "kind")}
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s.,;<>]{2,}")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line (counted from 1; 0 for the whole file), and what was probably meant."""

    line: int
    problem: str
    value: str = ""
    suggestion: str = ""


class TableError(ValueError):
    """A table that is not taken in. `faults` holds why."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.problem for fault in self.faults))


@dataclass(frozen=True)
class Row:
    """One line with cells that could be read. `until` is the first day on which it no longer holds."""

    line: int
    name: str
    email: str = ""
    role: str = ""
    place: str = ""
    kind: str = ""
    code: str = ""
    parent: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Table:
    """What a file holds: readable rows, faults, and remarks that stop nothing."""

    kind: str
    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()


def plain(text: str) -> str:
    """Letters and digits only, small and without accents: for comparing what people type."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in bare if sign.isalnum())


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that was probably meant; empty when nothing is near."""
    by_plain = {plain(word): word for word in known}
    found = get_close_matches(plain(text), by_plain, n=1, cutoff=0.75)
    return by_plain[found[0]] if found else ""


def text_of(raw: bytes) -> str:
    """The text of a saved file. Raises TableError for a spreadsheet itself, and for what is no text or too much."""
    if len(raw) > MOST_BYTES:
        raise TableError([Fault(0, "too large")])
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise TableError([Fault(0, "spreadsheet")])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw:
        raise TableError([Fault(0, "no text")])
    return decoded(raw)


def parse_day(text: str) -> date | None:
    """A day as people write it: 2026-08-01, 1-8-2026, 1/8/2026, 1 augustus 2026. None when it is no day."""
    words = re.split(r"[\s./-]+", text.strip().lower())
    if len(words) != 3:
        return None
    if words[1][:3] in _MONTHS:
        words[1] = str(_MONTHS.index(words[1][:3]) + 1)
    elif words[1] == "mrt":
        words[1] = "3"
    try:
        first, month, last = (int(word) for word in words)
        return (
            date(first, month, last)
            if len(words[0]) == 4
            else date(last, month, first)
            if last > 1900
            else None
        )
    except ValueError:
        return None


def read(text: str) -> Table:
    """Read a table. Raises TableError when the columns cannot be found or nothing stands below them."""
    lines = _lines(text)
    if not lines:
        raise TableError([Fault(0, "empty")])
    number, head = lines[0]
    kind = _kind(head)
    columns = _columns(kind, head)
    missing = [
        name for name in _NEEDED[kind] if name not in columns and not (name == "name" and "first" in columns)
    ]
    if missing:
        raise TableError(
            Fault(number, f"no column {name}", ", ".join(cell for cell in head if cell)) for name in missing
        )
    if len(lines) == 1:
        raise TableError([Fault(0, "empty")])
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in lines[1:]:
        given = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        found, wrong = _row(kind, number, given)
        faults += wrong
        if not wrong:
            rows.append(found)
    rows, twice = _once(kind, rows)
    return Table(
        kind, tuple(rows), tuple(sorted([*faults, *twice], key=lambda f: f.line)), _odd_domains(rows)
    )


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines with something on them, each with the number it starts at."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    skipped = 0
    if text.lower().startswith("sep="):
        text, skipped = text.partition("\n")[2], 1
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(";\t,", key=lambda sign: head.count(sign))
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    found, start = [], skipped + 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((start, cells))
            start = skipped + reader.line_num + 1
    except csv.Error as error:
        raise TableError([Fault(start, "no table")]) from error
    return found


def _columns(kind: str, head: list[str]) -> dict[str, int]:
    """Which column holds what; a typing error in a heading is forgiven, an unknown column is left aside."""
    names = {word: name for name, words in _COLUMNS[kind].items() for word in words}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        key = plain(cell)
        near = [key] if key in names else get_close_matches(key, names, n=1, cutoff=0.8)
        if near:
            found.setdefault(names[near[0]], at)
    return found


def _kind(head: list[str]) -> str:
    """People have a mail address, organisations a sort."""
    people, organisations = _columns(PEOPLE, head), _columns(ORGANISATIONS, head)
    return ORGANISATIONS if "kind" in organisations and "email" not in people else PEOPLE


def _row(kind: str, line: int, given: Mapping[str, str]) -> tuple[Row, list[Fault]]:
    name = given.get("name") or " ".join(
        filter(None, (given.get(part) for part in ("first", "infix", "last")))
    )
    faults = [] if name else [Fault(line, "no name")]
    if len(name) > 120:
        faults.append(Fault(line, "name too long", name[:40]))
    email = given.get("email", "").removeprefix("mailto:").lower()
    if kind == PEOPLE:
        if not _MAIL.fullmatch(email):
            faults.append(Fault(line, "no mail" if not email else "wrong mail", email))
        faults += [Fault(line, f"no {what}") for what in ("role", "place") if not given.get(what)]
    elif not given.get("kind"):
        faults.append(Fault(line, "no kind"))
    since, until = given.get("since", ""), given.get("until", "")
    days = {"since": parse_day(since), "until": parse_day(until)}
    if given.get("through"):
        until, last = given["through"], parse_day(given["through"])
        days["until"] = last + timedelta(days=1) if last else None
    faults += [
        Fault(line, "wrong day", text)
        for text, day in ((since, days["since"]), (until, days["until"]))
        if text and not day
    ]
    if days["since"] and days["until"] and days["since"] >= days["until"]:
        faults.append(Fault(line, "ends before it begins", f"{since} – {until}"))
    return Row(
        line,
        name,
        email,
        role=given.get("role", ""),
        place=given.get("place", ""),
        kind=given.get("kind", ""),
        code=given.get("code", "")[:20],
        parent=given.get("parent", ""),
        since=days["since"],
        until=days["until"],
    ), faults


def _once(kind: str, rows: list[Row]) -> tuple[list[Row], list[Fault]]:
    """Each row once; a second one, and a second name for one address, is a fault that names the first line."""
    kept, faults = [], []
    seen: dict[tuple[str, ...], int] = {}
    names: dict[str, Row] = {}
    for row in rows:
        people = (row.email, plain(row.role), plain(row.place))
        key = people if kind == PEOPLE else (plain(row.name), plain(row.kind), plain(row.parent))
        first = names.setdefault(row.email, row) if row.email else row
        if key in seen:
            faults.append(Fault(row.line, "twice", str(seen[key])))
        elif plain(first.name) != plain(row.name):
            faults.append(Fault(row.line, "two names", row.name, f"{first.name} ({first.line})"))
        else:
            seen[key] = row.line
            kept.append(row)
    return kept, faults


def _odd_domains(rows: Iterable[Row]) -> tuple[Fault, ...]:
    """Addresses whose domain stands once and is nearly the same as one that stands often."""
    domains = Counter(row.email.partition("@")[2] for row in rows if row.email)
    often = [domain for domain, count in domains.items() if count >= 3]
    found = []
    for row in rows:
        domain = row.email.partition("@")[2]
        near = (
            get_close_matches(domain, often, n=1, cutoff=0.85)
            if domains[domain] == 1 and domain not in often
            else []
        )
        if near:
            found.append(Fault(row.line, "odd domain", row.email, near[0]))
    return tuple(found)

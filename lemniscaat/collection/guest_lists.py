"""A list of people to ask, laid beside the register line by line. Pure: no database, no screen.

A list is pasted or read from a file. Whatever is wrong with a line is said at that line, with the address that was
probably meant; the line itself stays until somebody changes it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property
from io import BytesIO
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

SCHEMA_VERSION: Final = 1
MOST_LINES: Final = 5_000
MOST_BYTES: Final = 2_000_000
MOST_SUGGESTED: Final = 60
ADDRESS: Final = re.compile(r"[^\s,;:<>\"'‘’()\[\]|][^\s,;:<>\"()\[\]|]*@[^\s,;:<>\"'‘’()\[\]|]+")
_UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
SHARED: Final = frozenset(
    {"info", "admin", "administratie", "directie", "secretariaat", "receptie", "contact", "mail", "post"}
    | {"school", "kantoor", "office", "bestuur", "stage", "stagebureau", "opleiding", "team"}
)
"""Names before the @ of a box that several people read: a personal link is for one."""
_LIKELY: Final = 20
_HEADS: Final = frozenset(
    {"naam", "voornaam", "achternaam", "name", "email", "mail", "emailadres", "mailadres", "adres"}
)
_ZIP: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Verdict(StrEnum):
    """What we make of a line."""

    KNOWN = "known"
    OTHER_ROLE = "other_role"  # known here, in a role that was not asked; comes along
    TWICE = "twice"  # stands on an earlier line too; counts once
    BOUNCED = "bounced"  # mail came back before; is left out
    ELSEWHERE = "elsewhere"  # belongs to this partnership, but not to this place
    UNKNOWN = "unknown"


GOOD: Final = frozenset({Verdict.KNOWN, Verdict.OTHER_ROLE})
STOPS: Final = frozenset({Verdict.ELSEWHERE, Verdict.UNKNOWN})


@dataclass(frozen=True)
class Known:
    """Somebody of the register, as far as a list needs him."""

    person_id: int
    name: str
    email: str
    role: str
    bounced: bool = False


@dataclass(frozen=True)
class Line:
    """One line with what we make of it; `meant` is the address that was probably meant, `first` where it stood before."""

    number: int
    text: str
    verdict: Verdict
    known: Known | None = None
    meant: str = ""
    first: int = 0

    @property
    def shared(self) -> bool:
        """Whether its address looks like a box that several people read."""
        found = ADDRESS.search(self.text)
        return found is not None and found.group().lower().partition("@")[0] in SHARED


@dataclass(frozen=True)
class Looked:
    """A list, looked at."""

    lines: tuple[Line, ...] = ()

    @property
    def people(self) -> tuple[int, ...]:
        """Whom it asks, each once, in the order of the list."""
        return tuple(line.known.person_id for line in self.lines if line.known and line.verdict in GOOD)

    @property
    def wrong(self) -> tuple[Line, ...]:
        """The lines that must be mended or left out before the round can open."""
        return tuple(line for line in self.lines if line.verdict in STOPS)

    def of(self, verdict: Verdict) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.verdict == verdict)


@dataclass(frozen=True)
class Whom:
    """Whom a round in preparation will ask: everybody with its roles, or a list; and a number per role where not
    everybody is asked. Of whom we know a list holds the number of the person, of others the line as it was typed.
    Once it is open only `drawn` is left: of each role of which a lot was drawn how many, of how many."""

    listed: bool = False
    lines: tuple[int | str, ...] = ()
    sample: Mapping[str, int] = field(default_factory=dict)
    drawn: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Whom:
        """From the column of a round; an empty one is everybody with its roles."""
        lines = tuple(one for one in values.get("lines", ()) if isinstance(one, int | str))
        sample = {str(role): int(number) for role, number in dict(values.get("sample", {})).items()}
        drawn = {
            str(role): (int(some), int(of)) for role, (some, of) in dict(values.get("drawn", {})).items()
        }
        return cls(bool(values.get("listed")), lines, sample, drawn)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema_version": SCHEMA_VERSION,
            "listed": self.listed,
            "lines": list(self.lines),
            "sample": dict(self.sample),
            "drawn": {role: list(pair) for role, pair in self.drawn.items()},
        }


def lines_of(text: str) -> list[str]:
    """The lines of a pasted list: one for each address, without empty ones and without a line of headings."""
    found: list[str] = []
    # a mail program may break a line between a name and its address
    whole = re.sub(r"\n\s*(?=<[^\n@]+@)", " ", text.translate(_UNSEEN).replace("\r", "\n"))
    for number, line in enumerate(whole.splitlines()):
        addresses = list(ADDRESS.finditer(line))
        if number == 0 and not addresses and _is_head(line):
            continue
        if len(addresses) < 2:
            found.append(line)
            continue
        # a row of addresses as a mail program gives it
        ends = [one.end() + line.startswith(">", one.end()) for one in addresses[:-1]]
        found += [line[a:b] for a, b in zip([0, *ends], [*ends, len(line)], strict=True)]
    tidy = (" ".join(line.strip(" \t,;").split()) for line in found)
    return [line for line in tidy if line][:MOST_LINES]


def is_workbook(raw: bytes) -> bool:
    """Whether a file is a spreadsheet itself, and no text."""
    return raw.startswith(_ZIP)


def text_of_workbook(raw: bytes) -> str:
    """The rows of the first sheet that holds an address. Raises ValueError for what is no spreadsheet, or holds none."""
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
            text = "\n".join(
                "; ".join(str(cell).strip() for cell in row if str(cell).strip()) for row in rows
            )
            if ADDRESS.search(text):
                return text
    except CalamineError as error:
        raise ValueError("no workbook") from error
    raise ValueError("no address")


def look(
    lines: Sequence[str], *, known: Iterable[Known], asked: Iterable[str], elsewhere: Iterable[str] = ()
) -> Looked:
    """Lay lines beside the register: `known` are the people of the place, `asked` the roles that were chosen, and
    `elsewhere` the addresses of the rest of the partnership."""
    people = list(known)
    by_mail = {one.email.lower(): one for one in people}
    meant = _Meant(people)
    roles, away = set(asked), {one.lower() for one in elsewhere}
    seen: dict[int, int] = {}
    found: list[Line] = []
    guesses = MOST_SUGGESTED
    for number, text in enumerate(lines, 1):
        match = ADDRESS.search(text)
        address = match.group().strip(".").lower() if match else ""
        one = by_mail.get(address)
        if one is None:
            verdict = Verdict.ELSEWHERE if address in away else Verdict.UNKNOWN
            guesses -= verdict is Verdict.UNKNOWN
            guess = meant(address, text) if verdict is Verdict.UNKNOWN and guesses >= 0 else ""
            found.append(Line(number, text, verdict, meant=guess))
            continue
        found.append(Line(number, text, _verdict(one, roles, seen), one, first=seen.get(one.person_id, 0)))
        seen.setdefault(one.person_id, number)
    return Looked(tuple(found))


def mended(lines: Sequence[str], changed: Mapping[int, str]) -> list[str]:
    """The lines with some of them typed anew, by number; an empty one goes."""
    fresh = (changed.get(number, line) for number, line in enumerate(lines, 1))
    return [line for text in fresh for line in lines_of(text)]


def _verdict(one: Known, roles: set[str], seen: Mapping[int, int]) -> Verdict:
    if one.person_id in seen:
        return Verdict.TWICE
    if one.bounced:
        return Verdict.BOUNCED
    return Verdict.KNOWN if one.role in roles else Verdict.OTHER_ROLE


class _Near:
    """Which of many texts is nearest to another. Only those that share most pairs of signs are really compared: a
    list of 400 wrong lines beside a register of 3,000 people must not take seconds."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for text in texts:
            for pair in _pairs(text):
                self._by_pair[pair].append(text)

    def __call__(self, text: str, cutoff: float) -> str:
        """The nearest, or nothing where none is near enough."""
        shared: Counter[str] = Counter()
        for pair in _pairs(text):
            shared.update(self._by_pair.get(pair, ()))
        likely = [one for one, _ in shared.most_common(_LIKELY)]
        return next(iter(get_close_matches(text, likely, n=1, cutoff=cutoff)), "")


class _Meant:
    """The known address that is nearest to what was typed, or that goes with the name that was typed."""

    def __init__(self, people: Sequence[Known]) -> None:
        self._mail_of = {_plain(one.name): one.email for one in people if one.name}
        self._people = people

    @cached_property
    def _mails(self) -> _Near:
        return _Near(one.email.lower() for one in self._people)

    @cached_property
    def _names(self) -> _Near:
        return _Near(self._mail_of)

    def __call__(self, address: str, text: str) -> str:
        near = self._mails(address, 0.82) if address else ""
        if near:
            return near
        named = _plain(ADDRESS.sub("", text))
        close = self._names(named, 0.85) if len(named) > 3 else ""
        # 'noor @school.nl', 'noor(at)school.nl': no address at all, and yet near to one
        return self._mail_of[close] if close else self._mails("".join(text.lower().split()), 0.82)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _is_head(line: str) -> bool:
    """Whether a first line names columns and no people."""
    cells = [_plain(cell) for cell in re.split(r"[;,\t]", line)]
    return bool(_HEADS & set(cells)) or (len(cells) > 1 and any("mail" in cell for cell in cells))


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha())

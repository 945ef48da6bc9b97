"""Rows, the ground of several kinds: per row one answer out of a few, a few words, or both; and rows of one's own.

A row may be left open, and open is counted as such: so every part counts everybody who gave something. Rows without
answers to choose from count who wrote there. Stored: `{"rows": {row: {"at": option, ask: words}}, "own": [{"label":
words, ...}]}`, each of the two only where something was given.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Field
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, choice_field, one
from lemniscaat.instruments.items import BaseItem, Option, Text
from lemniscaat.instruments.kinds.kind import NOT_OURS, Cut, Kind, heard
from lemniscaat.instruments.kinds.tallies import GIVEN, most_chosen
from lemniscaat.instruments.kinds.telling import told, widest_pair
from lemniscaat.instruments.kinds.text import TOO_LONG, tidy
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop, quoted
from lemniscaat.instruments.summaries import Part, Row, Summary

CELL = 500
AT = "at"
LABEL = "label"
OPEN = Option(key="open", nl="Niet ingevuld", en="Left open")
OWN_WORDS = Text(nl="Zelf toegevoegd", en="Added by you")
OWN_LABEL = Option(key=LABEL, nl="Wat voeg je toe?", en="What do you add?")
NAMELESS = gettext_noop("Geef je eigen regel een naam, of maak hem leeg.")
RESERVED = {AT, LABEL, OPEN.key}

Given = dict[str, str]
R = TypeVar("R", bound=BaseItem)
O = TypeVar("O", bound=Option)  # noqa: E741 - O for option


def unreserved(options: tuple[O, ...]) -> tuple[O, ...]:
    """The options as given; an error where one carries a key this product keeps for itself."""
    taken = next((option.key for option in options if option.key in RESERVED), None)
    if taken is not None:
        raise PydanticCustomError(
            "reserved", "De sleutel '{key}' gebruiken we zelf al. Kies een andere.", {"key": taken}
        )
    return options


class RowsItem(BaseItem):
    """An item whose answers stand in rows; `own_rows` is how many somebody may add."""

    own_rows: Annotated[int, Field(ge=0, le=6)] = 0


class Rowwise(Kind[R]):
    """Override `rows`; `choices`, `asks`, `hints`, `own` and `naming` where the kind has them."""

    nameless: ClassVar[str] = NAMELESS
    """What to say where a row of one's own is only half named."""

    @abstractmethod
    def rows(self, item: R) -> Sequence[Option]:
        """The rows the instrument gives."""

    def choices(self, item: R) -> tuple[Option, ...]:
        """The answers to choose from in every row; none where a row is only written on."""
        return ()

    def asks(self, item: R) -> tuple[Option, ...]:
        """What may be written in every row, as question under a key."""
        return ()

    def hints(self, item: R, row: Option, code: str) -> tuple[str, ...]:
        """What else stands with a row."""
        return ()

    def own(self, item: R) -> int:
        """How many rows somebody may add."""
        return item.own_rows if isinstance(item, RowsItem) else 0

    def naming(self, item: R) -> tuple[Option, ...]:
        """What somebody fills in to name a row of their own; all of it is needed."""
        return (OWN_LABEL,)

    # asking

    def seconds(self, item: R) -> int:
        return len(self.rows(item)) * (6 * bool(self.choices(item)) + 10 * len(self.asks(item))) or 20

    def lines(self, item: R, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        given = [
            Line(
                row.say(code),
                self._fields(item, posted, f"{name}.{row.key}", code),
                self.hints(item, row, code),
            )
            for row in self.rows(item)
        ]
        for place in range(1, self.own(item) + 1):
            field = f"{name}.+{place}"
            typed = (posted.get(f"{field}.{LABEL}") or ("",))[-1]
            named = _written_fields(self.naming(item), posted, field, code)
            given.append(Line(typed, (*named, *self._fields(item, posted, field, code)), own=True))
        return tuple(given)

    def _fields(self, item: R, posted: Posted, field: str, code: str) -> tuple[FormField, ...]:
        options = self.choices(item)
        first = (choice_field(f"{field}.{AT}", options, posted, code),) if options else ()
        return (*first, *_written_fields(self.asks(item), posted, field, code))

    def printed(self, item: R, code: str = "nl") -> tuple[PaperLine, ...]:
        cells = tuple(option.say(code) for option in self.choices(item))
        writes = tuple((ask.say(code), 2) for ask in self.asks(item))
        given = [
            PaperLine("row", row.say(code), cells, self.hints(item, row, code), writes)
            for row in self.rows(item)
        ]
        return (*given, *(PaperLine("row", "", cells, writes=writes) for _ in range(self.own(item))))

    # from a form to an answer and back

    def take(self, item: R, posted: Posted, name: str) -> Value | Problem | None:
        rows: dict[str, Given] = {}
        for row in self.rows(item):
            given = self._row(item, posted, f"{name}.{row.key}")
            if isinstance(given, Problem):
                return given
            if given:
                rows[row.key] = given
        own: list[Given] = []
        for place in range(1, self.own(item) + 1):
            given = self._own_row(item, posted, f"{name}.+{place}")
            if isinstance(given, Problem):
                return given
            if given:
                own.append(given)
        return {key: value for key, value in (("rows", rows), ("own", own)) if value} or None

    def _row(self, item: R, posted: Posted, field: str) -> Given | Problem:
        given: Given = {}
        at = one(posted, f"{field}.{AT}")
        if at and all(option.key != at for option in self.choices(item)):
            return Problem(NOT_OURS)
        if at:
            given[AT] = at
        for ask in self.asks(item):
            words = tidy((posted.get(f"{field}.{ask.key}") or ("",))[-1])
            if len(words) > CELL:
                return Problem(TOO_LONG, {"n": len(words), "most": CELL})
            if words:
                given[ask.key] = words
        return given

    def _own_row(self, item: R, posted: Posted, field: str) -> Given | Problem:
        given = self._row(item, posted, field)
        if isinstance(given, Problem):
            return given
        named: Given = {}
        for part in self.naming(item):
            words = tidy((posted.get(f"{field}.{part.key}") or ("",))[-1])
            if len(words) > CELL:
                return Problem(TOO_LONG, {"n": len(words), "most": CELL})
            if words:
                named[part.key] = words
        if (given or named) and len(named) < len(self.naming(item)):
            return Problem(self.nameless)
        return {**named, **given}

    def fill(self, item: R, value: Value, name: str) -> dict[str, list[str]]:
        filled = {
            f"{name}.{row}.{key}": [words]
            for row, given in value.get("rows", {}).items()
            for key, words in given.items()
        }
        for place, given in enumerate(value.get("own", ()), 1):
            filled |= {f"{name}.+{place}.{key}": [words] for key, words in given.items()}
        return filled

    def readable(self, item: R, value: Value) -> bool:
        if not isinstance(value, dict) or not value or not {"rows", "own"}.issuperset(value):
            return False
        if not all(value.values()):
            return False
        if not all(value.values()):
            return False
        rows, own = value.get("rows", {}), value.get("own", [])
        if not isinstance(rows, dict) or not isinstance(own, list) or len(own) > self.own(item):
            return False
        known = {row.key for row in self.rows(item)}
        return (
            known.issuperset(rows)
            and all(self._fits(item, given) for given in rows.values())
            and all(self._fits(item, given, own=True) for given in own)
        )

    def _fits(self, item: R, given: Any, *, own: bool = False) -> bool:
        named = {part.key for part in self.naming(item)} if own else set()
        if not isinstance(given, dict) or not given or not named.issubset(given):
            return False
        asks = {ask.key for ask in self.asks(item)} | named
        options = {option.key for option in self.choices(item)}
        return all(
            isinstance(words, str)
            and (words in options if key == AT else key in asks and 0 < len(words) <= CELL)
            for key, words in given.items()
        )

    # counting

    def cut(self, item: R) -> Cut:
        return "whole" if len(self.choices(item)) > 1 else "multi"

    def shape(self, item: R) -> tuple[Part, ...]:
        options = self.choices(item)
        counted = (*options, OPEN) if len(options) > 1 else (GIVEN,)
        return tuple(Part(row.key, row, counted) for row in self.rows(item))

    def count(self, item: R, values: Sequence[Value]) -> Summary:
        shape = self.shape(item)
        parts = {part.key: dict.fromkeys((option.key for option in part.options), 0) for part in shape}
        whole = self.cut(item) == "whole"
        for value in values:
            rows = value.get("rows", {})
            for key, counts in parts.items():
                if whole:
                    counts[rows.get(key, {}).get(AT, OPEN.key)] += 1
                elif key in rows:
                    counts[GIVEN.key] += 1
        return Summary(len(values), parts, texts=tuple(sorted(self._texts(item, values))))

    def _texts(self, item: R, values: Sequence[Value]) -> Iterator[str]:
        """What was written, each with its row, and the own rows in words."""
        labels = {row.key: row.nl for row in self.rows(item)}
        answers = {option.key: option.nl for option in self.choices(item)}
        for value in values:
            for row, given in value.get("rows", {}).items():
                yield from (f"{labels[row]}: {words}" for words in self._written(item, given))
            for given in value.get("own", ()):
                at = answers.get(given.get(AT, ""), "")
                label = f"{self.named(given)} ({at})" if at else self.named(given)
                yield ": ".join([label, *self._written(item, given)])

    def _written(self, item: R, given: Mapping[str, str]) -> list[str]:
        return [given[ask.key] for ask in self.asks(item) if ask.key in given]

    def named(self, given: Mapping[str, str]) -> str:
        """The name of a row of one's own, in words."""
        return given[LABEL]

    # telling

    def at_words(self, item: R, row: Option | None, at: str, code: str) -> str:
        """An answer chosen in a row, in words; `row` is None in a row of one's own."""
        return next((option.say(code) for option in self.choices(item) if option.key == at), "")

    def said(self, item: R, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        code = language.code
        rows = {row.key: row for row in self.rows(item)}
        found: list[Saying] = []
        for key, row in rows.items():
            given = value.get("rows", {}).get(key, {})
            found += self._said_row(item, row, row.say(code), given, code)
        for given in value.get("own", ()):
            rest = self._said_row(item, None, self.named(given), given, code)
            found += rest or [Saying(OWN_WORDS.say(code), self.named(given))]
        return tuple(found)

    def _said_row(self, item: R, row: Option | None, label: str, given: Given, code: str) -> list[Saying]:
        at = self.at_words(item, row, given.get(AT, ""), code)
        asks = [ask for ask in self.asks(item) if ask.key in given]
        said = [Saying(label, at)] if at else []
        return said + [Saying(f"{label} · {ask.say(code)}", given[ask.key]) for ask in asks]

    def sentence(self, item: R, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """What the first row says; where rows are only chosen, the row most often chosen."""
        groups = heard(rows)
        shape = self.shape(item)
        if not groups or not shape:
            return ""
        if self.cut(item) == "multi":
            return most_chosen(shape, rows, language)
        part = shape[0]
        counts = {k: n for k, n in groups[0].counts.parts.get(part.key, {}).items() if k != OPEN.key}
        said = told(part, widest_pair(part.options[:-1], counts), rows, language)
        label = quoted(self.rows(item)[0].say(language.code))
        return language.gettext("Over %(row)s: %(sentence)s") % {"row": label, "sentence": said}


def _written_fields(asks: Sequence[Option], posted: Posted, field: str, code: str) -> tuple[FormField, ...]:
    names = ((f"{field}.{ask.key}", ask) for ask in asks)
    return tuple(FormField(name, name, ask.say(code), (posted.get(name) or ("",))[-1]) for name, ask in names)

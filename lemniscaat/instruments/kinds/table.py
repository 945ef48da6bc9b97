"""Table: rows given by the instrument, by the vision or by oneself; columns that are each a scale or a few words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lemniscaat.instruments.answers import Problem, Value
from lemniscaat.instruments.asking import Field as FormField
from lemniscaat.instruments.asking import Line, PaperLine, Posted, Saying, choice_field, one
from lemniscaat.instruments.items import BaseItem, Option, Options, Text, not_left_open, unique
from lemniscaat.instruments.kinds.kind import NOT_OURS, Kind, heard, skip_columns, tail, tail_header
from lemniscaat.instruments.kinds.rowwise import LABEL, NAMELESS, OWN_WORDS
from lemniscaat.instruments.kinds.telling import told, widest_pair
from lemniscaat.instruments.kinds.text import TOO_LONG, tidy
from lemniscaat.instruments.language import DUTCH, Language, gettext_noop, quoted
from lemniscaat.instruments.summaries import Part, Row, Summary, Tabled

CELL = 300
UNFINISHED = gettext_noop(
    "Vul elke rij in, of kies onderaan dat de vraag niet bij je past. Nog leeg: %(rows)s."
)


class Column(Option):
    """A column: with `scale` or `options` one of these answers a row, without them a few words."""

    scale: str | None = None
    options: Options = ()

    @model_validator(mode="after")
    def _scale(self) -> Column:
        not_left_open(self.options)
        if self.scale is not None and not self.options:
            raise PydanticCustomError(
                "unknown_scale", "De schaal '{name}' staat niet bij 'scales'.", {"name": self.scale}
            )
        return self


class TableItem(BaseItem):
    """Rows by columns. Columns with a scale are filled in for every row or not at all; rows of one's own are words."""

    kind: Literal["table"]
    rows: Annotated[tuple[Option, ...], Field(max_length=20), AfterValidator(unique)] = ()
    rows_from: Literal["vision"] | None = None
    """The vision points of whoever uses it become rows."""
    own_rows: Annotated[int, Field(ge=0, le=6)] = 0
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=6), AfterValidator(unique)]

    @model_validator(mode="after")
    def _some_rows(self) -> TableItem:
        if not (self.rows or self.rows_from or self.own_rows):
            raise PydanticCustomError("no_rows", "Geef 'rows', 'rows_from: vision' of 'own_rows'.")
        return self

    def cells(self, scales: bool) -> Iterator[tuple[Option, Column]]:
        """All cells row by row: those with a scale, or those with words."""
        return (
            (row, column) for row in self.rows for column in self.columns if bool(column.options) == scales
        )


class TableKind(Kind[TableItem]):
    name = "table"
    model = TableItem

    def seconds(self, item: TableItem) -> int:
        return 5 * len(list(item.cells(True))) + 20 * len(list(item.cells(False)))

    def lines(self, item: TableItem, posted: Posted, name: str, code: str) -> tuple[Line, ...]:
        lines = [
            Line(row.say(code), self._fields(item, posted, f"{name}.{row.key}", code)) for row in item.rows
        ]
        for place in range(1, item.own_rows + 1):
            field = f"{name}.+{place}"
            label = FormField(
                f"{field}.{LABEL}",
                f"{field}.{LABEL}",
                OWN_WORDS.say(code),
                _typed(posted, f"{field}.{LABEL}"),
            )
            lines.append(Line(label.value, (label, *self._fields(item, posted, field, code)), own=True))
        return tuple(lines)

    def _fields(self, item: TableItem, posted: Posted, row: str, code: str) -> tuple[FormField, ...]:
        fields = []
        for column in item.columns:
            field = f"{row}.{column.key}"
            if column.options:
                fields.append(choice_field(field, column.options, posted, code, column.say(code)))
            else:
                fields.append(FormField(field, field, column.say(code), _typed(posted, field)))
        return tuple(fields)

    def printed(self, item: TableItem, code: str = "nl") -> tuple[PaperLine, ...]:
        head = PaperLine("head", "", tuple(column.say(code) for column in item.columns))
        cells = tuple(" / ".join(o.say(code) for o in column.options) for column in item.columns)
        given = [PaperLine("cells", row.say(code), cells) for row in item.rows]
        return (head, *given, *(PaperLine("cells", "", cells) for _ in range(item.own_rows)))

    def take(self, item: TableItem, posted: Posted, name: str) -> Value | Problem | None:
        value: dict[str, dict[str, str]] = {}
        for row in (*(row.key for row in item.rows), *own_keys(item)):
            for column in item.columns:
                given = self._cell(column, posted, f"{name}.{row}.{column.key}")
                if isinstance(given, Problem):
                    return given
                if given:
                    value.setdefault(row, {})[column.key] = given
        bad = self._name_own(item, posted, name, value)
        if bad:
            return bad
        if not value:
            return None
        missing = self._missing(item, value)
        if missing:
            return Problem(UNFINISHED, {"rows": ", ".join(quoted(row.nl) for row in missing)})
        return value

    def _name_own(
        self, item: TableItem, posted: Posted, name: str, value: dict[str, dict[str, str]]
    ) -> Problem | None:
        """Put the names that somebody gave to rows of the own before what stands in them."""
        for row in own_keys(item):
            label = tidy(_typed(posted, f"{name}.{row}.{LABEL}"))
            if len(label) > CELL:
                return Problem(TOO_LONG, {"n": len(label), "most": CELL})
            if row in value and not label:
                return Problem(NAMELESS)
            if label:
                value[row] = {LABEL: label, **value.get(row, {})}
        return None

    def fill(self, item: TableItem, value: Value, name: str) -> dict[str, list[str]]:
        return {
            f"{name}.{row}.{column}": [cell] for row, cells in value.items() for column, cell in cells.items()
        }

    def readable(self, item: TableItem, value: Value) -> bool:
        if (
            not isinstance(value, dict)
            or not value
            or not all(isinstance(row, dict) and row for row in value.values())
        ):
            return False
        own = set(own_keys(item))
        columns = {column.key: {option.key for option in column.options} for column in item.columns}
        if not (own | {row.key for row in item.rows}).issuperset(value):
            return False
        if any((LABEL in row) != (key in own) for key, row in value.items()):
            return False
        columns[LABEL] = set()
        cells = [(column, cell) for row in value.values() for column, cell in row.items()]
        fits = all(
            column in columns
            and isinstance(cell, str)
            and (cell in columns[column] if columns[column] else 0 < len(cell) <= CELL)
            for column, cell in cells
        )
        return fits and not self._missing(item, value)

    def shape(self, item: TableItem) -> tuple[Part, ...]:
        many = sum(bool(column.options) for column in item.columns) > 1
        return tuple(
            Part(f"{row.key}.{column.key}", _joined(row, column) if many else row, column.options)
            for row, column in item.cells(True)
        )

    def count(self, item: TableItem, values: Sequence[Value]) -> Summary:
        counted = Counter(
            (f"{row}.{column}", cell)
            for value in values
            for row, cells in value.items()
            for column, cell in cells.items()
        )
        own = set(own_keys(item))
        parts = {p.key: {o.key: counted[p.key, o.key] for o in p.options} for p in self.shape(item)}
        texts = []
        for row, column in item.cells(False):
            label = _joined(row, column).nl
            texts += [
                f"{label}: {value[row.key][column.key]}"
                for value in values
                if column.key in value.get(row.key, ())
            ]
        texts += [_own_words(item, row) for value in values for key, row in value.items() if key in own]
        return Summary(len(values), parts, texts=tuple(sorted(texts)))

    def said(self, item: TableItem, value: Value, language: Language = DUTCH) -> tuple[Saying, ...]:
        """As every kind; a row of one's own is one piece under the name it got."""
        own = own_keys(item)
        given = super().said(item, {key: row for key, row in value.items() if key not in own}, language)
        told = [_own_pieces(item, value[key], language.code) for key in own if key in value]
        return (*given, *(Saying(label, "; ".join(pieces) or label) for label, pieces in told))

    def sentence(self, item: TableItem, rows: Sequence[Row], language: Language = DUTCH) -> str:
        """What the first row of the table says; the other rows stand in the drawing and the table."""
        groups = heard(rows)
        shape = self.shape(item)
        if not groups:
            return ""
        if not shape:
            listed = ", ".join(f"{row.counts.n} {row.label}" for row in groups)
            return language.gettext("In eigen woorden: %(groups)s.") % {"groups": listed}
        part = shape[0]
        chosen = widest_pair(part.options, dict(groups[0].counts.parts.get(part.key, {})))
        label = quoted(part.label.say(language.code)) if part.label else ""
        said = told(part, chosen, rows, language)
        return language.gettext("Over %(row)s: %(sentence)s") % {"row": label, "sentence": said}

    def tabled(self, item: TableItem, rows: Sequence[Row], language: Language = DUTCH) -> Tabled:
        """As every kind; where columns have different scales, a row per answer instead."""
        shape = self.shape(item)
        if len({tuple(o.key for o in part.options) for part in shape}) < 2:
            return super().tabled(item, rows, language)
        tails = skip_columns(rows)
        header = ("", "", "", language.gettext("Aantal"), *tail_header(tails, language))
        code = language.code
        return Tabled(
            header,
            tuple(
                (
                    part.label.say(code) if part.label else "",
                    row.label,
                    option.say(code),
                    str(row.counts.parts.get(part.key, {}).get(option.key, 0)),
                    *tail(row, tails),
                )
                for part in shape
                for row in rows
                for option in part.options
            ),
        )

    def _cell(self, column: Column, posted: Posted, field: str) -> str | Problem:
        if not column.options:
            text = tidy((posted.get(field) or ("",))[-1])
            return Problem(TOO_LONG, {"n": len(text), "most": CELL}) if len(text) > CELL else text
        given = one(posted, field)
        if given and all(option.key != given for option in column.options):
            return Problem(NOT_OURS)
        return given

    def _missing(self, item: TableItem, value: Value) -> list[Option]:
        # a count resting on fewer people than the item's n would slip under the release's threshold
        rows = [row for row, column in item.cells(True) if column.key not in value.get(row.key, ())]
        return list(dict.fromkeys(rows))


def own_keys(item: TableItem) -> tuple[str, ...]:
    """The names of the rows that somebody adds; no row of the instrument can be called so."""
    return tuple(f"+{place}" for place in range(1, item.own_rows + 1))


def _own_words(item: TableItem, row: dict[str, str]) -> str:
    """A row of one's own as a reader gets it: its name, and per column what was chosen or written."""
    label, pieces = _own_pieces(item, row, "nl")
    return f"{label} ({'; '.join(pieces)})" if pieces else label


def _own_pieces(item: TableItem, row: dict[str, str], code: str) -> tuple[str, list[str]]:
    pieces = []
    for column in item.columns:
        if column.key in row:
            answers = {option.key: option.say(code) for option in column.options}
            pieces.append(f"{column.say(code)}: {answers.get(row[column.key], row[column.key])}")
    return row[LABEL], pieces


def _typed(posted: Posted, field: str) -> str:
    return (posted.get(field) or ("",))[-1]


def _joined(row: Option, column: Option) -> Text:
    english = f"{row.en} · {column.en}" if row.en and column.en else None
    return Text(nl=f"{row.nl} · {column.nl}", en=english)


KIND = TableKind()

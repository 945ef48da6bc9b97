"""A table of filled-in sheets from elsewhere becomes an imported round: all good rows or none.

The mapping file says which column is what (docs/instruments.md). Raw rows are not kept: they are folded per place
and cut like any round (docs/privacy.md, imported rounds).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lemniscaat.base.decoding import decoded
from lemniscaat.base.keys import random_key
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse, Plan, Round, RoundState, Segment
from lemniscaat.collection.opening import frozen
from lemniscaat.collection.releasing import release_round
from lemniscaat.instruments.answers import Stored
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.people.models import FAMILY, Partnership, Role
from lemniscaat.people.tree import tree_of
from lemniscaat.vision.models import Period

MOST_SHOWN = 20
Progress = Callable[[int], object]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ScaleMapping(Strict):
    """Columns that share one scale; `answers` from the value in the table to its words, in order."""

    columns: Annotated[tuple[str, ...], Field(min_length=1)]
    texts: dict[str, str] = Field(default_factory=dict)
    answers: dict[str, str]
    missing: tuple[str, ...] = ("",)
    not_applicable: tuple[str, ...] = ()


class TableMapping(Strict):
    """What the columns of a table mean."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9-]{2,60}$")]
    title: str
    day: date
    source: str
    role: Role
    permitted_use: PermittedUse = PermittedUse.POOL
    plan: Plan = Plan.ROLE
    board: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    scales: Annotated[tuple[ScaleMapping, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Fault:
    """A row that cannot be taken, with its line in the file."""

    line: int
    column: str
    why: str

    def __str__(self) -> str:
        return _("regel %(line)d, kolom %(column)s: %(why)s") % {
            "line": self.line,
            "column": self.column,
            "why": self.why,
        }


class TableError(Exception):
    """The table or its mapping cannot be used; the message is a Dutch sentence, `faults` name the rows."""

    def __init__(self, message: str, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


@dataclass(frozen=True)
class Imported:
    """How it went: the round, rows taken, rows left out, and whether it was there already."""

    round: Round
    taken: int
    left_out: tuple[Fault, ...]
    known: bool = False


Row = tuple[tuple[str, str], dict[str, Stored]]


def read_mapping(path: Path) -> TableMapping:
    """A mapping file as typed data. Raises TableError with file and place."""
    try:
        return TableMapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TableError(
            _("%(file)s is niet te lezen: %(why)s") % {"file": path.name, "why": error}
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        why = {"file": path.name, "place": place, "why": first["msg"]}
        raise TableError(_("%(file)s, bij %(place)s: %(why)s") % why) from error


def read_rows(path: Path, mapping: TableMapping) -> tuple[list[Row], list[Fault]]:
    """The rows of a table as (board and school, answers), and the faults. UTF-8 or Windows-1252; , ; or tab."""
    text = decoded(path.read_bytes())
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    wanted = [*mapping.board, *mapping.school, *(c for scale in mapping.scales for c in scale.columns)]
    absent = [column for column in wanted if column not in (reader.fieldnames or [])]
    if absent:
        raise TableError(
            _("In %(file)s ontbreekt de kolom %(columns)s. Pas de mapping aan of kies een ander bestand.")
            % {"file": path.name, "columns": ", ".join(absent[:5])}
        )
    rows, faults = [], []
    codes = _codes(mapping)
    for row in reader:
        answers, wrong = _answers(row, codes, reader.line_num)
        if wrong:
            faults += wrong
        else:
            rows.append((_place(row, mapping), answers))
    return rows, faults


def _codes(mapping: TableMapping) -> dict[str, dict[str, Stored | None]]:
    """Per column what each value in the table is as a stored answer (None: left blank)."""
    codes: dict[str, dict[str, Stored | None]] = {}
    for scale in mapping.scales:
        known: dict[str, Stored | None] = {value: {"v": f"o{i}"} for i, value in enumerate(scale.answers, 1)}
        known |= dict.fromkeys(scale.missing, None) | {
            value: {"skip": "na"} for value in scale.not_applicable
        }
        codes |= dict.fromkeys(scale.columns, known)
    return codes


def _answers(
    row: Mapping[str, Any], codes: Mapping[str, Mapping[str, Stored | None]], line: int
) -> tuple[dict[str, Stored], list[Fault]]:
    answers: dict[str, Stored] = {}
    faults = []
    for column, known in codes.items():
        value = (row.get(column) or "").strip()
        if value not in known:
            faults.append(
                Fault(line, column, _("‘%(value)s’ staat niet op de schaal") % {"value": value[:30]})
            )
        elif (stored := known[value]) is not None:
            answers[item_key(column)] = stored
    return answers, faults


def _place(row: Mapping[str, Any], mapping: TableMapping) -> tuple[str, str]:
    board = "-".join(str(row[column]).strip() for column in mapping.board) or "*"
    return board, "-".join(str(row[column]).strip() for column in mapping.school) or "*"


def item_key(column: str) -> str:
    """The key of the item that a column becomes."""
    return "".join(c if c.isalnum() else "-" for c in column.lower()).strip("-")


def instrument_for(mapping: TableMapping) -> Instrument:
    """An instrument with the table's own questions; nothing is shipped of it."""
    items = [
        {
            "kind": "scale",
            "key": item_key(column),
            "text": scale.texts.get(column, column),
            "options": [
                {"key": f"o{i}", "nl": words, "en": words}
                for i, words in enumerate(scale.answers.values(), 1)
            ],
        }
        for scale in mapping.scales
        for column in scale.columns
    ]
    both = {"nl": mapping.title, "en": mapping.title}
    origin = {
        "maker": mapping.source,
        "origin": mapping.source,
        "known": mapping.source,
        "ours": _("ingelezen"),
    }
    return Instrument.model_validate(
        {
            "key": mapping.key,
            "version": 1,
            "titles": both,
            "purpose": both,
            **origin,
            "ways": ["alone"],
            "sections": [{"title": both, "items": items}],
        }
    )


def import_responses(
    *,
    partnership: Partnership,
    table: Path,
    mapping: TableMapping,
    skip_invalid: bool = False,
    progress: Progress = lambda _done: None,
) -> Imported:
    """Bring a table in as an imported round. All or nothing: any fault raises TableError unless `skip_invalid`.

    The same key twice gives the round that is there. `progress` hears how many rows were counted.
    """
    known = Round.objects.filter(partnership=partnership, key=mapping.key).first()
    if known is not None:
        return Imported(known, 0, (), known=True)
    rows, faults = read_rows(table, mapping)
    if faults and not skip_invalid:
        raise TableError(
            _("Niets ingelezen: %(n)d waarden kloppen niet. Verbeter het bestand of sla die regels over.")
            % {"n": len(faults)},
            tuple(faults),
        )
    if not rows:
        raise TableError(_("In %(file)s staat geen enkele goede rij.") % {"file": table.name})
    with writing():
        round_ = _round(partnership, mapping)
        segments = _segments(round_, rows, mapping)
        release_round(round_=round_, rows=_counted(rows, segments, progress))
    return Imported(round_, len(rows), tuple(faults))


def _counted(
    rows: list[Row], segments: Mapping[tuple[str, str], int], progress: Progress
) -> Iterator[tuple[int, dict[str, Stored]]]:
    for done, (place, answers) in enumerate(rows, 1):
        if done % 1000 == 0 or done == len(rows):
            progress(done)
        yield segments[place], answers


def _round(partnership: Partnership, mapping: TableMapping) -> Round:
    instrument = instrument_for(mapping)
    version = frozen(instrument, partnership=partnership, day=mapping.day)
    period = Period.objects.filter(
        partnership=partnership, starts_on__lte=mapping.day, ends_on__gte=mapping.day
    ).first()
    return Round.objects.create(
        partnership=partnership,
        organisation=partnership.root,
        period=period,
        instrument=version,
        key=mapping.key,
        title=mapping.title,
        roles=[mapping.role],
        permitted_use=mapping.permitted_use,
        plan=mapping.plan,
        state=RoundState.IMPORTED,
        opened_on=mapping.day,
        stopped_on=mapping.day,
        source=mapping.source,
    )


def _segments(round_: Round, rows: list[Row], mapping: TableMapping) -> dict[tuple[str, str], int]:
    """One segment per place; a place that the register knows by its code or name gets that organisation's id."""
    tree = tree_of(round_.partnership, mapping.day)
    ids = {name: str(layer.id) for layer in tree.layers.values() for name in (layer.code, layer.name) if name}
    made = {}
    for board, school in sorted(Counter(place for place, _answers in rows)):
        segment = Segment.objects.create(
            id=random_key(),
            round=round_,
            family=FAMILY[mapping.role],
            role=mapping.role,
            board=ids.get(board, board),
            school=ids.get(school, school),
        )
        made[(board, school)] = segment.pk
    return made

"""What may be shown of a round, as a table: a row per item and group, through the same door as the pages."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal, TextIO

from lemniscaat.collection.models import Round
from lemniscaat.collection.outcome import ANY, WHOLE, Group, GroupTable, Opened, opened
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.instruments.folding import QUALITY, QUALITY_SHAPE
from lemniscaat.instruments.kinds.registry import is_counted, kind_of
from lemniscaat.instruments.summaries import Part
from lemniscaat.people.models import Organisation

By = Literal["organisation", "role"]


@dataclass(frozen=True)
class ExportRow:
    """One item (or part of it) for one group. `mean` of a scale counts its options 1, 2, 3 ... as asked."""

    item: str
    part: str
    kind: str
    segment: str
    covers: str
    n: int
    mean: float | None
    counts: dict[str, int]
    not_applicable: int
    cannot_judge: int
    rather_not: int
    blank: int
    kept_back: int


def rows(round_: Round, by: By, *, only: frozenset[str] | None = None) -> Iterator[ExportRow]:
    """Every figure of a released round that may be shown; groups without one are left out.

    `only`: the ids of the places to tell apart, for who may not have a list of schools.
    """
    book = opened(round_)
    instrument = instrument_of(round_)
    groups = _groups(book, by, only)
    parts: dict[str, tuple[tuple[Part, ...], bool]] = {
        item.key: (kind_of(item).shape(item), kind_of(item).ordered)
        for item in instrument.items
        if is_counted(item)
    }
    parts[QUALITY] = (QUALITY_SHAPE, False)
    for key, (shape, is_scale) in parts.items():
        for name, group in groups:
            told = book.tell(key, group)
            for part in shape:
                row = _row(key, part, group, name, told, is_scale)
                if row is not None:
                    yield row


def _row(key: str, part: Part, group: Group, name: str, told: GroupTable, is_scale: bool) -> ExportRow | None:
    if told.table is None:
        return None
    counts = {option.key: told.table.parts.get(part.key, {}).get(option.key, 0) for option in part.options}
    total = sum(counts.values())
    mean = sum(i * n for i, n in enumerate(counts.values(), 1)) / total if is_scale and total else None
    return ExportRow(
        item=key,
        part=part.key,
        kind=group.kind,
        segment=name,
        covers="whole" if told.table.whole else "part",
        n=told.table.n,
        mean=mean,
        counts=counts,
        not_applicable=told.table.skipped.get("na", 0),
        cannot_judge=told.table.skipped.get("cannot_judge", 0),
        rather_not=told.table.skipped.get("rather_not", 0),
        blank=told.table.skipped.get("blank", 0),
        kept_back=told.table.kept_back.get(part.key, 0),
    )


def _groups(book: Opened, by: By, only: frozenset[str] | None) -> list[tuple[str, Group]]:
    found = [("", book.group(WHOLE, ""))]
    if by == "role":
        return found + [(group.key, group) for group in book.voices()]
    keys = {label for s in book.segments.values() for label in (s.board, s.school)} - {ANY}
    keys = keys if only is None else keys & only
    known = {str(o.pk): o.name for o in Organisation.objects.filter(pk__in=[k for k in keys if k.isdigit()])}
    for kind in ("board", "school"):
        named = [(known.get(g.key, g.key), g) for g in book.places(kind) if g.key in keys]
        found += sorted(named, key=lambda pair: pair[0])
    return found


def write_csv(found: Iterator[ExportRow], out: TextIO) -> int:
    """Rows as CSV, counts in columns `count_1` ... in the order of the options; returns how many rows."""
    every = list(found)
    widest = max((len(row.counts) for row in every), default=0)
    writer = csv.writer(out, lineterminator="\n")
    plain = ["item", "part", "kind", "segment", "covers", "n", "mean"]
    rest = ["not_applicable", "cannot_judge", "rather_not", "blank", "kept_back"]
    writer.writerow([*plain, *(f"count_{i}" for i in range(1, widest + 1)), *rest])
    for row in every:
        counts = [*row.counts.values(), *[""] * (widest - len(row.counts))]
        mean = "" if row.mean is None else f"{row.mean:.5f}"
        values = [row.item, row.part, row.kind, safe(row.segment), row.covers, row.n, mean]
        writer.writerow([*values, *counts, *(getattr(row, name) for name in rest)])
    return len(every)


def write_json(found: Iterator[ExportRow], out: TextIO) -> int:
    """Rows as a JSON list; returns how many rows."""
    every = [asdict(row) for row in found]
    json.dump(every, out, ensure_ascii=False, indent=1)
    return len(every)


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t"} else text

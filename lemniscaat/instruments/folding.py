"""From many responses to summaries, in batches, with one more summary on the quality of the responses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from lemniscaat.instruments.answers import Stored
from lemniscaat.instruments.grammar import Instrument, opens
from lemniscaat.instruments.items import BaseItem, Option, Text
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.summaries import Part, Summary, frame, merge

QUALITY = "_quality"
"""The key under which `fold` puts the summary of `quality`; no item can be called so."""
BATCH = 5_000
ENOUGH = 5
"""From so many answered scales on, answering all alike says something."""

Response = Mapping[str, Stored]
Column = Sequence[Stored | None]
S = TypeVar("S", bound=Hashable)
T = TypeVar("T")


def _option(key: str, nl: str, en: str) -> Option:
    return Option(key=key, nl=nl, en=en)


QUALITY_SHAPE = (
    Part(
        "alike",
        Text(nl="Gaf overal hetzelfde antwoord", en="Gave the same answer everywhere"),
        (
            _option("no", "Nee", "No"),
            _option("yes", "Ja", "Yes"),
            _option("few", "Te weinig schalen", "Too few scales"),
        ),
    ),
    Part(
        "na",
        Text(nl="Vond vragen niet passen", en="Found items not applicable"),
        (
            _option("none", "Geen", "None"),
            _option("some", "Een deel", "Some"),
            _option("most", "De helft of meer", "Half or more"),
        ),
    ),
    Part(
        "unread",
        Text(nl="Had antwoorden die niet te lezen zijn", en="Had answers that cannot be read"),
        (_option("no", "Nee", "No"), _option("yes", "Ja", "Yes")),
    ),
)


def fold(instrument: Instrument, responses: Iterable[Response]) -> dict[str, Summary]:
    """A summary per item key, and under `QUALITY` one on the responses themselves."""
    total = empty(instrument)
    for rows in _batches(responses):
        total = merge_folds(total, fold_batch(instrument, rows))
    return total


def fold_by(instrument: Instrument, responses: Iterable[tuple[S, Response]]) -> dict[S, dict[str, Summary]]:
    """As `fold`, for many groups in one pass over (group, response)."""
    totals: dict[S, dict[str, Summary]] = {}
    for pairs in _batches(responses):
        groups: dict[S, list[Response]] = defaultdict(list)
        for group, response in pairs:
            groups[group].append(response)
        for group, rows in groups.items():
            counted = fold_batch(instrument, rows)
            totals[group] = merge_folds(totals[group], counted) if group in totals else counted
    return totals


def empty(instrument: Instrument) -> dict[str, Summary]:
    """The fold of no responses."""
    counted = {item.key: kind_of(item).empty(item) for item in instrument.items}
    return {**counted, QUALITY: Summary(parts=frame(QUALITY_SHAPE))}


def merge_folds(one: Mapping[str, Summary], other: Mapping[str, Summary]) -> dict[str, Summary]:
    """Two folds of the same instrument together."""
    return {key: merge(summary, other[key]) for key, summary in one.items()}


def fold_batch(instrument: Instrument, rows: Sequence[Response]) -> dict[str, Summary]:
    """As `fold`, for responses that are all in memory: a column an item."""
    columns = _columns(instrument.items, rows)
    folded: dict[str, Summary] = {}
    unread = [0] * len(rows)
    for item in instrument.items:
        kind = kind_of(item)
        folded[item.key], damaged = kind.batch(item, columns[item.key])
        if damaged:
            for place, stored in enumerate(columns[item.key]):
                unread[place] += _damaged(item, stored)
    folded[QUALITY] = quality(instrument, columns, unread)
    return folded


def quality(instrument: Instrument, columns: Mapping[str, Column], unread: Sequence[int]) -> Summary:
    """How far these responses can be trusted, as a summary like any other; each part counts every response."""
    n = len(unread)
    scales = [_values(columns[item.key]) for item in instrument.items if kind_of(item).ordered]
    parts = frame(QUALITY_SHAPE)
    parts["alike"].update(Counter(map(_alike, zip(*scales, strict=True))) if scales else {"few": n})
    parts["na"].update(Counter(_na_share(columns, n)))
    damaged = sum(map(bool, unread))
    parts["unread"].update({"no": n - damaged, "yes": damaged})
    return Summary(n, parts)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        yield batch


def _columns(items: Sequence[BaseItem], rows: Sequence[Response]) -> dict[str, Column]:
    """Per item what each response says; what was not shown to somebody does not fit them."""
    columns: dict[str, Column] = {}
    open_to: dict[str, list[bool]] = {}
    for item in items:
        key = item.key
        column: list[Stored | None] = [row.get(key) for row in rows]
        if item.show_if is not None:
            rule = item.show_if
            before = open_to.get(rule.item) or [True] * len(rows)
            shown = [
                was and opens(stored, rule.any_of)
                for was, stored in zip(before, columns[rule.item], strict=True)
            ]
            open_to[key] = shown
            column = [stored if on else {"skip": "na"} for on, stored in zip(shown, column, strict=True)]
        columns[key] = column
    return columns


def _values(column: Column) -> list[object]:
    return [stored.get("v") if stored else None for stored in column]


def _alike(row: tuple[object, ...]) -> str:
    given = [value for value in row if value is not None]
    if len(given) < ENOUGH:
        return "few"
    return "yes" if given.count(given[0]) == len(given) else "no"


def _na_share(columns: Mapping[str, Column], n: int) -> Iterator[str]:
    passed = [0] * n
    for column in columns.values():
        for place, stored in enumerate(column):
            if stored and stored.get("skip") == "na":
                passed[place] += 1
    half = len(columns) / 2
    return ("none" if not count else "most" if count >= half else "some" for count in passed)


def _damaged(item: BaseItem, stored: Stored | None) -> bool:
    value = stored.get("v") if stored else None
    return value is not None and not kind_of(item).readable(item, value)

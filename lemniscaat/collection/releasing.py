"""From the answers of a stopped round to its blocks: folded, cut once, stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lemniscaat.collection.blocks import Params
from lemniscaat.collection.models import Block, Release, Response, Round, Segment
from lemniscaat.collection.release import ItemRule, Released, release
from lemniscaat.collection.segments import Segment as Standing
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.collection.tallies import ItemTally, SegmentTally
from lemniscaat.instruments.answers import Stored, read_answers
from lemniscaat.instruments.folding import QUALITY, QUALITY_SHAPE, fold_by
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.summaries import Summary


def release_round(*, round_: Round) -> Release | None:
    """Fold the answers of a stopped round and store its blocks; None when there is a release already.

    What is in no block is dropped: it is counted nowhere, ever.
    """
    if Release.objects.filter(round=round_).exists():
        return None
    instrument = instrument_of(round_)
    params = Params(**round_.parameters) if round_.parameters else Params()
    folds = fold_by(instrument, _responses(round_))
    released = release(tallies(round_, folds), rules(instrument), params)
    stored = Release.objects.create(
        round=round_, parameters=round_.parameters, released_on=round_.stopped_on or round_.opened_on
    )
    Block.objects.bulk_create(_rows(stored, released))
    return stored


def rules(instrument: Instrument) -> list[ItemRule]:
    """How each item is cut, and the quality of the responses as one more."""
    items = [
        ItemRule(
            item.key,
            opened_by=item.opened_by,
            exempt=item.factual,
            multi=item.kind == "choices",
            bound=item.kind == "ranking",
            parts=tuple(part.key for part in kind_of(item).shape(item)),
        )
        for item in instrument.items
    ]
    return [*items, ItemRule(QUALITY, parts=tuple(part.key for part in QUALITY_SHAPE))]


def tallies(round_: Round, folds: Mapping[int, Mapping[str, Summary]]) -> list[SegmentTally]:
    """What each stored segment gave, on its path under the plan of the round."""
    rows = Segment.objects.filter(round=round_, pk__in=list(folds))
    return [
        SegmentTally(
            row.pk,
            Standing(row.family, row.role, row.board, row.school).path(round_.plan),  # type: ignore[arg-type]
            folds[row.pk][QUALITY].n,
            {key: _tally(summary) for key, summary in folds[row.pk].items()},
        )
        for row in rows
    ]


def _tally(summary: Summary) -> ItemTally:
    return ItemTally(summary.n, summary.parts, summary.skipped)


def _responses(round_: Round) -> Iterator[tuple[int, dict[str, Stored]]]:
    rows = Response.objects.filter(round=round_).values_list("segment_id", "answers", "schema_version")
    for segment, answers, version in rows.iterator(chunk_size=5_000):
        yield segment, read_answers(answers, version)


def _rows(stored: Release, released: Released) -> list[Block]:
    base = [
        Block(release=stored, members=sorted(b.members), path=list(b.path), people=b.respondents)
        for b in released.base
    ]
    items = [
        Block(
            release=stored,
            item=key,
            members=sorted(block.members),
            path=list(block.path),
            people=block.n,
            tally={"n": block.n, "parts": block.parts, "skipped": block.skipped, "kept_back": block.kept_back},
        )
        for key, blocks in released.items.items()
        for block in blocks
    ]
    return sorted([*base, *items], key=lambda row: row.pk)

"""From the sheets of a stopped round to its stored release: fold per segment, cut once, keep only whole blocks."""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.blocks import Params
from lemniscaat.collection.independence import rule
from lemniscaat.collection.models import Block, FreeText, Invitation, Release, Response, Round, Segment
from lemniscaat.collection.places import Places
from lemniscaat.collection.release import ItemRule, Released, release, text_blocks
from lemniscaat.collection.segments import Segment as Standing
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.collection.tallies import ItemTally, SegmentTally
from lemniscaat.instruments.answers import Stored, read_answers
from lemniscaat.instruments.folding import QUALITY, QUALITY_SHAPE, fold_by
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.kinds.registry import is_counted, kind_of
from lemniscaat.instruments.summaries import Summary

BATCH = 5_000
Folded = dict[int, dict[str, Summary]]


def params_of(round_: Round) -> Params:
    """The parameters that were fixed when the round opened, with its plan."""
    return Params(**{**round_.parameters, "plan": round_.plan})


def rules_of(instrument: Instrument) -> list[ItemRule]:
    """How each counted item is cut; open texts go another way. The quality of the sheets is one more item."""
    rules = []
    for item in instrument.items:
        kind = kind_of(item)
        shape = kind.shape(item)
        if not shape:
            continue
        cut = kind.cut(item)
        rules.append(
            ItemRule(
                item.key,
                opened_by=item.opened_by,
                exempt=item.factual,
                multi=cut == "multi",
                bound=cut == "bound",
                parts=tuple(part.key for part in shape),
                open=any(part.key and part.left_open for part in shape),
            )
        )
    return [*rules, ItemRule(QUALITY, parts=tuple(part.key for part in QUALITY_SHAPE))]


def sheets(round_: Round) -> Iterator[tuple[int, dict[str, Stored]]]:
    """(segment id, answers) of every response, in the random order of the keys, in batches."""
    rows = Response.objects.filter(round=round_).values_list("segment_id", "answers", "schema_version")
    for segment, answers, version in rows.order_by("id").iterator(chunk_size=BATCH):
        yield segment, read_answers(answers, version)


def tallies(round_: Round, folded: Folded, counted: Iterable[str]) -> list[SegmentTally]:
    """The folded counts as input for the cut, each with the path of its segment under the round's plan."""
    plan = params_of(round_).plan
    keys = set(counted)
    asked = set(Invitation.objects.filter(round=round_).values_list("segment_id", flat=True))
    asked |= {key for _standing, key in Places.from_json(round_.places).standings}
    found = []
    for row in Segment.objects.filter(round=round_, pk__in={*folded, *asked}).order_by("id"):
        path = Standing(row.family, row.role, row.board, row.school).path(plan)
        if row.pk not in folded:
            found.append(SegmentTally(row.pk, path, 0, asked=True))
            continue
        summaries = folded[row.pk]
        items = {k: ItemTally(s.n, s.parts, s.skipped) for k, s in summaries.items() if k in keys}
        found.append(SegmentTally(row.pk, path, summaries[QUALITY].n, items))
    return found


def release_round(*, round_: Round, rows: Iterable[tuple[int, dict[str, Stored]]] | None = None) -> Release:
    """Fold and cut a stopped round, once. Returns the stored release; a second call returns the first's.

    `rows`: (segment id, answers) when they are not stored, as in an import; by default the stored responses.
    """
    known = Release.objects.filter(round=round_).first()
    if known is not None:
        return known
    instrument = instrument_of(round_)
    folded: Folded = fold_by(instrument, rows if rows is not None else sheets(round_))
    params = params_of(round_)
    rules = rules_of(instrument)
    released = release(tallies(round_, folded, [rule.key for rule in rules]), rules, params)
    with writing():
        stored = Release.objects.create(
            round=round_,
            parameters=asdict(params),
            released_on=clock.today(),
            readers=rule(round_.partnership),
        )
        Block.objects.bulk_create(_rows(stored, released), batch_size=500)
        _keep_texts(stored, instrument, released, folded, params)
    return stored


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
            tally={
                "n": block.n,
                "parts": block.parts,
                "skipped": block.skipped,
                "kept_back": block.kept_back,
            },
        )
        for key, blocks in released.items.items()
        for block in blocks
    ]
    return sorted([*base, *items], key=lambda row: row.pk)


def _keep_texts(
    stored: Release, instrument: Instrument, released: Released, folded: Folded, params: Params
) -> None:
    """Open answers of large enough blocks wait for a reader, shuffled; all others are shown to nobody."""
    for item in instrument.items:
        given = {segment: summaries[item.key].texts for segment, summaries in folded.items()}
        writers = Counter(
            {segment: folded[segment][item.key].writers for segment, texts in given.items() if texts}
        )
        if not writers:
            continue
        # the words of a chosen card or place say that it was chosen
        telling = item.key if is_counted(item) and kind_of(item).cut(item) == "multi" else ""
        for block in text_blocks(released, writers, params, telling):
            row = Block.objects.create(
                release=stored,
                item=f"{item.key}_text",
                members=sorted(block.members),
                path=list(block.path),
                people=block.respondents,
            )
            texts = [text for member in sorted(block.members) for text in given.get(member, ())]
            secrets.SystemRandom().shuffle(texts)
            waiting = [
                FreeText(block=row, item=item.key, original=text, text=text, needed=stored.readers)
                for text in texts
            ]
            FreeText.objects.bulk_create(sorted(waiting, key=lambda text: text.pk))

"""What stands in the ledger because it can be found there, and is told elsewhere: rounds, open answers and talks.

A round is one row that points to its outcome. The row says nothing that the round does not: no number and no
perspective, for those leave through the one door only. An open answer is a row once its readers released it, in the
words they let go, in the random order of its key and with the day of the round: no voice, and nothing that joins it to
another answer. A talk is a row that points to its record.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.budget import TICKET
from lemniscaat.collection.models import CriterionItem, FreeText, PermittedUse, ReadingState, Release, Round
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.datapoints.indexing import index_words
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind
from lemniscaat.instruments.items import asked
from lemniscaat.people.models import Partnership
from lemniscaat.vision.models import Criterion, VisionPoint


def enter_rounds() -> int:
    """Put every released round in the ledger that is not there yet; returns how many. The calendar calls it."""
    entered = DataPoint.objects.filter(round=OuterRef("pk"))
    fresh = Round.objects.filter(
        ~Exists(entered),
        state__in=SHOWN,
        comes_back_with__isnull=True,
        pk__in=Release.objects.values("round_id"),
    ).select_related("instrument", "criterion")
    with writing():
        return len([index_words(DataPoint.objects.create(**_told(one))) for one in fresh])


def enter_texts() -> int:
    """Put every released open answer in the ledger, in the words that stand now; what was shut again is emptied.
    Returns how many came in. The calendar calls it; between two calls the ledger shows only words that stand."""
    entered = DataPoint.objects.filter(free_text=OuterRef("pk"))
    released = Q(state=ReadingState.RELEASED, block__withdrawn_on__isnull=True)
    fresh = FreeText.objects.filter(
        released, ~Exists(entered), block__release__round__comes_back_with__isnull=True
    )
    with writing():
        # by their random keys, so that the numbers of the rows tell no order either
        rows = list(fresh.select_related("block__release__round__instrument").order_by("pk"))
        _follow(DataPoint.objects.filter(free_text__isnull=False))
        DataPoint.objects.bulk_create(_answers(rows), batch_size=500, ignore_conflicts=True)
    return len(rows)


def _follow(rows: QuerySet[DataPoint]) -> None:
    """Let copies say what was released, and nothing where nothing is; their old words are found by nobody."""
    stands = Q(free_text__state=ReadingState.RELEASED, free_text__block__withdrawn_on__isnull=True)
    for row in rows.filter(stands).exclude(free_text__text=F("text")).select_related("free_text"):
        row.text = row.free_text.text if row.free_text else ""
        row.save(update_fields=["text"])
        index_words(row)
    for row in rows.exclude(stands).exclude(text=""):
        row.text = ""
        row.save(update_fields=["text"])
        index_words(row)


def _answers(texts: list[FreeText]) -> list[DataPoint]:
    roots = {one.block.release.round.instrument.root for one in texts}
    links: dict[tuple[int, str, str], Criterion] = {}
    for link in (
        CriterionItem.objects.filter(instrument_key__in=roots).select_related("criterion").order_by("-pk")
    ):
        links[link.criterion.partnership_id, link.instrument_key, link.item_key] = link.criterion
    made = []
    for one in texts:
        asked_in = one.block.release.round
        about = links.get((asked_in.partnership_id, asked_in.instrument.root, one.item), asked_in.criterion)
        made.append(DataPoint(**{**_told(asked_in), **_answer(one, asked_in, about)}))
    return made


def _answer(one: FreeText, asked_in: Round, about: Criterion | None) -> dict[str, object]:
    items = {item.key: item for item in instrument_of(asked_in).items}
    question = asked(items[one.item], "", "nl") if one.item in items else ""
    return {
        "criterion": about,
        "point_id": about.point_id if about else None,
        "evidence": EvidenceKind.SOFT,
        "source": SourceKind.TEXT,
        "title": "",
        "text": one.text,
        "source_text": question[:200],
        "round": None,
        "item": one.item,
        "free_text": one,
    }


def enter_talk(
    *,
    partnership: Partnership,
    talk: int,
    layer_id: int,
    criterion: Criterion | None,
    point: VisionPoint | None,
    title: str,
    text: str,
    where: str,
    day: date,
) -> DataPoint:
    """Let a talk be found: its title, the body that held it and what it said it means. Again is the same row anew."""
    told = {
        "partnership": partnership,
        "organisation_id": layer_id,
        "criterion": criterion,
        "point": criterion.point if criterion else point,
        "evidence": EvidenceKind.SOFT,
        "source": SourceKind.TALK,
        "title": title,
        "text": text,
        "source_text": where[:200],
        "happened_on": day,
        "discussed_on": day,
        "permitted_use": PermittedUse.LEARN,
    }
    with writing():
        row, _new = DataPoint.objects.update_or_create(talk=talk, defaults=told)
        return index_words(row)


def _told(one: Round) -> dict[str, object]:
    return {
        "partnership_id": one.partnership_id,
        "organisation_id": one.organisation_id,
        "criterion": one.criterion,
        "point_id": one.criterion.point_id if one.criterion else None,
        "evidence": EvidenceKind.HARD,
        "source": SourceKind.TICKET if one.instrument.root == TICKET else SourceKind.ROUND,
        "title": one.title,
        "text": one.why,
        "happened_on": one.stopped_on or one.opened_on or clock.today(),
        "permitted_use": one.permitted_use,
        "circle": Circle.PARTNERSHIP,
        "round": one,
    }

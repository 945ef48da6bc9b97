"""What is known: read from the ledger as far as its circle reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from lemniscaat.collection.models import CriterionItem, FreeText, ReadingState, Release, Round
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.datapoints.models import (
    Attachment,
    Circle,
    DataPoint,
    EvidenceKind,
    Figure,
    IndicatorKind,
    SourceKind,
)
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Reach, Verb, verbs
from lemniscaat.vision.models import Criterion

OWN = (SourceKind.NOTE, SourceKind.OBSERVATION, SourceKind.TICKET)
"""What somebody captures by himself, in half a minute."""

POINTING = (SourceKind.ROUND, SourceKind.TEXT, SourceKind.TALK)
"""What stands in the list to be found, and is counted and drawn where it comes from."""


@dataclass(frozen=True)
class HardFact:
    """A counted figure to draw: part of a whole, and the same of the period before."""

    point: DataPoint
    figure: Figure
    earlier: Figure | None = None
    """The same layer in the period before, where it was counted in the same way."""
    broken: bool = False
    """Whether the period before was counted in another way."""

    @property
    def all_drawn(self) -> bool:
        whole = self.figure.whole
        return self.figure.indicator.kind == IndicatorKind.SHARE and whole is not None and whole <= 60


@dataclass(frozen=True)
class Voice:
    """Something that somebody told, with where it comes from in one line."""

    text: str
    said: str
    perspective: str
    url_id: int | None


@dataclass(frozen=True)
class Known:
    """How much is known about a criterion, in kinds."""

    hard: int
    soft: int
    rounds: int

    @property
    def nothing(self) -> bool:
        return not (self.hard or self.soft or self.rounds)


def ledger(access: Access) -> QuerySet[DataPoint]:
    """Every data point that I may see: my own, and those whose circle I am in."""
    circle = _circles(access)
    figures = access.where(Verb.SEE, Noun.FIGURE)
    here = Q(round__isnull=True, free_text__isnull=True, talk__isnull=True)
    seen = Q(author=access.person) | (
        ~Q(circle=Circle.ME)
        & (Q(organisation_id__in=circle) | Q(organisation_id__in=figures, source=SourceKind.FIGURE))
        & here
    )
    # a round points to its outcome and says nothing itself: who may ask for outcomes there sees that there is one
    outcomes = access.where(Verb.SEE, Noun.OUTCOME)
    seen |= Q(round__isnull=False, organisation_id__in=outcomes)
    seen |= Q(_standing, organisation_id__in=outcomes)
    seen |= Q(talk__isnull=False, organisation_id__in=access.where(Verb.SEE, Noun.MEETING))
    return (
        DataPoint.objects.filter(
            seen, partnership=access.partnership, withdrawn_on__isnull=True, kept_back=False
        )
        .select_related("organisation", "criterion", "point", "author")
        .order_by("-happened_on", "-id")
    )


# the words that were released are the only ones that stand: of what was changed or shut since, not even the old ones
_standing = Q(
    free_text__state=ReadingState.RELEASED,
    free_text__block__withdrawn_on__isnull=True,
    free_text__text=F("text"),
)


def _circles(access: Access) -> set[int]:
    """The layers whose notes are meant for me: where I sit at the table, and all that is around it."""
    mine = {p.layer for p in access.places if Verb.SEE in verbs(p.role, Reach.OWN, Noun.NOTE)}
    return mine | {up for layer in mine for up in access.tree.above(layer)}


def data_point(access: Access, pk: int) -> DataPoint:
    """One data point, or 404."""
    found = ledger(access).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def of_layer(access: Access, layer_id: int) -> QuerySet[DataPoint]:
    """The ledger of one layer, newest first."""
    return ledger(access).filter(organisation_id=layer_id)


def my_notes(access: Access) -> QuerySet[DataPoint]:
    """The notes, observations and exit tickets I wrote, newest first."""
    return ledger(access).filter(author=access.person, source__in=OWN, report__isnull=True)


def attachment(access: Access, slug: str) -> Attachment:
    """A photo or a voice of a data point that I may see, or 404."""
    found = Attachment.objects.filter(slug=slug, data_point__in=ledger(access)).first()
    if found is None:
        raise Http404
    return found


def attachments(points: Iterable[DataPoint]) -> dict[int, list[Attachment]]:
    """What is attached to these data points, without what is in it; one query."""
    found: dict[int, list[Attachment]] = {}
    for row in Attachment.objects.filter(data_point__in=[point.pk for point in points]).defer("data"):
        found.setdefault(row.data_point_id, []).append(row)
    return found


def hard_for(access: Access, criterion: Criterion, *, layer_id: int | None = None) -> list[HardFact]:
    """The counted figures on a criterion; two queries.

    Of a figure with periods the newest of my nearest layer (of `layer_id` and what is around it, if given), for the
    years are on its own page.
    """
    points = {p.pk: p for p in ledger(access).filter(criterion=criterion, evidence=EvidenceKind.HARD)}
    rows = list(
        Figure.objects.filter(data_point_id__in=points)
        .select_related("indicator", "data_point")
        .order_by("-id")
    )
    way = [layer_id, *access.tree.above(layer_id)] if layer_id else [layer.id for layer in access.layers]
    near = {place: at for at, place in enumerate(way)}
    series: dict[int, list[Figure]] = {}
    found = []
    for row in rows:
        if row.starts_on is None:
            found.append(HardFact(points[row.data_point_id], row))
        else:
            series.setdefault(row.indicator_id, []).append(row)
    for figures in series.values():
        nearest = min(near.get(points[row.data_point_id].organisation_id, 99) for row in figures)
        mine = [r for r in figures if near.get(points[r.data_point_id].organisation_id, 99) == nearest]
        mine.sort(
            key=lambda row: (row.ends_on or points[row.data_point_id].happened_on, row.pk), reverse=True
        )
        earlier = mine[1] if len(mine) > 1 else None
        same = earlier is not None and earlier.version == mine[0].version
        fact = HardFact(
            points[mine[0].data_point_id], mine[0], earlier if same else None, bool(earlier) and not same
        )
        found.append(fact)
    return found


def soft_for(access: Access, criterion: Criterion) -> list[DataPoint]:
    """What people told on a criterion: notes and reports, newest first. Not open answers, of which there may be
    hundreds (`texts_for`), nor talks, which are about what was told."""
    rows = ledger(access).filter(criterion=criterion, evidence=EvidenceKind.SOFT)
    return list(rows.exclude(source__in=POINTING))


def texts_for(access: Access, criterion: Criterion, most: int = 6) -> list[FreeText]:
    """Open answers on a criterion that a reader released, in the random order of their keys."""
    links = CriterionItem.objects.filter(criterion=criterion).values_list("instrument_key", "item_key")
    wanted = Q(pk__in=[])
    for instrument, item in links:
        wanted |= Q(block__release__round__instrument__root=instrument, item=item)
    visible = {
        "block__release__round__partnership": access.partnership,
        "block__release__round__organisation_id__in": access.where(Verb.SEE, Noun.OUTCOME),
    }
    standing = {"state": ReadingState.RELEASED, "block__withdrawn_on__isnull": True}
    rows = FreeText.objects.filter(wanted, **standing, **visible)
    return list(rows.select_related("block__release__round").order_by("id")[:most])


def known(access: Access, criteria: list[int]) -> dict[int, Known]:
    """Per criterion how much is known; three queries for any number of criteria."""
    counts: dict[int, dict[str, int]] = {pk: {"hard": 0, "soft": 0} for pk in criteria}
    # rounds are counted below, by the items that tell about a criterion
    rows = ledger(access).filter(criterion_id__in=criteria, round__isnull=True).order_by()
    for pk, evidence, number in rows.values_list("criterion_id", "evidence").annotate(n=Count("id")):
        if pk is not None:
            counts[pk][evidence] = number
    keys = set(
        Round.objects.filter(
            partnership=access.partnership,
            organisation_id__in=access.where(Verb.SEE, Noun.OUTCOME),
            state__in=SHOWN,
            pk__in=Release.objects.values("round_id"),
        ).values_list("instrument__root", flat=True)
    )
    rounds = dict.fromkeys(criteria, 0)
    links = CriterionItem.objects.filter(criterion_id__in=criteria, instrument_key__in=keys)
    for pk, number in links.values_list("criterion_id").annotate(n=Count("id")):
        rounds[pk] = number
    return {pk: Known(counts[pk]["hard"], counts[pk]["soft"], rounds[pk]) for pk in criteria}

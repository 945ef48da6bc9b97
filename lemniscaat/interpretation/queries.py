"""Reading meanings and assumptions, with what they rest on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import Assumption, DissentingVoice, Evidence, Interpretation
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Criterion


@dataclass(frozen=True)
class Meaning:
    """A meaning with the voices that differ."""

    row: Interpretation
    dissent: tuple[str, ...]

    @property
    def missing(self) -> str:
        """Who was missed, to stand within a sentence."""
        return self.row.missing.rstrip(" .")


def meanings(
    access: Access, *, layer_id: int | None = None, criterion: Criterion | None = None
) -> QuerySet[Interpretation]:
    """The meanings I may see, newest first: of a layer, on a criterion."""
    rows = Interpretation.objects.filter(
        partnership=access.partnership, organisation_id__in=access.where(Verb.SEE, Noun.MEANING)
    )
    if layer_id is not None:
        rows = rows.filter(organisation_id=layer_id)
    if criterion is not None:
        rows = rows.filter(criterion=criterion)
    related = rows.select_related("organisation", "appointment__body", "criterion__point")
    return related.order_by("-written_on", "-id")


def told(rows: QuerySet[Interpretation]) -> list[Meaning]:
    """Meanings with their dissenting voices; two queries."""
    found = list(rows)
    voices: defaultdict[int, list[str]] = defaultdict(list)
    for voice in DissentingVoice.objects.filter(interpretation__in=found).order_by("id"):
        voices[voice.interpretation_id].append(voice.text)
    return [Meaning(row, tuple(voices[row.pk])) for row in found]


def meaning(access: Access, pk: int) -> Meaning:
    """One meaning; 404 when I may not see it."""
    found = told(meanings(access).filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def evidence(access: Access, of: Interpretation) -> list[Evidence]:
    """What a meaning rests on, as far as I may see it: a note stays within the circle its giver chose."""
    rows = Evidence.objects.filter(interpretation=of).select_related("data_point", "round").order_by("id")
    found = list(rows)
    asked = [row.data_point_id for row in found if row.data_point_id]
    seen = set(datapoints.ledger(access).filter(pk__in=asked).values_list("pk", flat=True))
    return [row for row in found if row.data_point_id is None or row.data_point_id in seen]


def resting_on(access: Access, point: DataPoint) -> QuerySet[Interpretation]:
    """The meanings I may see that rest on a data point, or on the round it comes from."""
    on = Q(data_point=point) | Q(round=point.asked_in, round__isnull=False)
    return meanings(access).filter(pk__in=Evidence.objects.filter(on).values("interpretation_id"))


def assumptions(access: Access, layer_id: int) -> QuerySet[Assumption]:
    """The assumptions of a layer, those not yet tested first."""
    rows = Assumption.objects.filter(
        partnership=access.partnership,
        organisation_id=layer_id,
        organisation_id__in=access.where(Verb.SEE, Noun.MEANING),
    )
    return rows.select_related("criterion__point").order_by("tested_on", "-made_on", "-id")


def assumption(access: Access, pk: int) -> Assumption:
    """One assumption; 404 when I may not see it."""
    row = Assumption.objects.filter(
        pk=pk, partnership=access.partnership, organisation_id__in=access.where(Verb.SEE, Noun.MEANING)
    ).first()
    if row is None:
        raise Http404
    return row

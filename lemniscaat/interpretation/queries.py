"""Reading meanings and assumptions, with what they rest on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.interpretation.models import (
    Assumption,
    AssumptionTest,
    DissentingVoice,
    Evidence,
    Interpretation,
    Verdict,
)
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Criterion

WAITS = (Verdict.OPEN, Verdict.UNCLEAR)
ANSWERS = 8
"""So many of the newest data points can be chosen as what answered it."""


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


def _assumed(access: Access) -> QuerySet[Assumption]:
    rows = Assumption.objects.filter(
        partnership=access.partnership, organisation_id__in=access.where(Verb.SEE, Noun.MEANING)
    )
    return rows.select_related("criterion__point", "point", "organisation", "returns_at__body")


def assumptions(access: Access, layer_id: int) -> QuerySet[Assumption]:
    """The assumptions of a layer, those not yet tested first."""
    return _assumed(access).filter(organisation_id=layer_id).order_by("tested_on", "-made_on", "-id")


def assumed_on(access: Access, criterion: Criterion) -> QuerySet[Assumption]:
    """What I may see of what was assumed about a criterion and still waits to be tested, newest first."""
    return _assumed(access).filter(criterion=criterion, verdict__in=WAITS).order_by("-made_on", "-id")


def assumption(access: Access, pk: int) -> Assumption:
    """One assumption; 404 when I may not see it."""
    row = _assumed(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def tests_of(of: Assumption) -> QuerySet[AssumptionTest]:
    """Each time it was tested, newest first."""
    rows = AssumptionTest.objects.filter(assumption=of).select_related("judged_by")
    return rows.order_by("-judged_on", "-id")


def answered_by(access: Access, test: AssumptionTest) -> list[DataPoint]:
    """The data points that a test rests on, as far as I may see them."""
    return list(datapoints.ledger(access).filter(pk__in=test.rests_on.values("pk")))


def could_answer(access: Access, of: Assumption) -> list[DataPoint]:
    """The newest data points on the same criterion that may have answered it: rounds and figures too, not talks."""
    if of.criterion_id is None and of.point_id is None:
        return []
    about = Q(criterion=of.criterion_id) if of.criterion_id else Q(point=of.point_id)
    layers = (
        of.organisation_id,
        *access.tree.above(of.organisation_id),
        *access.tree.below(of.organisation_id),
    )
    rows = datapoints.ledger(access).filter(about, organisation_id__in=layers)
    return list(rows.exclude(source__in=(SourceKind.TALK, SourceKind.TEXT))[:ANSWERS])


def coming_back(access: Access, *, layer_id: int, days: int = 14) -> QuerySet[Assumption]:
    """The assumptions of a layer at which is looked within so many days, or should have been."""
    soon = clock.now() + timedelta(days=days)
    rows = assumptions(access, layer_id).filter(verdict__in=WAITS, returns_at__starts_at__lte=soon)
    return rows.order_by("returns_at__starts_at", "id")


def due_at(access: Access, appointment: Appointment | None) -> QuerySet[Assumption]:
    """The assumptions that come back at a moment of a body, or did at an earlier one and still wait."""
    if appointment is None:
        return Assumption.objects.none()
    here = Q(returns_at__body_id=appointment.body_id, returns_at__starts_at__lte=appointment.starts_at)
    return _assumed(access).filter(here, verdict__in=WAITS).order_by("returns_at__starts_at", "id")


def answered_with(access: Access, point: DataPoint) -> QuerySet[Assumption]:
    """The assumptions that I may see and that a data point answered."""
    tests = AssumptionTest.objects.filter(rests_on=point).values("assumption_id")
    return _assumed(access).filter(pk__in=tests).order_by("-tested_on", "-id")

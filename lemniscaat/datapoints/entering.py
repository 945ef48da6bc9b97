"""A round that was released stands in the ledger with what else is known: one row, that points to its outcome.

The row says nothing that the round does not: no number and no perspective, for those leave through the one door only.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.budget import TICKET
from lemniscaat.collection.models import Release, Round
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.datapoints.indexing import index_words
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, SourceKind


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

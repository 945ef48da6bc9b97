"""Which data points a decision rests on, by the meaning between them: told to the ledger, for its use stays as it was."""

from __future__ import annotations

from lemniscaat.agenda.models import Decision
from lemniscaat.interpretation.models import Evidence, Interpretation
from lemniscaat.interpretation.resting import mark


def mark_decided(only: Interpretation | None = None) -> int:
    """Say to the ledger what decisions rest on, by one meaning or by all; what is marked stays. Returns how many."""
    decided = Decision.objects.filter(interpretation__isnull=False)
    if only is not None:
        decided = decided.filter(interpretation=only)
    days = dict(decided.order_by("-decided_on").values_list("interpretation_id", "decided_on"))
    rows = Evidence.objects.filter(interpretation_id__in=days, data_point__decided_on__isnull=True)
    found = {
        int(row.data_point_id): days[row.interpretation_id]
        for row in rows.order_by("-interpretation__written_on")
        if row.data_point_id is not None
    }
    return mark(found, field="decided_on")


def decided_on(meaning: Interpretation | None) -> int:
    """A decision was taken on this meaning, or on none. Call it inside the transaction of that decision."""
    return mark_decided(meaning) if meaning is not None else 0

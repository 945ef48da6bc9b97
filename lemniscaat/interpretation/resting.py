"""Which data points a meaning rests on: told to the ledger, where it stands as the first day it was discussed."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, QuerySet

from lemniscaat.base.writing import writing
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import Evidence, Interpretation


def mark_discussed(only: Interpretation | None = None) -> int:
    """Say to the ledger what was discussed, of one meaning or of all; what is marked stays. Returns how many."""
    rows = Evidence.objects.all() if only is None else Evidence.objects.filter(interpretation=only)
    days = first_days(rows, field="discussed_on", day="interpretation__written_on")
    return mark(days, field="discussed_on")


def first_days(rows: QuerySet[Evidence], *, field: str, day: str) -> dict[int, date]:
    """Per data point whose `field` is still empty the first `day` of what rests on it, or on its round."""
    found: dict[int, date] = {}
    plain = rows.filter(data_point__isnull=False, **{f"data_point__{field}__isnull": True})
    for pk, first in plain.order_by().values_list("data_point_id").annotate(first=Min(day)):
        found[int(pk)] = first
    waiting = DataPoint.objects.filter(**{f"{field}__isnull": True}).order_by()
    by_round: dict[int, list[int]] = {}
    # an open answer was on the table with the round in which it was given
    for of in ("round_id", "free_text__block__release__round_id"):
        for round_id, pk in waiting.filter(**{f"{of}__isnull": False}).values_list(of, "pk"):
            by_round.setdefault(round_id, []).append(pk)
    of_round = rows.filter(round_id__in=by_round).order_by().values_list("round_id").annotate(first=Min(day))
    for round_id, first in of_round:
        found |= dict.fromkeys(by_round[round_id], first)
    return {pk: first for pk, first in found.items() if first is not None}


def mark(days: dict[int, date], *, field: str) -> int:
    """Write these first days in the ledger."""
    if not days:
        return 0
    with writing():
        for pk, day in days.items():
            DataPoint.objects.filter(pk=pk).update(**{field: day})
    return len(days)

"""The index of the ledger, kept up by every verb that writes words: each data point with the stems of its own words.

The words of what a data point hangs on (criterion, vision point, layer, role) are not in it: those are looked up at
the search itself, so that they are never old.
"""

from __future__ import annotations

from django.db.models import QuerySet

from lemniscaat.base.writing import writing
from lemniscaat.datapoints.models import DataPoint, Words
from lemniscaat.datapoints.words import stems, told

BATCH = 500


def stems_of(row: DataPoint) -> str:
    """The index of a data point's own words."""
    return told(stems(row.title, row.text, row.source_text))


def index_words(row: DataPoint) -> DataPoint:
    """Make a data point findable by its words as they are now. Call it inside the transaction that writes them."""
    Words.objects.update_or_create(data_point=row, defaults={"stems": stems_of(row)})
    return row


def forget_words(row: DataPoint) -> None:
    """What was taken back is found by nobody."""
    Words.objects.filter(data_point=row).delete()


def index_missing() -> int:
    """Index what has no words yet, as after an import; returns how many."""
    standing = DataPoint.objects.filter(withdrawn_on__isnull=True)
    missing = standing.exclude(pk__in=Words.objects.values("data_point_id"))
    return _index(missing) if missing.exists() else 0


def index_all() -> int:
    """Make the whole index anew, as when the rules for stems changed; returns how many data points."""
    with writing():
        Words.objects.all().delete()
        return _index(DataPoint.objects.filter(withdrawn_on__isnull=True))


def _index(rows: QuerySet[DataPoint]) -> int:
    with writing():
        # read in our own turn and held: while we waited for it an import may have been undone
        held = rows.select_for_update(no_key=True)
        made = [Words(data_point=row, stems=stems_of(row)) for row in held]
        Words.objects.bulk_create(made, batch_size=BATCH, ignore_conflicts=True)
    return len(made)

"""What a form makes is made once, also when it comes twice, or twice at the same moment."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError
from django.db.models import QuerySet

from lemniscaat.base.writing import writing
from lemniscaat.datapoints.models import DataPoint


def once(form_key: str, mine: QuerySet[DataPoint], make: Callable[[], DataPoint]) -> DataPoint:
    """The row that this form made before, else what `make` makes in one transaction. `mine`: where it would stand; a
    form without a key makes a row each time."""
    if form_key and (known := mine.first()):
        return known
    try:
        with writing():
            return make()
    except IntegrityError:
        if form_key and (known := mine.first()):
            return known
        raise

"""What stands in the cabinet for whoever looks: the one place that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

Source = Literal["ours", "copy"]


@dataclass(frozen=True)
class Entry:
    """One instrument in the cabinet. `key` stands in its address; `source` says whether it is a copy of their own."""

    key: str
    instrument: Instrument
    source: Source = "ours"
    layer_id: int | None = None
    """The layer that owns a copy."""


def shelf(access: Access) -> Iterator[Entry]:
    """Every instrument this member may read, in no order: those of everybody, then the copies of the layers of which
    the vision may be seen. One query."""
    for instrument in library():
        yield Entry(instrument.key, instrument)
    for copy in copies(access):
        yield Entry(copy.key, Instrument.model_validate(copy.definition), "copy", copy.organisation_id)


def copies(access: Access) -> list[InstrumentCopy]:
    """The copies this member may read, by key."""
    seen = access.where(Verb.SEE, Noun.VISION)
    rows = InstrumentCopy.objects.filter(partnership=access.partnership, organisation_id__in=seen)
    return list(rows.order_by("key"))


def copy_of(access: Access, key: str) -> InstrumentCopy | None:
    """One copy this member may read; None where there is none."""
    seen = access.where(Verb.SEE, Noun.VISION)
    rows = InstrumentCopy.objects.filter(partnership=access.partnership, organisation_id__in=seen, key=key)
    return rows.select_related("organisation").first()


def on_shelf(access: Access, key: str) -> Entry | None:
    """The instrument with this key in its address; None where there is none."""
    shipped = library().instruments.get(key)
    if shipped is not None:
        return Entry(key, shipped)
    copy = copy_of(access, key)
    return (
        Entry(key, Instrument.model_validate(copy.definition), "copy", copy.organisation_id) if copy else None
    )

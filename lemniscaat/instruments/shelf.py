"""What stands in the cabinet for whoever looks: the one place that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.people.access import Access

Source = Literal["ours", "copy"]


@dataclass(frozen=True)
class Entry:
    """One instrument in the cabinet. `key` stands in its address; `source` says whether it is a copy of their own."""

    key: str
    instrument: Instrument
    source: Source = "ours"


def shelf(access: Access) -> Iterator[Entry]:
    """Every instrument this member may read, in no order. Reads no row of the database."""
    for instrument in library():
        yield Entry(instrument.key, instrument)


def on_shelf(access: Access, key: str) -> Entry | None:
    """The instrument with this key in its address; None where there is none."""
    return next((entry for entry in shelf(access) if entry.key == key), None)

"""What is looked for in the ledger as an address, and back: every view of the list can be kept and passed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints.listing import ABOVE, BELOW, HERE, Sought

NAMES = {
    "words": "zoek",
    "reach": "ook",
    "evidence": "soort",
    "source": "bron",
    "perspective": "stem",
    "point_id": "punt",
    "criterion_id": "lat",
    "node": "lens",
    "year": "jaar",
    "permitted_use": "gebruik",
    "fresh": "vers",
    "page": "blad",
}
"""The field of what is sought, and its name in the address."""
LONGEST = 120
_EMPTY = Sought(0)


def sought_in(query: Mapping[str, str], layer_id: int) -> Sought:
    """What an address asks of a layer; what it does not understand it leaves out."""
    given: dict[str, Any] = {}
    for one in fields(Sought):
        text = str(query.get(NAMES.get(one.name, ""), "")).strip()
        if one.name in NAMES and text:
            given[one.name] = _read(one.name, text)
    if given.get("reach") not in {BELOW, ABOVE}:
        given["reach"] = HERE
    return Sought(layer_id, **{**given, "page": max(1, given.get("page", 1))})


def _read(name: str, text: str) -> str | int | bool:
    standard = getattr(_EMPTY, name)
    if isinstance(standard, bool):
        return text == "1"
    return number_in(text) if isinstance(standard, int) else text[:LONGEST]


def query_of(sought: Sought, **changes: Any) -> str:
    """The address of the same list with these changes, from its first page on: '?zoek=bezoek&soort=soft'."""
    changed = replace(sought, **{"page": 1, **changes})
    return f"?{urlencode(dict(pairs_of(changed)))}"


def pairs_of(sought: Sought, *, without: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The parts of an address that are not as usual, in a fixed order."""
    for field, name in NAMES.items():
        value = getattr(sought, field)
        if field not in without and value != getattr(_EMPTY, field):
            yield name, "1" if value is True else str(value)

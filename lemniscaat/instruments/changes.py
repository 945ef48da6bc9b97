"""Differences between versions as a page tells them: what kind, what it was, what it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lemniscaat.instruments.difference import Change, break_of
from lemniscaat.instruments.grammar import Instrument

LABELS = {
    "added": _("Erbij gekomen"),
    "removed": _("Weggehaald"),
    "reworded": _("Anders gevraagd"),
    "answers": _("Andere antwoorden"),
    "moved": _("Op een andere plek"),
    "script": _("In het draaiboek"),
    "about": _("Over het instrument"),
}


@dataclass(frozen=True)
class Told:
    """One difference in words. `breaks`: from here an item cannot be compared with what was asked before."""

    label: str
    before: str
    after: str
    breaks: bool


def told(found: Sequence[Change], old: Instrument, new: Instrument) -> tuple[Told, ...]:
    """Every difference for a page; a question that only moved is told by its words."""
    return tuple(_one(change, old, new) for change in found)


def _one(change: Change, old: Instrument, new: Instrument) -> Told:
    label = str(LABELS[change.sort])
    if change.sort == "moved":
        return Told(label, "", new.item(change.item).text.nl, breaks=False)
    broken = change.sort in {"reworded", "answers"} and bool(break_of(old, new, change.item))
    return Told(label, change.before, change.after, broken)

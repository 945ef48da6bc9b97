"""Finding an example by vision point, by working element, by a question or a word. The newest first, and no other order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from lemniscaat.datapoints.words import Term, stems, terms, told
from lemniscaat.examples.models import Example
from lemniscaat.examples.queries import shared
from lemniscaat.instruments.wording import ELEMENTS
from lemniscaat.people.access import Access
from lemniscaat.vision.models import VisionPoint

PAGE = 12


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; an empty text or 0 is anything."""

    words: str = ""
    point_id: int = 0
    element: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.words.strip() or self.point_id or self.element)


@dataclass(frozen=True)
class Found:
    """A page of examples, the words that were looked for, and what there is to choose from."""

    rows: list[Example]
    terms: tuple[Term, ...]
    page: int
    more: bool
    points: list[VisionPoint]
    elements: list[tuple[str, str]]


def look_up(access: Access, sought: Sought) -> Found:
    """The shared examples of my partnership that fit, newest first; four queries, however many there are."""
    wanted = terms(sought.words)
    every = shared(access)
    points = list(
        VisionPoint.objects.filter(pk__in=every.order_by().values("point_id")).order_by("order", "id")
    )
    there = set(every.order_by().values_list("element", flat=True).distinct())
    rows = _narrowed(every, sought)
    for term in wanted:
        rows = rows.filter(_with(access, term, points))
    page = max(1, sought.page)
    start = (page - 1) * PAGE
    found = list(rows[start : start + PAGE + 1])
    elements = [(key, str(label)) for key, label in ELEMENTS.items() if key in there]
    return Found(found[:PAGE], wanted, page, len(found) > PAGE, points, elements)


def _narrowed(rows: QuerySet[Example], sought: Sought) -> QuerySet[Example]:
    if sought.point_id:
        rows = rows.filter(point_id=sought.point_id)
    return rows.filter(element=sought.element) if sought.element else rows


def _with(access: Access, term: Term, points: Iterable[VisionPoint]) -> Q:
    """A word in the example itself, or in what it hangs on: its vision point, its element, its layer."""
    found = Q(stems__contains=term.part)
    layers = ((layer.id, layer.name) for layer in access.tree.layers.values())
    for name, keys in (
        ("point_id__in", _having(term, ((one.pk, one.title) for one in points))),
        ("element__in", _having(term, ((key, str(label)) for key, label in ELEMENTS.items()))),
        ("organisation_id__in", _having(term, layers)),
    ):
        if keys:
            found |= Q(**{name: keys})
    return found


def _having(term: Term, told_of: Iterable[tuple[Any, str]]) -> list[Any]:
    return [key for key, text in told_of if term.inside(told(stems(text)))]

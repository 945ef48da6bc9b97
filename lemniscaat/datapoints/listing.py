"""One list of everything known: what is looked for, within what I may see, with how much there is of each kind.

Two questions to the database, however much is known: how many there are of each combination, and one page of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from lemniscaat.datapoints.models import DataPoint, SourceKind, Words
from lemniscaat.datapoints.queries import ledger
from lemniscaat.datapoints.words import Term, stems, terms, told
from lemniscaat.people.access import Access
from lemniscaat.people.models import Role
from lemniscaat.vision.models import Criterion, FrameworkNode, Mapping, Period, VisionPoint

PAGE = 20
HERE, BELOW, ABOVE = "hier", "onder", "boven"
FACETS = ("evidence", "source", "perspective", "permitted_use", "point_id", "criterion_id", "year", "fresh")


@dataclass(frozen=True)
class Sought:
    """What somebody looks for; an empty text or 0 is anything. `year` and `node` are numbers of rows."""

    layer_id: int
    words: str = ""
    reach: str = HERE
    evidence: str = ""
    source: str = ""
    perspective: str = ""
    permitted_use: str = ""
    point_id: int = 0
    criterion_id: int = 0
    year: int = 0
    node: int = 0
    fresh: bool = False
    page: int = 1

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are on, by their field."""
        return {name: value for name in FACETS if (value := getattr(self, name))}

    @property
    def without_texts(self) -> bool:
        """Whether the open answers stand aside: one round has hundreds, all of one day, and would bury all the rest.
        Who looks for words, or for open answers, sees them."""
        return not self.words.strip() and not self.source


@dataclass(frozen=True)
class Found:
    """A page of the list. `counts`: per field and value how many there would be with that one chosen."""

    rows: list[DataPoint]
    total: int
    counts: dict[str, Counter[Any]]
    terms: tuple[Term, ...]
    page: int
    pages: int


Group = tuple[tuple[Any, ...], int]
"""A value of each facet, in their order, and how many rows have these."""


def look_up(access: Access, sought: Sought) -> Found:
    """What is known and I may see, the best and then the newest first; 404 for a layer that is not mine."""
    wanted = terms(sought.words)
    base = _within(access, sought, wanted)
    total, counts = _counted(_groups(base), sought)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, sought.page), pages)
    rows = base.filter(**{name: value for name, value in sought.chosen.items() if name != "fresh"})
    if sought.fresh:
        rows = rows.filter(discussed_on__isnull=True)
    if sought.without_texts:
        rows = rows.exclude(source=SourceKind.TEXT)
    start = (page - 1) * PAGE
    # the numbers first: whole rows with all that hangs on them are slow to sort
    numbers = (
        list(_best_first(rows, wanted).values_list("pk", flat=True)[start : start + PAGE]) if total else []
    )
    found = ledger(access).select_related("criterion__point").in_bulk(numbers)
    return Found([found[pk] for pk in numbers if pk in found], total, counts, wanted, page, pages)


def elsewhere(access: Access, sought: Sought) -> dict[str, int]:
    """Where nothing was found: how much there is without the filters, and where more is in sight."""
    loose = Sought(sought.layer_id, words=sought.words, reach=sought.reach)
    wider = replace(sought, reach=BELOW), replace(sought, reach=ABOVE)
    found = {"filters": look_up(access, loose).total if sought.chosen or sought.node else 0}
    for one in wider:
        found[one.reach] = look_up(access, one).total if one.reach != sought.reach else 0
    return found


def _within(access: Access, sought: Sought, wanted: tuple[Term, ...]) -> QuerySet[DataPoint]:
    """The rows of these layers with these words, each with its school year and whether it was discussed."""
    rows = ledger(access).filter(organisation_id__in=layers_of(access, sought))
    if sought.node:
        rows = rows.filter(criterion_id__in=_through_lens(sought.node))
    for term in wanted:
        rows = rows.filter(_anywhere(access, term))
    years = Period.objects.filter(partnership=access.partnership).order_by("starts_on")
    whens = [When(happened_on__range=(one.starts_on, one.ends_on), then=Value(one.pk)) for one in years]
    year = Case(*whens, default=Value(0), output_field=IntegerField())
    fresh = Case(
        When(discussed_on__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    return rows.annotate(year=year, fresh=fresh)


def layers_of(access: Access, sought: Sought) -> set[int]:
    """The layer, which must be one of mine (404), and with `reach` all below or above it."""
    layer = access.layer(sought.layer_id).id
    more = {BELOW: access.tree.below, ABOVE: access.tree.above}.get(sought.reach)
    return {layer, *(more(layer) if more else ())}


def _through_lens(node_id: int) -> QuerySet[Mapping, int]:
    """The criteria seen at a place of a lens, or at a place within it."""
    wanted, newest = {node_id}, {node_id}
    while newest:
        newest = set(FrameworkNode.objects.filter(parent_id__in=newest).values_list("pk", flat=True)) - wanted
        wanted |= newest
    return Mapping.objects.filter(node_id__in=wanted).values_list("criterion_id", flat=True)


def _anywhere(access: Access, term: Term) -> Q:
    """A word in what was told, or in what it hangs on: criterion, vision point, layer, role, kind of source."""
    here = access.partnership
    criteria = _having(term, Criterion.objects.filter(partnership=here).values_list("pk", "sentence"))
    points = _having(term, VisionPoint.objects.filter(partnership=here).values_list("pk", "title"))
    layers = _having(term, ((one.id, one.name) for one in access.tree.layers.values()))
    labels = {**dict(Role.choices), **here.role_labels}
    found = Q(pk__in=_words(term))
    for name, keys in (
        ("criterion_id__in", criteria),
        ("point_id__in", points),
        ("organisation_id__in", layers),
        ("perspective__in", _having(term, ((key, str(label)) for key, label in labels.items()))),
        ("source__in", _having(term, ((kind.value, str(kind.label)) for kind in SourceKind))),
    ):
        if keys:
            found |= Q(**{name: keys})
    return found


def _having(term: Term, told_of: Iterable[tuple[Any, str]]) -> list[Any]:
    return [key for key, text in told_of if term.inside(told(stems(text)))]


def _words(term: Term) -> QuerySet[Words, int]:
    return Words.objects.filter(stems__contains=term.part).values_list("data_point_id", flat=True)


def _groups(rows: QuerySet[DataPoint]) -> list[Group]:
    """How many rows there are of every combination of the facets; one query."""
    counted = rows.order_by().values(*FACETS).annotate(number=Count("pk"))
    return [(values, number) for *values, number in counted.values_list(*FACETS, "number")]


def _counted(groups: list[Group], sought: Sought) -> tuple[int, dict[str, Counter[Any]]]:
    """How many rows fit, and per value of a facet how many there would be, the other filters as they are."""
    total, chosen = 0, sought.chosen
    counts: dict[str, Counter[Any]] = {name: Counter() for name in FACETS}
    asked = [(place, chosen[name]) for place, name in enumerate(FACETS) if name in chosen]
    source = FACETS.index("source")
    for values, number in groups:
        off = [place for place, value in asked if values[place] != value]
        if sought.without_texts and values[source] == SourceKind.TEXT:
            off.append(source)
        if not off:
            total += number
        # one filter that does not fit is the filter one could choose otherwise
        for place in range(len(FACETS)) if not off else off if len(off) == 1 else ():
            counts[FACETS[place]][values[place]] += number
    return total, counts


def _best_first(rows: QuerySet[DataPoint], wanted: tuple[Term, ...]) -> QuerySet[DataPoint]:
    """Words of their own before parts of compounds; then the newest."""
    if not wanted:
        return rows
    # asked of each row that was found, and not of all that is told
    words = Words.objects.filter(data_point_id=OuterRef("pk"))
    for term in wanted:
        words = words.filter(stems__contains=term.whole)
    tier = Case(When(Exists(words), then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(tier=tier).order_by("tier", "-happened_on", "-id")

"""What stands in the year of a layer: rounds and plans, its own and those of the layers above, and what came in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Min, Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from lemniscaat.collection.models import Round, RoundState
from lemniscaat.collection.outcome import SHOWN
from lemniscaat.datapoints.models import DataPoint, SourceKind
from lemniscaat.datapoints.queries import ledger
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision.models import Criterion
from lemniscaat.year.becoming import became_of
from lemniscaat.year.models import Intent, IntentState, Way
from lemniscaat.year.schoolyear import Line, SchoolYear, Standing, touches

CAME_IN = (SourceKind.FIGURE, SourceKind.PANEL, SourceKind.REPORT, SourceKind.OBSERVATION)
"""What stands in the year by itself; notes and tickets come all the time."""
WAY_OF = {
    SourceKind.FIGURE: Way.FIGURES,
    SourceKind.PANEL: Way.PANEL,
    SourceKind.REPORT: Way.REPORT,
    SourceKind.OBSERVATION: Way.REPORT,
}
_TABLE = (
    "appointment__starts_at",
    "appointment__cancelled_on",
    "appointment__body__name",
    "organisation__name",
)
_OF_A_ROUND = (
    *("title", "roles", "state", "criterion", "planned_as", "return_by"),
    *("opened_on", "stops_on", "stopped_on", "returned_on"),
    *_TABLE,
)
_OF_A_PLAN = (
    *("title", "way", "state", "year", "instrument", "roles", "begins_on", "ends_on", "return_by", "round"),
    *("dropped_because", "body__name", "owner__name"),
    *_TABLE,
)
"""What a line needs of its row: a year has many, and each has long texts."""
STANDING = {
    RoundState.DRAFT: Standing.DRAFT,
    RoundState.OPEN: Standing.OPEN,
    RoundState.STOPPED: Standing.WAITING,
    RoundState.RETURNED: Standing.RETURNED,
    RoundState.IMPORTED: Standing.DONE,
}


def year_layer(access: Access, layer_id: int) -> Layer:
    """A layer whose year I may see: one of mine, or one at which I may plan; else 404."""
    if layer_id in {layer.id for layer in access.layers} or access.may(Verb.DO, Noun.ROUND, layer_id):
        return access.tree.layers[layer_id]
    raise Http404


@dataclass(frozen=True)
class Stands:
    """Everything in the year of a layer, and its own plans that do not go on."""

    lines: tuple[Line, ...]
    dropped: tuple[Intent, ...]


def lines(access: Access, layer_id: int, year: SchoolYear) -> tuple[Line, ...]:
    """Everything in the year of a layer. A plan that became a round is told by that round. Four queries."""
    return stands(access, layer_id, year).lines


def stands(access: Access, layer_id: int, year: SchoolYear) -> Stands:
    """The same, with the plans that were dropped."""
    layer = year_layer(access, layer_id)
    rounds = list(_rounds(access, layer.id, year))
    meant = list(intents(access, layer.id, year))
    plans = [row for row in meant if row.state != IntentState.DROPPED]
    became = became_of(rounds, plans)
    told = {plan.pk for plan in became.values()}
    found = [_of_round(access, layer.id, row, became.get(row.pk)) for row in rounds]
    found += [_of_intent(access, layer.id, row) for row in plans if row.pk not in told]
    found += _came_in(access, layer.id, year)
    dropped = (row for row in meant if row.state == IntentState.DROPPED and row.organisation_id == layer.id)
    return Stands(tuple(line for line in found if touches(line, year)), tuple(dropped))


def _around(access: Access, layer_id: int) -> tuple[int, ...]:
    return (layer_id, *access.tree.above(layer_id))


def intents(access: Access, layer_id: int, year: SchoolYear) -> QuerySet[Intent]:
    """The plans of a layer and of all above it in a school year, by day."""
    return (
        Intent.objects.filter(
            partnership=access.partnership, organisation_id__in=_around(access, layer_id), year=year.year
        )
        .select_related("organisation", "body", "appointment__body", "owner")
        .only(*_OF_A_PLAN)
        .prefetch_related(Prefetch("criteria", Criterion.objects.only("id")))
        .order_by("begins_on", "id")
    )


def intent(access: Access, pk: int) -> Intent:
    """One plan of a layer whose year I may see, or 404."""
    rows = Intent.objects.filter(pk=pk, partnership=access.partnership)
    found = rows.select_related("organisation", "body", "appointment__body", "owner", "round").first()
    if found is None:
        raise Http404
    year_layer(access, found.organisation_id)
    return found


def may_plan(access: Access, layer_id: int) -> bool:
    """Whether I may plan in the year of a layer."""
    return access.may(Verb.DO, Noun.ROUND, layer_id)


def _rounds(access: Access, layer_id: int, year: SchoolYear) -> QuerySet[Round]:
    """The rounds of a layer and above it with a day in the year. What is being prepared is seen by who may see
    rounds at that very layer; of a talk in a hall its first step stands for all."""
    ready = ~Q(state=RoundState.DRAFT)
    if access.may(Verb.SEE, Noun.ROUND, layer_id):
        ready |= Q(organisation_id=layer_id)
    begun = Q(opened_on__isnull=True) | Q(opened_on__lte=year.last)
    ended = Q(opened_on__gte=year.first)
    for name in ("stops_on", "stopped_on", "return_by", "returned_on"):
        ended |= Q(**{f"{name}__gte": year.first})
    if year.holds(access.day):
        ended |= Q(opened_on__isnull=True)
    return (
        Round.objects.filter(
            ready,
            begun,
            ended,
            partnership=access.partnership,
            organisation_id__in=_around(access, layer_id),
            comes_back_with__isnull=True,
        )
        .select_related("appointment__body", "organisation")
        .only(*_OF_A_ROUND)
        .annotate(root=F("instrument__root"), version_key=F("instrument__key"))
        .order_by("id")
    )


def _of_round(access: Access, layer_id: int, row: Round, plan: Intent | None) -> Line:
    begins = row.opened_on or row.stopped_on or row.stops_on or row.return_by or access.day
    ends = max(
        begins, row.stopped_on or row.stops_on or (access.day if row.state == RoundState.OPEN else begins)
    )
    where, discussed = _table(row.appointment)
    about = [row.criterion_id] if row.criterion_id else []
    if plan is not None:
        about += [one.pk for one in plan.criteria.all()]
    return Line(
        key=f"round-{row.pk}",
        title=row.title,
        way=Way.ROUND,
        begins=begins,
        ends=ends,
        standing=STANDING[RoundState(row.state)],
        roles=tuple(row.roles),
        where=where,
        discussed=discussed,
        back=row.returned_on or row.return_by,
        above=row.organisation.name if row.organisation_id != layer_id else "",
        url=_round_url(access, row),
        instrument=getattr(row, "root", ""),
        criteria=tuple(dict.fromkeys(about)),
        became=f"intent-{plan.pk}" if plan else "",
    )


def _round_url(access: Access, row: Round) -> str:
    """Where the round can be read: by who organises it, else its outcome; nowhere for who may see neither."""
    if access.may(Verb.SEE, Noun.ROUND, row.organisation_id):
        return reverse("collection:round", args=[row.pk])
    if row.state in SHOWN and access.may(Verb.SEE, Noun.OUTCOME, row.organisation_id):
        return reverse("collection:outcome", args=[row.pk])
    return ""


def _table(moment: Appointment | None) -> tuple[str, date | None]:
    """The name of the body and the day on which it talks about this; nothing for a moment that was cancelled."""
    if moment is None or moment.cancelled_on is not None:
        return "", None
    return moment.body.name, timezone.localtime(moment.starts_at).date()


def _of_intent(access: Access, layer_id: int, row: Intent) -> Line:
    where, discussed = _table(row.appointment)
    standing = Standing.DONE if row.state == IntentState.DONE else Standing.PLANNED
    if standing is Standing.PLANNED and row.ends_on < access.day:
        standing = Standing.MISSED
    return Line(
        key=f"intent-{row.pk}",
        title=row.title,
        way=row.way,
        begins=row.begins_on,
        ends=row.ends_on,
        standing=standing,
        roles=tuple(row.roles),
        where=where or (row.body.name if row.body else ""),
        discussed=discussed,
        back=row.return_by,
        above=row.organisation.name if row.organisation_id != layer_id else "",
        url=reverse("year:intent", args=[row.pk]),
        instrument=row.instrument,
        criteria=tuple(one.pk for one in row.criteria.all()),
        owner=row.owner.name if row.owner else "",
    )


def _came_in(access: Access, layer_id: int, year: SchoolYear) -> list[Line]:
    """Figures and reports of the layer itself: what came in by one way in one month is one line."""
    rows = (
        ledger(access)
        .filter(organisation_id=layer_id, source__in=CAME_IN, happened_on__range=(year.first, year.last))
        .order_by()
        .values_list("source", "title", "happened_on", "perspective", "criterion_id")
        .annotate(first=Min("id"))
    )
    groups: defaultdict[tuple[str, date], list[tuple[str, date, str, int | None, int]]] = defaultdict(list)
    for source, title, day, perspective, criterion, pk in rows:
        groups[source, day.replace(day=1)].append((title, day, perspective, criterion, pk))
    mine = layer_id in {layer.id for layer in access.layers}
    book = reverse("datapoints:ledger", args=[layer_id]) if mine else ""
    return [
        _of_points(source, sorted(some, key=lambda one: one[1]), book)
        for (source, _m), some in groups.items()
    ]


def _of_points(source: str, some: list[tuple[str, date, str, int | None, int]], book: str) -> Line:
    title, day, _perspective, _criterion, pk = some[0]
    kind = str(DataPoint(source=source).get_source_display())
    if len(some) > 1:
        title = _several(source, len(some))
    return Line(
        key=f"point-{min(one[4] for one in some)}",
        title=title or kind.capitalize(),
        way=WAY_OF[SourceKind(source)],
        begins=day,
        ends=some[-1][1],
        standing=Standing.DONE,
        roles=tuple(sorted({one[2] for one in some if one[2]})),
        url=reverse("datapoints:data_point", args=[pk]) if len(some) == 1 else book,
        criteria=tuple(sorted({one[3] for one in some if one[3]})),
    )


def _several(source: str, n: int) -> str:
    words = {
        SourceKind.FIGURE: ngettext("%(n)d cijfer", "%(n)d cijfers", n),
        SourceKind.PANEL: ngettext("%(n)d panelverslag", "%(n)d panelverslagen", n),
        SourceKind.REPORT: ngettext("%(n)d gespreksverslag", "%(n)d gespreksverslagen", n),
        SourceKind.OBSERVATION: ngettext("%(n)d observatie", "%(n)d observaties", n),
    }
    return words[SourceKind(source)] % {"n": n}

"""What a look rests on: what we know since a point was taken up, to choose from, and what was chosen before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import Goal, Look, LookGround
from lemniscaat.agenda.points.checking import OnTable
from lemniscaat.collection.figures import shown
from lemniscaat.collection.outcome import ItemOutcome, outcomes_for_criterion, released_rounds
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind
from lemniscaat.datapoints.telling import said
from lemniscaat.people.access import Access

MOST = 8
"""So many of a kind to choose from: a look is a talk of ten minutes."""


@dataclass(frozen=True)
class Known:
    """Something to choose, or that was chosen: `key` in the form, hard or soft, in words, with its source and address."""

    key: str
    hard: bool
    words: str
    source: str
    url: str
    ground: OnTable


@dataclass(frozen=True)
class Looked:
    """A look with what was on the table, as far as I may see it."""

    row: Look
    grounds: tuple[Known, ...]


def since(access: Access, goal: Goal) -> list[Known]:
    """What is known on the criterion or vision point of a point since it was taken up, and everybody there may hear:
    hard and soft data points and outcomes of rounds, the newest first."""
    return [*_outcomes(access, goal), *_points(access, goal)]


def _outcomes(access: Access, goal: Goal) -> list[Known]:
    if goal.criterion is None:
        return []
    found = outcomes_for_criterion(access, goal.criterion, most=MOST)
    around = {goal.organisation_id, *access.tree.above(goal.organisation_id)}
    newer = [one for one in found if one.day >= goal.taken_up_on and one.round.organisation_id in around]
    return [told for one in newer if (told := _outcome(one)) is not None]


def _outcome(one: ItemOutcome) -> Known | None:
    words = shown(one).in_words
    if not words:
        return None
    source = f"{one.round.title}, {one.round.organisation.name}, {date_format(one.day, 'F Y')}"
    url = reverse("collection:outcome", args=[one.round.pk])
    return Known(
        f"r{one.round.pk}-{one.item.key}", True, words, source, url, OnTable(round=one.round, words=words)
    )


def _points(access: Access, goal: Goal) -> list[Known]:
    about = Q(pk__in=[])
    if goal.criterion_id is not None:
        about |= Q(criterion_id=goal.criterion_id)
    if goal.point_id is not None:
        about |= Q(point_id=goal.point_id) | Q(criterion__point_id=goal.point_id)
    around = {goal.organisation_id, *access.tree.above(goal.organisation_id)}
    rows = datapoints.ledger(access).filter(
        about, organisation_id__in=around, happened_on__gte=goal.taken_up_on
    )
    rows = rows.exclude(circle=Circle.ME).exclude(source__in=datapoints.POINTING)
    return [_point(row) for row in rows[:MOST]]


def _point(row: DataPoint) -> Known:
    hard = row.evidence == EvidenceKind.HARD
    words = row.title if hard else row.text or row.title
    source = f"{row.source_text}, {date_format(row.happened_on, 'j F Y')}" if hard else said(row)
    url = reverse("datapoints:data_point", args=[row.pk])
    # what people told stays theirs: only where it stands is kept, so that taking it back takes it back here too
    ground = OnTable(data_point=row, words=words if hard else "")
    return Known(f"d{row.pk}", hard, words, source, url, ground)


def on_table(access: Access, goal: Goal) -> list[Looked]:
    """Each look at a point, newest first, with what lay on the table as far as I may see that."""
    looks = queries.looks_of([goal]).get(goal.pk, [])
    rows = LookGround.objects.filter(look__in=looks).select_related("round").order_by("id")
    told = _told(access, list(rows))
    return [Looked(look, tuple(told[look.pk])) for look in looks]


def _told(access: Access, rows: Sequence[LookGround]) -> defaultdict[int, list[Known]]:
    found: defaultdict[int, list[Known]] = defaultdict(list)
    keys = [row.data_point_id for row in rows if row.data_point_id]
    seen = {point.pk: point for point in datapoints.ledger(access).filter(pk__in=keys)} if keys else {}
    asked = any(row.round_id for row in rows)
    shown_to_me = {one.pk for one in released_rounds(access)} if asked else set()
    for row in rows:
        if row.round is not None and row.round_id not in shown_to_me:
            continue
        if row.round is not None:
            url = reverse("collection:outcome", args=[row.round_id])
            found[row.look_id].append(Known("", True, row.words, row.round.title, url, OnTable()))
        elif row.data_point_id in seen:
            found[row.look_id].append(_point(seen[row.data_point_id]))
        elif row.data_point_id is None and row.words:
            found[row.look_id].append(Known("", True, row.words, "", "", OnTable()))
    return found

"""Reading agreements: what runs, what comes back, what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.agenda.models import (
    Agreement,
    AgreementReturn,
    AgreementState,
    Decision,
    DecisionGround,
    Goal,
    GoalState,
    Look,
    Span,
    Step,
)
from lemniscaat.base import clock
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.queries import resting_on as meanings_on
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Criterion, Period


def agreements(access: Access) -> QuerySet[Agreement]:
    """Every agreement that I may see, newest first."""
    rows = Agreement.objects.filter(_ours(access), partnership=access.partnership)
    related = rows.select_related("owner", "returns_at__body", "organisation", "criterion__point", "goal")
    return related.order_by("-agreed_on", "-id")


def _ours(access: Access) -> Q:
    """Of the layers whose agreements I may see; what is of one body alone only for who sits in it."""
    mine = Q(body__isnull=True) | Q(body__in=Body.objects.filter(people=access.person).values("pk"))
    return Q(organisation_id__in=access.where(Verb.SEE, Noun.AGREEMENT)) & mine


def agreement(access: Access, pk: int) -> Agreement:
    """One agreement; 404 when I may not see it."""
    row = agreements(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def of_layer(access: Access, layer_id: int) -> QuerySet[Agreement]:
    """The agreements of a layer; not what two people agreed there."""
    ours = Q(body__isnull=True) | Q(body__pair=False)
    return agreements(access).filter(ours, organisation_id=layer_id)


def of_pair(access: Access, pair: Body) -> QuerySet[Agreement]:
    """What two people agreed, for these two: the one that returns first on top."""
    return agreements(access).filter(body=pair).order_by("returns_at__starts_at", "id")


def between(access: Access, *, days: int) -> QuerySet[Agreement]:
    """What I agreed with one other and returns within so many days, or should have; the nearest first."""
    soon = clock.now() + timedelta(days=days)
    rows = agreements(access).filter(
        body__pair=True, state=AgreementState.RUNNING, returns_at__starts_at__lte=soon
    )
    return rows.order_by("returns_at__starts_at", "id")


def running(access: Access, layer_id: int) -> QuerySet[Agreement]:
    """The agreements of a layer that run, the one that returns first on top."""
    return (
        of_layer(access, layer_id)
        .filter(state=AgreementState.RUNNING)
        .order_by("returns_at__starts_at", "id")
    )


def for_criterion(access: Access, criterion: Criterion) -> QuerySet[Agreement]:
    """The agreements on a criterion that I may see."""
    return agreements(access).filter(criterion=criterion)


def resting_on(access: Access, point: DataPoint) -> QuerySet[Agreement]:
    """The agreements I may see that were made on a meaning which rests on a data point."""
    meant = meanings_on(access, point).order_by().values("pk")
    return agreements(access).filter(decision__interpretation_id__in=meant)


def _back(body: Body | None, appointment: Appointment | None) -> Q:
    """What comes back now: at this appointment, or at an earlier one of the body that passed."""
    back = Q(returns_at__starts_at__lte=clock.now())
    if appointment is not None:
        earlier = Q(returns_at__body_id=appointment.body_id, returns_at__starts_at__lte=appointment.starts_at)
        back = Q(returns_at=appointment) | earlier
    if body is None:
        return back
    return back & Q(returns_at__body=body) & _for_all_of(body.pk)


def _for_all_of(body_id: int) -> Q:
    """What everybody in a body may hear: what is of fewer people alone does not come up in a talk of more."""
    return Q(body__isnull=True) | Q(body_id=body_id)


def due(
    access: Access, *, body: Body | None = None, appointment: Appointment | None = None
) -> QuerySet[Agreement]:
    """Running agreements that come back now: at this appointment, or at an earlier one of the body that passed."""
    rows = agreements(access).filter(_back(body, appointment), state=AgreementState.RUNNING)
    return rows.order_by("returns_at__starts_at", "id")


def due_goals(
    access: Access, *, body: Body | None = None, appointment: Appointment | None = None
) -> QuerySet[Goal]:
    """Running points that come back now, as `due` says it of agreements."""
    rows = goals(access).filter(_back(body, appointment), state=GoalState.RUNNING)
    return rows.order_by("returns_at__starts_at", "place", "id")


def coming_back(access: Access, *, layer_id: int, days: int = 14) -> QuerySet[Agreement]:
    """Running agreements of a layer that return within so many days, or should have."""
    soon = clock.now() + timedelta(days=days)
    return running(access, layer_id).filter(returns_at__starts_at__lte=soon)


def returns(of: Agreement) -> QuerySet[AgreementReturn]:
    """Each time an agreement came back, newest first."""
    rows = AgreementReturn.objects.filter(agreement=of).select_related(
        "appointment__body", "next_appointment__body"
    )
    return rows.order_by("-looked_on", "-id")


def looked_at(access: Access, moment: Appointment) -> QuerySet[AgreementReturn]:
    """The agreements that came back at a moment, with what was said of them."""
    ours = agreements(access).filter(_for_all_of(moment.body_id)).order_by()
    rows = AgreementReturn.objects.filter(appointment=moment, agreement__in=ours)
    return rows.select_related("agreement").order_by("id")


def goals_looked_at(access: Access, moment: Appointment) -> QuerySet[Look]:
    """The points that came back at a moment, with what was seen."""
    ours = goals(access).filter(_for_all_of(moment.body_id)).order_by()
    rows = Look.objects.filter(appointment=moment, goal__in=ours)
    return rows.select_related("goal").order_by("id")


def moment(access: Access, pk: int) -> Appointment | None:
    """A moment of a body I sit in, or of a layer whose agreements I may see; none of two people, which others would
    read under what is kept there."""
    seen = Q(body__organisation_id__in=access.where(Verb.SEE, Noun.AGREEMENT))
    mine = Q(body__people=access.person) | seen
    rows = Appointment.objects.filter(mine, pk=pk, body__partnership=access.partnership, body__pair=False)
    return rows.distinct().first()


def decisions(access: Access) -> QuerySet[Decision]:
    """The decisions on a criterion that I may see, newest first; what was settled with an agreement stands there."""
    rows = Decision.objects.filter(
        partnership=access.partnership, organisation_id__in=access.where(Verb.SEE, Noun.AGREEMENT)
    ).exclude(rested_on={})
    return rows.select_related("organisation", "criterion__point", "decided_by").order_by(
        "-decided_on", "-id"
    )


def decision(access: Access, pk: int) -> Decision:
    """One of these; 404 when I may not see it."""
    row = decisions(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def decisions_on(access: Access, point: DataPoint) -> QuerySet[Decision]:
    """The decisions that I may see at which a data point counted."""
    rested = DecisionGround.objects.filter(data_point=point).values("decision_id")
    return decisions(access).filter(pk__in=rested)


def following(access: Access, of: Decision) -> QuerySet[Agreement]:
    """The agreements that I may see and that follow from a decision."""
    return agreements(access).filter(decision=of)


def goals(access: Access) -> QuerySet[Goal]:
    """Every point on an agenda that I may see, in the order of its layer."""
    rows = Goal.objects.filter(_ours(access), partnership=access.partnership)
    return rows.select_related("owner", "returns_at__body", "organisation", "point", "criterion", "body")


def goal(access: Access, pk: int) -> Goal:
    """One point; 404 when I may not see it."""
    row = goals(access).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def goals_of(access: Access, layer_id: int, body: Body | None = None) -> QuerySet[Goal]:
    """The agenda of a layer, or of one body alone: what runs, what is held on to and what was stopped."""
    return goals(access).filter(organisation_id=layer_id, body=body)


def goals_coming_back(access: Access, *, layer_id: int, days: int = 14) -> QuerySet[Goal]:
    """Running points of a layer that return within so many days, or should have."""
    soon = clock.now() + timedelta(days=days)
    rows = goals_of(access, layer_id).filter(state=GoalState.RUNNING, returns_at__starts_at__lte=soon)
    return rows.order_by("returns_at__starts_at", "place", "id")


def year_goals(
    access: Access, layer_id: int, period: Period | None, body: Body | None = None
) -> QuerySet[Goal]:
    """The running points that a layer took up for a school year, or that still run from a year before."""
    rows = goals_of(access, layer_id, body).filter(span=Span.YEAR, state=GoalState.RUNNING)
    return (
        rows.filter(Q(period__isnull=True) | Q(period__starts_on__lte=period.starts_on)) if period else rows
    )


def steps_of(rows: Iterable[Goal]) -> dict[int, list[Step]]:
    """The steps of these points by the point's number, the nearest day first; one query."""
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(goal__in=list(rows)).select_related("owner").order_by("due_on", "id"):
        found[step.goal_id].append(step)
    return found


def looks_of(rows: Iterable[Goal]) -> dict[int, list[Look]]:
    """Each time somebody looked at these points, newest first; one query."""
    found: defaultdict[int, list[Look]] = defaultdict(list)
    related = Look.objects.filter(goal__in=list(rows)).select_related(
        "appointment__body", "next_appointment__body"
    )
    for look in related.order_by("-looked_on", "-id"):
        found[look.goal_id].append(look)
    return found

"""Agreements on screen."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from lemniscaat.agenda import actions, queries
from lemniscaat.agenda.forms import HINTS, NEXT, AgreementForm, LookBackForm
from lemniscaat.agenda.models import Agreement, AgreementState, Decision, Goal, GoalState
from lemniscaat.agenda.offering import offer_of_agreement
from lemniscaat.agenda.onward import onward
from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.offering import may_offer
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.share_road import walk
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

NEWEST = 2
MOST = 5


@member
def for_criterion(request: MemberRequest, pk: int) -> HttpResponse:
    """The agreements on a criterion: a fragment of its page, or a page by itself."""
    criterion = vision.criterion(request.access, pk)
    template = "_for_criterion" if request.htmx else "for_criterion"
    rows = queries.for_criterion(request.access, criterion)
    decided = queries.decisions(request.access).filter(criterion=criterion)
    goals = queries.goals(request.access).filter(criterion=criterion, state=GoalState.RUNNING)
    context = {
        "criterion": criterion,
        "rows": rows[:NEWEST] if request.htmx else rows,
        "goals": goals[:MOST],
        "take_up_url": _take_up_url(request.access, criterion),
        "decisions": decided[:NEWEST] if request.htmx else decided,
        "layer_id": number_in(request.GET.get("laag", "")),
    }
    return render(request, f"agenda/{template}.html", context)


def _take_up_url(access: Access, criterion: Criterion) -> str:
    """Where a point on a criterion begins: at my nearest layer where I may agree; empty where there is none."""
    mine = access.where(Verb.DO, Noun.AGREEMENT)
    here = next((layer.id for layer in access.layers if layer.id in mine), 0)
    return reverse("goals:new", args=[here]) + f"?lat={criterion.pk}" if here else ""


@member
def resting_on(request: MemberRequest, pk: int) -> HttpResponse:
    """The agreements that rest on a data point: a fragment of its page, or a page by itself."""
    row = datapoints.data_point(request.access, pk)
    template = "_resting_on" if request.htmx else "resting_on"
    context = {
        "row": row,
        "rows": queries.resting_on(request.access, row),
        "decisions": queries.decisions_on(request.access, row),
    }
    return render(request, f"agenda/{template}.html", context)


@member
def agreements(request: MemberRequest, layer: int) -> HttpResponse:
    """The agreements of a layer: what runs, what we hold on to, what is done."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = list(queries.of_layer(access, layer))
    context = {
        "layer": place,
        "running": [r for r in rows if r.state == AgreementState.RUNNING],
        "sustained": [r for r in rows if r.state == AgreementState.SUSTAINED],
        "done": [r for r in rows if r.state in {AgreementState.CLOSED, AgreementState.REPLACED}],
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, layer),
    }
    return render(request, "agenda/agreements.html", context)


@member
def new(request: MemberRequest, layer: int) -> HttpResponse:
    """Agree on something, outside a talk or after an agreement that changed course."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    access.need(Verb.DO, Noun.AGREEMENT, layer)
    came = _came_from(request, layer)
    form = AgreementForm(request.POST or None, access=access, layer_id=layer, initial=came.first)
    if request.method == "POST" and form.is_valid():
        row = actions.agree(
            access=access,
            layer_id=layer,
            criterion=came.criterion,
            follows=came.follows,
            goal=came.goal or (came.follows.goal if came.follows else None),
            body=came.goal.body if came.goal else came.follows.body if came.follows else None,
            decision=came.decided,
            **form.cleaned_data,
        )
        told = _("Afgesproken. Het komt vanzelf terug.") if row.returns_at_id else _("Afgesproken.")
        messages.success(request, told)
        return redirect(onward(request, reverse("agenda:agreement", args=[row.pk])))
    context = {"form": form, "layer": place, "came": came}
    return render(request, "agenda/new.html", context, status=422 if form.errors else 200)


@dataclass(frozen=True)
class _CameFrom:
    """What an agreement follows from: another agreement, a point, a decision; and what that fills in."""

    follows: Agreement | None
    goal: Goal | None
    decided: Decision | None
    criterion: Criterion | None
    first: dict[str, str]


def _came_from(request: MemberRequest, layer: int) -> _CameFrom:
    follows, goal = _asked_agreement(request, layer), _asked_goal(request, layer)
    if follows and goal and follows.body_id != goal.body_id:
        raise Http404
    decided = _asked_decision(request, layer)
    # somebody who chose the course on the page before need not choose it again
    first = {"course": request.GET.get("koers", "")}
    if decided:
        first = {"course": decided.course, "weighed": decided.weighed}
    asked = number_in(request.GET.get("lat", ""))
    about = next((one.criterion for one in (follows, goal, decided) if one is not None), None)
    criterion = vision.criterion(request.access, asked) if asked else about
    return _CameFrom(follows, goal, decided, criterion, first)


def _asked_goal(request: MemberRequest, layer: int) -> Goal | None:
    """The point of this layer that an agreement hangs under; 404 for one of others."""
    if not (asked := number_in(request.GET.get("punt", ""))):
        return None
    found = queries.goal(request.access, asked)
    if found.organisation_id != layer:
        raise Http404
    return found


def _asked_agreement(request: MemberRequest, layer: int) -> Agreement | None:
    """The agreement of this layer that another follows; 404 for one of others, whose point would come along with it."""
    if not (asked := number_in(request.GET.get("na", ""))):
        return None
    found = queries.agreement(request.access, asked)
    if found.organisation_id != layer:
        raise Http404
    return found


def _asked_decision(request: MemberRequest, layer: int) -> Decision | None:
    """The decision from which an agreement is to follow, at this very layer."""
    asked = number_in(request.GET.get("besluit", ""))
    if not asked:
        return None
    row = queries.decision(request.access, asked)
    if row.organisation_id != layer:
        raise Http404
    return row


@member
def agreement(request: MemberRequest, pk: int) -> HttpResponse:
    """One agreement: what, who, how we notice, and each time it came back."""
    access = request.access
    row = queries.agreement(access, pk)
    layer_id = row.organisation_id
    request.layer_id = layer_id  # type: ignore[attr-defined]  # read by the shell
    context = {
        "row": row,
        "returns": queries.returns(row),
        "running": row.state == AgreementState.RUNNING,
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, layer_id),
        "may_share": row.body_id is None and may_offer(access, "agreement", layer_id),
    }
    return render(request, "agenda/agreement.html", context)


@member
def look_back(request: MemberRequest, pk: int) -> HttpResponse:
    """The agreement comes back: what helped, what hindered, what do we ask of each other, and what now."""
    access = request.access
    row = queries.agreement(access, pk)
    access.need(Verb.DO, Noun.AGREEMENT, row.organisation_id)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if row.state != AgreementState.RUNNING:
        messages.info(request, _("Deze afspraak is al afgerond."))
        return redirect("agenda:agreement", pk)
    at = request.GET.get("bij", "")
    moment = queries.moment(access, number_in(at)) if number_in(at) else None
    now = moment.pk if moment else None
    form = LookBackForm(request.POST or None, access=access, agreement=row, now=now)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.look_back(access=access, agreement=row, appointment=moment, **given)
        there = onward(request, "")
        if given["next_step"] == "adjust":
            way = {"na": str(pk)} | ({"verder": there} if there else {})
            return redirect(reverse("agenda:new", args=[row.organisation_id]) + f"?{urlencode(way)}")
        messages.success(request, _("Genoteerd, met wat hielp en wat in de weg zat."))
        return redirect(there or reverse("agenda:agreement", args=[pk]))
    chosen = form["next_step"].value()
    ways = [(value, label, HINTS[value], value == chosen) for value, label in NEXT]
    context = {"form": form, "row": row, "returns": queries.returns(row), "ways": ways}
    return render(request, "agenda/look_back.html", context, status=422 if form.errors else 200)


@member
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Share an agreement with another layer, along the road of everything that is shared."""
    return walk(request, offer_of_agreement(queries.agreement(request.access, pk)))

"""Meanings and assumptions on screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.interpretation import actions, queries
from lemniscaat.interpretation.offering import offer_of
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.offering import may_offer
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.share_road import walk
from lemniscaat.vision import queries as vision

NEWEST = 2


@member
def for_criterion(request: MemberRequest, pk: int) -> HttpResponse:
    """What was said a criterion's data mean: a fragment of its page, or a page by itself."""
    criterion = vision.criterion(request.access, pk)
    rows = queries.meanings(request.access, criterion=criterion)
    template = "_for_criterion" if request.htmx else "for_criterion"
    assumed = queries.assumed_on(request.access, criterion)
    context = {
        "criterion": criterion,
        "meanings": queries.told(rows[:NEWEST] if request.htmx else rows),
        "assumed": assumed[:NEWEST] if request.htmx else assumed,
    }
    return render(request, f"interpretation/{template}.html", context)


@member
def resting_on(request: MemberRequest, pk: int) -> HttpResponse:
    """The meanings that rest on a data point: a fragment of its page, or a page by itself."""
    row = datapoints.data_point(request.access, pk)
    template = "_resting_on" if request.htmx else "resting_on"
    context = {
        "row": row,
        "meanings": queries.resting_on(request.access, row),
        "answered": queries.answered_with(request.access, row),
    }
    return render(request, f"interpretation/{template}.html", context)


@member
def meaning(request: MemberRequest, pk: int) -> HttpResponse:
    """One meaning: the text, the other voice, what it rests on, and with whom it is shared."""
    access = request.access
    found = queries.meaning(access, pk)
    layer_id = found.row.organisation_id
    request.layer_id = layer_id  # type: ignore[attr-defined]  # read by the shell
    typed = {name: request.POST.get(name, "")[:2000] for name in ("text", "dissent")}
    if request.method == "POST" and typed["text"].strip():
        try:
            actions.revise_meaning(
                access=access,
                row=found.row,
                version=number_in(request.POST.get("version", "")),
                **typed,
            )
        except actions.ClashError as clash:
            both = {"found": queries.meaning(access, pk), "theirs": clash.theirs, "mine": typed}
            return render(request, "interpretation/clash.html", both, status=409)
        messages.success(request, _("Bijgewerkt."))
        return redirect("interpretation:meaning", pk)
    if request.method == "POST":
        messages.error(request, _("Een betekenis zonder woorden bewaren we niet. Er is niets veranderd."))
    context = {
        "found": found,
        "typed": typed if request.method == "POST" else None,
        "evidence": queries.evidence(access, found.row),
        "may_edit": access.may(Verb.DO, Noun.MEANING, layer_id),
        "may_share": may_offer(access, "interpretation", layer_id),
    }
    return render(request, "interpretation/meaning.html", context, status=422 if context["typed"] else 200)


@member
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Share a meaning with another layer, along the road of everything that is shared."""
    return walk(request, offer_of(queries.meaning(request.access, pk)))

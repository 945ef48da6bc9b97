"""On the page of a round in preparation: the points about which it may ask whether they are noticed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import FollowUp
from lemniscaat.agenda.points import following
from lemniscaat.base.numbers import number_in
from lemniscaat.collection import queries as collection
from lemniscaat.collection.models import Round
from lemniscaat.instruments import wording
from lemniscaat.instruments.actions import ObjectionError
from lemniscaat.instruments.forms import plain
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
@require_http_methods(["GET", "POST"])
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """The proposals: a fragment of the page of the round, or a page by itself. A POST adds one, or takes it out."""
    access = request.access
    found = collection.round_(access, pk)
    access.need(Verb.DO, Noun.ROUND, found.organisation_id)
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if request.method == "POST":
        return _changed(request, found)
    context = {"round": found, "proposed": following.proposed(access, found)}
    template = "_ask_again" if request.htmx else "ask_again"
    return render(request, f"agenda/{template}.html", context)


def _changed(request: MemberRequest, found: Round) -> HttpResponse:
    access = request.access
    if gone := number_in(request.POST.get("not", "")):
        follow = FollowUp.objects.filter(pk=gone, round=found).select_related("goal", "round").first()
        if follow is not None:
            following.not_ask(access=access, follow=follow)
            messages.success(request, _("De vraag is eruit."))
        return redirect("collection:round", found.pk)
    goal = queries.goal(access, number_in(request.POST.get("goal", "")))
    if goal.pk not in {one.goal.pk for one in following.proposed(access, found)}:
        raise Http404
    try:
        words = plain(request.POST.get("words", ""))
        following.ask_again(access=access, goal=goal, round_=found, words=words)
    except ValidationError as bad:
        messages.error(request, " ".join(bad.messages))
    except ObjectionError as bad:
        messages.error(request, " ".join(one.say(wording.language()) for one in bad.objections))
    else:
        messages.success(
            request,
            _("De vraag staat erbij, op een eigen kopie van deze vragenlijst. De kernvragen bleven gelijk."),
        )
    return redirect("collection:round", found.pk)

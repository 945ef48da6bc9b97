"""Looking at a point: what we know since, what those say who raised it, and how we go on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import GoalState
from lemniscaat.agenda.onward import onward
from lemniscaat.agenda.points.checking import look as keep_look
from lemniscaat.agenda.points.following import followed, over_rounds
from lemniscaat.agenda.points.goal_page import roles_in_words
from lemniscaat.agenda.points.grounds import on_table, since
from lemniscaat.agenda.points.look_forms import ACTS, LookForm
from lemniscaat.base.numbers import number_in
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
def look(request: MemberRequest, pk: int) -> HttpResponse:
    """Check and act on one page, in a talk or by itself."""
    access = request.access
    row = queries.goal(access, pk)
    access.need(Verb.DO, Noun.AGREEMENT, row.organisation_id)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if row.state != GoalState.RUNNING:
        messages.info(request, _("Dit punt loopt niet meer."))
        return redirect("goals:goal", pk)
    at = number_in(request.GET.get("bij", ""))
    moment = queries.moment(access, at) if at else None
    known = since(access, row)
    form = LookForm(request.POST or None, access=access, goal=row, known=known, now=moment)
    if request.method == "POST" and form.is_valid():
        seen, grounds = form.told()
        keep_look(access=access, goal=row, seen=seen, grounds=grounds)
        messages.success(request, _("Bewaard, met wat jullie zagen en hoe jullie verdergaan."))
        return redirect(onward(request, reverse("goals:goal", args=[pk])))
    chosen = form["grounds"].value() or []
    context = {
        "row": row,
        "form": form,
        "hard": [(one, one.key in chosen) for one in known if one.hard],
        "soft": [(one, one.key in chosen) for one in known if not one.hard],
        "acts": [(act.value, label, hint, act.value == form["act"].value()) for act, label, hint in ACTS],
        "raised": roles_in_words(access, row.raised_by),
        "follow_ups": followed(access, row),
        "follow_line": over_rounds(access, row),
        "before": on_table(access, row)[:1],
        "may_ask": access.may(Verb.DO, Noun.ROUND, row.organisation_id),
        "may_talk": access.may(Verb.DO, Noun.MEETING, row.organisation_id),
    }
    return render(request, "agenda/look.html", context, status=422 if form.errors else 200)

"""What everybody at the table has in front of him: his own phone, the projector, paper, and the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from lemniscaat.agenda import queries as agenda
from lemniscaat.meetings import actions, correcting, flow, queries, sending
from lemniscaat.meetings.figures import on_paper, talk_figures
from lemniscaat.meetings.forms import plain
from lemniscaat.meetings.models import MeetingState
from lemniscaat.meetings.recording import record_of
from lemniscaat.meetings.screen import context_of
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


def _to_record(request: MemberRequest, pk: int) -> HttpResponse:
    """The talk is done: a screen that asked for a fragment goes to the record as a whole page."""
    there = reverse("meetings:record", args=[pk])
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)


@member
def mine(request: MemberRequest, pk: int) -> HttpResponse:
    """My own phone at the table: write alone, read when it is laid open."""
    access = request.access
    row = queries.table(access, pk)
    seat = queries.my_seat(access, row)
    if row.state == MeetingState.DONE:
        return _to_record(request, pk)
    if request.method == "POST" and seat is not None:
        text = plain(request.POST.get("alone", ""))
        step = request.POST.get("step", "")
        if not actions.write_alone(access=access, meeting=row, seat=seat, step=step, text=text):
            messages.info(request, _("De zinnen lagen al open. Vertel wat je nog wilde schrijven."))
        elif text:
            messages.success(request, _("Bewaard. Niemand ziet het nog."))
        else:
            messages.success(request, _("Je zin is weg."))
        return redirect("meetings:mine", pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    shown = context_of(access, row)
    return render(
        request,
        "meetings/mine.html",
        {**shown, "mine": queries.own_words(seat, shown["step"].key), "seat": seat},
    )


@member
def pulse(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether the talk went on since my page was made: a fragment, so that what I type stays."""
    row = queries.table(request.access, pk)
    state = f"{flow.at(row.step).key}-{len(row.revealed)}-{row.state}"
    context = {"moved": request.GET.get("bij", "") != state, "meeting": row, "state": state}
    return render(request, "meetings/_pulse.html", context)


@member
def beamer(request: MemberRequest, pk: int) -> HttpResponse:
    """For the whole table: large, without controls."""
    row = queries.table(request.access, pk)
    if row.state == MeetingState.DONE:
        return _to_record(request, pk)
    context = context_of(request.access, row)
    told = {"n": context["written"], "all": len(context["seats"])}
    context["answered"] = (
        _("%(n)d van de %(all)d schreven iets") % told if context["step"].alone else context["at_table"]
    )
    context["address"] = request.build_absolute_uri(reverse("meetings:mine", args=[pk])).split("//", 1)[-1]
    return render(request, "meetings/beamer.html", context)


@member
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole talk on one sheet of A4, the data below the fold."""
    access = request.access
    row = queries.talk(access, pk)
    plan = flow.plan(row.entry)
    on_table = talk_figures(access, row)
    drawn = next((item.figure for item in on_table.items if item.figure), None)
    figure = on_paper(drawn) if drawn else None
    context = {
        "meeting": row,
        "criterion": row.criterion,
        "steps": [(_(step.name), step.minutes, _(step.paper)) for step in plan],
        "place": (access.tree.of_kind_above(row.organisation_id, "school") or row.organisation).name,
        "address": request.build_absolute_uri(reverse("meetings:lead", args=[pk])).split("//", 1)[-1],
        "unfold": [step.key for step in plan].index("see") + 1,
        "minutes": flow.minutes(row.entry),
        "table": on_table,
        "figure": figure,
        # four groups leave room for fewer lines to write on
        "lines": "ab" if figure and len(figure.rows) > 3 else "abc",
        "due": agenda.due(access, body=row.body, appointment=row.appointment)[:2],
        "back_url": reverse("meetings:prepare", args=[pk])
        if access.may(Verb.DO, Noun.MEETING, row.organisation_id)
        else "",
    }
    return render(request, "meetings/paper.html", context)


@member
def record(request: MemberRequest, pk: int) -> HttpResponse:
    """The page that wrote itself: who was there, what came back, what we say it means, what we agreed."""
    access = request.access
    row = queries.talk(access, pk)
    if row.state != MeetingState.DONE:
        may_lead = access.may(Verb.DO, Noun.MEETING, row.organisation_id)
        if not may_lead and not queries.sits(access, row):
            raise Http404
        return redirect("meetings:prepare" if may_lead else "meetings:mine", pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    context = {
        "record": record_of(access, row),
        "meeting": row,
        "may_mend": correcting.open_to(access, row),
        "had_it": sending.sent_to_me(access, row),
        "waiting": len(sending.waiting(row)) if sending.may_send(access, row) else 0,
        "led": sending.may_send(access, row),
    }
    return render(request, "meetings/record.html", context)

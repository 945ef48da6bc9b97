"""Planning and leading a talk."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.base.numbers import number_in
from lemniscaat.instruments.shelf import Entry as Shelved
from lemniscaat.instruments.shelf import on_shelf
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.meetings import actions, leading, queries
from lemniscaat.meetings.forms import PlanForm, TableForm, moments_here
from lemniscaat.meetings.joining import join_context
from lemniscaat.meetings.middle import Middle
from lemniscaat.meetings.models import Entry, Meeting, MeetingState
from lemniscaat.meetings.scene import all_steps, parts_of
from lemniscaat.meetings.script import Script
from lemniscaat.meetings.tables import at_layer
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import Body, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.year.planning import became_talk


@member
def talks(request: MemberRequest, layer: int) -> HttpResponse:
    """The talks of a layer: what comes, what was."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = list(queries.talks(access, layer))
    context = {
        "layer": place,
        "coming": [row for row in reversed(rows) if row.state != MeetingState.DONE],
        "done": [row for row in rows if row.state == MeetingState.DONE],
        "may_do": access.may(Verb.DO, Noun.MEETING, layer),
        "seated": queries.seated(access),
        "tables": at_layer(access, layer),
    }
    return render(request, "meetings/talks.html", context)


@member
def plan(request: MemberRequest, layer: int) -> HttpResponse:
    """Set a talk ready, from any door."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    access.need(Verb.DO, Noun.MEETING, layer)
    asked, door = number_in(request.GET.get("lat", "")), request.GET.get("deur", "")
    about = vision.criterion(access, asked) if asked else None
    moment = moments_here(access, layer).filter(pk=number_in(request.GET.get("moment", ""))).first()
    body = moment.body if moment else _nearest(access, layer)
    shelved = _shelved(request)
    title = shelved.instrument.titles.say(get_language() or "nl") if shelved else ""
    initial = {
        "title": about.point.title if about else title,
        "entry": door if door in Entry.values else Entry.INFORM,
        "middle": Middle.of(about).key,
        "appointment": moment,
        "body": body,
        "hall": "table",
    }
    form = PlanForm(
        request.POST or None,
        access=access,
        layer_id=layer,
        instrument=shelved.instrument if shelved else None,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        row = actions.plan_talk(access=access, layer_id=layer, **form.about(), laid=form.laid())
        leads = reverse("meetings:prepare", args=[row.pk])
        if number := number_in(request.GET.get("plan", "")):
            became_talk(access=access, number=number, layer_id=layer, url=leads)
        return redirect(leads)
    context = {
        "form": form,
        "layer": place,
        "no_body": body is None,
        "shelved": shelved,
    }
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)


def _nearest(access: Access, layer_id: int) -> Body | None:
    """The body that I most likely mean: where I sit myself before what others have."""
    here = people.bodies(access, layer_id)
    return here.filter(people=access.person).first() or here.first()


def _shelved(request: MemberRequest) -> Shelved | None:
    """The instrument that is asked for in the address, from the cabinet; 404 where it is not there."""
    key = str(request.POST.get("instrument") or request.GET.get("instrument", ""))
    found = on_shelf(request.access, key) if key else None
    if key and found is None:
        raise Http404
    return found


@member
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits at the table, and what an open table means."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    plan, _colon, step = request.POST.get("plan", "").partition(":")
    if plan in {"out", "in"}:
        leading.pass_by(access=access, meeting=row, step=step, out=plan == "out")
        return redirect("meetings:prepare", pk)
    form = _table_form(request, row)
    if request.method == "POST" and form.is_valid():
        _set_table(request, row, form)
        if "start" in request.POST:
            actions.sit_down(access=access, meeting=row)
            leading.go_to(access=access, meeting=row, step=row.step)
            return redirect("meetings:lead", pk)
        messages.success(request, _("De tafel staat klaar."))
        return redirect("meetings:prepare", pk)
    context = {
        "meeting": row,
        "form": form,
        "steps": parts_of(row),
        "minutes": Script.read(row.script).minutes,
        "all_steps": all_steps(row),
        "guide": row.table.instrument.key if Script.read(row.script).origin == "instrument" else "",
        **join_context(row.table),
        "running": row.state == MeetingState.RUNNING,
        "i_sit": queries.sits(access, row),
        "due": agenda.due(access, body=row.body, appointment=row.appointment),
        "due_goals": agenda.due_goals(access, body=row.body, appointment=row.appointment),
        "thoughts": interpretation.due_at(access, row.appointment),
    }
    return render(request, "meetings/prepare.html", context, status=422 if form.errors else 200)


def _table_form(request: MemberRequest, row: Meeting) -> TableForm:
    """Seats that are taken, then the people of the body who have none."""
    roles = {**{str(key): str(name) for key, name in Role.choices}, **request.access.partnership.role_labels}
    seats = [] if row.table.hall else queries.seats(row)
    taken = {seat.person_id for seat in seats}
    options = [(f"s{seat.pk}", f"{seat.name}, {roles.get(seat.role, seat.role)}") for seat in seats]
    options += [(f"p{p.pk}", p.first_name) for p in row.body.people.order_by("name") if p.pk not in taken]
    initial = {"seats": [f"s{seat.pk}" for seat in seats]}
    return TableForm(request.POST or None, options=options, roles=roles, initial=initial)


def _set_table(request: MemberRequest, row: Meeting, form: TableForm) -> None:
    chosen = set(form.cleaned_data["seats"])
    # a seat that was taken after this page was made is not on it, so it was not sent away either
    shown = set(request.POST.getlist("shown"))
    keep = [s for s in queries.seats(row) if f"s{s.pk}" in chosen or (shown and f"s{s.pk}" not in shown)]
    access, layer_id = request.access, row.organisation_id
    guests = [
        actions.Guest(p.first_name, queries.role_of(access, p.pk, layer_id), p.pk)
        for p in row.body.people.order_by("name")
        if f"p{p.pk}" in chosen
    ]
    guests += [actions.Guest(name, role) for name, role in form.guests()]
    actions.set_table(access=access, meeting=row, keep=keep, guests=guests)

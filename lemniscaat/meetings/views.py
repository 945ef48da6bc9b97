"""Planning and leading a talk."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from lemniscaat.agenda.actions import ReasonNeededError
from lemniscaat.agenda.forms import moments
from lemniscaat.agenda.models import Course
from lemniscaat.interpretation.models import Certainty
from lemniscaat.meetings import actions, flow, queries
from lemniscaat.meetings.figures import grounds
from lemniscaat.meetings.forms import HINTS, PlanForm, TableForm, plain, words_of
from lemniscaat.meetings.models import Entry, Meeting, MeetingState
from lemniscaat.meetings.notes import Notes
from lemniscaat.meetings.screen import context_of, steps_of
from lemniscaat.meetings.tables import at_layer
from lemniscaat.people import queries as people
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision


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
    asked, door = request.GET.get("lat", ""), request.GET.get("deur", "")
    about = vision.criterion(access, int(asked)) if asked.isdecimal() else None
    moment = (
        people.future_appointments(access, layer).filter(pk=_number(request.GET.get("moment", ""))).first()
    )
    body = moment.body if moment else people.bodies(access, layer).first()
    initial = {
        "title": about.point.title if about else "",
        "entry": door if door in Entry.values else Entry.INFORM,
        "criterion": about,
        "appointment": moment,
        "body": body,
    }
    form = PlanForm(request.POST or None, access=access, layer_id=layer, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.plan_talk(access=access, layer_id=layer, **form.cleaned_data)
        return redirect("meetings:prepare", row.pk)
    chosen = form["entry"].value()
    context = {
        "form": form,
        "layer": place,
        "no_body": body is None,
        "doors": [(key, label, HINTS[Entry(key)], key == chosen) for key, label in Entry.choices],
    }
    return render(request, "meetings/plan.html", context, status=422 if form.errors else 200)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


@member
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits at the table, and what an open table means."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    form = _table_form(request, row)
    if request.method == "POST" and form.is_valid():
        _set_table(request, row, form)
        if "start" in request.POST:
            actions.sit_down(access=access, meeting=row)
            actions.go_to(access=access, meeting=row, step=flow.at(row.step).key)
            return redirect("meetings:lead", pk)
        messages.success(request, _("De tafel staat klaar."))
        return redirect("meetings:prepare", pk)
    context = {
        "meeting": row,
        "form": form,
        "steps": steps_of(row),
        "minutes": flow.minutes(row.entry),
        "running": row.state == MeetingState.RUNNING,
        "i_sit": queries.sits(access, row),
    }
    return render(request, "meetings/prepare.html", context, status=422 if form.errors else 200)


def _table_form(request: MemberRequest, row: Meeting) -> TableForm:
    """Seats that are taken, then the people of the body who have none."""
    roles = {**{str(key): str(name) for key, name in Role.choices}, **request.access.partnership.role_labels}
    seats = queries.seats(row)
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


@member
def lead(request: MemberRequest, pk: int) -> HttpResponse:
    """The leader's screen: one step at a time. Whoever does not sit at the table first takes a seat."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    if row.state == MeetingState.DONE:
        there = reverse("meetings:record", args=[pk])
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    seat = queries.my_seat(access, row)
    if seat is None:
        return redirect("meetings:prepare", pk)
    may_share = access.may(Verb.SHARE, Noun.MEANING, row.organisation_id)
    above = access.tree.ordered(access.tree.above(row.organisation_id))
    shown = context_of(access, row)
    step = shown["step"]
    context = {
        **shown,
        "pause_url": reverse("meetings:talks", args=[row.organisation_id]),
        "mine": queries.own_words(seat, step.key),
        "without_phone": [s for s in shown["seats"] if s.person_id is None],
        "certainties": Certainty.choices,
        "courses": [Course.SUSTAIN, Course.ADJUST],
        # what is agreed here comes back later, not at this very table
        "moments": moments(access, row.organisation_id, now=row.appointment_id).queryset,
        "targets": [layer for layer in above if layer.kind != "institute"] if may_share else (),
        "others": [
            (s.key, _(s.name)) for s in (*flow.skipped(row.entry), *flow.plan(row.entry)) if s != step
        ],
        "expected": queries.written(row, "expect") if step.key == "see" and not shown["said"] else 0,
    }
    return render(request, "meetings/lead.html", context)


@member
@require_POST
def act(request: MemberRequest, pk: int) -> HttpResponse:
    """One press on the leader's screen: keep what was written, then go on, back, lay open, or end."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    if not queries.sits(access, row):
        return redirect("meetings:prepare", pk)
    _keep(request, row)
    do, _colon, step = request.POST.get("do", "").partition(":")
    if do == "open" and step in flow.BY_KEY:
        actions.lay_open(access=access, meeting=row, step=step)
    elif do == "finish":
        return _finish(request, row)
    elif do == "go":
        actions.go_to(access=access, meeting=row, step=step)
    elif do == "unknown":
        actions.keep_notes(access=access, meeting=row, words={"certainty": Certainty.UNKNOWN}, base={})
        actions.go_to(access=access, meeting=row, step=step)
    return redirect("meetings:lead", pk)


def _keep(request: MemberRequest, row: Meeting) -> None:
    """What stands in the fields is kept, whatever button was pressed."""
    access, posted = request.access, request.POST
    words, base = words_of(posted)
    if words and actions.keep_notes(access=access, meeting=row, words=words, base=base):
        messages.info(request, _("Iemand schreef tegelijk. Beide teksten staan er; maak er samen één van."))
    step = posted.get("step", "")
    seats = {str(seat.pk): seat for seat in queries.seats(row)}
    mine = queries.my_seat(access, row)
    paper = seats.get(posted.get("paper_seat", ""))
    for seat, field in ((mine, "alone"), (paper, "paper_text")):
        if seat is not None and field in posted and flow.at(step).alone:
            written = plain(posted[field])
            if not actions.write_alone(access=access, meeting=row, seat=seat, step=step, text=written):
                messages.info(request, _("De zinnen lagen al open. Vertel wat je nog wilde schrijven."))


LACKS = {
    "course": gettext_lazy("Kies nog: houden of verleggen?"),
    "owner_text": gettext_lazy("Wie let erop? Zonder naam blijft een afspraak liggen."),
    "notice": gettext_lazy("Waaraan merken we het? Eén ding is genoeg."),
    "return": gettext_lazy("Kies waar de afspraak terugkomt, of zeg waarom niet."),
}


def _finish(request: MemberRequest, row: Meeting) -> HttpResponse:
    access = request.access
    row = queries.talk_to_lead(access, row.pk)
    coming = people.future_appointments(access, row.organisation_id)
    moment = coming.filter(pk=_number(Notes.read(row.notes).returns_at)).first()
    try:
        actions.finish(access=access, meeting=row, returns_at=moment, evidence=grounds(access, row))
    except (actions.UnfinishedError, ReasonNeededError) as error:
        lacks = error.lacks if isinstance(error, actions.UnfinishedError) else "return"
        messages.error(request, str(LACKS[lacks]) + " " + _("Alles wat je schreef staat er nog."))
        actions.go_to(access=access, meeting=row, step="direct")
        return redirect("meetings:lead", row.pk)
    messages.success(request, _("Bewaard. Dit vel schreef zichzelf."))
    return redirect("meetings:record", row.pk)

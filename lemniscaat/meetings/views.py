"""The screens of a talk: planning, the leader's, one's own phone, the projector, paper and the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.agenda.actions import ReasonNeededError
from lemniscaat.agenda.forms import moments
from lemniscaat.agenda.models import Course
from lemniscaat.interpretation.models import Certainty
from lemniscaat.meetings import actions, flow, queries
from lemniscaat.meetings.figures import grounds, talk_figures
from lemniscaat.meetings.forms import GUESTS, PlanForm, TableForm
from lemniscaat.meetings.models import Entry, Meeting, MeetingState, Seat
from lemniscaat.meetings.notes import Notes
from lemniscaat.meetings.screen import context_of
from lemniscaat.people import queries as people
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


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
    }
    return render(request, "meetings/talks.html", context)


@member
def plan(request: MemberRequest, layer: int) -> HttpResponse:
    """Set a talk ready, from any door."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    access.need(Verb.DO, Noun.MEETING, layer)
    door = request.GET.get("deur", "")
    bodies = people.bodies(access, layer)
    first = bodies.first()
    initial = {
        "entry": door if door in Entry.values else Entry.INFORM,
        "criterion": request.GET.get("lat") or None,
        "appointment": request.GET.get("moment") or None,
        "body": first.pk if first else None,
    }
    form = PlanForm(request.POST or None, access=access, layer_id=layer, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.plan_talk(access=access, layer_id=layer, **form.cleaned_data)
        return redirect("meetings:prepare", row.pk)
    return render(request, "meetings/plan.html", {"form": form, "layer": place, "no_body": first is None})


@member
def prepare(request: MemberRequest, pk: int) -> HttpResponse:
    """Who sits at the table, and what an open table means."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    seats = queries.seats(row)
    everybody = {person.pk: person.first_name for person in row.body.people.all()}
    options = [(f"p{pk}", name) for pk, name in everybody.items()]
    options += [(f"s{s.pk}", f"{s.name}, {s.role_label}") for s in seats if s.person_id not in everybody]
    chosen = [f"p{s.person_id}" if s.person_id in everybody else f"s{s.pk}" for s in seats]
    form = TableForm(request.POST or None, members=options, initial={"seats": chosen})
    if request.method == "POST" and form.is_valid():
        known = {f"p{s.person_id}" if s.person_id in everybody else f"s{s.pk}": s for s in seats}
        guests = [_guest(key, known, everybody) for key in form.cleaned_data["seats"]]
        guests += [actions.Guest(name, role) for name, role in form.guests()]
        actions.set_table(access=access, meeting=row, guests=guests)
        return redirect("meetings:lead" if "start" in request.POST else "meetings:prepare", pk)
    steps = flow.plan(row.entry)
    context = {
        "meeting": row,
        "form": form,
        "rows": [(form[f"guest_{i}"], form[f"role_{i}"]) for i in range(GUESTS)],
        "steps": [(_(step.name), step.minutes) for step in steps],
        "minutes": flow.minutes(row.entry),
    }
    return render(request, "meetings/prepare.html", context)


def _guest(key: str, known: dict[str, Seat], everybody: dict[int, str]) -> actions.Guest:
    if key in known:
        seat = known[key]
        return actions.Guest(seat.name, seat.role, seat.person_id)
    person = int(key[1:])
    return actions.Guest(everybody[person], "mentor", person)


@member
def lead(request: MemberRequest, pk: int) -> HttpResponse:
    """The leader's screen: one step at a time, led from here."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    seat = queries.my_seat(access, row)
    layers = access.tree.above(row.organisation_id)
    context = {
        **context_of(access, row),
        "mine": queries.own_words(seat, row.step),
        "my_seat": seat,
        "without_phone": [s for s in queries.seats(row) if s.person_id is None],
        "certainties": Certainty.choices,
        "courses": Course.choices,
        "moments": moments(access, row.organisation_id).queryset,
        "targets": access.tree.ordered(layers)
        if access.may(Verb.SHARE, Noun.MEANING, row.organisation_id)
        else (),
        "others": [(s.key, _(s.name)) for s in flow.skipped(row.entry) if s.key != row.step],
    }
    return render(request, "meetings/lead.html", context)


@member
@require_POST
def act(request: MemberRequest, pk: int) -> HttpResponse:
    """One press on the leader's screen: keep what was written, then go on, back, lay open, or end."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    _keep(request, row)
    do = request.POST.get("do", "")
    if do == "open":
        actions.lay_open(access=access, meeting=row, step=row.step)
    elif do == "finish":
        return _finish(request, row)
    elif do in flow.BY_KEY:
        actions.go_to(access=access, meeting=row, step=do)
    return redirect("meetings:lead", pk)


def _keep(request: MemberRequest, row: Meeting) -> None:
    """What stands in the fields is kept, whatever button was pressed."""
    posted = request.POST
    words = {
        name: posted[name][:2000]
        for name in Notes.model_fields
        if name in posted and name != "schema_version"
    }
    base = {name: posted[f"was_{name}"] for name in words if f"was_{name}" in posted}
    if words and actions.keep_notes(access=request.access, meeting=row, words=words, base=base):
        messages.info(request, _("Iemand schreef tegelijk. Beide teksten staan er; maak er samen één van."))
    if "alone" in posted:
        seat = queries.my_seat(request.access, row)
        chosen = posted.get("seat", "")
        if chosen.isdigit():
            seat = next((s for s in queries.seats(row) if s.pk == int(chosen) and s.person_id is None), seat)
        if seat is not None and posted["alone"].strip():
            actions.write_alone(meeting=row, seat=seat, step=row.step, text=posted["alone"])


def _finish(request: MemberRequest, row: Meeting) -> HttpResponse:
    access = request.access
    notes = Notes.read(row.notes)
    moment = None
    if notes.returns_at.isdigit():
        moment = (
            people.future_appointments(access, row.organisation_id).filter(pk=int(notes.returns_at)).first()
        )
    try:
        actions.finish(access=access, meeting=row, returns_at=moment, evidence=grounds(access, row.criterion))
    except ReasonNeededError:
        messages.error(
            request,
            _("Kies waar de afspraak terugkomt, of zeg waarom niet. Alles wat je schreef staat er nog."),
        )
        actions.go_to(access=access, meeting=row, step="direct")
        return redirect("meetings:lead", row.pk)
    messages.success(request, _("Bewaard. De afspraak komt vanzelf terug."))
    return redirect("meetings:record", row.pk)


@member
def mine(request: MemberRequest, pk: int) -> HttpResponse:
    """My own phone at the table: write alone, read when it is laid open."""
    access = request.access
    row = queries.talk(access, pk)
    seat = queries.my_seat(access, row)
    if seat is None:
        raise Http404
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    if request.method == "POST":
        step = request.POST.get("step", "")
        actions.write_alone(meeting=row, seat=seat, step=step, text=request.POST.get("alone", ""))
        messages.success(request, _("Bewaard. Nog niemand ziet het."))
        return redirect("meetings:mine", pk)
    context = {**context_of(access, row), "mine": queries.own_words(seat, row.step), "seat": seat}
    return render(request, "meetings/mine.html", context)


@member
def pulse(request: MemberRequest, pk: int) -> HttpResponse:
    """Whether the talk went on since the page was made: a fragment for one's own phone and the projector."""
    row = queries.talk(request.access, pk)
    here = f"{row.step}{int(row.step in row.revealed)}{row.state}"
    moved = request.GET.get("bij", "") != here
    return render(request, "meetings/_pulse.html", {"moved": moved, "meeting": row, "here": here})


@member
def beamer(request: MemberRequest, pk: int) -> HttpResponse:
    """For the whole table: large, without controls."""
    row = queries.talk(request.access, pk)
    context = context_of(request.access, row)
    context["answered"] = (
        _("%(n)d van de %(all)d schreven iets") % {"n": context["written"], "all": len(context["seats"])}
        if context["step"].alone
        else context["at_table"]
    )
    return render(request, "meetings/beamer.html", context)


@member
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole talk on one sheet of A4, the data below the fold."""
    row = queries.talk(request.access, pk)
    steps = [(_(step.name), step.minutes, _(step.do)) for step in flow.STEPS]
    context = {
        "meeting": row,
        "criterion": row.criterion,
        "steps": steps,
        "table": talk_figures(request.access, row.criterion),
        "back_url": "",
    }
    return render(request, "meetings/paper.html", context)


@member
def record(request: MemberRequest, pk: int) -> HttpResponse:
    """The page that wrote itself: who was there, what we say it means, what we agreed."""
    row = queries.talk(request.access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    left = queries.outcomes(row)
    roles: dict[str, int] = {}
    for seat in queries.seats(row):
        roles[str(seat.role_label)] = roles.get(str(seat.role_label), 0) + 1
    context = {
        "meeting": row,
        "notes": Notes.read(row.notes),
        "roles": roles,
        "meanings": [o.interpretation for o in left if o.interpretation],
        "agreements": [o.agreement for o in left if o.agreement],
        "assumptions": [o.assumption for o in left if o.assumption],
    }
    return render(request, "meetings/record.html", context)

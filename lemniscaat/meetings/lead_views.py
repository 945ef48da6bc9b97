"""Leading a talk: the control screen, one step at a time, and every press on it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from lemniscaat.agenda.actions import ReasonNeededError
from lemniscaat.agenda.forms import moments
from lemniscaat.agenda.models import Course
from lemniscaat.base.numbers import number_in
from lemniscaat.base.stream import stream_path
from lemniscaat.instruments.wording import language
from lemniscaat.interpretation.models import Certainty
from lemniscaat.meetings import actions, agreeing, events, grouping, halls, leading, queries, seating, tables
from lemniscaat.meetings.doorway import autosaved
from lemniscaat.meetings.exit_ticket import way_to_ask
from lemniscaat.meetings.figures import grounds
from lemniscaat.meetings.filling import cards_of, cleaned, posted
from lemniscaat.meetings.forms import words_of
from lemniscaat.meetings.joining import join_context, qr_of
from lemniscaat.meetings.models import Meeting, MeetingState
from lemniscaat.meetings.offering import may_hear
from lemniscaat.meetings.scene import all_steps, scene, steps_of
from lemniscaat.meetings.script import Planned, Script, told
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb


@member
@require_GET
def lead(request: MemberRequest, pk: int) -> HttpResponse:
    """The control screen. Whoever does not sit at the table first takes a chair."""
    access = request.access
    row = queries.talk_to_lead(access, pk)
    if row.state == MeetingState.DONE:
        there = reverse("meetings:record", args=[pk])
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    chair = queries.my_chair(access, row)
    if chair is None:
        return redirect("meetings:prepare", pk)
    shown = scene(row, access)
    script = Script.read(row.script)
    step = shown["step"]
    context = {
        **shown,
        **join_context(row.table),
        "steps": steps_of(row),
        "pause_url": reverse("meetings:talks", args=[row.organisation_id]),
        "next": script.after(step.key),
        "before": script.before(step.key),
        "cards": [] if row.table.hall else _own_cards(row, chair.pk, step.section if step.alone else 0),
        "certainties": Certainty.choices,
        "courses": [Course.SUSTAIN, Course.ADJUST],
        "moments": _comes_back(access, row),
        "targets": may_hear(access, row) if step.kind == "tell" else [],
        "others": [one for one in all_steps(row) if one["key"] != step.key],
        "groups": grouping.boards(row.table, leading=True),
        "guide": row.table.instrument.key if script.origin == "instrument" else "",
        "opens_next": _opens(script, script.at(step.key)),
        "next_name": _name_of(row, script.after(step.key)),
        "leading_boards": True,
        "ask_ticket_url": way_to_ask(access, row) if step.kind == "tell" else "",
        "sorting": request.GET.get("groepen", ""),
        **agreeing.hands_context(row),
        "stream": stream_path(
            events.topic(row.table_id), events.stand_topic(row.table_id), since=shown["version"]
        ),
    }
    return render(request, "meetings/lead.html", context)


def _comes_back(access: Access, row: Meeting) -> list[Appointment]:
    """Where what is agreed here may come back: later, not at this very table, and first where these people talk."""
    found = moments(access, row.organisation_id, now=row.appointment_id).queryset
    return sorted(found or (), key=lambda one: one.body_id != row.body_id)


def _opens(script: Script, step: Planned) -> bool:
    """Whether the next thing to do with what is written here is to lay it open; people may still choose what they share,
    or fill in a next part first."""
    following = script.after(step.key)
    return following is None or following.kind == "show"


def _name_of(row: Meeting, step: Planned | None) -> str:
    """What the step is called to which one goes on."""
    if step is None:
        return ""
    return told(step, Script.read(row.script), tables.instrument_of(row.table), language()).name


def _own_cards(row: Meeting, chair_id: int, number: int) -> list[object]:
    """Who leads writes along, unseen like everybody."""
    if not number or tables.locked(row.table, number):
        return []
    chair = next(one for one in tables.chairs(row.table) if one.pk == chair_id)
    instrument = tables.instrument_of(row.table)
    given = tables.written_by(chair, instrument)
    items = tables.asked_in(instrument, instrument.sections[number - 1], given)
    return [card for card in cards_of(items, role=chair.role, given=given) if not card.item.private]


@member
@require_GET
def qr(request: MemberRequest, pk: int) -> HttpResponse:
    """The way in as a picture, for who sits there and for who prepares it: they have the same in digits."""
    row = queries.talk(request.access, pk)
    if not queries.sits(request.access, row):
        request.access.need(Verb.DO, Noun.MEETING, row.organisation_id)
    return qr_of(row.table)


@member
@require_POST
def act(request: MemberRequest, pk: int) -> HttpResponse:
    """One press on the control screen: keep what was written, then go on, back, lay open, or end."""
    row = queries.talk_to_lead(request.access, pk)
    if not queries.sits(request.access, row):
        return redirect("meetings:prepare", pk)
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    told = _keep(request, row)
    if autosaved(request):
        return HttpResponse(status=204)
    for words in told:
        messages.info(request, words)
    do, _colon, what = request.POST.get("do", "").partition(":")
    if do == "finish":
        return _finish(request, row)
    verb = VERBS.get(do)
    if verb is not None:
        verb(request, row, what)
    return redirect("meetings:lead", pk)


def _go(request: MemberRequest, row: Meeting, what: str) -> None:
    leading.go_to(access=request.access, meeting=row, step=what)


def _unknown(request: MemberRequest, row: Meeting, what: str) -> None:
    words = {"certainty": Certainty.UNKNOWN}
    actions.keep_notes(access=request.access, meeting=row, words=words, base={})
    _go(request, row, what)


def _open(request: MemberRequest, row: Meeting, what: str) -> None:
    if (number := number_in(what, -1)) >= 0:
        leading.reveal(access=request.access, meeting=row, number=number)


def _shut(request: MemberRequest, row: Meeting, what: str) -> None:
    if (number := number_in(what, -1)) >= 0:
        leading.shut(access=request.access, meeting=row, number=number, shut=True)


def _unshut(request: MemberRequest, row: Meeting, what: str) -> None:
    if (number := number_in(what, -1)) >= 0:
        leading.shut(access=request.access, meeting=row, number=number, shut=False)


def _again(request: MemberRequest, row: Meeting, what: str) -> None:
    if (number := number_in(what, -1)) >= 0:
        leading.return_to(access=request.access, meeting=row, number=number)


def _cover(request: MemberRequest, row: Meeting, what: str) -> None:
    leading.cover(access=request.access, meeting=row, covered=what == "yes")


def _focus(request: MemberRequest, row: Meeting, what: str) -> None:
    leading.focus(access=request.access, meeting=row, key=what)


def _out(request: MemberRequest, row: Meeting, what: str) -> None:
    leading.pass_by(access=request.access, meeting=row, step=what, out=True)


def _in(request: MemberRequest, row: Meeting, what: str) -> None:
    leading.pass_by(access=request.access, meeting=row, step=what, out=False)


def _another(request: MemberRequest, row: Meeting, what: str) -> None:
    try:
        actions.another(access=request.access, meeting=row)
    except actions.UnfinishedError as error:
        _lacks(request, error)


def _take(request: MemberRequest, row: Meeting, what: str) -> None:
    if (place := number_in(what, -1)) >= 0:
        actions.take_up(access=request.access, meeting=row, place=place)


def _hands(request: MemberRequest, row: Meeting, what: str) -> None:
    agreeing.move(access=request.access, meeting=row, to=what)


VERBS: dict[str, Callable[[MemberRequest, Meeting, str], None]] = {
    "go": _go,
    "unknown": _unknown,
    "open": _open,
    "shut": _shut,
    "unshut": _unshut,
    "again": _again,
    "cover": _cover,
    "focus": _focus,
    "out": _out,
    "in": _in,
    "hands": _hands,
    "another": _another,
    "take": _take,
}


def _keep(request: MemberRequest, row: Meeting) -> list[str]:
    """What stands in the fields is kept, whatever button was pressed. Out comes what the leader should hear of it."""
    access, form = request.access, request.POST
    words, base = words_of(form)
    told: list[str] = []
    if words and actions.keep_notes(access=access, meeting=row, words=words, base=base):
        told.append(_("Iemand schreef tegelijk. Beide teksten staan er; maak er samen één van."))
    number = number_in(form.get("section", ""))
    chair = queries.my_chair(access, row)
    if not number or chair is None or row.table.hall:
        return told
    items = [item for item in tables.section(row.table, number).items if not item.private]
    answers, problems = cleaned(items, posted(request))
    kept = seating.write_section(chair=chair, number=number, answers=answers)
    if problems:
        told.append(next(iter(problems.values())).say())
    elif kept is not seating.Kept.IN and any(answers.values()):
        told.append(_("Dit lag al open. Vertel wat je nog wilde schrijven."))
    return told


LACKS = {
    "course": gettext_lazy("Kies nog: houden of verleggen?"),
    "owner_text": gettext_lazy("Wie let erop? Zonder naam blijft een afspraak liggen."),
    "notice": gettext_lazy("Waaraan merken we het? Eén ding is genoeg."),
    "return": gettext_lazy("Kies waar de afspraak terugkomt, of zeg waarom niet."),
}


def _finish(request: MemberRequest, row: Meeting) -> HttpResponse:
    access = request.access
    row = queries.talk_to_lead(access, row.pk)
    # what the hall said may tell of the criterion as well: once is enough
    evidence = list(dict.fromkeys([*grounds(access, row), *halls.grounds(row.table)]))
    try:
        actions.finish(access=access, meeting=row, evidence=evidence)
    except (actions.UnfinishedError, ReasonNeededError) as error:
        _lacks(request, error)
        script = Script.read(row.script)
        decides = next((step.key for step in script.taken if step.kind == "decide"), script.taken[-1].key)
        leading.go_to(access=access, meeting=row, step=decides)
        return redirect("meetings:lead", row.pk)
    messages.success(request, _("Bewaard. Dit is het verslag."))
    return redirect("meetings:record", row.pk)


def _lacks(request: MemberRequest, error: Exception) -> None:
    lacks = error.lacks if isinstance(error, actions.UnfinishedError) else "return"
    messages.error(request, str(LACKS[lacks]) + " " + _("Alles wat je schreef staat er nog."))

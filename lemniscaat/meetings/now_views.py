"""The talk on one's own phone: the step of this moment, without account and without scripts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lemniscaat.base.numbers import number_in
from lemniscaat.base.stream import stream_path
from lemniscaat.instruments.answers import Problem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.kinds.text import tidy
from lemniscaat.meetings import agreeing, events, grouping, halls, queries, seating, sharing, tables
from lemniscaat.meetings.doorway import autosaved, may_lead, person_of, seated, token_of, unlisted, way_home
from lemniscaat.meetings.dots import cast_dot
from lemniscaat.meetings.exit_ticket import way_to_fill_in
from lemniscaat.meetings.filling import Form, cards_of, cleaned, posted, with_files
from lemniscaat.meetings.forms import plain
from lemniscaat.meetings.models import Chair, Meeting, MeetingState, Table
from lemniscaat.meetings.places import Answers
from lemniscaat.meetings.scene import of_the_room, scene
from lemniscaat.meetings.uploads import taken_in

CLOSED = 409
"""What a script hears that kept a text too late: it stays on the device, and is told aloud."""


def talk_of(chair: Chair) -> Meeting | None:
    """The talk at this table, while it goes on."""
    meeting = queries.talk_at_table(chair.table_id)
    if meeting is not None:
        meeting.table = chair.table
    return meeting


@seated
@require_GET
def now(request: HttpRequest, chair: Chair) -> HttpResponse:
    """The step of this moment: what everybody may see, and what this chair gives."""
    meeting = talk_of(chair)
    if meeting is None:
        return redirect("table:sheet", chair.table_id)
    if meeting.state == MeetingState.DONE:
        return over(request, chair, meeting)
    seating.arrive(chair=chair)
    return page(request, chair, meeting)


def over(request: HttpRequest, chair: Chair, meeting: Meeting) -> HttpResponse:
    """The talk is over: what was agreed, for everybody who was there."""
    context = {
        "meeting": meeting,
        "chair": chair,
        "left": queries.outcomes(meeting),
        "other_voices": queries.other_voices(meeting),
        "table": chair.table,
        "return_code": halls.return_code(chair.table),
        "ticket_url": way_to_fill_in(meeting),
        "member": person_of(request) is not None and chair.person_id == getattr(request.user, "pk", None),
        "state": "done",
        **way_home(request),
    }
    return render(request, "meetings/now_over.html", context)


def page(
    request: HttpRequest,
    chair: Chair,
    meeting: Meeting,
    form: Form | None = None,
    problems: dict[str, Problem] | None = None,
) -> HttpResponse:
    """The phone; `form` and `problems` come back when something was no answer."""
    table = chair.table
    shown = scene(meeting, of_the_room(meeting), group=chair.group, counted=False)
    step = shown["step"]
    writes = step.alone and not tables.locked(table, step.section)
    given = written(request, chair, step.section) if step.alone else {}
    context = {
        **shown,
        **own(request, chair, shown),
        "gave": gave(chair, step.section, given) if step.alone else False,
        "cards": cards(chair, step.section, given, form, problems) if writes else [],
        "wrong": bool(problems),
        "has_file": writes and any(kind_of(i).uploads for i in tables.section(table, step.section).items),
        "draft_key": f"nu-{table.pk}-{chair.pk}-{step.key}",
        "source": reverse("table:now", args=[table.pk]),
        "stream": stream_path(events.topic(table.pk), since=shown["version"]),
        "ticket_url": way_to_fill_in(meeting) if step.kind == "tell" else "",
        **way_home(request),
    }
    if table.hall:
        context["source"] = halls.shared_path(table, chair.role)
    return render(request, "meetings/now.html", context, status=422 if problems else 200)


def own(request: HttpRequest, chair: Chair, shown: dict[str, Any]) -> dict[str, Any]:
    """What belongs to this chair alone: its hand, its dots, its group, what it shares."""
    step, table = shown["step"], chair.table
    meeting = shown["meeting"]
    boards = grouping.boards(table, own=chair.group) if not table.hall else []
    board = next((one for one in boards if one.group == chair.group), None)
    others = [one for one in boards if one.group.shown and one.group != chair.group]
    return {
        "chair": chair,
        "role": tables.role_names(table.partnership).get(chair.role, ""),
        **agreeing.hands_context(meeting),
        "hand": chair.hand,
        "board": board,
        "other_boards": others,
        "to_share": sharing.own_answers(chair, step.section) if step.kind == "share" else [],
        "leads": chair.person_id == table.led_by_id,
        "may_lead": may_lead(request, chair),
    }


def written(request: HttpRequest, chair: Chair, number: int) -> Answers | None:
    """What this chair gave so far; in a hall to this section only, and None where it sent nothing."""
    if chair.table.hall:
        return halls.own_answers(chair.table, number, secret_of(request, chair))
    return tables.written_by(chair, tables.instrument_of(chair.table))


def gave(chair: Chair, number: int, given: Answers | None) -> bool:
    """Whether this chair gave something in a section."""
    if chair.table.hall:
        return given is not None
    return any(item.key in chair.answers for item in tables.section(chair.table, number).items)


def secret_of(request: HttpRequest, chair: Chair) -> str:
    """What only this device holds; who leads a hall by account alone gives nothing in it."""
    return token_of(request, chair.table_id)


def cards(
    chair: Chair,
    number: int,
    given: Answers | None,
    form: Form | None = None,
    problems: dict[str, Problem] | None = None,
) -> list[Any]:
    """The cards of a section, filled in with what this chair gave before."""
    instrument = tables.instrument_of(chair.table)
    part, given = instrument.sections[number - 1], given or {}
    items = halls.items(chair.table, number) if chair.table.hall else tables.asked_in(instrument, part, given)
    return cards_of(items, role=chair.role, given=given, form=form, problems=problems)


@seated
@require_POST
def give(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Keep what was given in the step of this moment. A script hears whether it is in, nobody else hears anything."""
    meeting = talk_of(chair)
    if meeting is None or meeting.state == MeetingState.DONE:
        return _too_late(request, chair)
    number = number_in(request.POST.get("section", ""))
    form = posted(request)
    kept, problems = (
        _kept_in_hall(request, chair, number) if chair.table.hall else _kept(request, chair, number)
    )
    if autosaved(request):
        return HttpResponse(status=204 if kept and not problems else 422 if problems else CLOSED)
    if problems:
        chair.refresh_from_db(fields=["answers", "version"])
        return page(request, chair, meeting, form, problems)
    if not kept:
        return _too_late(request, chair)
    if request.POST.get("do") == "done" and not chair.table.hall:
        seating.say_done(chair=chair)
    if chair.table.hall and request.headers.get("HX-Request"):
        # when a whole hall sends at once, the page that follows comes along: half the requests
        return page(request, chair, meeting)
    return redirect("table:now", chair.table_id)


def _kept(request: HttpRequest, chair: Chair, number: int) -> tuple[bool, dict[str, Problem]]:
    items, form = tables.section(chair.table, number).items, posted(request)
    files, wrong = taken_in(items, request.FILES)
    answers, problems = cleaned(items, with_files(form, chair, items, files))
    written = seating.write_section(chair=chair, number=number, answers=answers, files=files)
    return written is seating.Kept.IN, {**problems, **wrong}


def _kept_in_hall(request: HttpRequest, chair: Chair, number: int) -> tuple[bool, dict[str, Problem]]:
    """Nothing is written beside the answer: what is written together can be seen together."""
    answers, problems = cleaned(halls.items(chair.table, number), posted(request))
    secret = secret_of(request, chair)
    if problems:
        return False, problems
    return halls.answer(table=chair.table, number=number, secret=secret, answers=answers), {}


def _too_late(request: HttpRequest, chair: Chair) -> HttpResponse:
    if autosaved(request):
        return HttpResponse(status=CLOSED)
    messages.info(request, _("Dit deel is al gesloten. Vertel wat je nog wilde schrijven."))
    return redirect("table:now", chair.table_id)


@seated
@require_POST
def share(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Choose which of one's own answers lie open for the others."""
    number = number_in(request.POST.get("section", ""))
    if number:
        sharing.choose(chair=chair, number=number, keys=request.POST.getlist("share"))
    return redirect("table:now", chair.table_id)


@seated
@require_POST
def hand(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Say with zero to five fingers whether one can live with the text."""
    if not agreeing.raise_hand(chair=chair, posted=request.POST):
        messages.info(request, _("De handen liggen al open. Zeg het hardop."))
    return redirect("table:now", chair.table_id)


@seated
@require_POST
def group(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Write along in the text of one's own group, keep its notes, or put it beside the others."""
    words = {name: plain_long(request.POST[name]) for name in grouping.BOARD if name in request.POST}
    base = {name: plain_long(request.POST[f"was_{name}"]) for name in words if f"was_{name}" in request.POST}
    kept, met = grouping.write_board(chair=chair, words=words, base=base) if words else (True, False)
    if autosaved(request):
        return HttpResponse(status=204 if kept and not met else CLOSED if not kept else 205)
    if met:
        messages.info(request, _("Iemand schreef tegelijk. Beide zinnen staan er; maak er samen één van."))
    do = request.POST.get("do", "")
    if do in {"show", "hide"}:
        grouping.show_board(chair=chair, shown=do == "show")
    elif do == "keeper":
        grouping.take_note(chair=chair)
    return redirect("table:now", chair.table_id)


def plain_long(text: str) -> str:
    """Typed text as a group keeps it."""
    return tidy(text)[: grouping.LONGEST]


@seated
@require_POST
def dot(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Put a dot on a note or a group of notes, or take it back."""
    by = -1 if request.POST.get("do") == "less" else 1
    cast_dot(chair=chair, item=request.POST.get("item", ""), on=request.POST.get("on", ""), by=by)
    return redirect(
        reverse("table:now", args=[chair.table_id]) + f"#vraag-{plain(request.POST.get('item', ''))}"
    )


@unlisted
@require_GET
def shared(request: HttpRequest, topic: str, token: str) -> HttpResponse:
    """The step of this moment as everybody in a hall has it, the same for all, so that it is made once."""
    found = halls.table_of(topic, token)
    meeting = queries.talk_at_table(found[0].pk) if found else None
    if found is None or meeting is None:
        return HttpResponse(status=404)
    table, role, spoken = found
    meeting.table = table
    with translation.override(spoken):
        return _alike(request, meeting, table, role)


def _alike(request: HttpRequest, meeting: Meeting, table: Table, role: str) -> HttpResponse:
    if meeting.state == MeetingState.DONE:
        context: dict[str, Any] = {
            "meeting": meeting,
            "table": table,
            "left": queries.outcomes(meeting),
            "return_code": halls.return_code(table),
            "other_voices": queries.other_voices(meeting),
            "state": "done",
            "shared": True,
        }
        return render(request, "meetings/now_over.html", context)
    shown = scene(meeting, of_the_room(meeting), counted=False)
    step = shown["step"]
    writes = step.alone and not tables.locked(table, step.section)
    items = halls.items(table, step.section) if writes else ()
    context = {
        **shown,
        "cards": cards_of(items, role=role, given={}) if writes else [],
        "source": halls.shared_path(table, role),
        "shared": True,
    }
    return render(request, "meetings/now.html", context)

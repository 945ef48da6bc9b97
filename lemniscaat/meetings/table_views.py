"""What everybody at the table has in front of him: his own phone, the projector, paper, and the record."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.base.stream import stream_path
from lemniscaat.instruments.wording import language
from lemniscaat.meetings import agreeing, correcting, events, flow, grouping, queries, sending, tables
from lemniscaat.meetings.exit_ticket import way_to_ask
from lemniscaat.meetings.figures import on_paper, talk_figures
from lemniscaat.meetings.joining import join_context
from lemniscaat.meetings.models import Meeting, MeetingState
from lemniscaat.meetings.offering import wish_of
from lemniscaat.meetings.recording import record_of
from lemniscaat.meetings.scene import HallItem, focused, hung, of_the_room, scene
from lemniscaat.meetings.script import Script, Told, told
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.offering import may_offer
from lemniscaat.people.policy import Noun, Verb

FEW = 12
"""With so many at the table names stand beside what they chose on the wall; with more the wall would be a list."""


def _to_record(request: MemberRequest, pk: int) -> HttpResponse:
    """The talk is done: a screen that asked for a fragment goes to the record as a whole page."""
    there = reverse("meetings:record", args=[pk])
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)


@member
def mine(request: MemberRequest, pk: int) -> HttpResponse:
    """To my own phone at the table; who leads a hall sees it there as everybody does."""
    row = queries.table(request.access, pk)
    return _to_record(request, pk) if row.state == MeetingState.DONE else redirect("table:now", row.table_id)


@member
def beamer(request: MemberRequest, pk: int) -> HttpResponse:
    """For the whole room: large, without controls."""
    row = queries.table(request.access, pk)
    if row.state == MeetingState.DONE:
        return _to_record(request, pk)
    phase = "join" if row.state == MeetingState.PLANNED else "talk"
    if request.htmx and request.GET.get("fase") != phase:
        return HttpResponseClientRefresh()
    shown = scene(row, of_the_room(row))
    context = {
        **shown,
        "phase": phase,
        "at_table_few": shown["people"] <= FEW,
        "focus": (focus := focused(shown, row.focus)),
        "rows": focus.rows if isinstance(focus, HallItem) else hung(focus) if focus else None,
        "purpose": tables.instrument_of(row.table).purpose.say(language().code),
        **join_context(row.table),
        "boards": grouping.boards(row.table),
        **agreeing.hands_context(row),
        "stream": stream_path(
            events.topic(row.table_id), events.stand_topic(row.table_id), since=shown["version"]
        ),
    }
    return render(request, "meetings/beamer.html", context)


@member
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole talk on one sheet of A4, the data below the fold."""
    access = request.access
    row = queries.talk(access, pk)
    script = Script.read(row.script)
    plan = [told(step, script, tables.instrument_of(row.table), language()) for step in script.taken]
    looks = next((place for place, step in enumerate(plan, 1) if step.kind == flow.LOOK), 0)
    on_table = talk_figures(access, row)
    drawn = next((item.figure for item in on_table.items if item.figure), None)
    figure = on_paper(drawn) if drawn else None
    context = {
        "meeting": row,
        "criterion": row.criterion,
        "steps": [(step.name, step.minutes, _on_paper(step)) for step in plan],
        "place": (access.tree.of_kind_above(row.organisation_id, "school") or row.organisation).name,
        "address": request.build_absolute_uri(reverse("meetings:lead", args=[pk])).split("//", 1)[-1],
        "unfold": looks,
        "minutes": script.minutes,
        "table": on_table,
        "figure": figure,
        # four groups leave room for fewer lines to write on
        "lines": "ab" if figure and len(figure.rows) > 3 else "abc",
        "due": _coming_back(access, row)[:2],
        "back_url": reverse("meetings:prepare", args=[pk])
        if access.may(Verb.DO, Noun.MEETING, row.organisation_id)
        else "",
    }
    return render(request, "meetings/paper.html", context)


def _coming_back(access: Access, row: Meeting) -> list[Agreement | Goal]:
    """The points of the agenda and the agreements that come back in this talk."""
    goals = agenda.due_goals(access, body=row.body, appointment=row.appointment)
    return [*goals, *agenda.due(access, body=row.body, appointment=row.appointment)]


def _on_paper(step: Told) -> str:
    """What a sheet of paper says of a step: its own line in the talk of twenty minutes, else what is said aloud."""
    own = flow.BY_KEY.get(step.key)
    return _(own.paper) if own else step.say or step.do


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
        "ask_ticket_url": way_to_ask(access, row),
        "may_point": access.may(Verb.DO, Noun.AGREEMENT, row.organisation_id)
        and queries.sat_at(access, row.table_id) is not None,
        "may_share": may_offer(access, "record", row.organisation_id),
        "wish": wish_of(access, row),
    }
    return render(request, "meetings/record.html", context)

"""What somebody has in front of him at a table where an instrument lies: without account, without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.instruments.answers import Problem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.meetings import clearing, seating, tables
from lemniscaat.meetings.doorway import (
    COOKIE,
    COOKIE_DAYS,
    let_in,
    person_of,
    seated,
    token_of,
    unlisted,
    way_home,
)
from lemniscaat.meetings.filling import cards_of, cleaned, posted, with_files
from lemniscaat.meetings.joining import SEAL
from lemniscaat.meetings.models import Chair, Group, Table
from lemniscaat.meetings.opened import look_context
from lemniscaat.meetings.queries import meeting_in_groups, talk_at_table
from lemniscaat.meetings.scene import whose
from lemniscaat.meetings.sitting_forms import SitForm, token_in
from lemniscaat.meetings.uploads import taken_in
from lemniscaat.people.models import Person


@unlisted
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Join by the six digits on the screen or on paper."""
    typed = str((request.POST if request.method == "POST" else request.GET).get("code", ""))
    context = {"typed": typed, **way_home(request)}
    if not typed:
        return render(request, "meetings/sitting_join.html", context)
    table, group = let_in(request, typed)
    if table is not None:
        return redirect("table:start", group.code if group else table.code)
    context["problem"] = _(
        "Bij deze code ligt nu geen tafel. Kijk of alle zes cijfers kloppen, of vraag het aan wie je de code gaf."
    )
    return render(request, "meetings/sitting_join.html", context, status=422)


@unlisted
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What an open table is, in one sentence; then a name and a chair."""
    # whoever holds a ticket for this table was let in when he asked for the page
    known = request.method == "POST" and token_in(request.POST.get("ticket", ""), code)
    sealed = request.GET.get(SEAL, "")
    table, group = tables.way_in(code) if known else let_in(request, code, sealed=sealed)
    if table is None:
        return render(request, "meetings/sitting_nochair.html", way_home(request), status=404)
    request.worry_at = (table.organisation_id, table.partnership_id)  # type: ignore[attr-defined]  # read by the shell
    person = person_of(request)
    if tables.chair_of(table.pk, token=token_of(request, table.pk)):
        return redirect("table:sheet", table.pk)
    form = SitForm(
        request.POST or None,
        code=code,
        roles=_roles(table),
        waiting=tables.waiting_chairs(table),
        hall=table.hall,
        places=meeting_in_groups(table),
        initial={"who": person.first_name if person else ""},
    )
    if request.method == "POST" and form.is_valid():
        return _sat(request, table, form, person if "me" in request.POST and not table.hall else None, group)
    context = {
        "table": table,
        "form": form,
        "person": person,
        "instrument": tables.instrument_of(table),
        "meeting": talk_at_table(table.pk),
        "group": group,
        **way_home(request),
    }
    return render(request, "meetings/sitting_start.html", context, status=422 if form.errors else 200)


def _sat(
    request: HttpRequest, table: Table, form: SitForm, person: Person | None, group: Group | None
) -> HttpResponse:
    token = form.cleaned_data["ticket"]
    chair = seating.sit(table=table, who=form.sitter(person), token=token, group=group)
    if chair is None:
        messages.info(
            request, _("Er is geen stoel meer vrij aan deze tafel. Vraag het aan wie het gesprek leidt.")
        )
        return redirect("table:join")
    # in a hall there is always a talk, so nobody has to be sent on from the sheet
    response = redirect("table:now" if table.hall else "table:sheet", table.pk)
    # in a hall the device keeps what it answers with, also that of a member: nothing there hangs on an account
    if person is None or table.hall or chair.person_id != person.pk:
        response.set_signed_cookie(
            COOKIE.format(table.pk),
            token,
            salt="chair",
            max_age=COOKIE_DAYS * 24 * 3600,
            path=reverse("table:join"),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@seated
@require_GET
def sheet(request: HttpRequest, chair: Chair) -> HttpResponse:
    """One's own sheet: the parts, what is filled in, what lies open, and how far the others are, as a number."""
    table = chair.table
    if talk_at_table(table.pk) is not None:
        return redirect("table:now", table.pk)
    instrument = tables.instrument_of(table)
    given = tables.written_by(chair, instrument)
    parts = [
        {
            "number": number,
            "title": part.title.say(get_language() or "nl"),
            "total": len(part.items),
            "given": sum(item.key in given for item in part.items),
            "open": not table.private and tables.may_read(table, number),
        }
        for number, part in enumerate(instrument.sections, 1)
        if part.items
    ]
    context = {
        "parts": parts,
        "first": next((part["number"] for part in parts if not part["open"] and not part["given"]), 0),
        "to_write": any(not part["open"] for part in parts),
        "progress": None if table.private else tables.progress(table),
        **_context(request, chair),
    }
    return render(request, "meetings/sitting_sheet.html", context)


@seated
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, chair: Chair, number: int) -> HttpResponse:
    """Fill in one part. Saved when it is sent; it comes back on a later visit."""
    table = chair.table
    tables.section(table, number)
    if table.hall:
        return redirect("table:now", table.pk)
    if tables.locked(table, number):
        messages.info(request, _("Dit deel ligt al open. Vertel wat je nog wilde schrijven."))
        return redirect("table:look", table.pk)
    if request.method == "GET":
        return _section_page(request, chair, number)
    part = tables.section(table, number)
    form = posted(request)
    files, problems = taken_in(part.items, request.FILES)
    answers, wrong = cleaned(part.items, with_files(form, chair, part.items, files))
    problems = {**wrong, **problems}
    kept = seating.write_section(chair=chair, number=number, answers=answers, files=files)
    if kept is not seating.Kept.IN:
        messages.info(request, _("Dit deel ligt al open. Vertel wat je nog wilde schrijven."))
        return redirect("table:look", table.pk)
    if problems:
        chair.refresh_from_db(fields=["answers", "version"])
        return _section_page(request, chair, number, form, problems)
    return _onward(chair, number)


def _onward(chair: Chair, number: int) -> HttpResponse:
    """After saving: the next part that can be filled in; after the last one the sheet, which is done."""
    after = (n for n in tables.asking(chair.table) if n > number and not tables.locked(chair.table, n))
    following = next(after, 0)
    if following:
        return redirect("table:section", chair.table_id, following)
    seating.say_done(chair=chair)
    return redirect("table:sheet", chair.table_id)


def _section_page(
    request: HttpRequest,
    chair: Chair,
    number: int,
    form: Mapping[str, list[str]] | None = None,
    problems: Mapping[str, Problem] | None = None,
) -> HttpResponse:
    table = chair.table
    instrument = tables.instrument_of(table)
    part = instrument.sections[number - 1]
    given = tables.written_by(chair, instrument)
    items = tables.asked_in(instrument, part, given)
    cards = cards_of(items, role=chair.role, given=given, form=form, problems=problems)
    numbers = tables.asking(table)
    context = {
        "number": number,
        "part": part,
        "cards": cards,
        "wrong": [one for one in cards if one.problem],
        "has_file": any(kind_of(item).uploads for item in items),
        "place": numbers.index(number) + 1 if number in numbers else 0,
        "total": len(numbers),
        "before": max((n for n in numbers if n < number), default=0),
        "last": number == max(numbers, default=0),
        **_context(request, chair),
    }
    return render(request, "meetings/sitting_section.html", context, status=422 if problems else 200)


@seated
@require_GET
def look(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Everything that lies open, side by side, as far as the step of a talk shows it; in a hall that is the page of the
    talk."""
    table = chair.table
    if table.hall:
        return redirect("table:now", table.pk)
    meeting = talk_at_table(table.pk)
    context = {
        **look_context(table, chair=chair, group=whose(meeting, chair.group) if meeting else None),
        **_context(request, chair),
        "layout": "base/answer_layout.html",
    }
    return render(request, "meetings/sitting_look.html", context)


@seated
@require_POST
def say(request: HttpRequest, chair: Chair) -> HttpResponse:
    """Say that the sheet is done, or not yet; or leave, and take along what one wrote."""
    do = request.POST.get("do", "")
    if do == "leave":
        clearing.leave(chair=chair)
        messages.success(request, _("Je stoel is leeg. Wat je schreef is weg."))
        response = redirect("home:index" if chair.person_id else "table:join")
        response.delete_cookie(COOKIE.format(chair.table_id), path=reverse("table:join"))
        return response
    if do in {"done", "again"}:
        seating.say_done(chair=chair, done=do == "done")
    return redirect("table:sheet", chair.table_id)


@seated
@require_GET
def file(request: HttpRequest, chair: Chair, slug: str) -> HttpResponse:
    """A file that lies on this table; saved, never shown inside a page."""
    found = tables.file_at(chair, slug)
    response = HttpResponse(bytes(found.data), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response


def _roles(table: Table) -> dict[str, str]:
    """The roles this instrument is for, by what they are called here; all where it names none."""
    names = tables.role_names(table.partnership)
    meant = tables.instrument_of(table).roles
    return {key: names[key] for key in meant if key in names} if meant else names


def _context(request: HttpRequest, chair: Chair) -> dict[str, Any]:
    table = chair.table
    return {
        "table": table,
        "chair": chair,
        "role": tables.role_names(table.partnership).get(chair.role, ""),
        "open_count": len(table.laid_open),
        # the number of the chair, not of the person: two people on one tablet find no draft of each other
        "draft_key": f"tafel-{table.pk}-{chair.pk}",
        "leads": person_of(request) is not None and chair.person_id == table.led_by_id,
        **way_home(request),
    }

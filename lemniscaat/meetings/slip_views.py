"""Typing in what somebody wrote on paper: at a table under his name, in a hall without one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.instruments.answers import Problem
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.meetings import halls, queries, seating, tables
from lemniscaat.meetings.filling import Form, cards_of, cleaned, posted
from lemniscaat.meetings.forms import plain
from lemniscaat.meetings.models import Meeting, MeetingState
from lemniscaat.meetings.scene import step_told
from lemniscaat.meetings.script import Script
from lemniscaat.people.access import MemberRequest, member


@member
@require_http_methods(["GET", "POST"])
def slips(request: MemberRequest, pk: int) -> HttpResponse:
    """One slip after another, of one section; nothing that was typed in is shown again here."""
    access = request.access
    row = queries.talk_to_lead(access, queries.table(access, pk).pk)
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    number = _number(row, request.POST.get("deel") or request.GET.get("deel", ""))
    if not number:
        messages.info(request, _("In dit gesprek wordt niets ingevuld. Praat verder zoals je bezig was."))
        return redirect("meetings:lead", pk)
    if request.method == "GET":
        return _page(request, row, number)
    return _typed(request, row, number)


def _number(row: Meeting, asked: str) -> int:
    """The section that is typed in: the one that was asked for, else that of this step, else the first."""
    script = Script.read(row.script)
    sections = [step.section for step in script.taken if step.kind == "think"]
    if number_in(asked) in sections:
        return number_in(asked)
    here = step_told(row)
    return here.section if here.section in sections else next(iter(sections), 0)


def _items(row: Meeting, number: int) -> list[BaseItem]:
    items = tables.meant_for_the_table(tables.section(row.table, number))
    if row.table.hall:
        items = halls.items(row.table, number) or items
    return [item for item in items if not kind_of(item).uploads]


def _typed(request: MemberRequest, row: Meeting, number: int) -> HttpResponse:
    form = posted(request)
    answers, problems = cleaned(_items(row, number), form)
    given = {key: one for key, one in answers.items() if one}
    if problems:
        return _page(request, row, number, form, problems)
    if row.table.hall:
        # a slip of paper has no device; its ticket is its own random secret, so that twice sent is once
        secret = request.POST.get("ticket", "")
        if halls.answer(table=row.table, number=number, secret=secret[:64], answers=given):
            messages.success(request, _("Het briefje ligt erbij. Typ het volgende in."))
        else:
            messages.info(request, _("Dit deel is al gesloten. Het briefje telt niet meer mee."))
    else:
        _by_name(request, row, given)
    return redirect(reverse("meetings:slips", args=[row.pk]) + f"?deel={number}")


def _by_name(request: MemberRequest, row: Meeting, given: dict[str, Any]) -> None:
    chosen, name = request.POST.get("chair", ""), plain(request.POST.get("name", ""))
    chair = next(
        (one for one in tables.chairs(row.table) if str(one.pk) == chosen and not _has_phone(one)), None
    )
    if chair is None and not name:
        messages.error(
            request, _("Van wie is dit briefje? Kies of schrijf een naam. Er is nog niets bewaard.")
        )
        return
    role = request.POST.get("role", "")
    kept = seating.type_over(
        access=request.access,
        table=row.table,
        chair=chair,
        name=name,
        role=role if role in tables.role_names(row.partnership) else "",
        answers=given,
    )
    if kept is None:
        messages.info(request, _("Er is geen stoel meer vrij aan deze tafel."))
    else:
        messages.success(request, _("Het briefje van %(name)s ligt erbij.") % {"name": kept.name})


def _has_phone(chair: Any) -> bool:
    return bool(chair.here)


def _page(
    request: MemberRequest,
    row: Meeting,
    number: int,
    form: Form | None = None,
    problems: dict[str, Problem] | None = None,
) -> HttpResponse:
    roles = tables.role_names(row.partnership)
    context = {
        "meeting": row,
        "number": number,
        "hall": row.table.hall,
        "ticket": request.POST.get("ticket") or link_token(),
        "cards": cards_of(_items(row, number), given={}, form=form, problems=problems),
        "without_phone": [one for one in tables.chairs(row.table) if not _has_phone(one)],
        "roles": [(key, name) for key, name in roles.items() if key != "admin"],
        "given": request.POST,
    }
    return render(request, "meetings/slips.html", context, status=422 if problems else 200)

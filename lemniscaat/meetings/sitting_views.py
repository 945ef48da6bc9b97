"""Setting an instrument on the table, leading it, typing paper in, and what it left behind."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.instruments.answers import Problem, Stored
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.shelf import Entry, on_shelf
from lemniscaat.meetings import clearing, laying_open, own_sheet, queries, seating, tables
from lemniscaat.meetings.filling import Form, cards_of, cleaned, posted
from lemniscaat.meetings.forms import plain
from lemniscaat.meetings.joining import qr_of, spoken
from lemniscaat.meetings.models import Table, TableState
from lemniscaat.meetings.opened import look_context
from lemniscaat.meetings.sitting_forms import NewTableForm, SitForm
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
@require_http_methods(["GET", "POST"])
def table_new(request: MemberRequest, layer: int) -> HttpResponse:
    """Set an instrument on the table of a layer."""
    request.access.need(Verb.DO, Noun.MEETING, layer)
    return _new(request, layer, private=False)


@member
@require_http_methods(["GET", "POST"])
def own_new(request: MemberRequest, layer: int) -> HttpResponse:
    """Begin a sheet of one's own; nobody else sees it."""
    request.access.layer(layer)
    return _new(request, layer, private=True)


def _new(request: MemberRequest, layer: int, *, private: bool) -> HttpResponse:
    access = request.access
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    entry = _entry(request)
    title = entry.instrument.titles.say(get_language() or "nl")
    form = NewTableForm(
        request.POST or None,
        access=access,
        layer_id=layer,
        instrument=entry.instrument,
        private=private,
        initial={"title": title, "form_key": link_token()},
    )
    if request.method == "POST" and form.is_valid():
        made = seating.start_table(
            access=access,
            layer_id=layer,
            instrument=entry.instrument,
            title=form.cleaned_data["title"],
            chosen=form.chosen,
            point=None if private else form.point,
            private=private,
            form_key=form.cleaned_data["form_key"],
        )
        return redirect("table:sheet" if private else "meetings:table", made.pk)
    context = {"form": form, "layer": access.tree.layers[layer], "entry": entry, "private": private}
    return render(request, "meetings/sitting_new.html", context, status=422 if form.errors else 200)


def _entry(request: MemberRequest) -> Entry:
    key = str(request.POST.get("instrument") or request.GET.get("instrument", ""))
    entry = on_shelf(request.access, key)
    if entry is None:
        raise Http404
    return entry


@member
@require_GET
def table(request: MemberRequest, pk: int) -> HttpResponse:
    """The leader's page: the way in, how far people are, laying open, what came out, closing."""
    row = _led(request, pk)
    if row.state == TableState.CLOSED:
        return redirect("meetings:table_record", pk)
    instrument = tables.instrument_of(row)
    progress = tables.progress(row)
    code = get_language() or "nl"
    parts = [
        {
            "number": number,
            "title": part.title.say(code),
            "asks": bool(tables.meant_for_the_table(part)),
            "script": part.script,
            "open": number in row.laid_open,
            "wrote": progress.wrote[number - 1],
        }
        for number, part in enumerate(instrument.sections, 1)
    ]
    context = {
        "table": row,
        "parts": parts,
        "to_open": any(part["asks"] and not part["open"] for part in parts),
        "progress": progress,
        "chairs": tables.chairs(row),
        "roles": tables.role_names(row.partnership),
        "join_address": spoken(reverse("table:join")),
        "prints": on_shelf(request.access, row.instrument.key) is not None,
        "may_mean": request.access.may(Verb.DO, Noun.MEANING, row.organisation_id),
    }
    return render(request, "meetings/sitting_table.html", context)


@member
@require_POST
def table_act(request: MemberRequest, pk: int) -> HttpResponse:
    """One press on the leader's page: keep what was written, then lay open, send somebody away, or close."""
    access, row = request.access, _led(request, pk)
    words = {name: plain(request.POST[name]) for name in laying_open.OUTCOME if name in request.POST}
    base = {name: plain(request.POST[f"was_{name}"]) for name in words if f"was_{name}" in request.POST}
    if words and laying_open.keep_outcome(access=access, table=row, words=words, base=base):
        messages.info(request, _("Iemand schreef tegelijk. Beide teksten staan er; maak er samen één van."))
    do, _colon, what = request.POST.get("do", "").partition(":")
    number = number_in(what)
    if do == "open" and number:
        laying_open.lay_open(access=access, table=row, number=number)
        return redirect(reverse("meetings:table_look", args=[pk]) + f"#deel-{number}")
    if do == "away" and number:
        clearing.send_away(access=access, table=row, chair_id=number)
    if do == "close":
        as_meaning = "as_meaning" in request.POST and access.may(Verb.DO, Noun.MEANING, row.organisation_id)
        laying_open.close_table(access=access, table=row, as_meaning=as_meaning)
        return redirect("meetings:table_record", pk)
    if words and do == "keep":
        messages.success(request, _("Bewaard."))
    return redirect("meetings:table", pk)


@member
@require_GET
def table_look(request: MemberRequest, pk: int) -> HttpResponse:
    """What lies open, with the script beside it: for whoever leads."""
    row = _led(request, pk)
    context = {
        **look_context(row, leading=True, sorting=request.GET.get("groepen", "")),
        "layout": "base/layout.html",
    }
    return render(request, "meetings/sitting_look.html", context)


@member
@require_GET
def table_qr(request: MemberRequest, pk: int) -> HttpResponse:
    """The way to the table as a QR code (SVG)."""
    return qr_of(_led(request, pk))


@member
@require_http_methods(["GET", "POST"])
def table_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """Type over a sheet from paper, on one page; then straight to the next, and nothing of it is shown again."""
    row = _led(request, pk)
    if row.state == TableState.CLOSED:
        return redirect("meetings:table_record", pk)
    roles = tables.role_names(row.partnership)
    # a prefix that no key of an item can have
    form = SitForm(request.POST or None, code=row.code, roles=roles, prefix="_")
    form.fields["who"].label, form.fields["role"].label = _("Voornaam"), _("Rol")
    typed = posted(request) if request.method == "POST" else None
    if typed is None or not form.is_valid():
        return _paper_page(request, row, form, typed)
    answers, problems = cleaned(_on_paper(row), typed)
    if problems:
        return _paper_page(request, row, form, typed, problems)
    return _typed_in(request, row, form, {key: one for key, one in answers.items() if one})


def _on_paper(row: Table) -> list[BaseItem]:
    """What can be typed over: everything but a file, and what stays with whoever wrote it."""
    return [
        item for item in tables.instrument_of(row).items if not kind_of(item).uploads and not item.private
    ]


def _typed_in(request: MemberRequest, row: Table, form: SitForm, answers: dict[str, Stored]) -> HttpResponse:
    given = form.cleaned_data
    chair = seating.type_in(
        access=request.access,
        table=row,
        name=given["who"],
        role=given["role"],
        token=given["ticket"],
        answers=answers,
    )
    if chair is None:
        messages.info(request, _("Er is geen stoel meer vrij aan deze tafel."))
        return redirect("meetings:table", row.pk)
    messages.success(
        request, _("Het vel van %(name)s ligt erbij. Typ het volgende in.") % {"name": chair.name}
    )
    return redirect("meetings:table_paper", row.pk)


def _paper_page(
    request: MemberRequest,
    row: Table,
    form: SitForm,
    typed: Form | None,
    problems: Mapping[str, Problem] | None = None,
) -> HttpResponse:
    cards = cards_of(_on_paper(row), given={}, form=typed, problems=problems)
    context = {
        "table": row,
        "form": form,
        "cards": cards,
        "wrong": [one for one in cards if one.problem],
        "typed": sum(chair.from_paper for chair in tables.chairs(row)),
    }
    status = 422 if problems or form.errors else 200
    return render(request, "meetings/sitting_paper.html", context, status=status)


@member
@require_GET
def table_record(request: MemberRequest, pk: int) -> HttpResponse:
    """What a closed table left: which perspectives sat there, the meaning, the other voice, the next step."""
    access = request.access
    row = tables.for_record(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    names = tables.role_names(row.partnership)
    at_table = tables.chairs(row)
    context = {
        "table": row,
        "roles": queries.roles_in_words((chair.role for chair in at_table), names),
        "mine": any(chair.person_id == access.person.pk for chair in at_table),
        "may_agree": access.may(Verb.DO, Noun.AGREEMENT, row.organisation_id),
    }
    return render(request, "meetings/sitting_record.html", context)


@member
@require_POST
def own_share(request: MemberRequest, pk: int) -> HttpResponse:
    """Bring one's own sheet to a new open table."""
    sheet = tables.own_sheet(request.access, pk)
    made = own_sheet.share_sheet(
        access=request.access, sheet=sheet, form_key=f"delen-{sheet.pk}-{sheet.form_key}"[:64]
    )
    messages.success(request, _("Je vel ligt op een nieuwe tafel. Je eigen vel blijft van jou alleen."))
    return redirect("meetings:table", made.pk)


def _led(request: MemberRequest, pk: int) -> Table:
    row = tables.led(request.access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return row

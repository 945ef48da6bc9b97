"""The record of a talk beside its page: as a document, by mail, read before the end, and mended on the day itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lemniscaat.base.numbers import number_in
from lemniscaat.interpretation.queries import Meaning
from lemniscaat.meetings import correcting, queries, sending
from lemniscaat.meetings.forms import plain
from lemniscaat.meetings.models import Meeting, MeetingState
from lemniscaat.meetings.offering import offer_of
from lemniscaat.meetings.record_docx import as_docx
from lemniscaat.meetings.recording import preview_of, record_of
from lemniscaat.meetings.script import Script
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.share_road import walk

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _done(access: Access, pk: int) -> Meeting:
    """A talk that is done and whose record I may read; 404 otherwise."""
    row = queries.talk(access, pk)
    if row.state != MeetingState.DONE:
        raise Http404
    return row


@member
@require_safe
def document(request: MemberRequest, pk: int) -> HttpResponse:
    """The record as a document to keep."""
    row = _done(request.access, pk)
    # the group wrote in Dutch, and the document says so
    with translation.override(sending.TONGUE):
        made = as_docx(record_of(request.access, row))
    day = row.finished_on.isoformat() if row.finished_on else ""
    name = "-".join(filter(None, ["verslag", slugify(row.title), day])) + ".docx"
    return HttpResponse(
        made, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@member
@require_safe
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The record as it will be, while the talk is in its last step; for who sits at the table."""
    access = request.access
    row = queries.table(access, pk)
    if row.state == MeetingState.DONE:
        return redirect("meetings:record", pk)
    if row.state != MeetingState.RUNNING or Script.read(row.script).after(row.step) is not None:
        return redirect("meetings:mine", pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    context = {"record": preview_of(access, row), "meeting": row, "draft": True}
    return render(request, "meetings/record.html", context)


@member
@require_POST
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """Mail the record to me, or to those who sat at the table."""
    access = request.access
    row = _done(access, pk)
    if request.POST.get("to") == "table":
        sent = sending.send_to_table(access=access, meeting=row)
        told = ngettext("Onderweg naar %(n)d mens.", "Onderweg naar %(n)d mensen.", sent) % {"n": sent}
        messages.success(request, told if sent else _("Iedereen aan tafel kreeg dit verslag al."))
    elif sending.send_to_me(access=access, meeting=row):
        messages.success(request, _("Het verslag is onderweg naar %(mail)s.") % {"mail": access.person.email})
    else:
        messages.info(request, _("Je kreeg dit verslag al in je mail."))
    return redirect("meetings:record", pk)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def fix(request: MemberRequest, pk: int) -> HttpResponse:
    """Mend the words of the record, on the day of the talk, by those who sat there."""
    access = request.access
    row = queries.talk(access, pk)
    if not correcting.open_to(access, row):
        raise Http404
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    typed = [_typed(request, one) for one in correcting.meanings(access, row)]
    empty = [one for one in typed if not one.text]
    clashed: list[correcting.Mended] = []
    reflection = plain(request.POST.get("reflection", row.reflection))
    if request.method == "POST" and not empty:
        clashed = correcting.mend_meanings(access=access, meeting=row, typed=typed)
        base = plain(request.POST.get("was_reflection", ""))
        met = correcting.mend_reflection(access=access, meeting=row, text=reflection, base=base)
        if met:
            messages.info(
                request, _("Iemand schreef tegelijk. Beide teksten staan er; maak er samen één van.")
            )
        if not clashed:
            messages.success(request, _("Verbeterd. Zo staat het nu in het verslag."))
            return redirect("meetings:record", pk)
        row.refresh_from_db()
        reflection = row.reflection
    now = {one.row.pk: one for one in correcting.meanings(access, row)}
    rows = [(one, now[one.meaning.row.pk], one in clashed) for one in typed]
    context = {"meeting": row, "rows": rows, "reflection": reflection, "empty": bool(empty)}
    status = 409 if clashed else 422 if empty and request.method == "POST" else 200
    return render(request, "meetings/record_fix.html", context, status=status)


@member
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Share the record with another layer, or make it known below: along the road of everything that is shared."""
    return walk(request, offer_of(request.access, _done(request.access, pk)))


def _typed(request: MemberRequest, one: Meaning) -> correcting.Mended:
    """What was typed over one meaning; as it stands when nothing was."""
    pk, stands = one.row.pk, "\n".join(one.dissent)
    was_text, was_dissent = (
        plain(request.POST.get(f"was_{name}_{pk}", words))
        for name, words in (("text", one.row.text), ("dissent", stands))
    )
    return correcting.Mended(
        meaning=one,
        text=plain(request.POST.get(f"text_{pk}", one.row.text)),
        dissent=plain(request.POST.get(f"dissent_{pk}", stands)),
        was=(was_text, was_dissent),
        version=number_in(request.POST.get(f"version_{pk}", ""), one.row.version),
    )

"""The pages of five minutes, one for each role that leads: on screen, on paper and as PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lemniscaat.home.board import board_page
from lemniscaat.home.forms import PackForm
from lemniscaat.home.programme import programme_page
from lemniscaat.home.school_leader import school_page
from lemniscaat.home.steering_group import INSTRUMENT, meeting_page
from lemniscaat.instruments.pdf import NoPdfError, pdf_bytes
from lemniscaat.meetings import packing
from lemniscaat.meetings.models import MeetingPack
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import Appointment, Share
from lemniscaat.people.policy import Noun, Verb

Context = dict[str, Any]
MOST_TO_CHOOSE = 15


def _school(request: MemberRequest, layer: int) -> Context:
    page = school_page(request.access, layer)
    return _around(request, page, page.layer.id, "school", [layer])


def _board(request: MemberRequest, layer: int) -> Context:
    page = board_page(request.access, layer)
    return _around(request, page, page.layer.id, "board", [layer])


def _programme(request: MemberRequest) -> Context:
    page = programme_page(request.access)
    return _around(request, page, page.layer.id, "programme", [])


def _meeting(request: MemberRequest, pk: int) -> Context:
    page = meeting_page(request.access, pk)
    mine = page.layer.id in {one.id for one in request.access.layers}
    return _around(request, page, page.layer.id, "meeting", [pk]) | {"instrument": INSTRUMENT, "mine": mine}


def _around(request: MemberRequest, page: object, layer: int, kind: str, args: list[int]) -> Context:
    """What each of these pages has: where it is, its paper and its PDF."""
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    return {
        "page": page,
        "kind": kind,
        "day": request.access.day,
        "here": reverse(f"home:{kind}", args=args),
        "paper": reverse(f"home:{kind}_paper", args=args),
        "pdf": reverse(f"home:{kind}_pdf", args=args),
    }


def _screen(request: MemberRequest, context: Context) -> HttpResponse:
    return render(request, f"home/desk/{context['kind']}.html", context)


def _on_paper(request: MemberRequest, context: Context, *, no_pdf: bool = False) -> HttpResponse:
    return render(request, f"home/desk/{context['kind']}_paper.html", _paper(context) | {"no_pdf": no_pdf})


def _paper(context: Context) -> Context:
    return context | {
        "on_paper": True,
        "back_url": context["here"],
        "paper_left": context["page"].layer.name,
        "paper_right": date_format(context["day"], "j F Y"),
    }


def _as_pdf(request: MemberRequest, context: Context) -> HttpResponse:
    """The sheets as PDF; the page to print where no PDF can be made here."""
    html = render_to_string(f"home/desk/{context['kind']}_paper.html", _paper(context) | {"as_pdf": True})
    try:
        held = pdf_bytes(html)
    except NoPdfError:
        return _on_paper(request, context, no_pdf=True)
    name = f"{context['kind']}-{context['day'].isoformat()}"
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(held, content_type="application/pdf", headers=headers)


def _page(
    gather: Callable[..., Context], show: Callable[[MemberRequest, Context], HttpResponse]
) -> Callable[..., HttpResponse]:
    """A view that gathers one of these pages and shows it in one of three forms."""

    def view(request: MemberRequest, **where: int) -> HttpResponse:
        return show(request, gather(request, **where))

    shown: Callable[..., HttpResponse] = member(require_safe(view))
    return shown


school, school_paper, school_pdf = (_page(_school, one) for one in (_screen, _on_paper, _as_pdf))
board, board_paper, board_pdf = (_page(_board, one) for one in (_screen, _on_paper, _as_pdf))
programme, programme_paper, programme_pdf = (_page(_programme, one) for one in (_screen, _on_paper, _as_pdf))
meeting, meeting_paper, meeting_pdf = (_page(_meeting, one) for one in (_screen, _on_paper, _as_pdf))


@member
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_meeting(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose what lies on the table of a meeting; a few taps, and kept."""
    access = request.access
    moment = packing.moment_of(access, pk)
    layer = moment.body.organisation_id
    access.need(Verb.DO, Noun.SHARED, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows, pack = packing.shared_with_body(access, moment)[:MOST_TO_CHOOSE], packing.pack_of(moment)
    form = PackForm(
        request.POST or None, options=[(str(row.pk), _told(row)) for row in rows], initial=_kept(pack, rows)
    )
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            packing.prepare(
                access=access,
                moment=moment,
                shares=form.chosen(rows),
                words=form.words(),
                version=form.cleaned_data["version"] or 0,
            )
        except packing.ClashError as error:
            theirs = error.theirs
            form.data = request.POST.copy()
            form.data["version"] = str(theirs.version)
        else:
            messages.success(request, _("Het ligt klaar. Wie aan tafel zit, leest nu hetzelfde."))
            return redirect("home:meeting", pk)
    context = {
        "form": form,
        "moment": moment,
        "impulses": [form[key] for key in packing.IMPULSES],
        "before": packing.pack_before(moment),
        "theirs": theirs,
        "their_words": _words_of(theirs) if theirs else [],
        "rows": rows,
        "trail": [(_name(moment), reverse("home:meeting", args=[pk])), (_("Wat ligt er op tafel?"), "")],
    }
    code = 409 if theirs else 422 if form.errors else 200
    return render(request, "home/desk/prepare.html", context, status=code)


def _words_of(pack: MeetingPack) -> list[str]:
    """Everything somebody else put there, in words."""
    titles = [share.title for share in pack.shares.all()]
    return [*titles, *(text for name in packing.TEXTS if (text := getattr(pack, name)))]


def _name(moment: Appointment) -> str:
    return f"{moment.body.name}, {date_format(timezone.localtime(moment.starts_at), 'j F')}"


def _told(row: Share) -> str:
    """A share in a list of things to choose from."""
    words = {"title": row.title, "source": row.source.name, "day": date_format(row.shared_on, "j F")}
    if row.answer:
        return _("%(title)s (%(source)s, %(day)s, wij gaven antwoord)") % words
    return f"{row.title} ({row.source.name}, {words['day']})"


def _kept(pack: MeetingPack | None, rows: Sequence[Share]) -> Context:
    """What was chosen before; else what would lie there by itself is ticked already."""
    if pack is None:
        waiting = [str(row.pk) for row in rows if not row.answer]
        return {"version": 0, "shares": waiting[: packing.MOST]}
    kept: Context = {name: getattr(pack, name) for name in (*packing.TEXTS, "version")}
    return kept | {"shares": [str(share.pk) for share in pack.shares.all()]}

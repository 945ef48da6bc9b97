"""The critical reflection on one page, and the way back from each sentence to the note it came from."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lemniscaat.accountability import one_page as sheet
from lemniscaat.accountability import queries, reflecting, tracing
from lemniscaat.accountability.actions import ClashError
from lemniscaat.accountability.models import Account
from lemniscaat.accountability.one_page import Chosen, Line
from lemniscaat.accountability.shared import readable
from lemniscaat.accountability.showing import LABELS, sheet_told
from lemniscaat.base.numbers import number_in
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb

LONGEST = 600
"""How long one sentence in own words may be."""


@dataclass(frozen=True)
class _Row:
    """A sentence to choose, as it was recorded and as somebody words it."""

    line: Line
    ticked: bool
    words: str


def _account(request: MemberRequest, pk: int) -> Account:
    row = queries.account(request.access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return row


def _way(row: Account, *after: tuple[str, str]) -> list[tuple[str, str]]:
    layer, page = row.organisation, reverse("accountability:account_page", args=[row.pk])
    return [
        (layer.name, reverse("home:layer", args=[layer.pk])),
        (_("Verantwoording %(year)s") % {"year": row.period.name}, page),
        *after,
    ]


@member
@require_safe
def one_page(request: MemberRequest, pk: int) -> HttpResponse:
    """The reflection: one sheet, of which every sentence is a door to what it rests on."""
    row = _account(request, pk)
    return render(request, "accountability/one_page.html", _told(request, row))


@member
@require_safe
def one_page_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The same sheet on paper."""
    row = _account(request, pk)
    return render(request, "accountability/one_page_print.html", _told(request, row, on_paper=True))


def _told(request: MemberRequest, row: Account, *, on_paper: bool = False) -> dict[str, object]:
    lines, chosen = tracing.page_of(request.access, row, on_paper=on_paper)
    may_write = request.access.may(Verb.DO, Noun.ACCOUNT, row.organisation_id) and row.frozen_on is None
    trail = _way(row, (_("Op één bladzijde"), ""))
    return {
        "account": row,
        "sections": sheet_told(lines),
        "proposed": chosen.proposed,
        "may_write": may_write,
        "trail": trail,
    }


@member
@require_safe
def sentence(request: MemberRequest, pk: int, key: str) -> HttpResponse:
    """What one sentence rests on: agreement, meaning with its other voice, notes and figures."""
    row = _account(request, pk)
    page = reverse("accountability:one_page", args=[pk])
    trail = _way(row, (_("Op één bladzijde"), page), (_("Waar dit op rust"), ""))
    traced = tracing.trace(request.access, row, key)
    context = {"account": row, "traced": traced, "label": LABELS[traced.line.kind], "trail": trail}
    return render(request, "accountability/sentence.html", context)


@member
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose which sentences stand on the page, in own words where that reads better."""
    row = _account(request, pk)
    request.access.need(Verb.DO, Noun.ACCOUNT, row.organisation_id)
    if row.frozen_on is not None:
        return redirect("accountability:one_page", pk)
    _lines, chosen = tracing.page_of(request.access, row)
    status, problem, version = 200, "", row.version
    if request.method == "POST":
        chosen = _posted(request)
        try:
            given = number_in(request.POST.get("version", ""))
            reflecting.choose_page(access=request.access, row=row, words=chosen.words, version=given)
        except reflecting.TooLongError as error:
            status, problem = 422, _too_long(error.over)
        except ClashError as error:
            status, version = 409, error.theirs.version
            problem = _("Iemand anders koos net ook. Hier staat jouw keuze. Bewaar opnieuw als die geldt.")
        else:
            messages.success(request, _("Zo staat het op de bladzijde."))
            return redirect("accountability:one_page", pk)
    context = {
        "account": row,
        "sections": _rows(request, row, chosen),
        "problem": problem,
        "version": version,
        "trail": _way(
            row,
            (_("Op één bladzijde"), reverse("accountability:one_page", args=[pk])),
            (_("Kies de zinnen"), ""),
        ),
        "longest": LONGEST,
    }
    return render(request, "accountability/choose_page.html", context, status=status)


def _posted(request: MemberRequest) -> Chosen:
    given = request.POST
    return Chosen({key: given.get(f"words-{key}", "")[:LONGEST] for key in given.getlist("on")})


def _rows(request: MemberRequest, row: Account, chosen: Chosen) -> list[tuple[str, list[_Row]]]:
    return [
        (title, [_Row(line, line.key in chosen.words, chosen.words.get(line.key, "")) for line in lines])
        for title, lines in sheet.sections(sheet.every(readable(request.access, row)))
    ]


def _too_long(over: int) -> str:
    told = ngettext(
        "Dit past niet op één bladzijde: er is %(n)d regel te veel. Haal een zin weg of maak er één korter.",
        "Dit past niet op één bladzijde: er zijn %(n)d regels te veel. Haal zinnen weg of maak ze korter.",
        over,
    )
    return told % {"n": over}

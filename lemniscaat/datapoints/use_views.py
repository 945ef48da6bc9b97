"""What a data point may serve for: widened or narrowed by its giver, asked for by whoever wants to use it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.datapoints import permitting, queries
from lemniscaat.datapoints.ledger_views import render_point
from lemniscaat.datapoints.models import UseRequest
from lemniscaat.people.access import MemberRequest, member


@member
@require_POST
def change_use(request: MemberRequest, pk: int) -> HttpResponse:
    """Let my own data point serve for more, or for less."""
    access = request.access
    row = queries.data_point(access, pk)
    to = str(request.POST.get("to", ""))
    try:
        if to in permitting.narrower(row):
            permitting.narrow(access=access, data_point=row, to=to)
        else:
            permitting.widen(access=access, data_point=row, to=to, asked=request.POST.get("asked", ""))
    except permitting.DecisionRestsError:
        problem = _("Er rust een besluit op. Waar dat mee genomen is, verandert niet meer.")
        return render_point(request, row, problem=problem, status=409)
    except permitting.AskFirstError:
        return render_point(request, row, problem=_ask_first(), status=422)
    messages.success(request, _("Aangepast. Wie dit leest, ziet het."))
    return redirect("datapoints:data_point", pk)


def _ask_first() -> str:
    return _("Anderen vertelden dit. Vraag het hun eerst, en schrijf in één zin hoe je het vroeg.")


@member
@require_POST
def ask_use(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the giver whether it may serve for more."""
    access = request.access
    row = queries.data_point(access, pk)
    wanted, why = str(request.POST.get("wanted", "")), str(request.POST.get("why", ""))
    if not why.strip():
        problem = _("Schrijf erbij waarvoor je het wilt gebruiken. Eén zin is genoeg.")
        return render_point(request, row, problem=problem, status=422)
    try:
        permitting.ask_use(access=access, data_point=row, wanted=wanted, why=why)
    except permitting.AskedBeforeError:
        problem = _("Je vroeg dit al, en je kreeg antwoord.")
        return render_point(request, row, problem=problem, status=409)
    messages.success(request, _("Gevraagd. Wie het gaf, krijgt bericht en beslist."))
    return redirect("datapoints:data_point", pk)


@member
@require_POST
def answer_use(request: MemberRequest, pk: int) -> HttpResponse:
    """Yes or no, by the giver alone."""
    access = request.access
    asked = UseRequest.objects.select_related("data_point").filter(pk=pk).first()
    answer = request.POST.get("answer", "")
    if asked is None or answer not in {"yes", "no"}:
        raise Http404
    row = queries.data_point(access, asked.data_point_id)
    try:
        permitting.answer_use(
            access=access, request=asked, yes=answer == "yes", asked=request.POST.get("asked", "")
        )
    except permitting.AskFirstError:
        return render_point(request, row, problem=_ask_first(), status=422)
    messages.success(request, _("Beantwoord."))
    return redirect("datapoints:data_point", row.pk)

"""What layers share with each other, and what they answer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.people import actions, queries
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import AnswerKind
from lemniscaat.people.offering import road_to
from lemniscaat.people.policy import Noun, Verb

LONGEST = 2000
A_YEAR = 365
A_PAGE = 12


@dataclass(frozen=True)
class _Slip:
    """What was typed and why it did not go through."""

    share: int
    text: str
    why: str
    kind: str = ""
    first: bool = False
    """Somebody else was first: what was typed can come beside it."""


@member
def shared(request: MemberRequest, layer: int) -> HttpResponse:
    """What was shared with a layer, the higher layers first, and what it shared itself."""
    return _page(request, layer)


@member
@require_POST
def answer_share(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer what was shared with my layer."""
    access = request.access
    row = queries.share_by_id(access, pk)
    access.need(Verb.DO, Noun.SHARED, row.target_id)
    text = request.POST.get("text", "").strip()[:LONGEST]
    kind = request.POST.get("kind", AnswerKind.WORDS)
    if kind not in AnswerKind.values:
        raise Http404
    try:
        actions.answer_share(access=access, share=row, text=text, kind=kind, beside="erbij" in request.POST)
    except actions.EmptyAnswerError:
        needed = {
            AnswerKind.NOT_NOW: _("Schrijf waarom nu niet. Zij lezen het."),
            AnswerKind.WORDS: _("Schrijf eerst wat jullie willen zeggen."),
        }
        return _page(request, row.target_id, _Slip(pk, text, needed[AnswerKind(kind)], kind))
    except actions.AlreadyAnsweredError:
        why = _("Iemand van jullie was net eerder. Dat antwoord staat er nu. Wat jij typte staat hier nog.")
        return _page(request, row.target_id, _Slip(pk, text, why, kind, first=True))
    messages.success(request, _("Verstuurd. %(source)s leest jullie antwoord.") % {"source": row.source.name})
    if kind == AnswerKind.TAKE_UP:
        return redirect("goals:take_up_share", pk)
    return redirect("people:shared", row.target_id)


@member
@require_POST
def revoke_share(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what my layer shared."""
    access = request.access
    row = queries.share_by_id(access, pk)
    actions.revoke_share(access=access, share=row)
    messages.success(request, _("Teruggenomen. %(target)s ziet het niet meer.") % {"target": row.target.name})
    return redirect("people:shared", row.source_id)


def _page(request: MemberRequest, layer: int, slip: _Slip | None = None) -> HttpResponse:
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = list(queries.shared_with(access, layer))
    above = set(access.tree.above(layer))
    on_the_way = list(queries.shared_on_the_way(access, layer))
    given = list(queries.shared_from(access, layer))
    sits = layer in {mine.layer for mine in access.places}
    others = [row for row in rows if row.source_id not in above]
    standing = [row for row in given if row.revoked_on is None]
    context = {
        "layer": place,
        "above": [*(row for row in rows if row.source_id in above), *on_the_way],
        "others": _leaf(others, request.GET.get("bladzijde"), slip.share if slip else 0),
        "given": _leaf([(row, road_to(row)) for row in standing], request.GET.get("wij")),
        "taken_back": [row for row in given if row.revoked_on is not None],
        "begins": sits and bool(access.tree.below(layer)),
        "silent": not queries.made_known(access, layer, access.day - timedelta(days=A_YEAR)),
        "sits": sits,
        "may_answer": access.may(Verb.DO, Noun.SHARED, layer),
        "may_revoke": access.may(Verb.SHARE, Noun.MEANING, layer),
        "kinds": [(kind.value, kind.label) for kind in AnswerKind],
        "slip": slip,
    }
    status = (409 if slip.first else 422) if slip else 200
    return render(request, "people/shared.html", context, status=status)


def _leaf(rows: list[Any], asked: str | None, about: int = 0) -> Page[Any]:
    """One page of a list; that on which the share `about` stands, if it is asked for."""
    place = next((n for n, row in enumerate(rows) if about and row.pk == about), None)
    pages = Paginator(rows, A_PAGE)
    return pages.get_page(asked if place is None else place // A_PAGE + 1)

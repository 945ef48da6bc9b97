"""What layers share with each other, and what they answer."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.people import actions, queries
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb

LONGEST = 2000


@dataclass(frozen=True)
class _Slip:
    """What was typed and why it did not go through."""

    share: int
    text: str
    why: str


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
    text = request.POST.get("text", "").strip()
    if not text:
        return _page(request, row.target_id, _Slip(pk, text, _("Schrijf eerst wat jullie willen zeggen.")))
    try:
        actions.answer_share(access=access, share=row, text=text[:LONGEST])
    except actions.AlreadyAnsweredError:
        told = _("Iemand van jullie was net eerder. Dat antwoord staat er nu; dit typte jij: ‘%(text)s’")
        messages.warning(request, told % {"text": text})
        return redirect("people:shared", row.target_id)
    messages.success(request, _("Verstuurd. %(source)s leest jullie antwoord.") % {"source": row.source.name})
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
    context = {
        "layer": place,
        "above": [*(row for row in rows if row.source_id in above), *on_the_way],
        "others": [row for row in rows if row.source_id not in above],
        "given": [row for row in given if row.revoked_on is None],
        "taken_back": [row for row in given if row.revoked_on is not None],
        "is_top": not above,
        "sits": layer in {mine.layer for mine in access.places},
        "may_answer": access.may(Verb.DO, Noun.SHARED, layer),
        "may_revoke": access.may(Verb.SHARE, Noun.MEANING, layer),
        "slip": slip,
    }
    return render(request, "people/shared.html", context, status=422 if slip else 200)

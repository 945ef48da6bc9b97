"""The one road along which anything is shared: choose the layer, see who will read which words, then press.

A room that has something to share calls `walk` from its own view, with the words it hands over.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lemniscaat.base.numbers import number_in
from lemniscaat.people import offering, sharing
from lemniscaat.people.access import Access, MemberRequest
from lemniscaat.people.offering import Offer
from lemniscaat.people.policy import Verb
from lemniscaat.people.queries import standing
from lemniscaat.people.tree import Layer


def walk(request: MemberRequest, offer: Offer) -> HttpResponse:
    """One step of the road. Nothing is shared but by pressing on the page that showed these very words.

    404 unless I may share at the layer the thing is of, and for a layer that lies neither above nor below it.
    """
    access = request.access
    access.need(Verb.SHARE, sharing.kind_of(offer.noun), offer.source_id)
    request.layer_id = offer.source_id  # type: ignore[attr-defined]  # read by the shell
    asked = number_in(_asked(request))
    if not asked:
        return _choose(request, offer)
    target = offering.target_of(access, offer.source_id, asked)
    if request.method != "POST" or request.POST.get("gelezen") != offer.mark:
        return _look(request, offer, target)
    replace = request.POST.get("hoe") == "vervang"
    sharing.share(
        access=access,
        noun=offer.noun,
        noun_id=offer.noun_id,
        title=offer.title,
        text=offer.text,
        dissent=offer.dissent,
        source_id=offer.source_id,
        target_id=target.id,
        replace=replace,
    )
    messages.success(request, _told(target, offer, replace))
    return redirect("people:shared", offer.source_id)


def _asked(request: HttpRequest) -> str:
    return str(request.POST.get("target") or request.GET.get("met") or request.GET.get("onder") or "")


def _told(target: Layer, offer: Offer, replace: bool) -> str:
    if target.id == offer.source_id:
        return _("Bekend bij alle lagen onder ons.")
    if replace:
        return _("%(who)s leest nu deze woorden.") % {"who": target.name}
    return _("Gedeeld met %(who)s. Als zij antwoorden, lees je dat hier.") % {"who": target.name}


def _choose(request: MemberRequest, offer: Offer) -> HttpResponse:
    access = request.access
    shared = standing(access, noun=offer.noun, noun_id=offer.noun_id, source_id=offer.source_id)
    context = {
        "offer": offer,
        "source": access.tree.layers[offer.source_id],
        "ways": offering.ways(access, offer.source_id),
        "shared": [(row, not offer.stands_in(row)) for row in shared],
    }
    return render(request, "people/share_choose.html", context)


def _look(request: MemberRequest, offer: Offer, target: Layer) -> HttpResponse:
    access: Access = request.access
    before = offering.there(access, offer, target.id)
    same = before is not None and offer.stands_in(before)
    # pressed on a page that showed other words than there are now
    moved = request.method == "POST" and "gelezen" in request.POST
    context = {
        "offer": offer,
        "source": access.tree.layers[offer.source_id],
        "target": target,
        "below": target.id == offer.source_id,
        "readers": offering.readers(access, offer.source_id, target.id),
        "before": before,
        "same": same,
        "moved": moved,
    }
    return render(request, "people/share_look.html", context, status=409 if moved else 200)

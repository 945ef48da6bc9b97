"""How points of layers hang together, on screen: links of one point, the picture of a layer, taking up what was shared."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lemniscaat.agenda import queries
from lemniscaat.agenda.links import echoes, linking, threads
from lemniscaat.agenda.links.alignment import Alignment, alignment
from lemniscaat.agenda.models import Goal
from lemniscaat.agenda.offering import offer_of_goal
from lemniscaat.base.numbers import number_in
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.offering import may_offer
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.share_road import walk

BOTH = ["GET", "HEAD", "POST"]


@member
def share(request: MemberRequest, pk: int) -> HttpResponse:
    """Share a point with another layer, along the road of everything that is shared."""
    return walk(request, offer_of_goal(queries.goal(request.access, pk)))


@member
@require_http_methods(BOTH)
def links(request: MemberRequest, pk: int) -> HttpResponse:
    """What a point contributes to and what it came from: a fragment of its page, or a page by itself."""
    access = request.access
    row = queries.goal(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    if request.method == "POST":
        _link(access, row, request.POST.get("doe", ""), number_in(request.POST.get("wat", "")))
        messages.success(request, _("Bewaard."))
        return redirect("goals:goal", pk)
    may_do = access.may(Verb.DO, Noun.AGREEMENT, row.organisation_id)
    ups = echoes.contributes_to(access, row)
    shares = list(people.from_below(access, row.organisation_id))
    came = echoes.came_from(access, row)
    under = echoes.shared_under(access, [row], shares).get(pk, {})
    context = {
        "row": row,
        "ups": ups,
        "could": [one for one in echoes.could_hang_under(access, row) if one not in ups] if may_do else [],
        "came": came,
        "under": [one for one in under.values() if one not in came],
        "ours_under": echoes.ours_under(access, row),
        "to_take_up": echoes.to_take_up(access, row) if may_do else [],
        "may_do": may_do,
        "may_share": row.body_id is None and may_offer(access, "goal", row.organisation_id),
    }
    template = "_links" if request.htmx else "links"
    return render(request, f"agenda/{template}.html", context)


def _link(access: Access, row: Goal, deed: str, number: int) -> None:
    """One press on the page of links. 404 for what is none."""
    if deed == "draagt_bij":
        linking.link_up(access=access, lower=row, upper=queries.goal(access, number))
    elif deed == "los":
        linking.unlink_up(access=access, lower=row, upper_id=number)
    elif deed == "pak_op":
        linking.take_up_share(access=access, share=people.share_by_id(access, number), goal=row)
    elif deed == "laat_los":
        linking.let_go(access=access, share_id=number, goal=row)
    else:
        raise Http404


@member
@require_safe
def alignment_page(request: MemberRequest, layer: int) -> HttpResponse:
    """The points of a layer between those above and what was shared from below: a drawing, a list and a sentence."""
    access = request.access
    place = access.layer(layer)
    access.need(Verb.SEE, Noun.AGREEMENT, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    found = alignment(access, layer)
    told = _told(access, found)
    context = {
        "layer": place,
        "found": found,
        "pictures": (threads.wide(told), threads.phone(told)) if found.ours or found.above else (),
        "all_drawn": told.all_drawn,
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, layer),
    }
    return render(request, "agenda/alignment.html", context)


def _told(access: Access, found: Alignment) -> threads.Told:
    names = access.tree.layers
    return threads.Told(
        above=[
            threads.Words(one.goal.pk, one.goal.sentence, names[one.goal.organisation_id].name)
            for one in found.above
        ],
        ours=[threads.Words(one.goal.pk, one.goal.sentence) for one in found.ours],
        shared=[threads.Words(one.pk, one.words, one.source.name) for one in found.shares],
        ups=threads.pairs({one.goal.pk: [own.pk for own in one.ours] for one in found.above}),
        downs=threads.pairs({one.goal.pk: [share.pk for share in one.below] for one in found.ours}),
        heads=(_("Boven ons"), _("Onze punten"), _("Met ons gedeeld")),
    )


@member
@require_http_methods(BOTH)
def take_up_share(request: MemberRequest, pk: int) -> HttpResponse:
    """The second step of 'we pakken dit op': in which point of ours does it come back?"""
    access = request.access
    row = people.share_by_id(access, pk)
    layer = row.target_id
    access.need(Verb.DO, Noun.SHARED, layer)
    if row.revoked_on is not None or row.for_all_below:
        raise Http404
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    if request.method == "POST":
        goal = queries.goal(access, number_in(request.POST.get("punt", "")))
        linking.take_up_share(access=access, share=row, goal=goal)
        messages.success(request, _("Het hangt nu aan jullie punt. Zij lezen waar het terugkomt."))
        return redirect("people:shared", layer)
    taken = {one.pk for one in echoes.came_of(access, row)}
    rows = [one for one in echoes.live(access, [layer]) if one.pk not in taken]
    return render(request, "agenda/take_up_share.html", {"share": row, "rows": rows, "layer_id": layer})


@member
@require_safe
def came_of(request: MemberRequest, pk: int) -> HttpResponse:
    """In which points a share came back: a fragment of the page of what was shared, or a page by itself."""
    access = request.access
    row = people.share_to_read(access, pk)
    context = {"share": row, "rows": echoes.came_of(access, row)}
    template = "_came_of" if request.htmx else "came_of"
    return render(request, f"agenda/{template}.html", context)

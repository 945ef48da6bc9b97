"""The page of a criterion, the quick note, and a figure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lemniscaat.base.drawings.distribution import Road
from lemniscaat.base.numbers import number_in
from lemniscaat.collection.figures import quality_sentence, shown
from lemniscaat.collection.outcome import outcomes_for_criterion
from lemniscaat.datapoints import actions, queries
from lemniscaat.datapoints.addressing import query_of
from lemniscaat.datapoints.listing import ABOVE, BELOW, Sought
from lemniscaat.datapoints.telling import agreed, voices_of
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

PLACES = frozenset({"school", "board", "institute"})
FIRST_VOICES = 3


def _here(request: MemberRequest, criterion: Criterion | None = None) -> Layer:
    """The layer from which I look: the one in the address, that of the criterion when it is mine, else my nearest."""
    layers = request.access.layers
    asked = number_in(request.GET.get("laag", ""))
    if asked:
        chosen = request.access.layer(asked)
        request.layer_id = chosen.id  # type: ignore[attr-defined]  # read by the shell
        return chosen
    own = [layer for layer in layers if criterion and layer.id == criterion.organisation_id]
    here = own[0] if own and own[0].kind != "partnership" else layers[0]
    request.layer_id = here.id  # type: ignore[attr-defined]  # read by the shell
    return here


def _may_add(request: MemberRequest, here: Layer) -> bool:
    return request.access.may(Verb.DO, Noun.FIGURE, here.id)


def _figures(request: MemberRequest, criterion: Criterion) -> dict[str, Any]:
    """What the rounds tell about a criterion, for the place that was chosen."""
    access, here = request.access, _here(request, criterion)
    places = [layer for layer in access.layers if layer.kind in PLACES]
    chosen = next((layer for layer in places if str(layer.id) == request.GET.get("plek")), None)
    outcomes = outcomes_for_criterion(access, criterion, place_id=chosen.id if chosen else None)
    roads = [
        Road(_("Nodig ze uit aan tafel"), reverse("meetings:plan", args=[here.id]) + f"?lat={criterion.pk}")
    ]
    if _may_add(request, here):
        roads.append(Road(_("leg vast wat zij vertelden"), reverse("datapoints:report", args=[criterion.pk])))
    told = {o.round.pk: quality_sentence(o.round.title, o.quality) for o in outcomes}
    return {
        "shown": [shown(outcome, roads=tuple(roads)) for outcome in outcomes],
        "places": places,
        "place": chosen,
        "quality": [sentence for sentence in told.values() if sentence],
    }


@member
@require_GET
def criterion(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of a criterion: hard left, soft right, figures by perspective, then meaning and agreements."""
    access = request.access
    found = vision.criterion(access, pk)
    here = _here(request, found)
    soft = voices_of(queries.soft_for(access, found), queries.texts_for(access, found))
    context = {
        "criterion": found,
        "point": found.point,
        "agreed": agreed(vision.agreeings(found.point).first()),
        "hard": queries.hard_for(access, found),
        "soft": soft[:FIRST_VOICES],
        "more_soft": soft[FIRST_VOICES:],
        "layer": here,
        "may_add": _may_add(request, here),
        "may_talk": access.may(Verb.DO, Noun.MEETING, here.id),
        **_figures(request, found),
    }
    return render(request, "datapoints/criterion.html", context)


@member
@require_GET
def figures(request: MemberRequest, pk: int) -> HttpResponse:
    """Only the figures, as a fragment for pages of higher rooms."""
    found = vision.criterion(request.access, pk)
    return render(request, "datapoints/_figures.html", {"criterion": found, **_figures(request, found)})


@member
@require_GET
def known(request: MemberRequest, pk: int) -> HttpResponse:
    """How much is known about a criterion, as a fragment; by itself the way to all that. `laag`: seen from where."""
    found = vision.criterion(request.access, pk)
    url = _known_at(request.access, found, number_in(request.GET.get("laag", "")))
    if not request.htmx:
        return redirect(url)
    context = {"criterion": found, "known": queries.known(request.access, [pk])[pk], "url": url}
    return render(request, "datapoints/_known.html", context)


def _known_at(access: Access, found: Criterion, asked: int) -> str:
    """Where all that is known about a criterion stands: the list around a layer of mine, else its own page."""
    if asked not in {layer.id for layer in access.layers}:
        return reverse("datapoints:criterion", args=[found.pk])
    reach = BELOW if access.tree.below(asked) else ABOVE
    return reverse("datapoints:ledger", args=[asked]) + query_of(
        Sought(asked, reach=reach, criterion_id=found.pk)
    )


@member
@require_GET
def notes(request: MemberRequest) -> HttpResponse:
    """My own notes, and where they hang."""
    here = _here(request)
    mine = list(queries.my_notes(request.access))
    attached = queries.attachments(mine)
    context = {
        "notes": [(note, attached.get(note.pk, [])) for note in mine],
        "criteria": vision.criteria(request.access, here.id),
    }
    return render(request, "datapoints/notes.html", context)


@member
@require_POST
def attach(request: MemberRequest, pk: int) -> HttpResponse:
    """Hang my note on a criterion."""
    point = queries.data_point(request.access, pk)
    chosen = number_in(request.POST.get("criterion", ""))
    if point.author_id != request.access.person.pk or not chosen:
        raise Http404
    found = vision.criterion(request.access, chosen)
    actions.attach(access=request.access, data_point=point, criterion=found)
    messages.success(request, _("Je geeltje hangt nu bij deze lat."))
    return redirect("datapoints:notes")


@member
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take my note or report back."""
    row = queries.data_point(request.access, pk)
    actions.withdraw(access=request.access, data_point=row)
    messages.success(request, _("Weg. Niemand ziet het nog."))
    if row.source in queries.OWN and row.report_id is None:
        return redirect("datapoints:notes")
    return redirect("datapoints:ledger", request.access.layers[0].id)

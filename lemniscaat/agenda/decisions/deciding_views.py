"""Is what we know rich enough to decide, and the decision itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.agenda import queries
from lemniscaat.agenda.decisions import rich_words
from lemniscaat.agenda.decisions.deciding import Ruling, decide
from lemniscaat.agenda.decisions.deciding_forms import RulingForm
from lemniscaat.agenda.decisions.knowing import Here, here
from lemniscaat.agenda.decisions.remembered import remembered
from lemniscaat.agenda.decisions.rich_words import line_said
from lemniscaat.agenda.decisions.richness import Richness, Size
from lemniscaat.agenda.decisions.shortest import again, anonymous_aside, roads, to_widen
from lemniscaat.agenda.forms import COURSES
from lemniscaat.base.drawings.voices import look_of
from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion
from lemniscaat.year import words
from lemniscaat.year.coverage import Ear, Heard

MEANINGS = 2


@member
@require_http_methods(["GET", "POST"])
def moment(request: MemberRequest, pk: int) -> HttpResponse:
    """Is what we know about this criterion rich enough to decide, what is missing, and the shortest road to it."""
    access = request.access
    criterion = vision.criterion(access, pk)
    layer = _layer(request, criterion)
    found = here(access, layer, criterion)
    rich = found.weighed(_size(request.POST.get("size") or request.GET.get("omvang", "")))
    may_do = access.may(Verb.DO, Noun.AGREEMENT, layer.id)
    first = {"size": rich.size, "form_key": link_token()}
    form = RulingForm(request.POST or None, initial=first, lacking=not rich.enough)
    if request.method == "POST":
        access.need(Verb.DO, Noun.AGREEMENT, layer.id)
        if form.is_valid():
            given = dict(form.cleaned_data)
            key = given.pop("form_key")
            made = decide(
                access=access, layer=layer, criterion=criterion, ruling=Ruling(**given), form_key=key
            )
            messages.success(request, _("Besloten, en bewaard met alles waar het op rust."))
            return redirect("deciding:decision", made.pk)
    context = {
        "criterion": criterion,
        "layer": layer,
        "form": form,
        "may_do": may_do,
        "courses": [(value, label, value == form["course"].value()) for value, label in COURSES],
        "trail": _trail(request, criterion, layer),
        **_told(found, rich),
    }
    return render(request, "agenda/moment.html", context, status=422 if form.errors else 200)


def _layer(request: MemberRequest, criterion: Criterion) -> Layer:
    """The layer that decides: the one in the address, else my nearest where I may."""
    access = request.access
    asked = number_in(request.GET.get("laag", ""))
    mine = [layer.id for layer in access.layers if access.may(Verb.DO, Noun.AGREEMENT, layer.id)]
    seen = [layer.id for layer in access.layers if access.may(Verb.SEE, Noun.AGREEMENT, layer.id)]
    nearest = (
        criterion.organisation_id if criterion.organisation_id in mine else next(iter([*mine, *seen]), 0)
    )
    chosen = asked or nearest
    access.need(Verb.SEE, Noun.AGREEMENT, chosen)
    request.layer_id = chosen  # type: ignore[attr-defined]  # read by the shell
    return access.tree.layers[chosen]


def _size(asked: str) -> Size:
    return Size(asked) if asked in list(Size) else Size.SMALL


def _trail(request: MemberRequest, criterion: Criterion, layer: Layer) -> list[tuple[str, str]]:
    there = reverse("datapoints:criterion", args=[criterion.pk])
    if layer in request.access.layers:
        there += f"?laag={layer.id}"
    return [(criterion.point.title, there), (_("Besluit"), "")]


def _told(found: Here, rich: Richness) -> dict[str, Any]:
    access = found.access
    counted = {(one.point, one.round, one.kind): one for one in rich.counted}.values()
    meant = interpretation.meanings(access, layer_id=found.layer.id, criterion=found.criterion)
    aside = found.aside
    return {
        "rich": rich,
        "headline": rich_words.headline(rich),
        "asks": rich_words.asks(rich.size),
        "there": rich_words.there(rich),
        "sizes": [(size.value, label, hint, size is rich.size) for size, label, hint in rich_words.SIZES],
        "voices": [_voice(one) for one in rich.heard],
        "counted": [_counted(found, one) for one in counted],
        "together": rich_words.together_said(one.kind for one in rich.together),
        "lacks": [(words_, roads(found, rich, need)) for need, words_ in rich_words.lacks(rich)],
        "widen": to_widen(found),
        "anonymous": anonymous_aside(found),
        "again": again(found) if any(one.round for one in (*aside.learn, *aside.pool)) else None,
        "meanings": interpretation.told(meant[:MEANINGS]),
    }


def _voice(one: Heard) -> dict[str, object]:
    return {
        "role": one.voice,
        "look": look_of(one.voice),
        "name": words.capital(words.several([one.voice])),
        "ear": one.ear,
        "word": words.ear(one),
        "silent": one.ear in {Ear.SILENT, Ear.LONG_AGO},
    }


def _counted(found: Here, one: Any) -> dict[str, str]:
    row = found.points.get(one.point)
    title = row.title if row is not None else found.rounds[one.round].title
    if one.round and one.kind == "soft":
        title = _("%(title)s: open antwoorden") % {"title": title}
    where = reverse("collection:outcome", args=[one.round]) if one.round else ""
    return {
        "kind": one.kind,
        "said": line_said(one.way, "" if one.round else one.voice, one.day, title),
        "url": where or reverse("datapoints:data_point", args=[one.point]),
    }


@member
@require_GET
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    """One decision, with what it rested on as it read then."""
    access = request.access
    row = queries.decision(access, pk)
    if row.organisation_id not in access.tree.layers:
        raise Http404
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    told = remembered(access, row)
    layer = access.tree.layers[row.organisation_id]
    context = {
        "row": row,
        "told": told,
        "heard": words.several(told.heard),
        "missing": words.listed(told.missing),
        "agreements": queries.following(access, row),
        "may_do": access.may(Verb.DO, Noun.AGREEMENT, row.organisation_id),
        "trail": _trail(request, row.criterion, layer) if row.criterion else [],
    }
    return render(request, "agenda/decision.html", context)

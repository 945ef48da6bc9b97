"""The vision of a layer: its texts, its points with their history, and the criteria that hang on them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base.numbers import number_in
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.queries import bodies
from lemniscaat.people.tree import Layer
from lemniscaat.vision import actions, own_words, queries
from lemniscaat.vision.forms import AgreeForm, CriterionForm, PointForm, ProfileForm
from lemniscaat.vision.models import Criterion, Framework, ProfileKind, VisionPoint
from lemniscaat.vision.overview import may_write, overview, signs, turns

POST = "POST"
BOTH = ("GET", POST)


def here(request: MemberRequest, organisation_id: int = 0) -> Layer:
    """From which of my layers I look: the one in `?laag=`, else my table that holds the text, else my nearest."""
    asked = {str(layer.id): layer for layer in request.access.layers}.get(request.GET.get("laag", ""))
    own = [layer for layer in own_words.tables(request.access) if layer.id == organisation_id]
    found = asked or next(iter(own), request.access.layers[0])
    request.layer_id = found.id  # type: ignore[attr-defined]  # read by the shell
    return found


def crumbs(layer: Layer, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back up to the vision of a layer."""
    return [(_("Onze visie"), reverse("vision:page", args=[layer.id])), *steps]


def status(form: Any) -> int:
    """422 when what was posted cannot be kept as it is."""
    return 422 if form.errors else 200


@member
@require_GET
def page(request: MemberRequest, layer: int) -> HttpResponse:
    """The vision of one of my layers, with all above it, through one lens."""
    place = request.access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    seen = overview(request.access, layer, request.GET.get("lens", ""))
    context = {"layer": place, "seen": seen, "may_write": may_write(request.access, layer)}
    return render(request, "vision/page.html", context)


@member
@require_GET
def profile(request: MemberRequest, layer: int, kind: str) -> HttpResponse:
    """One text of a layer with the versions before it."""
    place = _text_at(request, layer, kind)
    versions = list(queries.profile_versions(request.access, layer, kind))
    context = {
        "layer": place,
        "kind": ProfileKind(kind),
        "newest": versions[0] if versions else None,
        "earlier": versions[1:],
        "may_write": may_write(request.access, layer),
        "trail": crumbs(place, (str(ProfileKind(kind).label), "")),
    }
    return render(request, "vision/profile.html", context)


def _text_at(request: MemberRequest, layer: int, kind: str) -> Layer:
    if kind not in ProfileKind.values:
        raise Http404
    place = request.access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    return place


@member
@require_http_methods(BOTH)
def profile_edit(request: MemberRequest, layer: int, kind: str) -> HttpResponse:
    """Write one of the three texts; a clash shows both."""
    place = _text_at(request, layer, kind)
    request.access.need(Verb.DO, Noun.VISION, layer)
    newest = queries.profile_versions(request.access, layer, kind).first()
    initial = (
        {"text": newest.text, "agreed_by": newest.agreed_by, "version": newest.version} if newest else {}
    )
    form = ProfileForm(request.POST or None, initial=initial)
    clash = None
    if request.method == POST and form.is_valid():
        try:
            actions.write_profile(access=request.access, layer_id=layer, kind=kind, **form.cleaned_data)
        except actions.ClashError as error:
            clash = error.theirs
        else:
            messages.success(request, _("Bewaard. De tekst van hiervoor blijft te lezen."))
            return redirect("vision:profile", layer, kind)
    context = {
        "form": form,
        "title": ProfileKind(kind).label,
        "layer": place,
        "back": reverse("vision:page", args=[layer]),
        "trail": crumbs(place, (str(ProfileKind(kind).label), "")),
    }
    return _editing(request, "vision/edit.html", context, clash)


def _editing(request: MemberRequest, template: str, context: dict[str, Any], clash: Any) -> HttpResponse:
    """The form again; after a clash with what stands now beside it, ready to be merged."""
    form = context["form"]
    if clash is not None:
        form.data = request.POST.copy()
        form.data["version"] = str(clash.version)
        names = [name for name in form.fields if hasattr(clash, name) and name not in {"version", "layer"}]
        context["theirs"] = [(form.fields[name].label, getattr(clash, name)) for name in names]
    code = 409 if clash is not None else status(form)
    return render(request, template, context, status=code)


@member
@require_http_methods(BOTH)
def point_new(request: MemberRequest, layer: int) -> HttpResponse:
    """Add a vision point to a layer."""
    place = request.access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    request.access.need(Verb.DO, Noun.VISION, layer)
    form = PointForm(request.POST or None, first=True)
    if request.method == POST and form.is_valid():
        made = actions.add_point(access=request.access, layer_id=layer, text=form.words)
        messages.success(request, _("Dit visiepunt staat erbij. Hang er nu jullie lat aan."))
        return redirect("vision:point", made.pk)
    context = {
        "form": form,
        "title": _("Een nieuw visiepunt"),
        "layer": place,
        "back": reverse("vision:page", args=[layer]),
        "trail": crumbs(place, (_("Een nieuw visiepunt"), "")),
    }
    return render(request, "vision/edit.html", context, status=status(form))


@member
@require_http_methods(BOTH)
def point(request: MemberRequest, pk: int) -> HttpResponse:
    """A vision point: what it asks, who agreed, its criteria, and the door from own words to ours.

    A POST writes down that a body agreed.
    """
    access = request.access
    found = queries.point(access, pk)
    layer = here(request, found.organisation_id)
    tables = [table for table in own_words.tables(access) if may_write(access, table.id)]
    agreeing = [body for table in tables for body in bodies(access, table.id)]
    form = AgreeForm(request.POST if request.method == POST else None, bodies=agreeing)
    if request.method == POST and form.is_valid():
        actions.agree_on_point(access=access, point=found, **form.cleaned_data)
        messages.success(request, _("Vastgelegd. Dit overleg staat hierachter."))
        return redirect("vision:point", pk)
    context = {
        "point": found,
        "layer": layer,
        "signs": signs(found),
        "agreeings": list(queries.agreeings(found)),
        "criteria": [
            (row, may_write(access, row.organisation_id)) for row in queries.criteria_of(access, found)
        ],
        "may_write": may_write(access, found.organisation_id),
        "may_hang": bool(tables),
        "agree": form if agreeing else None,
        "tables": own_words.tables(access),
        "mine": own_words.filled_in(queries.own_view(access, found)),
        "ours": own_words.texts_of_us(access, found),
        "trail": crumbs(layer, (found.title, "")),
    }
    return render(request, "vision/point.html", context, status=status(form))


@member
@require_GET
def history(request: MemberRequest, pk: int) -> HttpResponse:
    """How a vision point became what it is: what changed, and why."""
    found = queries.point(request.access, pk)
    layer = here(request, found.organisation_id)
    context = {
        "point": found,
        "layer": layer,
        "turns": turns(found),
        "labels": {name: PointForm.base_fields[name].label for name in ("title", "what", "how", "signs")},
        "trail": crumbs(layer, (found.title, reverse("vision:point", args=[pk])), (_("Geschiedenis"), "")),
    }
    return render(request, "vision/history.html", context)


@member
@require_http_methods(BOTH)
def point_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a vision point and say why; a clash shows both."""
    found = queries.point(request.access, pk)
    request.access.need(Verb.DO, Noun.VISION, found.organisation_id)
    layer = here(request, found.organisation_id)
    form = PointForm(request.POST or None, initial=vars(found))
    clash = None
    if request.method == POST and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("because", "version")}
        try:
            actions.revise_point(access=request.access, point=found, text=form.words, **given)
        except actions.ClashError as error:
            clash = error.theirs
        else:
            messages.success(request, _("Bewaard. Hoe het was, blijft te lezen."))
            return redirect("vision:point", pk)
    back = reverse("vision:point", args=[pk])
    context = {
        "form": form,
        "title": _("Dit visiepunt wijzigen"),
        "layer": layer,
        "back": back,
        "trail": crumbs(layer, (found.title, back), (_("Wijzigen"), "")),
    }
    return _editing(request, "vision/edit.html", context, clash)


def _lens(request: MemberRequest) -> Framework | None:
    return queries.chosen(queries.frameworks(), request.GET.get("lens", ""))


def _prefilled(request: MemberRequest, found: VisionPoint) -> dict[str, Any]:
    """What would satisfy us, as the first words of a criterion (`?samen=<layer>`)."""
    layer = number_in(request.GET.get("samen", ""))
    if not layer or not own_words.filled_in(queries.own_view(request.access, found)):
        return {}
    ours = queries.collective_view(found, own_words.table(request.access, layer).id)
    return {"sentence": ours.satisfied, "layer": layer} if ours else {}


@member
@require_http_methods(BOTH)
def criterion_new(request: MemberRequest, pk: int) -> HttpResponse:
    """Build a criterion on a vision point: one sentence, three steps, how we would know, seen through a lens."""
    access = request.access
    found = queries.point(access, pk)
    layer, lens = here(request, found.organisation_id), _lens(request)
    layers = [place for place in access.layers if may_write(access, place.id)]
    if not layers:
        raise Http404
    initial = {"layer": layer.id if layer in layers else layers[0].id, **_prefilled(request, found)}
    form = CriterionForm(request.POST or None, layers=layers, lens=lens, initial=initial)
    if request.method == POST and form.is_valid():
        made = actions.add_criterion(
            access=access, point=found, layer_id=form.cleaned_data["layer"], text=form.words
        )
        nodes = list(form.cleaned_data.get("nodes", ()))
        actions.map_criterion(access=access, criterion=made, nodes=nodes, lens=lens)
        messages.success(request, _("Dit is nu jullie lat. Wat weten jullie er al van?"))
        return redirect("datapoints:criterion", made.pk)
    return render(
        request, "vision/criterion.html", _criterion_context(found, layer, form), status=status(form)
    )


def _criterion_context(of: VisionPoint, layer: Layer, form: CriterionForm) -> dict[str, Any]:
    back = reverse("vision:point", args=[of.pk])
    trail = crumbs(layer, (of.title, back), (_("Onze lat"), ""))
    return {"form": form, "point": of, "layer": layer, "back": back, "trail": trail}


@member
@require_http_methods(BOTH)
def criterion_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a criterion; a clash shows both."""
    access = request.access
    found: Criterion = queries.criterion(access, pk)
    access.need(Verb.DO, Noun.VISION, found.organisation_id)
    layer, lens = here(request, found.organisation_id), _lens(request)
    places = queries.nodes_by_criterion(lens, [pk]).get(pk, []) if lens else []
    initial = vars(found) | {"layer": found.organisation_id, "nodes": places}
    owner = [access.tree.layers[found.organisation_id]]
    form = CriterionForm(request.POST or None, layers=owner, lens=lens, initial=initial)
    clash = None
    if request.method == POST and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            changed = actions.revise_criterion(
                access=access, criterion=found, text=form.words, version=version
            )
        except actions.ClashError as error:
            clash = error.theirs
        else:
            nodes = list(form.cleaned_data.get("nodes", ()))
            actions.map_criterion(access=access, criterion=changed, nodes=nodes, lens=lens)
            messages.success(request, _("Bewaard. De lat staat er zoals jullie hem nu zien."))
            return redirect("vision:point", found.point_id)
    return _editing(request, "vision/criterion.html", _criterion_context(found.point, layer, form), clash)

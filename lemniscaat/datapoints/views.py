"""The page of a criterion, the quick note, and the ledger."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.base import clock
from lemniscaat.base.drawings.distribution import Road
from lemniscaat.base.keys import link_token
from lemniscaat.collection.figures import quality_sentence, shown
from lemniscaat.collection.outcome import outcomes_for_criterion
from lemniscaat.datapoints import actions, queries
from lemniscaat.datapoints.forms import FigureForm, NoteForm, ReportForm
from lemniscaat.datapoints.models import Indicator
from lemniscaat.datapoints.telling import voices_of
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion


def _figures(request: MemberRequest, criterion: Criterion) -> dict[str, Any]:
    """What the rounds tell about a criterion, for the place that was chosen."""
    access = request.access
    places = [layer for layer in access.layers if layer.kind in {"school", "board", "institute"}]
    chosen = next((layer for layer in places if str(layer.id) == request.GET.get("plek")), None)
    outcomes = outcomes_for_criterion(access, criterion, place_id=chosen.id if chosen else None)
    talk = reverse("meetings:plan", args=[access.layers[0].id]) + f"?lat={criterion.pk}"
    roads = (Road(_("Nodig ze uit aan tafel"), talk),)
    told = {o.round.pk: quality_sentence(o.round.title, o.quality) for o in outcomes}
    return {
        "shown": [shown(outcome, roads=roads) for outcome in outcomes],
        "places": places,
        "place": chosen,
        "quality": [sentence for sentence in told.values() if sentence],
    }


@member
def criterion(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of a criterion: hard left, soft right, figures by perspective, then meaning and agreements."""
    access = request.access
    found = vision.criterion(access, pk)
    request.layer_id = access.layers[0].id  # type: ignore[attr-defined]  # read by the shell
    soft = voices_of(queries.soft_for(access, found), queries.texts_for(access, found))
    return render(
        request,
        "datapoints/criterion.html",
        {
            "criterion": found,
            "point": found.point,
            "hard": queries.hard_for(access, found),
            "soft": soft[:3],
            "more_soft": soft[3:],
            "layer": access.layers[0],
            "may_add": access.may(Verb.DO, Noun.FIGURE, access.layers[0].id),
            **_figures(request, found),
        },
    )


@member
def figures(request: MemberRequest, pk: int) -> HttpResponse:
    """Only the figures, as a fragment for pages of higher rooms."""
    found = vision.criterion(request.access, pk)
    return render(request, "datapoints/_figures.html", {"criterion": found, **_figures(request, found)})


@member
def known(request: MemberRequest, pk: int) -> HttpResponse:
    """How much is known about a criterion, as a fragment."""
    found = vision.criterion(request.access, pk)
    return render(
        request,
        "datapoints/_known.html",
        {"criterion": found, "known": queries.known(request.access, [pk])[pk]},
    )


@member
def note(request: MemberRequest) -> HttpResponse:
    """Stick a note: one sentence, and who may read it."""
    access = request.access
    about = (
        vision.criterion(access, int(request.GET["lat"])) if request.GET.get("lat", "").isdigit() else None
    )
    initial = {"form_key": link_token()}
    form = NoteForm(request.POST or None, access=access, initial=initial)
    if request.method == "POST" and form.is_valid():
        circle = form.cleaned_data["circle"]
        actions.write_note(
            access=access,
            text=form.cleaned_data["text"],
            layer_id=int(circle) if circle else None,
            criterion=about,
            form_key=form.cleaned_data["form_key"],
        )
        messages.success(request, _("Je geeltje hangt. Je vindt het terug bij je geeltjes."))
        return redirect("datapoints:criterion", about.pk) if about else redirect("datapoints:notes")
    return render(request, "datapoints/note.html", {"form": form, "criterion": about})


@member
def notes(request: MemberRequest) -> HttpResponse:
    """My own notes, and where they hang."""
    mine = queries.my_notes(request.access)
    criteria = vision.criteria(request.access, request.access.layers[0].id)
    return render(request, "datapoints/notes.html", {"notes": mine, "criteria": criteria})


@member
@require_POST
def attach(request: MemberRequest, pk: int) -> HttpResponse:
    """Hang my note on a criterion."""
    point = queries.data_point(request.access, pk)
    chosen = request.POST.get("criterion", "")
    if point.author_id != request.access.person.pk or not chosen.isdigit():
        raise Http404
    actions.attach(
        access=request.access, data_point=point, criterion=vision.criterion(request.access, int(chosen))
    )
    messages.success(request, _("Je geeltje hangt nu bij deze lat."))
    return redirect("datapoints:notes")


@member
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take my note back."""
    actions.withdraw(access=request.access, data_point=queries.data_point(request.access, pk))
    messages.success(request, _("Weg. Niemand ziet het nog."))
    return redirect("datapoints:notes")


@member
def ledger(request: MemberRequest, layer: int) -> HttpResponse:
    """Everything known at a layer, newest first."""
    place = request.access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    rows = queries.of_layer(request.access, layer)
    kind = request.GET.get("soort", "")
    if kind in {"hard", "soft"}:
        rows = rows.filter(evidence=kind)
    context = {"layer": place, "rows": rows[:200], "kind": kind, "total": rows.count()}
    return render(request, "datapoints/ledger.html", context)


@member
def data_point(request: MemberRequest, pk: int) -> HttpResponse:
    """One data point: what it is, from where, and what it may be used for."""
    return render(request, "datapoints/data_point.html", {"row": queries.data_point(request.access, pk)})


@member
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Write down what people said in a talk."""
    access = request.access
    found = vision.criterion(access, pk)
    place = access.layers[0]
    access.need(Verb.DO, Noun.FIGURE, place.id)
    form = ReportForm(
        request.POST or None,
        initial={"form_key": link_token(), "happened_on": clock.today(), "permitted_use": "learn"},
    )
    if request.method == "POST" and form.is_valid():
        actions.write_report(access=access, layer_id=place.id, criterion=found, **form.cleaned_data)
        messages.success(request, _("Het verslag staat bij deze lat."))
        return redirect("datapoints:criterion", pk)
    context = {"form": form, "criterion": found, "title": _("Een gesprek vastleggen"), "layer": place}
    return render(request, "datapoints/add.html", context)


@member
def figure(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a counted figure on a criterion."""
    access = request.access
    found = vision.criterion(access, pk)
    place = access.layers[0]
    access.need(Verb.DO, Noun.FIGURE, place.id)
    form = FigureForm(request.POST or None, initial={"happened_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        indicator, _made = Indicator.objects.get_or_create(
            partnership=access.partnership,
            name=given["title"][:160],
            defaults={
                "definition": given["definition"],
                "unit": _("mensen"),
                "source": given["source"],
                "owner": given["owner"],
            },
        )
        before = None if given["before_part"] is None else (given["before_part"], given["before_whole"])
        actions.record_figure(
            access=access,
            layer_id=place.id,
            criterion=found,
            indicator=indicator,
            title=given["title"],
            part=given["part"],
            whole=given["whole"],
            before=before,
            happened_on=given["happened_on"],
        )
        messages.success(request, _("Het cijfer staat bij deze lat."))
        return redirect("datapoints:criterion", pk)
    context = {"form": form, "criterion": found, "title": _("Een cijfer toevoegen"), "layer": place}
    return render(request, "datapoints/add.html", context)

"""The figures that are kept: the list, one figure through the years, and the files that brought them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from lemniscaat.collection.exports import safe
from lemniscaat.datapoints.models import FigureChange, FigureImport, FormerDefinition, Indicator
from lemniscaat.figures import lines, undoing
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.standing import seen
from lemniscaat.figures.titles import told_state
from lemniscaat.figures.waiting import may_bring, need_to_bring
from lemniscaat.people.access import MemberRequest, member

MOST_SHOWN = 200


def _here(request: MemberRequest) -> None:
    """I look from my nearest layer."""
    request.layer_id = request.access.layers[0].id  # type: ignore[attr-defined]  # read by the shell


@member
@require_GET
def indicators(request: MemberRequest) -> HttpResponse:
    """The figures that I may read, by name."""
    _here(request)
    context = {
        "rows": lines.indicators(request.access),
        "may_bring": bool(may_bring(request.access)),
    }
    return render(request, "figures/indicators.html", context)


@member
@require_GET
def indicator(request: MemberRequest, pk: int) -> HttpResponse:
    """One figure: what it counts, from where, who keeps it, and its line for my layers."""
    _here(request)
    found = lines.indicator(request.access, pk)
    context = {
        "indicator": found,
        "lines": lines.lines(request.access, found),
        "former": FormerDefinition.objects.filter(indicator=found).order_by("-version"),
        "about_people": found.about != "things",
        "crumbs": [(_("Cijfers"), reverse("figures:indicators")), (found.name, "")],
    }
    return render(request, "figures/indicator.html", context)


@member
@require_GET
def indicator_csv(request: MemberRequest, pk: int) -> HttpResponse:
    """The same lines as a table; in it stands what stands on the page."""
    found = lines.indicator(request.access, pk)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    heads = ["laag", "periode", "aantal", "van", "getal", "antwoorden", "omschrijving", "bron", "plekken"]
    writer.writerow(heads)
    for line in lines.lines(request.access, found):
        for stretch in line.stretches:
            for point in stretch.points:
                value = point.value
                number = (
                    "" if value.number is None else format(value.number.normalize(), "f").replace(".", ",")
                )
                counts = ", ".join(f"{name}: {n}" for name, n in value.counts)
                part = "" if value.kind == "number" else value.part
                whole = "" if value.whole is None else value.whole
                texts = [safe(counts), safe(stretch.definition), safe(point.source), point.places or ""]
                writer.writerow([safe(line.name), point.span.name, part, whole, number, *texts])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cijfer-{found.pk}.csv"'
    return response


@member
@require_GET
def imports(request: MemberRequest) -> HttpResponse:
    """The files that were brought in: who, when, how much; newest first."""
    _here(request)
    need_to_bring(request.access)
    rows = undoing.imports(request.access).select_related("person", "undone_by")
    crumbs = [(_("Cijfers"), reverse("figures:indicators")), (_("Ingelezen bestanden"), "")]
    return render(request, "figures/figures_imports.html", {"rows": rows[:MOST_SHOWN], "crumbs": crumbs})


@member
@require_GET
def one_import(request: MemberRequest, pk: int) -> HttpResponse:
    """One file: what it brought. Its rows are for who brought it; others see how many."""
    _here(request)
    access = request.access
    found = undoing.imported(access, pk)
    mine = found.person_id == access.person.pk
    read = seen(access)
    changes = list(undoing.changes_of(found)[:MOST_SHOWN]) if mine else []
    rows = [_told(one, one.organisation_id in read) for one in changes]
    context = {
        "done": found,
        "rows": rows,
        "head": [_("Regel"), _("Wat"), _("Stond er"), _("Werd")],
        "may_undo": found.undone_on is None and undoing.may_undo(access, found),
        "indicators": Indicator.objects.filter(
            pk__in=undoing.changes_of(found).order_by().values("indicator_id")
        ).order_by("name"),
        "crumbs": _import_crumbs(found),
    }
    return render(request, "figures/figures_import.html", context)


def _told(change: FigureChange, readable: bool) -> tuple[str, ...]:
    when = Span(change.starts_on, change.ends_on).name
    name = change.indicator.name if change.indicator else change.after.get("title", "")
    # what stood there may have been another's; what this file put there I know
    before = told_state(change.before or {}) if readable or not change.before else _("een ander cijfer")
    states = (before, told_state(change.after))
    return (str(change.line), f"{change.organisation.name}: {name}, {when}", *states)


def _import_crumbs(found: FigureImport) -> list[tuple[str, str]]:
    return [
        (_("Cijfers"), reverse("figures:indicators")),
        (_("Ingelezen bestanden"), reverse("figures:imports")),
        (found.name, ""),
    ]


def _named(changes: Sequence[FigureChange]) -> dict[str, object]:
    """How many figures, and the first of them by layer and name."""
    names = dict.fromkeys(
        f"{one.organisation.name}, {one.indicator.name if one.indicator else ''}" for one in changes
    )
    return {"n": len(changes), "names": "; ".join(list(names)[:5]) + ("; …" if len(names) > 5 else "")}


@member
@require_POST
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a file back as a whole."""
    done = undoing.imported(request.access, pk)
    result = undoing.undo(access=request.access, done=done)
    said = ngettext("%(n)d cijfer is weg.", "%(n)d cijfers zijn weg.", result.gone) % {"n": result.gone}
    if result.back:
        back = ngettext("%(n)d staat weer zoals eerder.", "%(n)d staan weer zoals eerder.", result.back)
        said += " " + back % {"n": result.back}
    messages.success(request, said)
    if result.stayed:
        stays = ngettext(
            "%(n)d blijft staan, want een later bestand zegt het ook: %(names)s.",
            "%(n)d blijven staan, want een later bestand zegt ze ook: %(names)s.",
            len(result.stayed),
        )
        messages.warning(request, stays % _named(result.stayed))
    if result.rested_on:
        rests = ngettext(
            "%(n)d blijft staan, want er rust al een betekenis of een besluit op: %(names)s.",
            "%(n)d blijven staan, want er rust al een betekenis of een besluit op: %(names)s.",
            len(result.rested_on),
        )
        messages.warning(request, rests % _named(result.rested_on))
    return redirect("figures:import", pk)

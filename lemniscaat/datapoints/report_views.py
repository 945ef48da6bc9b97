"""Reports with a light template: choosing one, writing it, changing one's own, the panel, and a blank to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.base import clock
from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints import queries, reporting
from lemniscaat.datapoints.actions import role_near
from lemniscaat.datapoints.capture_forms import ONLY_ME
from lemniscaat.datapoints.report_forms import ChangeForm, PanelForm, ReportForm, readers
from lemniscaat.datapoints.reporting import (
    Hanging,
    Panel,
    PanelNeedsReasonError,
    ReportClashError,
    Theme,
    Wording,
)
from lemniscaat.datapoints.sorts import PANEL, REFLECTION, REPORT, Sort, sorts
from lemniscaat.datapoints.themes import SOURCES, topics_of
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion


@member
@require_http_methods(["GET", "POST"])
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a report that hangs on a criterion."""
    access = request.access
    found = vision.criterion(access, pk)
    mine = [layer for layer in access.layers if layer.id == found.organisation_id]
    here = mine[0] if mine and mine[0].kind != "partnership" else access.layers[0]
    access.need(Verb.DO, Noun.FIGURE, here.id)
    return _write(request, here.id, found)


@member
@require_http_methods(["GET", "POST"])
def report_here(request: MemberRequest, layer: int) -> HttpResponse:
    """Write a report from a layer, with or without a criterion."""
    access = request.access
    place = access.layer(layer)
    lat = number_in(request.GET.get("lat", ""))
    return _write(request, place.id, vision.criterion(access, lat) if lat else None)


def _write(request: MemberRequest, here: int, about: Criterion | None) -> HttpResponse:
    access = request.access
    request.layer_id = here  # type: ignore[attr-defined]  # read by the shell
    may = [sort for key, sort in sorts().items() if key != PANEL and readers(access, key)]
    if not may:
        raise Http404
    usual = REPORT if access.may(Verb.DO, Noun.FIGURE, here) else REFLECTION
    wanted = request.GET.get("soort", usual)
    sort = next((one for one in may if one.key == wanted), may[0])
    criteria = list(vision.criteria(access, here))
    form = ReportForm(
        request.POST or None, access=access, sort=sort, criteria=criteria, initial=_usual(here, about)
    )
    if request.method == "POST" and form.is_valid():
        made = reporting.keep_report(
            access=access,
            sort=sort.key,
            wording=form.wording(role_near(access, here)),
            hanging=_hanging(form.cleaned_data, criteria),
            form_key=form.cleaned_data["form_key"],
        )
        messages.success(request, _("Je verslag staat erbij."))
        return redirect("datapoints:data_point", made.pk)
    context = {
        "form": form,
        "sort": _in_words(sort),
        "sorts": [_in_words(one) for one in may],
        "criterion": about,
        "layer": access.tree.layers[here],
        "may_panel": access.may(Verb.DO, Noun.FIGURE, here),
        "back": reverse("datapoints:criterion", args=[about.pk])
        if about
        else reverse("datapoints:ledger", args=[here]),
    }
    return render(request, "datapoints/report.html", context, status=422 if form.errors else 200)


def _usual(here: int, about: Criterion | None) -> dict[str, Any]:
    return {
        "form_key": link_token(),
        "happened_on": clock.today(),
        "permitted_use": "learn",
        "circle": str(here),
        "criterion": about.pk if about else "",
    }


def _hanging(given: dict[str, Any], criteria: list[Criterion]) -> Hanging:
    about = next((one for one in criteria if str(one.pk) == given["criterion"]), None)
    layer = None if given["circle"] == ONLY_ME else int(given["circle"])
    return Hanging(layer, about, None, given["permitted_use"])


def _in_words(sort: Sort) -> dict[str, str]:
    tongue = get_language() or "nl"
    return {"key": sort.key, "name": sort.name.say(tongue), "about": sort.about.say(tongue)}


@member
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change my own report; when it was changed meanwhile both wordings stay."""
    access = request.access
    row = queries.data_point(access, pk)
    sort = sorts().get(row.report.template) if row.report else None
    if sort is None or row.report is None or row.author_id != access.person.pk:
        raise Http404
    now = {
        "title": row.title,
        "happened_on": row.happened_on,
        "present": row.report.present,
        "perspective": row.perspective,
        "version": row.report.version,
        **dict(reporting.passages_of(row)),
    }
    form = ChangeForm(request.POST or None, access=access, sort=sort, criteria=(), initial=now)
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            wording = form.wording(row.perspective)
            reporting.change_report(
                access=access, data_point=row, version=form.cleaned_data["version"], wording=wording
            )
        except ReportClashError as clash:
            theirs = [(str(form.fields[key].label), text) for key, text in clash.theirs]
            kept = MultiValueDict(dict(request.POST.lists()))
            kept["version"] = str(row.report.version)
            form.data = kept
        else:
            messages.success(request, _("Bijgewerkt."))
            return redirect("datapoints:data_point", pk)
    context = {"form": form, "row": row, "sort": _in_words(sort), "theirs": theirs}
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "datapoints/report_change.html", context, status=status)


@member
@require_http_methods(["GET", "POST"])
def panel(request: MemberRequest, layer: int) -> HttpResponse:
    """Write the report of a panel on the themes of a questionnaire."""
    access = request.access
    place = access.layer(layer)
    access.need(Verb.DO, Noun.FIGURE, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    wanted = request.GET.get("met", "")
    source = wanted if wanted in SOURCES else next(iter(SOURCES))
    criteria = list(vision.criteria(access, layer))
    topics = topics_of(source, criteria, get_language() or "nl")
    initial = {**_usual(layer, None), "led_by_outsider": True, "perspective": "student"}
    form = PanelForm(
        request.POST or None,
        access=access,
        sort=sorts()[PANEL],
        topics=topics,
        criteria=criteria,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _panel_of(access, form, criteria)
        except PanelNeedsReasonError:
            form.add_error(
                "because", _("Schrijf in één zin waarom het anders ging. Wie dit leest, ziet dat.")
            )
        else:
            messages.success(request, _("Het panelverslag staat erbij, per thema."))
            return redirect("datapoints:data_point", made)
    context = {
        "form": form,
        "layer": place,
        "sort": _in_words(sorts()[PANEL]),
        "sources": [(key, name, key == source) for key, name in SOURCES.items()],
    }
    return render(request, "datapoints/panel.html", context, status=422 if form.errors else 200)


def _panel_of(access: Access, form: PanelForm, criteria: list[Criterion]) -> int:
    given = form.cleaned_data
    known = {str(one.pk): one for one in criteria}
    themes = [
        Theme(
            f"{given['title']}: {topic.title}"[:200],
            form.told(topic),
            known.get(given.get(f"{topic.key}_lat", "")),
        )
        for topic in form.topics
    ]
    sat = {name: given[name] for name in ("people", "schools", "present", "read_back", "led_by_outsider")}
    made = reporting.keep_panel(
        access=access,
        wording=Wording(given["title"], (), given["present"], given["happened_on"], given["perspective"]),
        hanging=Hanging(int(given["circle"]), None, None, given["permitted_use"]),
        panel=Panel(**sat, because=given["because"], themes=themes),
        form_key=given["form_key"],
    )
    return made[0].pk


@member
@require_POST
def read_back(request: MemberRequest, pk: int) -> HttpResponse:
    """The panel read its report again and agrees."""
    row = queries.data_point(request.access, pk)
    if row.report is None:
        raise Http404
    reporting.read_back(access=request.access, report=row.report)
    messages.success(request, _("Genoteerd: het panel las het na."))
    return redirect("datapoints:data_point", pk)


@member
@require_GET
def blank(request: MemberRequest, sort: str) -> HttpResponse:
    """An empty report to print and write on."""
    if sort not in sorts():
        raise Http404
    tongue = get_language() or "nl"
    chosen = sorts()[sort]
    themes: list[str] = []
    if sort == PANEL:
        themes = [topic.title for topic in topics_of(next(iter(SOURCES)), [], tongue)]
    context = {
        "sort": _in_words(chosen),
        "headings": [(one.name.say(tongue), one.help.say(tongue)) for one in chosen.headings],
        "themes": themes,
        "back_url": reverse(
            "datapoints:panel" if themes else "datapoints:report_here", args=[request.access.layers[0].id]
        ),
    }
    return render(request, "datapoints/report_paper.html", context)

"""The last step of bringing figures in: what the file would change, row by row, and the yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints.models import FigureImport
from lemniscaat.figures import intake, waiting, wording
from lemniscaat.figures.facts import NoFiguresError
from lemniscaat.figures.preview import CHANGED, NEW, SAME, Line, Preview, lay_beside
from lemniscaat.figures.titles import told_state
from lemniscaat.figures.waiting import File
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import OrganisationKind, Upload
from lemniscaat.people.tables import plain

MOST_SHOWN = 200


@member
@require_http_methods(["GET", "POST"])
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What the file would bring, each row that is wrong, and which organisation an unknown word is."""
    access = request.access
    request.layer_id = access.layers[0].id  # type: ignore[attr-defined]  # read by the shell
    upload = waiting.waiting(access, pk)
    file = waiting.file_of(upload)
    if request.method == "POST":
        file = replace(file, told=replace(file.told, aliases={**file.told.aliases, **_aliases(request)}))
        waiting.save(upload=upload, file=file)
        return redirect("figures:preview", pk)
    try:
        found = lay_beside(access=access, file=file)
    except NoFiguresError:
        return redirect("figures:columns", pk)
    return render(request, "figures/figures_preview.html", _preview(request, upload, file, found))


def _aliases(request: MemberRequest) -> dict[str, int]:
    """Which organisation each unknown word was said to be; 0 where its rows are left out."""
    found = {}
    for at in range(number_in(request.POST.get("unknown", ""))):
        word, chosen = request.POST.get(f"word{at}", ""), request.POST.get(f"layer{at}", "")
        if word and chosen.isdecimal():
            found[plain(word)] = number_in(chosen)
    return found


def _preview(request: MemberRequest, upload: Upload, file: File, found: Preview) -> dict[str, Any]:
    access = request.access
    layers = access.tree.layers
    unknown = _unknown_words(file, found)
    names = _names(access)
    return {
        "upload": upload,
        "found": found,
        "new": found.count(NEW),
        "changed": found.count(CHANGED),
        "same": found.count(SAME),
        "kept_back": sum(line.kept_back for line in found.lines),
        "faults": wording.told(found.blocking[:MOST_SHOWN]),
        "more_faults": max(0, len(found.blocking) - MOST_SHOWN),
        "aside": wording.told(found.aside[:MOST_SHOWN]),
        "unknown": [
            {"word": word, "near": next((pk for pk, name in names if name == near or pk == near), near)}
            for word, near in list(unknown.items())[:50]
        ],
        "choices": names,
        "changes": [
            _change(line, layers[line.layer_id].name) for line in found.lines if line.state == CHANGED
        ][:MOST_SHOWN],
        "news": [
            (str(line.fact.line), _what(line, layers[line.layer_id].name), told_state(line.after))
            for line in found.lines
            if line.state == NEW
        ][:MOST_SHOWN],
        "form_key": link_token(),
        "crumbs": [
            (_("Cijfers"), reverse("figures:indicators")),
            (_("Inlezen"), reverse("figures:choose")),
            (upload.name, ""),
        ],
        "fault_head": [_("Regel"), _("Wat er niet klopt, en wat je kunt doen")],
        "aside_head": [_("Regel"), _("Waarom dit niet meegaat")],
        "change_head": [_("Regel"), _("Wat"), _("Stond er"), _("Wordt")],
        "new_head": [_("Regel"), _("Wat"), _("Wordt")],
    }


def _names(access: Access) -> list[tuple[int, str]]:
    """The organisations to choose from; teams last, with their school, for many are called alike."""
    layers = access.tree.layers
    found = access.tree.ordered(waiting.may_bring(access))
    wide = [(one.id, one.name) for one in found if one.kind != OrganisationKind.TEAM]
    teams = [
        (one.id, ", ".join([*(layers[up].name for up in access.tree.parents.get(one.id, ())), one.name]))
        for one in found
        if one.kind == OrganisationKind.TEAM
    ]
    return wide + sorted(teams, key=lambda pair: pair[1].lower())


def _unknown_words(file: File, found: Preview) -> dict[str, str | int]:
    """Words that are no organisation we know, with the nearest one, or what was chosen for them."""
    words_: dict[str, str | int] = {
        fault.value: fault.suggestion for fault in found.faults if fault.problem == "unknown place"
    }
    for fact in found.reading.facts:
        for word in (fact.code, fact.place):
            if word and plain(word) in file.told.aliases:
                words_[word] = file.told.aliases[plain(word)]
    return words_


def _change(line: Line, place: str) -> tuple[str, ...]:
    before = told_state(line.before or {}) if line.readable else _("een ander cijfer")
    now = told_state(line.after)
    if line.before and before == now:
        now = _("%(figure)s, anders omschreven of ergens anders bij") % {"figure": now}
    return (str(line.fact.line), _what(line, place), before, now)


def _what(line: Line, place: str) -> str:
    return f"{place}: {line.fact.name}, {line.span.name}"


@member
@require_POST
def yes(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it in: everything, or everything that is right."""
    access = request.access
    key = request.POST.get("form_key", "")[:40]
    known = FigureImport.objects.filter(form_key=key, person=access.person).first() if key else None
    if known is not None:
        return redirect("figures:import", known.pk)
    upload = waiting.waiting(access, pk)
    try:
        done = intake.take_in(
            access=access, upload=upload, form_key=key or link_token(), skip_faulty="skip" in request.POST
        )
    except (intake.FaultyFileError, NoFiguresError):
        messages.warning(request, _("Er klopt nog een regel niet. Er is niets ingelezen."))
        return redirect("figures:preview", pk)
    if done is None:
        messages.success(request, _("Alles stond er al. Er is niets veranderd."))
        return redirect("figures:preview", pk)
    messages.success(request, _done(done))
    return redirect("figures:import", done.pk)


def _done(done: FigureImport) -> str:
    said = ngettext("%(n)d nieuw cijfer.", "%(n)d nieuwe cijfers.", done.added) % {"n": done.added}
    if done.changed:
        said += " " + ngettext("%(n)d veranderd.", "%(n)d veranderd.", done.changed) % {"n": done.changed}
    return said

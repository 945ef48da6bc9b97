"""Bringing figures in from a file: choose, say what the columns are, say what it means, look, say yes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base.numbers import number_in
from lemniscaat.figures import shapes, waiting, wording
from lemniscaat.figures.columns import OF_WHOLE, recognise
from lemniscaat.figures.facts import NoFiguresError, Reading, read_facts
from lemniscaat.figures.forms import (
    MOST_MEANINGS,
    AboutForm,
    ColumnsForm,
    meaning_forms,
    meanings,
    names,
)
from lemniscaat.figures.grids import MOST_BYTES, GridError, words
from lemniscaat.figures.waiting import File
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.tables import plain
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion

MOST_SHOWN = 200
EXAMPLES = 3
FIRST_ROWS = 15


def here(request: MemberRequest) -> None:
    """I look from my nearest layer."""
    request.layer_id = request.access.layers[0].id  # type: ignore[attr-defined]  # read by the shell


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back from a page about figures."""
    return [(_("Cijfers"), reverse("figures:indicators")), *more]


@member
@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest) -> HttpResponse:
    """Choose a file, or fetch a ready-made table to fill in."""
    access, why = request.access, ""
    waiting.need_to_bring(access)
    here(request)
    if request.method == "POST":
        given = request.FILES.get("file")
        try:
            if given is None:
                raise GridError("no file")
            if given.size is None or given.size > MOST_BYTES:
                raise GridError("too large")
            kept = waiting.keep_file(access=access, name=given.name or "", raw=given.read())
            return redirect("figures:columns", kept.pk)
        except GridError as error:
            why = wording.of_a_file(error.problem)
    context = {"why": why, "shapes": shapes.SHAPES, "crumbs": crumbs((_("Inlezen"), ""))}
    return render(request, "figures/figures_choose.html", context, status=422 if why else 200)


@member
@require_GET
def shape(request: MemberRequest, key: str) -> HttpResponse:
    """A ready-made table to fill in."""
    waiting.need_to_bring(request.access)
    found = shapes.shape(key)
    if found is None:
        raise Http404
    response = HttpResponse(found.csv(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.key}.csv"'
    return response


@member
@require_http_methods(["GET", "POST"])
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    """Which sheet, in which row the headings are, and what each column holds."""
    here(request)
    upload = waiting.waiting(request.access, pk)
    file = waiting.file_of(upload)
    if request.method == "POST" and "again" in request.POST:
        file = _other_sheet(request, file)
        waiting.save(upload=upload, file=file)
        return redirect("figures:columns", pk)
    form = ColumnsForm(request.POST or None, choice=file.choice)
    why = ""
    if request.method == "POST" and form.is_valid():
        file = replace(file, choice=form.chosen())
        waiting.save(upload=upload, file=file)
        why = _why_not(file)
        if not why:
            return redirect("figures:about", pk)
    elif request.method == "GET":
        why = _why_not(file)
    context = {
        "upload": upload,
        "file": file,
        "form": form,
        "why": why,
        "columns": _columns(form, file),
        "sheets": [(at, one.name or _("het bestand")) for at, one in enumerate(file.sheets)],
        "heads": [(at, _first_words(row)) for at, row in enumerate(file.sheet.rows[:FIRST_ROWS])],
        "crumbs": crumbs((_("Inlezen"), reverse("figures:choose")), (upload.name, "")),
    }
    bad = bool(form.errors) or (bool(why) and request.method == "POST")
    return render(request, "figures/figures_columns.html", context, status=422 if bad else 200)


def _other_sheet(request: MemberRequest, file: File) -> File:
    """The same file read from another sheet or another row of headings."""
    at = min(number_in(request.POST.get("sheet", "")), len(file.sheets) - 1)
    sheet = file.sheets[at]
    head = number_in(request.POST.get("head", ""))
    if at != file.choice.sheet:
        choice, told = waiting.read_as(request.access, sheet, at)
        return replace(file, choice=choice, told=replace(told, period=file.told.period))
    layers = request.access.tree.layers.values()
    places = {plain(word) for layer in layers for word in (layer.name, layer.code) if word}
    return replace(file, choice=recognise(sheet, at=at, head=min(head, len(sheet.rows) - 1), places=places))


def _why_not(file: File) -> str:
    try:
        read_facts(file.sheet, file.choice, title=file.told.title or "x", period=file.told.span)
    except NoFiguresError as error:
        return wording.of_a_file(error.problem)
    return ""


def _first_words(row: tuple[Any, ...]) -> str:
    told = " | ".join(words(cell) for cell in row[:6] if words(cell))
    return told[:70]


def _columns(form: ColumnsForm, file: File) -> list[dict[str, Any]]:
    """Each column with its two questions and the first cells under it."""
    below = file.sheet.rows[file.choice.head + 1 :]
    found = []
    for one in file.choice.columns:
        cells = [words(row[one.at]) for row in below if one.at < len(row) and words(row[one.at])]
        found.append(
            {
                "name": form.name_of(one),
                "holds": form[f"holds{one.at}"],
                "of": form[f"of{one.at}"],
                "cells": ", ".join(cell[:40] for cell in cells[:EXAMPLES]),
                "has_whole": one.holds in OF_WHOLE or bool(form[f"of{one.at}"].errors),
            }
        )
    return found


@member
@require_http_methods(["GET", "POST"])
def about(request: MemberRequest, pk: int) -> HttpResponse:
    """What each figure counts, from where it comes, who keeps it, and where it hangs."""
    here(request)
    access = request.access
    upload = waiting.waiting(access, pk)
    file = waiting.file_of(upload)
    reading = _read(file)
    if reading is None:
        return redirect("figures:columns", pk)
    data = request.POST or None
    form = AboutForm(data, access=access, file=file, criteria=_criteria(request))
    each = meaning_forms(access, file, reading, data)
    bad = False
    if request.method == "POST":
        # no short cut: every mistake is told at once
        good = [one.is_valid() for one in [form, *each]]
        bad = not all(good)
        if not bad:
            told = replace(form.told(file.told), names=names(each), meanings=meanings(each))
            waiting.save(upload=upload, file=replace(file, told=told))
            return redirect("figures:preview", pk)
    context = {
        "upload": upload,
        "form": form,
        "each": each,
        "more": max(0, len(reading.names) - MOST_MEANINGS),
        "crumbs": crumbs((_("Inlezen"), reverse("figures:choose")), (upload.name, "")),
    }
    return render(request, "figures/figures_about.html", context, status=422 if bad else 200)


def _read(file: File) -> Reading | None:
    try:
        return read_facts(file.sheet, file.choice, title=file.told.title or _("Vraag"), period=file.told.span)
    except NoFiguresError:
        return None


def _criteria(request: MemberRequest) -> list[Criterion]:
    """The criteria of my layers, each once."""
    found: dict[int, Criterion] = {}
    for layer in request.access.layers:
        for one in vision.criteria(request.access, layer.id):
            found.setdefault(one.pk, one)
    return list(found.values())

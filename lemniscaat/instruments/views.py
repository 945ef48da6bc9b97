"""The cabinet: find an instrument, read it, try it. Every signed-in member may; nothing is kept here."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.instruments import wording
from lemniscaat.instruments.doors import doors, may_keep
from lemniscaat.instruments.finding import find, wish_in
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.leafing import chosen, groups, inside, look, names_of, opening
from lemniscaat.instruments.matrix import COLUMNS, matrix
from lemniscaat.instruments.methods import chooser, fitting, given
from lemniscaat.instruments.pages import crumbs, entry_of, here
from lemniscaat.instruments.paths import Path, Step, outcome_in_words, paths
from lemniscaat.instruments.pictures import picture_bytes
from lemniscaat.instruments.preparing import prepared, wants_points
from lemniscaat.instruments.shelf import Entry, shelf
from lemniscaat.instruments.trying import cleaned, parts, read_back, role_worded
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.queries import role_name
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision

BOTH = ("GET", "POST")
BACK = "_terug"
"""Posted by who wants to change something; no question can have this name."""


def laid_ready(access: Access, instrument: Instrument, layer: Layer) -> Instrument:
    """The instrument with our vision points as rows, where it asks for them."""
    if not wants_points(instrument):
        return instrument
    return prepared(instrument, points=[(point.title, "") for point in vision.points(access, layer.id)])


@member
@require_GET
def cabinet(request: MemberRequest) -> HttpResponse:
    """What is going on, a few questions, and what fits."""
    here(request)
    entries = tuple(shelf(request.access))
    series = {entry.instrument.series for entry in entries if entry.instrument.series}
    wish = wish_in(request.GET, series)
    names = names_of(request.access.partnership)
    finding = find(entries, wish, wording.language().code)
    context = {
        "wish": wish,
        "finding": finding,
        "groups": groups(request.access, finding),
        "names": names,
        "chosen": chosen(wish, names),
        "looser": [(names[one.name].label(wish.given[one.name]), one) for one in finding.looser],
        "paths": paths(),
        "methods": chooser(),
        "may_keep": may_keep(request.access),
    }
    return render(request, "instruments/cabinet.html", context)


@member
@require_GET
def matrix_page(request: MemberRequest) -> HttpResponse:
    """The eighteen instruments by the five working elements."""
    here(request)
    entries = tuple(shelf(request.access))
    context = {
        "columns": [(key, wording.label(wording.ELEMENTS, key)) for key in COLUMNS],
        "rows": matrix(entries),
        "outside": sum(1 for entry in entries if not entry.instrument.number),
        "series_titles": wording.SERIES,
        "trail": crumbs((_("Achttien instrumenten"), "")),
    }
    return render(request, "instruments/matrix.html", context)


@member
@require_GET
def instrument_page(request: MemberRequest, key: str) -> HttpResponse:
    """One instrument: what for, for whom, how it goes, where it comes from, and what one can do with it."""
    entry = entry_of(request, key)
    layer = here(request)
    access, language = request.access, wording.language()
    instrument = laid_ready(access, entry.instrument, layer)
    context = {
        "entry": entry,
        "instrument": entry.instrument,
        "facts": opening(access, entry.instrument),
        "parts": inside(entry.instrument, language),
        "scripted": any(section.script for section in entry.instrument.sections),
        "cards": look(instrument, language),
        "doors": doors(access, entry, layer.id),
        "trail": _trail(entry, (entry.instrument.titles.say(language.code), "")),
    }
    return render(request, "instruments/instrument.html", context)


def _trail(entry: Entry, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    series = entry.instrument.series
    if not series:
        return crumbs(*steps)
    there = f"{reverse('instruments:cabinet')}?reeks={series}"
    return crumbs((wording.label(wording.SERIES_SHORT, series), there), *steps)


@member
@require_http_methods(BOTH)
def try_page(request: MemberRequest, key: str) -> HttpResponse:
    """All cards, to fill in for nobody: what is posted is read back on the next page and forgotten."""
    entry = entry_of(request, key)
    layer, language = here(request), wording.language()
    instrument = laid_ready(request.access, entry.instrument, layer)
    role = _role(request, role_worded(instrument))
    posted = {name: request.POST.getlist(name) for name in request.POST}
    answers, problems = cleaned(instrument, posted)
    context: dict[str, Any] = {
        "entry": entry,
        "instrument": instrument,
        "role": role,
        "roles": [(one, role_name(request.access.partnership, one)) for one in role_worded(instrument)],
        "problems": problems,
        "trail": _trail(
            entry,
            (instrument.titles.say(language.code), reverse("instruments:instrument", args=[entry.key])),
            (_("Proberen"), ""),
        ),
    }
    if request.method == "POST" and not problems and BACK not in posted:
        context["told"] = read_back(instrument, answers, role=role, language=language)
        context["posted"] = [(name, value) for name, values in posted.items() for value in values]
        return render(request, "instruments/tried.html", context)
    context["parts"] = parts(
        instrument, role=role, posted=posted or None, problems=problems, language=language
    )
    return render(request, "instruments/try.html", context, status=422 if problems else 200)


def _role(request: MemberRequest, roles: tuple[str, ...]) -> str:
    """The role in whose words it is asked: the one in `?rol=`, else one of mine, else none."""
    asked = request.GET.get("rol", "")
    mine = [place.role for place in request.access.places]
    return next((role for role in (asked, *mine) if role in roles), "")


@member
@require_GET
def picture(request: MemberRequest, key: str, item: str) -> HttpResponse:
    """The bytes of a picture that came with an instrument."""
    found = entry_of(request, key).instrument.by_key.get(item)
    held = picture_bytes(getattr(found, "data", None))
    if held is None:
        raise Http404
    raw, kind = held
    return HttpResponse(raw, content_type=kind, headers={"X-Content-Type-Options": "nosniff"})


@member
@require_GET
def paths_page(request: MemberRequest) -> HttpResponse:
    """All paths through the cabinet."""
    here(request)
    context = {"paths": paths(), "trail": crumbs((_("Paden"), ""))}
    return render(request, "instruments/paths.html", context)


@member
@require_GET
def path_page(request: MemberRequest, path: str) -> HttpResponse:
    """One path, step by step."""
    here(request)
    found: Path | None = next((one for one in paths() if one.key == path), None)
    if found is None:
        raise Http404
    entries = {entry.key: entry for entry in shelf(request.access)}
    code = wording.language().code
    on_path = [entries[step.instrument].instrument for step in found.shared if step.instrument in entries]

    def stops(steps: tuple[Step, ...]) -> list[tuple[Step, Entry | None]]:
        return [(step, entries.get(step.instrument or "")) for step in steps]

    context = {
        "path": found,
        "stops": stops(found.shared),
        "branches": [
            (key, outcome_in_words(on_path, key, code), stops(steps)) for key, steps in found.branches.items()
        ],
        "outcome": request.GET.get("uitkomst", ""),
        "trail": crumbs((_("Paden"), reverse("instruments:paths")), (found.title.say(code), "")),
    }
    return render(request, "instruments/path.html", context)


@member
@require_GET
def methods_page(request: MemberRequest) -> HttpResponse:
    """Which way of asking fits here."""
    here(request)
    chosen = chooser()
    if chosen is None:
        raise Http404
    answers = given(chosen, request.GET.dict())
    entries = {entry.key: entry for entry in shelf(request.access)}
    context = {
        "questions": [
            (f"v{place}", question, answers.get(place)) for place, question in enumerate(chosen.questions, 1)
        ],
        "fits": fitting(chosen, answers),
        "methods": [
            (method, [entries[key] for key in method.instruments if key in entries])
            for method in chosen.methods
        ],
        "trail": crumbs((_("Welke manier van vragen past?"), "")),
    }
    return render(request, "instruments/methods.html", context)

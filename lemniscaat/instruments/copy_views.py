"""A copy of one's own: make it, adapt it, see what differs, take it along as a file, bring one in, fill a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.instruments import actions, wording
from lemniscaat.instruments.actions import ClashError, ObjectionError, OwnQuestion
from lemniscaat.instruments.changes import told
from lemniscaat.instruments.difference import differences
from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.forms import FileForm, OwnForm
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.instruments.pages import entry_of, here, layers_for, trail_to
from lemniscaat.instruments.shelf import copy_of
from lemniscaat.instruments.writing import as_yaml
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb

BOTH = ("GET", "POST")
TOO_BIG = Fault("", 0, "Dit bestand is te groot voor een instrument. Verdeel het over meer bestanden.")


def mine(request: MemberRequest, key: str) -> InstrumentCopy:
    """A copy I may read, or 404; I stand at its layer."""
    found = copy_of(request.access, key)
    if found is None:
        raise Http404
    request.layer_id = found.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return found


def adaptable(request: MemberRequest, key: str) -> InstrumentCopy:
    """A copy I may change; 404 for whoever may only read it."""
    found = mine(request, key)
    request.access.need(Verb.DO, Noun.ROUND, found.organisation_id)
    return found


@member
@require_http_methods(BOTH)
def copy(request: MemberRequest, key: str) -> HttpResponse:
    """Make a copy for one of my layers."""
    entry = entry_of(request, key)
    here(request)
    layers = layers_for(request)
    if request.method == "POST":
        chosen = request.POST.get("laag", "")
        if chosen not in dict(layers):
            raise Http404
        made = actions.copy_instrument(access=request.access, layer_id=int(chosen), example=entry.instrument)
        messages.success(request, _("De kopie staat in de kast. Pas hem aan zoals het bij jullie past."))
        return redirect("instruments:adapt", made.key)
    context = {
        "entry": entry,
        "instrument": entry.instrument,
        "owners": layers,
        "core": sum(item.core for item in entry.instrument.items),
        "trail": trail_to(key, entry.instrument, _("Kopieer")),
    }
    return render(request, "instruments/copy.html", context)


@member
@require_GET
def adapt(request: MemberRequest, key: str) -> HttpResponse:
    """What is in a copy, what may go, and what may come."""
    return _adapt_page(request, adaptable(request, key), OwnForm())


@member
@require_http_methods(["POST"])
def add(request: MemberRequest, key: str) -> HttpResponse:
    """Add a question of one's own."""
    found = adaptable(request, key)
    form = OwnForm(request.POST)
    if not form.is_valid():
        return _adapt_page(request, found, form, status=422)
    question = OwnQuestion(form.cleaned_data["text"], tuple(form.cleaned_data["answers"]))

    def change() -> InstrumentCopy:
        return actions.add_question(access=request.access, copy=found, question=question, seen=_seen(request))

    return _changed(request, found, change, form)


@member
@require_http_methods(["POST"])
def leave_out(request: MemberRequest, key: str) -> HttpResponse:
    """Take one question out."""
    found = adaptable(request, key)
    item = str(request.POST.get("vraag", ""))
    if item not in Instrument.model_validate(found.definition).by_key:
        raise Http404

    def change() -> InstrumentCopy:
        return actions.leave_out(access=request.access, copy=found, item=item, seen=_seen(request))

    return _changed(request, found, change, OwnForm())


@member
@require_http_methods(["POST"])
def replace(request: MemberRequest, key: str) -> HttpResponse:
    """Put an adapted file in the place of a copy."""
    found = adaptable(request, key)
    form = FileForm(request.POST, request.FILES)
    try:
        adapted = form.instrument()
    except InstrumentError as bad:
        return _adapt_page(request, found, OwnForm(), faults=list(bad.faults), status=422)

    def change() -> InstrumentCopy:
        return actions.keep(access=request.access, copy=found, adapted=adapted, seen=_seen(request))

    return _changed(request, found, change, OwnForm())


@member
@require_http_methods(BOTH)
def put_away(request: MemberRequest, key: str) -> HttpResponse:
    """Take a copy out of the cabinet, after asking once more."""
    found = adaptable(request, key)
    if request.method == "POST":
        actions.put_away(access=request.access, copy=found)
        messages.success(
            request, _("De kopie is weg. Rondes en tafels die hem gebruikten, houden hun eigen woorden.")
        )
        return redirect("instruments:cabinet")
    instrument = Instrument.model_validate(found.definition)
    context = {"copy": found, "instrument": instrument, "trail": trail_to(key, instrument, _("Haal weg"))}
    return render(request, "instruments/put_away.html", context)


@member
@require_GET
def difference(request: MemberRequest, key: str) -> HttpResponse:
    """What differs between a copy and its example, and between that example and its newest version."""
    found = mine(request, key)
    now, base = Instrument.model_validate(found.definition), Instrument.model_validate(found.base)
    newest = library().instruments.get(now.root)
    fresh = differences(base, newest) if newest is not None and not base.frame else ()
    context = {
        "copy": found,
        "instrument": now,
        "own": told(differences(base, now), base, now),
        "fresh": told(fresh, base, newest) if newest else (),
        "trail": trail_to(key, now, _("Verschil")),
    }
    return render(request, "instruments/difference.html", context)


@member
@require_GET
def file(request: MemberRequest, key: str) -> HttpResponse:
    """An instrument as the one file in which it travels."""
    entry = entry_of(request, key)
    response = HttpResponse(as_yaml(entry.instrument), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.key}.yaml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _changed(
    request: MemberRequest, found: InstrumentCopy, change: Callable[[], InstrumentCopy], form: OwnForm
) -> HttpResponse | HttpResponseRedirect:
    """Do it and go back to the copy; or say why it cannot be kept, with what was typed still there."""
    try:
        change()
    except ObjectionError as bad:
        said: list[object] = [one.say(wording.language()) for one in bad.objections]
        return _adapt_page(request, found, form, faults=said, status=422)
    except ClashError:
        said = [_("Iemand anders paste deze kopie net aan. Bekijk wat er nu staat en probeer het nog eens.")]
        found.refresh_from_db()
        return _adapt_page(request, found, form, faults=said, status=409)
    messages.success(request, _("De kopie is aangepast."))
    return redirect("instruments:adapt", found.key)


def _adapt_page(
    request: MemberRequest,
    found: InstrumentCopy,
    form: OwnForm,
    *,
    faults: list[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    instrument = Instrument.model_validate(found.definition)
    base = Instrument.model_validate(found.base)
    newest = library().instruments.get(instrument.root)
    context = {
        "copy": found,
        "instrument": instrument,
        "form": form,
        "file_form": FileForm(),
        "faults": faults or [],
        "left": max(0, base.own_items - sum(item.own for item in instrument.items)),
        "guarded": instrument.based_on is not None,
        "newer": bool(newest and not base.frame and differences(base, newest)),
        "trail": trail_to(found.key, instrument, _("Pas aan")),
    }
    return render(request, "instruments/adapt.html", context, status=status)


def _seen(request: MemberRequest) -> int:
    value = str(request.POST.get("versie", ""))
    return int(value) if value.isdecimal() and len(value) < 8 else 0

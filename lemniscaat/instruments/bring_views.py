"""Bringing an instrument in: from a file of somebody else, or by filling an empty frame from a table."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lemniscaat.base.decoding import decoded
from lemniscaat.instruments import actions, wording
from lemniscaat.instruments.actions import ObjectionError
from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.forms import FileForm, FrameForm
from lemniscaat.instruments.framing import filled, indicators
from lemniscaat.instruments.pages import crumbs, entry_of, here, layers_for, trail_to
from lemniscaat.people.access import MemberRequest, member

BOTH = ("GET", "POST")


@member
@require_http_methods(BOTH)
def bring(request: MemberRequest) -> HttpResponse:
    """Bring in an instrument from a file; with anything wrong in it nothing is kept."""
    here(request)
    layers = layers_for(request)
    if not layers:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    faults: list[object] = []
    if request.method == "POST":
        chosen = request.POST.get("laag", "")
        if chosen not in dict(layers):
            raise Http404
        try:
            made = actions.bring_in(access=request.access, layer_id=int(chosen), instrument=form.instrument())
        except InstrumentError as bad:
            faults = list(bad.faults)
        except ObjectionError as bad:
            faults = [one.say(wording.language()) for one in bad.objections]
        else:
            messages.success(request, _("Het instrument staat in de kast."))
            return redirect("instruments:instrument", made.key)
    context = {"form": form, "owners": layers, "faults": faults, "trail": crumbs((_("Breng er een mee"), ""))}
    return render(request, "instruments/bring.html", context, status=422 if faults else 200)


@member
@require_http_methods(BOTH)
def fill(request: MemberRequest, key: str) -> HttpResponse:
    """Fill an empty frame from a pasted table; what is wrong is told per line, and nothing typed is lost."""
    entry = entry_of(request, key)
    here(request)
    layers = layers_for(request)
    if not entry.instrument.frame or not layers:
        raise Http404
    form = FrameForm(request.POST or None, request.FILES or None)
    faults: tuple[Fault, ...] = ()
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.get("laag", "")
        if chosen not in dict(layers):
            raise Http404
        upload = form.cleaned_data.get("file")
        table = decoded(upload.read()) if upload else form.cleaned_data["table"]
        try:
            made = filled(entry.instrument, indicators(table))
            kept = actions.bring_in(access=request.access, layer_id=int(chosen), instrument=made)
        except InstrumentError as bad:
            faults = bad.faults
        else:
            messages.success(request, _("Het kader is gevuld. Bekijk het, en zet het dan op tafel."))
            return redirect("instruments:instrument", kept.key)
    context = {
        "entry": entry,
        "instrument": entry.instrument,
        "form": form,
        "faults": faults,
        "owners": layers,
        "trail": trail_to(key, entry.instrument, _("Vul het kader")),
    }
    return render(request, "instruments/fill.html", context, status=422 if faults or form.errors else 200)

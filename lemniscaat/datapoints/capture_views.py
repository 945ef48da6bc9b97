"""Capturing something in half a minute, with a network or without."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints import actions, queries
from lemniscaat.datapoints.capture_forms import FORMS, CaptureForm
from lemniscaat.datapoints.ranges import part_asked
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.devices import device_mark
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion, VisionPoint

NOTE = "geeltje"
OUTBOX = "outbox"
"""How what waited on a device says what it is (`X-Requested-With`)."""
NAMES = {"photo": "foto.jpg", "voice": "opname"}


@member
@require_http_methods(["GET", "POST"])
def capture(request: MemberRequest, kind: str = NOTE) -> HttpResponse:
    """Stick a note, leave an observation or an exit ticket; sent twice it is there once.

    From the outbox of a device the answer is JSON: where it hangs, or what is wrong with it; 409 when somebody else
    is signed in there by now.
    """
    access, form_of = request.access, _form_of(kind)
    waited = request.headers.get("X-Requested-With") == OUTBOX
    if waited and request.POST.get("mark") != device_mark(access):
        return JsonResponse({}, status=409)
    request.layer_id = access.layers[0].id  # type: ignore[attr-defined]  # read by the shell
    criterion, point = _about(request)
    form = form_of(
        request.POST or None, request.FILES or None, layers=access.layers, initial={"form_key": link_token()}
    )
    if request.method == "POST" and form.is_valid():
        return _kept(request, form, criterion, point, waited=waited)
    if waited:
        told = {name: " ".join(map(str, found)) for name, found in form.errors.items()}
        return JsonResponse({"problem": " ".join(dict.fromkeys(told.values())), "fields": told}, status=422)
    context = {"criterion": criterion, "point": point, **_shown(form, kind)}
    return render(request, "datapoints/capture.html", context, status=422 if form.errors else 200)


def _form_of(kind: str) -> type[CaptureForm]:
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]


def _about(request: MemberRequest) -> tuple[Criterion | None, VisionPoint | None]:
    """What it hangs on: a criterion (`lat`), a vision point (`punt`), or nothing yet."""
    lat, punt = (number_in(request.GET.get(name, "")) for name in ("lat", "punt"))
    criterion = vision.criterion(request.access, lat) if lat else None
    if punt:
        return criterion, vision.point(request.access, punt)
    return criterion, criterion.point if criterion else None


def _kept(
    request: MemberRequest,
    form: CaptureForm,
    criterion: Criterion | None,
    point: VisionPoint | None,
    *,
    waited: bool,
) -> HttpResponse:
    given = form.cleaned_data
    actions.write_note(
        access=request.access,
        text=form.words,
        layer_id=given["circle"],
        point=point,
        criterion=criterion,
        form_key=given["form_key"],
        source=form.source,
        title=form.title,
        happened_on=given["day"],
        attached=form.attached,
    )
    # what was sent from the page at once goes on as without scripts; what waited tells its own story
    if not waited or request.POST.get("direct"):
        messages.success(request, _("Het hangt. Je vindt het terug bij je geeltjes."))
    where = reverse("datapoints:criterion", args=[criterion.pk]) if criterion else reverse("datapoints:notes")
    return JsonResponse({"next": where}) if waited else redirect(where)


def _shown(form: CaptureForm, kind: str) -> dict[str, Any]:
    lost = [str(form.fields[name].label) for name in ("photo", "voice") if name in form.files]
    kinds = [
        (NOTE, _("Geeltje"), reverse("datapoints:capture")),
        ("observatie", _("Observatie"), reverse("datapoints:capture", args=["observatie"])),
        ("exitticket", _("Exitticket"), reverse("datapoints:capture", args=["exitticket"])),
    ]
    return {"form": form, "kind": kind, "kinds": kinds, "lost": lost if form.errors else []}


@require_GET
def without_network(request: HttpRequest, kind: str = NOTE) -> HttpResponse:
    """The same page as a device keeps it: it knows nobody, and is made without the request."""
    form = _form_of(kind)(layers=None)
    html = render_to_string("datapoints/capture.html", {"without_network": True, **_shown(form, kind)})
    return HttpResponse(html, headers={"Cache-Control": "public, no-cache"})


@member
@require_GET
def sender(request: MemberRequest) -> HttpResponse:
    """Who would send from this device now: a fresh token, and the mark of whoever is signed in."""
    return JsonResponse({"token": get_token(request), "mark": device_mark(request.access)})


@member
@require_GET
def attachment(request: MemberRequest, slug: str) -> HttpResponse:
    """A photo or a voice, for whom its data point reaches; a player may ask for a part of it."""
    found = queries.attachment(request.access, slug)
    data, size = bytes(found.data), len(found.data)
    part = part_asked(request.headers.get("Range", ""), size)
    response = HttpResponse(data if part is None else data[part.start : part.stop], found.content_type)
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = f'inline; filename="{NAMES[found.kind]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response

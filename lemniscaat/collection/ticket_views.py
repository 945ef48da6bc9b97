"""The exit ticket: one quick form, and the code big on a screen."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lemniscaat.base import clock
from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.collection import queries
from lemniscaat.collection.budget import TICKET
from lemniscaat.collection.forms import TicketForm
from lemniscaat.collection.models import RoundState
from lemniscaat.collection.opening import BecauseError
from lemniscaat.collection.ticketing import Ticket, hand_out, next_talk
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import Appointment
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision


@member
@require_http_methods(["GET", "POST"])
def ticket(request: MemberRequest, layer: int) -> HttpResponse:
    """Ask an exit ticket of who is here. `moment`: the meeting it is asked in, `lat`: the criterion it is about."""
    access = request.access
    access.need(Verb.DO, Noun.ROUND, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    moment = _moment(access, number_in(request.GET.get("moment", "")))
    lat = number_in(request.GET.get("lat", ""))
    about = vision.criterion(access, lat) if lat else None
    form = TicketForm(
        request.POST or None, access=access, layer_id=layer, initial=_usual(access, layer, moment)
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("title", "stops_on", "permitted_use", "form_key")}
        because = form.cleaned_data["no_appointment_because"]
        wanted = Ticket(
            **given,
            appointment=form.chosen_appointment,
            no_appointment_because=because,
            criterion=about,
        )
        try:
            made = hand_out(access=access, layer_id=layer, ticket=wanted)
        except BecauseError as missing:
            form.add_error(missing.field, missing.sentence)
        else:
            return redirect("collection:ticket_wall", made.pk)
    context = {"form": form, "layer": access.tree.layers[layer], "criterion": about, "moment": moment}
    return render(request, "collection/ticket.html", context, status=422 if form.errors else 200)


def _moment(access: Access, pk: int) -> Appointment | None:
    """The moment it is asked in: of a body I sit in, or of one of my layers; none otherwise, nor of two
    people: a ticket that is called after them would be read by others."""
    rows = Appointment.objects.filter(body__partnership=access.partnership, body__pair=False)
    found = rows.filter(pk=pk).first() if pk else None
    if found is None:
        return None
    try:
        people.body(access, found.body_id)
    except Http404:
        return None
    return found


def _usual(access: Access, layer: int, moment: Appointment | None) -> dict[str, Any]:
    back = next_talk(access, layer, after=moment) or next_talk(access, layer)
    title = _("Exitticket")
    if moment is not None:
        day = date_format(localtime(moment.starts_at), "j F")
        title = _("Exitticket %(what)s, %(day)s") % {"what": moment.title or moment.body.name, "day": day}
    return {
        "title": title,
        "stops_on": clock.today(),
        "appointment": str(back.pk) if back else "",
        "permitted_use": "learn",
        "form_key": link_token(),
    }


@member
@require_GET
def wall(request: MemberRequest, pk: int) -> HttpResponse:
    """The code and the QR code, big, for the wall of the room."""
    found = queries.round_(request.access, pk)
    if found.instrument.root != TICKET:
        raise Http404
    if found.state != RoundState.OPEN:
        return redirect("collection:round", pk)
    context = {
        "round": found,
        "address": settings.SITE_URL.partition("://")[2] + reverse("answer:join"),
        "participation": queries.participation_while_open(request.access, found),
    }
    return render(request, "collection/ticket_wall.html", context)

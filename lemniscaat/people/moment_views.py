"""One moment of a body: move it, or cancel it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.numbers import number_in
from lemniscaat.people import moments, queries
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.forms import MomentForm
from lemniscaat.people.models import Appointment


@member
def moment(request: MemberRequest, pk: int) -> HttpResponse:
    """Move or cancel one moment, for those who may plan; what passed or was cancelled can only be read."""
    row = queries.moment_to_plan(request.access, pk)
    request.layer_id = row.body.organisation_id  # type: ignore[attr-defined]  # read by the shell
    open_ = row.cancelled_on is None and row.starts_at >= clock.now()
    if request.method != "POST":
        return _page(request, row, MomentForm(initial=_now(row)) if open_ else None)
    if not open_ and row.cancelled_on is None:
        raise Http404
    if request.POST.get("do") == "cancel":
        moments.cancel_appointment(access=request.access, appointment=row)
        messages.success(request, _("Afgezegd.") + _heard(row))
        return redirect("people:body", row.body_id)
    if not open_:
        raise Http404
    return _move(request, row)


def _move(request: MemberRequest, row: Appointment) -> HttpResponse:
    form = MomentForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    seen = request.POST.get("seen", "")
    try:
        moments.move_appointment(
            access=request.access,
            appointment=row,
            seen=number_in(seen) if seen.isdecimal() else None,
            **form.cleaned_data,
        )
    except moments.MomentTakenError:
        form.add_error("day", _("Dan staat er al een moment van dit overleg. Kies een ander."))
    except moments.ChangedMeanwhileError:
        row.refresh_from_db()
        told = _("Iemand wijzigde dit moment net. Hierboven lees je hoe het nu staat. Klopt jouw versie nog?")
        form.add_error(None, told)
    else:
        messages.success(request, _("Gewijzigd.") + _heard(row))
        return redirect("people:body", row.body_id)
    return _page(request, row, form)


def _now(row: Appointment) -> dict[str, object]:
    """The form as the moment stands."""
    local = timezone.localtime(row.starts_at)
    return {
        "day": local.date().isoformat(),
        "time": f"{local:%H:%M}",
        "minutes": row.minutes,
        "title": row.title,
        "place": row.place,
    }


def _heard(row: Appointment) -> str:
    return " " + _("Iedereen aan tafel krijgt een mail.") if row.invited else ""


def _page(request: MemberRequest, row: Appointment, form: MomentForm | None) -> HttpResponse:
    body = row.body
    context = {
        "moment": row,
        "body": body,
        "form": form,
        "crumbs": [(body.name, reverse("people:body", args=[body.pk])), (_("Dit moment"), "")],
    }
    return render(request, "people/moment.html", context, status=422 if form and form.errors else 200)

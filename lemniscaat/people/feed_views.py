"""The calendars themselves, for whoever has the address; and a new address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lemniscaat.people import feeds, queries
from lemniscaat.people.access import MemberRequest, member


@require_safe
def my_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The moments of one person, for a calendar program, which does not sign in."""
    return _calendar(feeds.person_feed(key))


@require_safe
def body_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The moments of one body, for a calendar program, which does not sign in."""
    return _calendar(feeds.body_feed(key))


def _calendar(text: bytes | None) -> HttpResponse:
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="overleg.ics"'
    response["Cache-Control"] = "private, max-age=900"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@member
@require_POST
def renew_mine(request: MemberRequest) -> HttpResponse:
    """Another address for my own calendar."""
    feeds.renew_feed(access=request.access, seen=request.POST.get("seen", ""))
    messages.success(request, _("Dit is het nieuwe adres van je agenda."))
    return redirect("people:me")


@member
@require_POST
def renew_body(request: MemberRequest, pk: int) -> HttpResponse:
    """Another address for the calendar of a body in which I sit."""
    row = queries.body(request.access, pk)
    feeds.renew_feed(access=request.access, body=row, seen=request.POST.get("seen", ""))
    messages.success(request, _("Dit is het nieuwe adres. Laat het de anderen aan tafel weten."))
    return redirect("people:body", pk)

"""Who to go to with a worry, and asking to be called."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.concerns import queries
from lemniscaat.people.access import MemberRequest, access_for, member


def people(request: HttpRequest) -> HttpResponse:
    """The names to turn to, for whoever looks."""
    access = access_for(request)
    found = queries.my_contacts(access) if access else ()
    return render(request, "concerns/people.html", {"people": found})


def call(request: HttpRequest, contact: int) -> HttpResponse:
    """'Bel mij': a name, a number and a moment; no story and no account."""
    who = queries.contact(contact)
    if who is None:
        raise Http404
    return render(request, "concerns/call.html", {"contact": who})


@member
def calls(request: MemberRequest) -> HttpResponse:
    """Who asked me to call."""
    return render(request, "concerns/calls.html", {"rows": queries.calls_for(request.access)})


@member
@require_POST
def pick_up(request: MemberRequest, pk: int) -> HttpResponse:
    """I call this one."""
    if not queries.calls_for(request.access).filter(pk=pk).exists():
        raise Http404
    messages.success(request, _("Jij pakt dit op."))
    return redirect("concerns:calls")

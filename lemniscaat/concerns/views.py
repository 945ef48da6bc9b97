"""Who to go to with a worry, and asking to be called."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lemniscaat.base import clock
from lemniscaat.base.limits import Rate, limits
from lemniscaat.concerns import actions, queries
from lemniscaat.concerns.forms import MOMENTS, CallForm
from lemniscaat.concerns.hours import working_hours_later
from lemniscaat.concerns.keeping import nobody_by
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.concerns.place import read_call, read_place
from lemniscaat.people.access import MemberRequest, access_for, member
from lemniscaat.people.models import Partnership
from lemniscaat.people.tree import tree_of

# a class behind one address can ask together; a person alone cannot fill somebody's list
FROM_ONE_PLACE = Rate(burst=20, seconds=60)
TO_ONE_PERSON = Rate(burst=30, seconds=120)


@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """The names to turn to, for whoever looks: by his roles, or by the signed place of a round."""
    access = access_for(request)
    found = _at_place(request.GET.get("plek", ""))
    if not found and access:
        found = queries.my_contacts(access)
    known = queries.with_deputies(found)
    context = {
        "near": [one for one in known if one.contact.assesses],
        "free": [one for one in known if not one.contact.assesses],
        "signed_in": access is not None,
        "is_contact": access is not None and queries.is_contact(access),
        "gaps": queries.gaps(access) if access else (),
        "managed": queries.my_names(access) if access else None,
    }
    return render(request, "concerns/people.html", context)


def _at_place(value: str) -> tuple[Contact, ...]:
    place = read_place(value) if value else None
    partnership = Partnership.objects.filter(pk=place.partnership_id).first() if place else None
    if place is None or partnership is None:
        return ()
    return queries.contacts(partnership, [place.organisation_id], tree_of(partnership, clock.today()))


@never_cache
def call(request: HttpRequest, contact: int) -> HttpResponse:
    """'Bel mij': a name, a number and a moment; no story and no account."""
    who, deputy = _who(contact)
    can_ask = queries.can_be_asked(who, deputy)
    form = CallForm(request.POST or None)
    busy = False
    if request.method == "POST" and can_ask and form.is_valid():
        busy = not (
            limits.allow("call from", request.META.get("REMOTE_ADDR", ""), FROM_ONE_PLACE)
            and limits.allow("call to", str(contact), TO_ONE_PERSON)
        )
        if not busy:
            actions.ask_for_call(contact=who, **form.cleaned_data)
            return redirect("concerns:asked", contact)
    context = {"contact": who, "deputy": deputy, "form": form, "busy": busy, "can_ask": can_ask, "by": _by()}
    return render(request, "concerns/call.html", context, status=429 if busy else 422 if form.errors else 200)


@never_cache
def asked(request: HttpRequest, contact: int) -> HttpResponse:
    """It is asked: who calls, and who if that takes too long."""
    who, deputy = _who(contact)
    context = {
        "contact": who,
        "deputy": deputy,
        "by": _by() if deputy else "",
        "nobody_by": _spoken(nobody_by(clock.now(), actions.HOURS_BEFORE_DEPUTY)) if deputy else _by(),
        "call_now": queries.call_now(who, deputy),
    }
    return render(request, "concerns/asked.html", context)


def _who(pk: int) -> tuple[Contact, Contact | None]:
    who = queries.contact(pk)
    if who is None:
        raise Http404
    return who, queries.deputies([who]).get(pk)


def _by() -> str:
    return _spoken(working_hours_later(clock.now(), actions.HOURS_BEFORE_DEPUTY))


def _spoken(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "l j F, H.i")


@member
@never_cache
def calls(request: MemberRequest) -> HttpResponse:
    """Who asked me to call, and whom I took on."""
    access = request.access
    if not queries.is_contact(access):
        raise Http404
    said = dict(MOMENTS)
    waiting = [(row, said.get(row.moment, "")) for row in queries.calls_for(access)]
    mine = [(row, said.get(row.moment, "")) for row in queries.picked_up_by(access)]
    return render(
        request, "concerns/calls.html", {"waiting": waiting, "mine": mine, "days": actions.KEPT.days}
    )


@member
@require_POST
def pick_up(request: MemberRequest, pk: int) -> HttpResponse:
    """I call this one."""
    row = get_object_or_404(CallRequest, pk=pk, partnership=request.access.partnership)
    if row.picked_up_by_id == request.access.person.pk:
        return redirect("concerns:calls")
    taken = actions.pick_up(access=request.access, call=row)
    if taken.picked_up_by_id == request.access.person.pk:
        messages.success(request, _("Jij belt. Hieronder staat het nummer."))
    else:
        messages.info(request, _("Iemand anders was net eerder en belt al."))
    return redirect("concerns:calls")


@never_cache
def calling(request: HttpRequest, value: str) -> HttpResponse:
    """From the mail, without an account: I am calling."""
    number = read_call(value)
    row = CallRequest.objects.filter(pk=number).first() if number is not None else None
    if row is None:
        raise Http404
    if request.method == "POST":
        actions.pick_up_by_link(call_id=row.pk)
        return redirect("concerns:calling", value)
    return render(request, "concerns/calling.html", {"call": row})

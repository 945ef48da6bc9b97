"""Me, the bodies in which we talk, who sees what, and the trail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.base import clock
from lemniscaat.people import actions, feeds, queries, told
from lemniscaat.people.access import Access, MemberRequest, access_for, member, partnerships_of
from lemniscaat.people.forms import AppointmentForm, BodyForm
from lemniscaat.people.policy import Noun, Verb

A_PAGE = 50
PAST_SHOWN = 12


@member
def me(request: MemberRequest) -> HttpResponse:
    """My roles and places, my bodies, and the way out."""
    access = request.access
    context = {
        "person": access.person,
        "feed": feeds.my_address(access.person),
        "owned_feed": feeds.owned_address(access.person),
        "places": queries.my_places(access),
        "bodies": queries.my_bodies(access).filter(pair=False),
        "others": [p for p in partnerships_of(access.person) if p.pk != access.partnership.pk],
        "may_import": bool(access.where(Verb.DO, Noun.PEOPLE)),
        "may_addresses": bool(access.where(Verb.SEE, Noun.PEOPLE)),
        "may_trail": bool(access.where(Verb.SEE, Noun.TRAIL)),
    }
    return render(request, "people/me.html", context)


@member
@require_POST
def switch(request: MemberRequest, pk: int) -> HttpResponse:
    """Look from another partnership of mine; at the page that was asked for, within this house."""
    chosen = next((p for p in partnerships_of(request.user) if p.pk == pk), None)
    if chosen is None:
        raise Http404
    request.session["partnership"] = pk
    messages.success(request, _("Je kijkt nu vanuit %(name)s.") % {"name": chosen.name})
    onward = request.POST.get("verder", "")
    safe = onward.startswith("/") and url_has_allowed_host_and_scheme(onward, allowed_hosts=None)
    return redirect(onward if safe else "home:index")


def who_sees_what(request: HttpRequest) -> HttpResponse:
    """What each role may see, from the table itself; for everybody, also without signing in."""
    access = access_for(request)
    mine = access.roles if access else frozenset()
    labels = access.partnership.role_labels if access else {}
    return render(request, "people/who_sees_what.html", {"stories": told.stories(mine, labels)})


@member
def bodies(request: MemberRequest, layer: int) -> HttpResponse:
    """The bodies of a layer, and a form for a new one."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    may_add = access.may(Verb.DO, Noun.MEETING, layer)
    form = BodyForm(request.POST or None, access=access, layer_id=layer) if may_add else None
    if request.method == "POST":
        access.need(Verb.DO, Noun.MEETING, layer)
        if form is not None and form.is_valid():
            made = actions.add_body(access=access, layer_id=layer, **form.cleaned_data)
            messages.success(request, _("%(name)s staat erbij. Plan nu een moment.") % {"name": made.name})
            return redirect("people:body", made.pk)
    context = {"layer": place, "rows": queries.body_cards(access, layer), "form": form}
    return render(request, "people/bodies.html", context, status=422 if form and form.errors else 200)


@member
def body(request: MemberRequest, pk: int) -> HttpResponse:
    """One body: who, which rhythm, which moments; and a form for a new moment."""
    access = request.access
    row = queries.body(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    people = list(row.people.order_by("name"))
    form = AppointmentForm(request.POST or None) if queries.may_plan(access, row) else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            actions.plan_appointment(access=access, body=row, **form.cleaned_data)
            heard = " " + _("Iedereen aan tafel krijgt een mail.") if form.cleaned_data["invite"] else ""
            messages.success(request, _("Het moment staat in de agenda.") + heard)
            return redirect("people:body", pk)
    moments = queries.appointments(access, row)
    now = clock.now()
    context = {
        "body": row,
        "people": people,
        "coming": list(moments.filter(starts_at__gte=now)),
        "past": list(
            moments.filter(starts_at__lt=now, cancelled_on=None).order_by("-starts_at")[:PAST_SHOWN]
        ),
        "form": form,
        "feed": feeds.body_address(row) if access.person in people else None,
        "me_person": access.person,
        "may_lead": not row.pair and access.may(Verb.DO, Noun.MEETING, row.organisation_id),
        "may_agenda": access.may(Verb.SEE, Noun.AGREEMENT, row.organisation_id),
        "crumbs": [*_up(access, row.organisation_id), (row.name, "")],
    }
    return render(request, "people/body.html", context, status=422 if form and form.errors else 200)


def _up(access: Access, layer: int) -> list[tuple[str, str]]:
    """The way back to the list, for whoever has that layer."""
    if layer not in {mine.id for mine in access.layers}:
        return []
    return [(_("Overleggen"), reverse("people:bodies", args=[layer]))]


@member
def trail(request: MemberRequest) -> HttpResponse:
    """Who changed what, and who looked at what is sensitive."""
    rows = queries.trail(request.access)
    only_looks = request.GET.get("alleen") == "gekeken"
    if only_looks:
        rows = rows.filter(looked=True)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("bladzijde"))
    lines = [
        {"words": told.trail_line(row), "at": row.at, "place": row.organisation} for row in page.object_list
    ]
    context = {"page": page, "lines": lines, "only_looks": only_looks}
    return render(request, "people/trail.html", context)

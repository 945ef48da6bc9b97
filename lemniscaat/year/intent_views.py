"""A line of the year: planned, read, changed, dropped, done; and a year taken over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.models import Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.year import copying, planning
from lemniscaat.year import lines as calendar
from lemniscaat.year.forms import DropForm, IntentForm, filled
from lemniscaat.year.models import Intent, IntentState, Way
from lemniscaat.year.roads import start_of
from lemniscaat.year.schoolyear import SchoolYear, school_year, year_from
from lemniscaat.year.views import around, criteria_here, opened
from lemniscaat.year.words import days, several

NEAR = timedelta(days=45)
"""A round that opened within this time of its plan may be what it became."""


def _form(
    request: MemberRequest, place: Layer, year: SchoolYear, initial: dict[str, Any], row: Intent | None = None
) -> IntentForm:
    criteria = criteria_here(request, place)
    return IntentForm(
        request.POST or None,
        access=request.access,
        layer_id=place.id,
        year=year,
        criteria=criteria,
        initial={"form_key": link_token(), **initial},
    )


@member
@require_http_methods(["GET", "POST"])
def plan(request: MemberRequest, layer: int) -> HttpResponse:
    """Put a line in the year; from a silent voice it is half filled in."""
    place, year = opened(request, layer)
    request.access.need(Verb.DO, Noun.ROUND, place.id)
    asked = str(request.GET.get("rollen", "")).split(",")
    month = str(request.GET.get("maand", "")) or request.access.day.replace(day=1).isoformat()
    initial = {
        "way": Way.ROUND,
        "roles": [role for role in asked if role in Role.values],
        "criteria": [str(number_in(str(request.GET.get("lat", ""))))],
        "month": month if year.holds(request.access.day) else year.first.isoformat(),
    }
    form = _form(request, place, year, initial)
    if request.method == "POST" and form.is_valid():
        made = planning.plan(
            access=request.access, layer_id=place.id, wish=form.wish(), form_key=form.cleaned_data["form_key"]
        )
        messages.success(request, _("Het staat in het jaar."))
        return redirect(_year_url(made.organisation_id, made.year))
    context = {**around(place, year, request, "plan"), "form": form, "title": _("Zet iets in het jaar")}
    return render(request, "year/intent_form.html", context, status=422 if form.errors else 200)


def _year_url(layer_id: int, year: int) -> str:
    return f"{reverse('year:year', args=[layer_id])}?jaar={year}"


def _found(request: MemberRequest, pk: int) -> tuple[Intent, Layer]:
    row = calendar.intent(request.access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return row, request.access.tree.layers[row.organisation_id]


@member
@require_GET
def intent(request: MemberRequest, pk: int) -> HttpResponse:
    """One line of the year, and what can be done with it."""
    row, place = _found(request, pk)
    return _page(request, row, place, DropForm())


def _page(
    request: MemberRequest, row: Intent, place: Layer, drop: DropForm, status: int = 200
) -> HttpResponse:
    access = request.access
    may_plan = calendar.may_plan(access, place.id)
    start_url, start_label = start_of(access, row) if may_plan else ("", "")
    context = {
        **around(place, year_from(row.year), request, "intent"),
        "row": row,
        "who": several(row.roles),
        "when": days(row.begins_on, row.ends_on),
        "criteria": row.criteria.select_related("point"),
        "owner": row.owner.name if row.owner else str(Role(row.owner_role).label) if row.owner_role else "",
        "start_url": start_url if row.state == IntentState.PLANNED else "",
        "start_label": start_label,
        "rounds": _rounds(request, row) if may_plan and row.state == IntentState.PLANNED else [],
        "drop_form": drop,
        "trail": [(_("Het jaar"), _year_url(place.id, row.year)), (row.title, "")],
    }
    return render(request, "year/intent.html", context, status=status)


def _rounds(request: MemberRequest, row: Intent) -> list[Round]:
    """The rounds that this plan may have become: of the same layer, about that time, and of no other plan."""
    if row.way != Way.ROUND or not request.access.may(Verb.SEE, Noun.ROUND, row.organisation_id):
        return []
    taken = Intent.objects.filter(organisation_id=row.organisation_id, round__isnull=False)
    rows = Round.objects.filter(
        partnership=request.access.partnership,
        organisation_id=row.organisation_id,
        comes_back_with__isnull=True,
        opened_on__range=(row.begins_on - NEAR, row.ends_on + NEAR),
    ).exclude(state=RoundState.DRAFT)
    return list(rows.exclude(pk__in=taken.values("round_id")).order_by("opened_on", "id")[:5])


@member
@require_http_methods(["GET", "POST"])
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Say a line anew. Where somebody else did so in between, both stand on the page."""
    row, place = _found(request, pk)
    request.access.need(Verb.DO, Noun.ROUND, place.id)
    year, theirs = year_from(row.year), None
    form = _form(request, place, year, filled(row, year))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            changed = planning.change(access=request.access, intent=row, wish=form.wish(), version=version)
        except planning.ClashError as error:
            theirs = error.theirs
            # what somebody typed stays; saved once more it replaces what stands now, knowingly
            given = request.POST.copy()
            given["version"] = str(theirs.version)
            form.data = given
        else:
            messages.success(request, _("Bewaard."))
            return redirect("year:intent", changed.pk)
    context = {
        **around(place, year, request, "change"),
        "form": form,
        "row": row,
        "theirs": theirs,
        "theirs_when": days(theirs.begins_on, theirs.ends_on) if theirs else "",
        "theirs_who": several(theirs.roles) if theirs else "",
        "title": _("Wijzig dit in het jaar"),
        "trail": [(_("Het jaar"), _year_url(place.id, row.year)), (row.title, "")],
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "year/intent_form.html", context, status=status)


@member
@require_POST
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    """A line does not go on, because."""
    row, place = _found(request, pk)
    request.access.need(Verb.DO, Noun.ROUND, place.id)
    form = DropForm(request.POST)
    if not form.is_valid():
        return _page(request, row, place, form, status=422)
    planning.drop(access=request.access, intent=row, because=form.cleaned_data["because"])
    messages.success(request, _("Het gaat niet door. Je reden staat onder het jaar."))
    return redirect(_year_url(place.id, row.year))


@member
@require_POST
def done(request: MemberRequest, pk: int) -> HttpResponse:
    """A line happened, perhaps as a round; or it stands as a plan again."""
    row, place = _found(request, pk)
    request.access.need(Verb.DO, Noun.ROUND, place.id)
    if "opnieuw" in request.POST:
        planning.again(access=request.access, intent=row)
        return redirect("year:intent", row.pk)
    number = number_in(str(request.POST.get("ronde", "")))
    became = next((one for one in _rounds(request, row) if one.pk == number), None)
    if number and became is None and row.round_id != number:
        raise Http404
    planning.done(
        access=request.access, intent=row, round_=became, talk_url=str(request.POST.get("gesprek", ""))
    )
    messages.success(request, _("Het staat als gedaan in het jaar."))
    return redirect(_year_url(place.id, row.year))


@member
@require_http_methods(["GET", "POST"])
def copy(request: MemberRequest, layer: int) -> HttpResponse:
    """Take a year over: first where from, then line by line yes or no."""
    place, year = opened(request, layer)
    access = request.access
    access.need(Verb.DO, Noun.ROUND, place.id)
    key = str(request.GET.get("van", ""))
    chosen = copying.source(access, place.id, year, key) if key else None
    if request.method == "POST" and chosen is None:
        raise Http404
    if request.method == "POST" and chosen is not None:
        lines = [str(one) for one in request.POST.getlist("regel")]
        made = copying.take_over(access=access, layer_id=place.id, year=year, of=chosen, chosen=lines)
        said = ngettext("%(n)d regel overgenomen.", "%(n)d regels overgenomen.", len(made))
        messages.success(
            request,
            said % {"n": len(made)}
            if made
            else _("Er kwam niets bij: wat je koos stond er al, of je koos niets."),
        )
        return redirect(_year_url(place.id, year.year))
    offers = copying.offers(access, place.id, year, chosen) if chosen else []
    context = {
        **around(place, year, request, "copy"),
        "sources": copying.sources(access, place.id, year),
        "chosen": chosen,
        "rows": [_offered(one) for one in offers],
        "open": any(not one.there for one in offers),
        "trail": [(_("Het jaar"), _year_url(place.id, year.year)), (_("Een jaar overnemen"), "")],
    }
    return render(request, "year/year_copy.html", context)


def _offered(offer: copying.Offer) -> dict[str, Any]:
    wish = offer.wish
    moment = wish.appointment
    return {
        "offer": offer,
        "way": str(Way(wish.way).label),
        "who": several(wish.roles),
        "when": days(wish.begins_on, wish.ends_on),
        "year": school_year(wish.begins_on).name,
        "body": (moment.body if moment else wish.body),
        "moment": moment,
    }

"""My own page, what I agree with one other, all my places, and a pattern carried across schools."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, AgreementState
from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.home.around import around, where_patterns_stand
from lemniscaat.home.mine import mine as gathered
from lemniscaat.home.mine_forms import BetweenForm, LookForm, PatternForm
from lemniscaat.home.pairs import agree_between, look_between
from lemniscaat.home.patterns import carry, names_told
from lemniscaat.people import pairing
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.queries import role_name
from lemniscaat.vision import queries as vision


@member
@require_GET
def mine(request: MemberRequest) -> HttpResponse:
    """What is mine: one thing to do now, my voice, my agreements, my talks, my people."""
    access = request.access
    context = {
        "person": access.person,
        "mine": gathered(access),
        "learns": bool(access.roles & pairing.LEARNING),
    }
    return render(request, "home/mine/mine.html", context)


@member
@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest) -> HttpResponse:
    """With whom do I agree something? A press on a name opens the page of the two of us."""
    access = request.access
    if request.method == "POST":
        body = pairing.pair_with(access=access, person_id=number_in(request.POST.get("wie", "")))
        return redirect("home:pair", body.pk)
    found = [(one, role_name(access.partnership, one.role)) for one in pairing.others(access)]
    return render(
        request, "home/mine/choose.html", {"others": found, "learns": bool(access.roles & pairing.LEARNING)}
    )


@member
@require_http_methods(["GET", "POST"])
def pair(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of two people: what they agreed, and a new agreement."""
    access = request.access
    found = pairing.pair(access, pk)
    form = BetweenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        agree_between(
            access=access,
            pair=found.body,
            **{name: given[name] for name in ("sentence", "notice", "course", "starts_at")},
        )
        messages.success(request, _("Afgesproken. Het komt vanzelf terug, bij jullie twee."))
        return redirect("home:pair", pk)
    return _pair(request, found, form=form)


@member
@require_POST
def look(request: MemberRequest, pk: int, agreement: int) -> HttpResponse:
    """What two people agreed comes back: did it help, and how does it go on?"""
    access = request.access
    found = pairing.pair(access, pk)
    row = agenda.of_pair(access, found.body).filter(pk=agreement).first()
    if row is None:
        raise Http404
    form = LookForm(request.POST, prefix=f"a{row.pk}")
    if not form.is_valid():
        return _pair(request, found, look=(row, form))
    given = form.cleaned_data
    names = ("helped", "difference", "next_step", "starts_at")
    look_between(access=access, pair=found.body, agreement=row, **{name: given[name] for name in names})
    messages.success(request, _("Genoteerd."))
    return redirect("home:pair", pk)


def _pair(
    request: MemberRequest,
    found: pairing.Pair,
    *,
    form: BetweenForm | None = None,
    look: tuple[Agreement, LookForm] | None = None,
) -> HttpResponse:
    rows = list(agenda.of_pair(request.access, found.body))
    running = [row for row in rows if row.state == AgreementState.RUNNING]
    forms = {row.pk: LookForm(prefix=f"a{row.pk}") for row in running}
    if look:
        forms[look[0].pk] = look[1]
    context = {
        "pair": found,
        "trail": [(_("Voor jou"), reverse("home:mine")), (found.other.first_name if found.other else "", "")],
        "name": found.other.first_name if found.other else "",
        "running": [(row, forms[row.pk]) for row in running],
        "held": [row for row in rows if row.state == AgreementState.SUSTAINED],
        "done": [row for row in rows if row.state == AgreementState.CLOSED],
        "form": form or BetweenForm(),
    }
    wrong = bool((form and form.errors) or look)
    return render(request, "home/mine/pair.html", context, status=422 if wrong else 200)


@member
@require_GET
def places(request: MemberRequest) -> HttpResponse:
    """All my places, in every partnership I work in."""
    access = request.access
    context = {
        "person": access.person,
        "found": around(access),
        "may_carry": bool(where_patterns_stand(access)),
    }
    return render(request, "home/mine/places.html", context)


@member
@require_http_methods(["GET", "POST"])
def pattern(request: MemberRequest) -> HttpResponse:
    """Write down what I see in more than one place. A name in it is asked about once."""
    access = request.access
    layers = where_patterns_stand(access)
    if not layers:
        raise Http404
    criteria = list(vision.criteria(access, layers[0].id))
    form = PatternForm(
        request.POST or None, layers=layers, criteria=criteria, initial={"form_key": link_token()}
    )
    names: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        names = names_told(access, given["text"], given["dissent"])
        if not names or given["named"]:
            return _carried(request, access, form)
    status = 422 if form.errors or names else 200
    return render(request, "home/mine/pattern.html", {"form": form, "names": names}, status=status)


def _carried(request: MemberRequest, access: Access, form: PatternForm) -> HttpResponse:
    given = form.cleaned_data
    made = carry(
        access=access,
        layer_id=int(given["layer"]),
        text=given["text"],
        dissent=given["dissent"],
        criterion=form.by_key.get(given["criterion"]),
        form_key=given["form_key"],
    )
    messages.success(request, _("Het staat er, zonder naam van een school. Hier kun je het delen."))
    return redirect("interpretation:meaning", made.pk)

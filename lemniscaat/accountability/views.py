"""Writing the return, and the account of the year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lemniscaat.accountability import actions, queries
from lemniscaat.accountability.forms import EXTRA, AccountForm, ChangeForm, CloseForm, ReturnForm
from lemniscaat.accountability.models import Return, ReturnItem
from lemniscaat.accountability.showing import account_told, told
from lemniscaat.base.numbers import number_in
from lemniscaat.collection.figures import plural
from lemniscaat.collection.models import Round
from lemniscaat.datapoints import queries as datapoints
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb

BOTH = ["GET", "HEAD", "POST"]


@member
@require_http_methods(BOTH)
def write_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Write what we heard and what we do with it; it is read over once before it is given back."""
    round_ = queries.round_to_return(request.access, pk)
    request.layer_id = round_.organisation_id  # type: ignore[attr-defined]  # read by the shell
    row = queries.return_of(round_)
    if row is not None and row.published_on:
        return _add_change(request, round_, row)
    agreements = list(queries.agreements_since(round_))
    form = ReturnForm(request.POST or None, agreements=agreements, initial=_initial(round_, row))
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_return(
                access=request.access,
                round_=round_,
                text=form.text(),
                promises=form.promises(),
                version=form.cleaned_data["version"],
            )
        except actions.ClashError as error:
            theirs = error.theirs
            form.data = request.POST.copy()
            form.data["version"] = str(theirs.version)
        else:
            if "preview" in request.POST:
                return redirect("accountability:preview_return", pk)
            messages.success(request, _("Bewaard. Nog niemand leest het."))
            return redirect("accountability:write_return", pk)
    context = {
        "form": form,
        "round": round_,
        "agreements": [form[f"agreement_{a.pk}"] for a in agreements],
        "extra": [form[f"do_{i}"] for i in range(EXTRA)],
        "refusals": [(form[f"not_{i}"], form[f"because_{i}"]) for i in range(EXTRA)],
        "took_part": actions.took_part(round_),
        "theirs": theirs,
    }
    code = 409 if theirs else 422 if form.is_bound else 200
    return render(request, "accountability/write_return.html", context, status=code)


def _initial(round_: Round, row: Return | None) -> dict[str, Any]:
    """What was kept before, else the meaning of the talks since the round stopped."""
    if row is None:
        meant = queries.meaning_since(round_)
        found: dict[str, Any] = {"meaning": meant.text, "dissent": meant.dissent, "spoke": _spoke(meant)}
        return found | {"version": 0} | {f"agreement_{a.pk}": True for a in queries.agreements_since(round_)}
    kept: dict[str, Any] = {
        name: getattr(row, name) for name in ("heard", "meaning", "dissent", "spoke", "version")
    }
    do = no = 0
    for item in ReturnItem.objects.filter(of=row):
        if item.agreement_id:
            kept[f"agreement_{item.agreement_id}"] = True
        elif item.kind == "not" and no < EXTRA:
            kept |= {f"not_{no}": item.text, f"because_{no}": item.because}
            no += 1
        elif item.kind != "not" and do < EXTRA:
            kept[f"do_{do}"] = item.text
            do += 1
    return kept


def _spoke(meant: queries.Meant) -> str:
    """Who sat at the table, in one sentence and without names."""
    if not meant.people:
        return ""
    found = _("%(n)d mensen spraken erover.") % {"n": meant.people}
    if meant.people > 1 and meant.roles:
        names = ", ".join(plural(role) for role in dict.fromkeys(meant.roles))
        found = _("%(n)d mensen spraken erover: %(who)s.") % {"n": meant.people, "who": names}
    return found


@member
@require_http_methods(BOTH)
def preview_return(request: MemberRequest, pk: int) -> HttpResponse:
    """The return as those who gave will read it; from here it is given back, and then stands."""
    round_ = queries.round_to_return(request.access, pk)
    request.layer_id = round_.organisation_id  # type: ignore[attr-defined]  # read by the shell
    row = queries.return_of(round_)
    if row is None or row.published_on:
        return redirect("accountability:write_return", pk)
    problem = ""
    if request.method == "POST":
        try:
            actions.publish_return(access=request.access, round_=round_)
        except actions.EmptyReturnError:
            problem = _("Zeg minstens één ding: wat jullie doen, houden, of niet doen en waarom.")
        else:
            messages.success(request, _("Teruggegeven. De ronde is rond."))
            if round_.return_code:
                return redirect("returning:page", round_.return_code)
            return redirect("accountability:write_return", pk)
    context = {"round": round_, "told": told(actions.as_told(row)), "problem": problem}
    return render(request, "accountability/preview_return.html", context, status=422 if problem else 200)


def _add_change(request: MemberRequest, round_: Round, row: Return) -> HttpResponse:
    form = ChangeForm(request.POST or None, initial={"changed": row.changed})
    if request.method == "POST" and form.is_valid():
        actions.add_change(access=request.access, row=row, text=form.cleaned_data["changed"])
        messages.success(request, _("Erbij gezet. Wie zijn code gebruikt, leest het."))
        return redirect("accountability:write_return", round_.pk)
    context = {"row": row, "round": round_, "form": form}
    return render(request, "accountability/add_change.html", context, status=422 if form.is_bound else 200)


@member
@require_http_methods(BOTH)
def account(request: MemberRequest, layer: int) -> HttpResponse:
    """The accounts and returns of a layer; compose that of a year that is not closed."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    access.need(Verb.SEE, Noun.ACCOUNT, layer)
    may_write = access.may(Verb.DO, Noun.ACCOUNT, layer)
    if request.method == "POST":
        chosen = request.POST.get("period", "")
        period = get_object_or_404(queries.open_periods(access), pk=number_in(chosen))
        row = actions.compose_account(access=access, layer_id=layer, period=period)
        return redirect("accountability:account_page", row.pk)
    context = {
        "layer": place,
        "accounts": queries.accounts(access, layer),
        "returns": queries.returns_for(access, layer)[:20],
        "periods": list(queries.open_periods(access)) if may_write else [],
        "may_close": may_write and layer == access.tree.root,
        "trail": [(place.name, reverse("home:layer", args=[layer])), (_("Verantwoording"), "")],
    }
    return render(request, "accountability/account.html", context)


@member
@require_http_methods(BOTH)
def account_page(request: MemberRequest, pk: int) -> HttpResponse:
    """One account: read it, or write the words around it and freeze it."""
    access = request.access
    row = queries.account(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    may_write = access.may(Verb.DO, Noun.ACCOUNT, row.organisation_id) and row.frozen_on is None
    initial = {"foreword": row.foreword, "lessons": row.lessons, "version": row.version}
    form = AccountForm(request.POST or None, initial=initial)
    theirs = None
    if request.method == "POST" and may_write and form.is_valid():
        try:
            actions.write_account(access=access, row=row, **form.cleaned_data)
        except actions.ClashError as error:
            theirs = error.theirs
            form.data = request.POST.copy()
            form.data["version"] = str(theirs.version)
        else:
            if "freeze" in request.POST:
                actions.freeze_account(access=access, row=row)
                messages.success(request, _("Vastgelegd. Deze verantwoording verandert niet meer."))
            else:
                messages.success(request, _("Bewaard."))
            return redirect("accountability:account_page", pk)
    context = {**account_told(access, row), "form": form, "may_write": may_write, "theirs": theirs}
    return render(request, "accountability/account_page.html", context, status=409 if theirs else 200)


@member
@require_safe
def account_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The account on paper."""
    row = queries.account(request.access, pk)
    return render(
        request, "accountability/account_print.html", account_told(request.access, row, on_paper=True)
    )


@member
@require_http_methods(BOTH)
def close_period(request: MemberRequest, layer: int) -> HttpResponse:
    """Close the school year; the next begins with its lessons."""
    access = request.access
    access.need(Verb.DO, Noun.ACCOUNT, layer)
    period = queries.period_to_close(access)
    if layer != access.tree.root or period is None:
        raise Http404
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    written = queries.accounts(access, layer).filter(period=period).first()
    form = CloseForm(request.POST or None, initial={"lessons": written.lessons if written else ""})
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.close_period(access=access, period=period, lessons=form.cleaned_data["lessons"])
        except actions.NotReturnedError:
            form.add_error(None, _("Er wachten nog mensen op een antwoord. Geef eerst die rondes terug."))
        else:
            messages.success(request, _("Schooljaar %(name)s staat klaar.") % {"name": opened.name})
            return redirect("vision:page", layer)
    waiting = list(queries.not_returned(access, period))
    seen = access.where(Verb.SEE, Noun.ROUND)
    mine = [row for row in waiting if row.organisation_id in seen]
    context = {
        "form": form,
        "period": period,
        "waiting": mine,
        "others": len(waiting) - len(mine),
        "own": access.where(Verb.DO, Noun.RETURN),
        "layer": access.layer(layer),
    }
    return render(request, "accountability/close_period.html", context, status=422 if form.is_bound else 200)


@member
@require_safe
def resting_on(request: MemberRequest, pk: int) -> HttpResponse:
    """The accounts that rest on a data point: a fragment of its page, or a page by itself."""
    row = datapoints.data_point(request.access, pk)
    template = "_resting_on" if request.htmx else "resting_on"
    context = {"row": row, "accounts": queries.resting_on(request.access, row)}
    return render(request, f"accountability/{template}.html", context)

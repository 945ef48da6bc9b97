"""Writing the return, and the account of the year."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lemniscaat.accountability import actions, compose, queries
from lemniscaat.accountability.forms import EXTRA, AccountForm, CloseForm, ReturnForm
from lemniscaat.accountability.models import Account, ReturnItem
from lemniscaat.collection.models import Round, RoundState
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import queries as vision


@member
def write_return(request: MemberRequest, pk: int) -> HttpResponse:
    """Write what we heard and what we do with it; publish it, and only then the round is complete."""
    round_ = queries.round_to_return(request.access, pk)
    row = queries.return_of(round_)
    if row is not None and row.published_on:
        return _add_change(request, round_)
    agreements = list(queries.agreements_since(round_))
    form = ReturnForm(request.POST or None, agreements=agreements, initial=_initial(round_))
    if request.method == "POST" and form.is_valid():
        actions.save_return(access=request.access, round_=round_, text=form.text(), promises=form.promises())
        if "publish" not in request.POST:
            messages.success(request, _("Bewaard. Nog niemand leest het."))
            return redirect("accountability:write_return", pk)
        try:
            actions.publish_return(access=request.access, round_=round_)
        except actions.EmptyReturnError:
            form.add_error(
                None, _("Zeg minstens één ding: wat je doet, wat je houdt, of wat je niet doet en waarom.")
            )
        else:
            messages.success(request, _("Teruggegeven. De ronde is rond."))
            return redirect("returning:page", round_.return_code)
    context = {
        "form": form,
        "round": round_,
        "agreements": [form[f"agreement_{a.pk}"] for a in agreements],
        "extra": [form[f"do_{i}"] for i in range(EXTRA)],
        "refusals": [(form[f"not_{i}"], form[f"because_{i}"]) for i in range(EXTRA)],
        "still_open": round_.state == RoundState.OPEN,
        "took_part": actions.took_part(round_),
    }
    return render(request, "accountability/write_return.html", context)


def _initial(round_: Round) -> dict[str, Any]:
    """What was kept before, else the meaning of the talks since the round stopped."""
    row = queries.return_of(round_)
    if row is None:
        meaning, dissent = queries.meaning_since(round_)
        found: dict[str, Any] = {"meaning": meaning, "dissent": dissent}
        return found | {f"agreement_{a.pk}": True for a in queries.agreements_since(round_)}
    kept: dict[str, Any] = {
        "heard": row.heard,
        "meaning": row.meaning,
        "dissent": row.dissent,
        "spoke": row.spoke,
    }
    do = no = 0
    for item in ReturnItem.objects.filter(of=row):
        if item.agreement_id:
            kept[f"agreement_{item.agreement_id}"] = True
        elif item.kind == "not" and no < EXTRA:
            kept |= {f"not_{no}": item.text, f"because_{no}": item.because}
            no += 1
        elif do < EXTRA:
            kept[f"do_{do}"] = item.text
            do += 1
    return kept


def _add_change(request: MemberRequest, round_: Round) -> HttpResponse:
    row = queries.return_of(round_)
    assert row is not None
    if request.method == "POST" and request.POST.get("changed", "").strip():
        actions.add_change(access=request.access, row=row, text=request.POST["changed"][:2000])
        messages.success(request, _("Erbij gezet. Wie zijn code gebruikt, leest het."))
        return redirect("returning:page", round_.return_code)
    return render(request, "accountability/add_change.html", {"row": row, "round": round_})


@member
def account(request: MemberRequest, layer: int) -> HttpResponse:
    """The accounts and returns of a layer; compose this year's."""
    access = request.access
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    access.need(Verb.SEE, Noun.ACCOUNT, layer)
    period = vision.current_period(access.partnership, access.day)
    may_write = access.may(Verb.DO, Noun.ACCOUNT, layer)
    if request.method == "POST":
        if period is None:
            raise Http404
        row = actions.compose_account(access=access, layer_id=layer, period=period)
        return redirect("accountability:account_page", row.pk)
    context = {
        "layer": place,
        "accounts": queries.accounts(access, layer),
        "returns": queries.returns_for(access, layer)[:20],
        "period": period,
        "may_write": may_write,
        "may_close": may_write and layer == access.tree.root,
    }
    return render(request, "accountability/account.html", context)


@member
def account_page(request: MemberRequest, pk: int) -> HttpResponse:
    """One account: read it, or write the words around it and freeze it."""
    access = request.access
    row = queries.account(access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    may_write = access.may(Verb.DO, Noun.ACCOUNT, row.organisation_id) and row.frozen_on is None
    form = AccountForm(request.POST or None, initial={"foreword": row.foreword, "lessons": row.lessons})
    if request.method == "POST" and may_write and form.is_valid():
        actions.write_account(access=access, row=row, **form.cleaned_data)
        if "freeze" in request.POST:
            actions.freeze_account(access=access, row=row)
            messages.success(request, _("Vastgelegd. Deze verantwoording verandert niet meer."))
        else:
            messages.success(request, _("Bewaard."))
        return redirect("accountability:account_page", pk)
    return render(
        request, "accountability/account_page.html", {**_told(row), "form": form, "may_write": may_write}
    )


@member
def account_print(request: MemberRequest, pk: int) -> HttpResponse:
    """The account on paper."""
    return render(request, "accountability/account_print.html", _told(queries.account(request.access, pk)))


def _told(row: Account) -> dict[str, Any]:
    missing = compose.gone(row.content)
    sections = [
        {
            "title": section["title"],
            "sentences": [
                {**sentence, "gone": (sentence["noun"], sentence["noun_id"]) in missing}
                for sentence in section["sentences"]
            ],
        }
        for section in row.content.get("sections", [])
    ]
    return {"account": row, "sections": sections}


@member
def close_period(request: MemberRequest, layer: int) -> HttpResponse:
    """Close the school year; the next begins with its lessons."""
    access = request.access
    access.need(Verb.DO, Noun.ACCOUNT, layer)
    if layer != access.tree.root:
        raise Http404
    period = vision.current_period(access.partnership, access.day)
    if period is None:
        raise Http404
    written = queries.accounts(access, layer).filter(period=period).first()
    form = CloseForm(request.POST or None, initial={"lessons": written.lessons if written else ""})
    waiting = list(queries.not_returned(access).filter(period=period))
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.close_period(access=access, period=period, lessons=form.cleaned_data["lessons"])
        except actions.NotReturnedError:
            form.add_error(None, _("Er wachten nog mensen op een antwoord. Geef eerst die rondes terug."))
        else:
            messages.success(request, _("Schooljaar %(name)s staat klaar.") % {"name": opened.name})
            return redirect("vision:page", layer)
    context = {"form": form, "period": period, "waiting": waiting, "layer": access.layer(layer)}
    return render(request, "accountability/close_period.html", context)

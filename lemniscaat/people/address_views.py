"""Addresses that do not work, and putting one right."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.addresses import Broken, TakenError, broken, correct_address


class AddressForm(forms.Form):
    """One address."""

    email = forms.EmailField(label=gettext_lazy("Mailadres dat werkt"), max_length=254)


@member
def addresses(request: MemberRequest) -> HttpResponse:
    """Whose address does not work."""
    context = {"broken": broken(request.access), "crumbs": _crumbs()}
    return render(request, "people/addresses.html", context)


@member
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Put one address right."""
    found = _mine(request, pk)
    form = AddressForm(request.POST or None, initial={"email": found.person.email})
    if request.method == "POST" and form.is_valid():
        try:
            correct_address(access=request.access, person_id=pk, email=form.cleaned_data["email"])
        except TakenError:
            form.add_error("email", _("Dit adres is al van iemand anders. Kijk nog eens goed."))
        else:
            messages.success(request, _("Het adres is verbeterd. De volgende mail gaat erheen."))
            return redirect("people:addresses")
    context = {
        "form": form,
        "person": found.person,
        "crumbs": [
            *_crumbs()[:1],
            (_("Adressen die niet werken"), reverse("people:addresses")),
            (found.person.name, ""),
        ],
    }
    return render(request, "people/address.html", context, status=422 if form.errors else 200)


def _mine(request: MemberRequest, pk: int) -> Broken:
    found = next((one for one in broken(request.access) if one.person.pk == pk and one.mine), None)
    if found is None:
        raise Http404
    return found


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Jij"), reverse("people:me")), (_("Adressen die niet werken"), "")]

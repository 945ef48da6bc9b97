"""A figure that is typed at a criterion."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lemniscaat.base import clock
from lemniscaat.base.keys import link_token
from lemniscaat.base.numbers import number_in
from lemniscaat.figures.by_hand import SubtractableError, indicator, record_figure
from lemniscaat.figures.hand_forms import SUBTRACTABLE, FigureForm
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import Layer
from lemniscaat.vision import queries as vision
from lemniscaat.vision.models import Criterion


@member
@require_http_methods(["GET", "POST"])
def by_hand(request: MemberRequest, pk: int) -> HttpResponse:
    """Put a counted figure on a criterion."""
    access = request.access
    found = vision.criterion(access, pk)
    here = _here(request, found)
    access.need(Verb.DO, Noun.FIGURE, here.id)
    form = FigureForm(request.POST or None, initial={"form_key": link_token(), "happened_on": clock.today()})
    if request.method == "POST" and form.is_valid() and _kept(request, form, found, here):
        messages.success(request, _("Het cijfer staat bij deze lat."))
        return redirect("datapoints:criterion", pk)
    trail = [(found.point.title, reverse("datapoints:criterion", args=[pk])), (_("Een cijfer toevoegen"), "")]
    context = {"form": form, "criterion": found, "layer": here, "crumbs": trail}
    return render(request, "figures/by_hand.html", context, status=422 if form.errors else 200)


def _here(request: MemberRequest, criterion: Criterion) -> Layer:
    """The layer that was asked for, that of the criterion when I may put figures there, else my nearest."""
    access = request.access
    asked = number_in(request.GET.get("laag", ""))
    own = [layer for layer in access.layers if layer.id == criterion.organisation_id]
    here = own[0] if own and own[0].kind != "partnership" else access.layers[0]
    chosen = access.layer(asked) if asked else here
    request.layer_id = chosen.id  # type: ignore[attr-defined]  # read by the shell
    return chosen


def _kept(request: MemberRequest, form: FigureForm, criterion: Criterion, here: Layer) -> bool:
    access, given = request.access, form.cleaned_data
    kept = {name: given[name] for name in ("definition", "source", "owner", "about")}
    before = None if given["before_part"] is None else (given["before_part"], given["before_whole"])
    try:
        record_figure(
            access=access,
            layer_id=here.id,
            criterion=criterion,
            indicator=indicator(partnership=access.partnership, name=given["title"], **kept),
            title=given["title"],
            part=given["part"],
            whole=given["whole"],
            before=before,
            happened_on=given["happened_on"],
            form_key=given["form_key"],
        )
    except SubtractableError as error:
        form.add_error("before_part" if error.before else "part", SUBTRACTABLE)
        return False
    return True

"""Keeping the names: who can be turned to at a layer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.concerns import actions, queries
from lemniscaat.concerns.forms import ContactForm
from lemniscaat.concerns.keeping import Gap, missing, too_long_at
from lemniscaat.people.access import MemberRequest, member


@member
def names(request: MemberRequest, layer: int) -> HttpResponse:
    """The names at a layer, and a form for one more."""
    access = request.access
    rows = queries.contacts_at(access, layer)
    everything = missing(access)
    found = [one for one in everything if one.layer_id == layer]
    elsewhere = {one.layer_id for one in everything}
    of_names = {one.contact_id: one.gap for one in found}
    form = ContactForm(request.POST or None, access=access, layer_id=layer)
    if request.method == "POST" and form.is_valid():
        made = actions.add_contact(access=access, layer_id=layer, **form.cleaned_data)
        messages.success(request, _("%(name)s staat erbij.") % {"name": made.name})
        return redirect("concerns:names", layer)
    context = {
        "layer": access.tree.layers[layer],
        "rows": [(row, of_names.get(row.pk, "")) for row in rows],
        "form": form,
        "gap": any(one.gap == Gap.OUTSIDE for one in found),
        "too_long": too_long_at(access, actions.HOURS_BEFORE_DEPUTY).get(layer, 0),
        "others": [
            (other, other.id in elsewhere) for other in queries.managed_layers(access) if other.id != layer
        ],
        "crumbs": [
            (_("Zit je ergens mee?"), reverse("concerns:people")),
            (access.tree.layers[layer].name, ""),
        ],
    }
    return render(request, "concerns/names.html", context, status=422 if form.errors else 200)


@member
def name(request: MemberRequest, pk: int) -> HttpResponse:
    """Change what stands with one name."""
    access = request.access
    row = queries.contact_to_change(access, pk)
    start = {
        "name": row.name,
        "task": row.task,
        "phone": row.phone,
        "email": row.email,
        "assesses": "yes" if row.assesses else "no",
        "deputy_of": row.deputy_of_id,
    }
    form = ContactForm(
        request.POST or None, initial=start, access=access, layer_id=row.organisation_id, contact=row
    )
    if request.method == "POST" and form.is_valid():
        actions.change_contact(access=access, contact=row, **form.cleaned_data)
        messages.success(request, _("Bewaard."))
        return redirect("concerns:names", row.organisation_id)
    layer = access.tree.layers[row.organisation_id]
    crumbs = [
        (_("Zit je ergens mee?"), reverse("concerns:people")),
        (layer.name, reverse("concerns:names", args=[layer.id])),
        (row.name, ""),
    ]
    context = {"row": row, "form": form, "crumbs": crumbs}
    return render(request, "concerns/name.html", context, status=422 if form.errors else 200)


@member
@require_POST
def confirm_name(request: MemberRequest, pk: int) -> HttpResponse:
    """This name still holds, for this half-year."""
    row = queries.contact_to_change(request.access, pk)
    actions.confirm_contact(access=request.access, contact=row)
    messages.success(
        request, _("%(name)s klopt nog. Volgend halfjaar vragen we het weer.") % {"name": row.name}
    )
    return redirect("concerns:names", row.organisation_id)


@member
@require_POST
def remove_name(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a name away."""
    row = queries.contact_to_change(request.access, pk)
    layer = row.organisation_id
    try:
        actions.remove_contact(access=request.access, contact=row)
        messages.success(request, _("%(name)s staat er niet meer bij.") % {"name": row.name})
    except actions.WaitingCallsError:
        messages.warning(
            request,
            _("Er wacht nog iemand op een telefoontje van %(name)s. Laat dat eerst oppakken.")
            % {"name": row.name},
        )
    return redirect("concerns:names", layer)

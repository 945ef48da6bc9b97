"""Taking up a point on the agenda of a layer, and changing its words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import Goal, GoalState
from lemniscaat.agenda.onward import onward
from lemniscaat.agenda.points.aims import Beginning, begun, of_goal
from lemniscaat.agenda.points.goal_forms import LABELS, ONE_MORE, AimForm
from lemniscaat.agenda.points.taking_up import ClashError, OneMoreError, revise, take_up
from lemniscaat.agenda.points.tasking import hang
from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb


@member
def new(request: MemberRequest, layer: int) -> HttpResponse:
    """Take up a point, from whatever the address says it begins from."""
    access = request.access
    access.need(Verb.DO, Noun.AGREEMENT, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    found = begun(access, layer, request.GET)
    if found.body is not None and found.body.organisation_id != layer:
        raise Http404
    form = AimForm(
        request.POST or None, access=access, layer_id=layer, body=found.body, initial=found.initial
    )
    if request.method == "POST" and form.is_valid():
        made = _taken_up(request, layer, form, found)
        if made is not None:
            messages.success(request, _("Het staat op de agenda, en het komt vanzelf terug."))
            return redirect(onward(request, reverse("goals:goal", args=[made.pk])))
    return _page(request, layer, form, found)


def _taken_up(request: MemberRequest, layer: int, form: AimForm, found: Beginning) -> Goal | None:
    """The point; None where a fourth one says no reason yet."""
    try:
        made = take_up(
            access=request.access,
            layer_id=layer,
            aim=form.aim(found.interpretation),
            body=found.body,
            form_key=form.cleaned_data["form_key"],
        )
    except OneMoreError:
        form.need_reason()
        return None
    if found.agreement is not None:
        hang(access=request.access, agreement=found.agreement, goal=made)
    return made


@member
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the words of a point; who was just too late sees both versions."""
    access = request.access
    row = queries.goal(access, pk)
    layer = row.organisation_id
    access.need(Verb.DO, Noun.AGREEMENT, layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    if row.state != GoalState.RUNNING:
        messages.info(request, _("Dit punt loopt niet meer."))
        return redirect("goals:goal", pk)
    found = Beginning(of_goal(row), interpretation=row.interpretation, body=row.body)
    form = AimForm(
        request.POST or None, access=access, layer_id=layer, body=row.body, row=row, initial=found.initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            revise(
                access=access,
                goal=row,
                aim=form.aim(row.interpretation),
                version=form.cleaned_data["version"] or 0,
            )
        except ClashError as clash:
            return _both(request, form, clash.theirs, found)
        messages.success(request, _("Bijgewerkt."))
        return redirect("goals:goal", pk)
    return _page(request, layer, form, found, row=row)


def _both(request: MemberRequest, form: AimForm, theirs: Goal, found: Beginning) -> HttpResponse:
    """The same form with my words, beside what stands there now wherever the two differ."""
    access, layer = request.access, theirs.organisation_id
    stands = AimForm(access=access, layer_id=layer, body=theirs.body, row=theirs, initial=of_goal(theirs))
    typed = request.POST.copy()
    typed["version"] = str(theirs.version)
    mine = AimForm(typed, access=access, layer_id=layer, body=theirs.body, row=theirs)
    differ = [
        (stands[name].label, _told(stands, name))
        for name in LABELS
        if _plain(form.cleaned_data.get(name)) != _plain(getattr(theirs, name))
    ]
    return _page(request, layer, mine, found, row=theirs, differ=differ)


def _plain(value: Any) -> Any:
    """A value as two versions compare it: the order of what was ticked says nothing."""
    return sorted(value) if isinstance(value, list) else value or ""


def _told(form: AimForm, name: str) -> str:
    """The value of a field in words: the label of what is chosen."""
    field, value = form.fields[name], form[name].value()
    choices = {str(key): str(label) for key, label in getattr(field, "choices", ()) or ()}
    chosen = [str(one) for one in (value if isinstance(value, list) else [value]) if one not in {None, ""}]
    return ", ".join(choices.get(one, one) for one in chosen) or _("(leeg)")


def _page(
    request: MemberRequest,
    layer: int,
    form: AimForm,
    found: Beginning,
    *,
    row: Goal | None = None,
    differ: list[tuple[Any, str]] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "layer": request.access.tree.layers[layer],
        "row": row,
        "source": found.source,
        "dissent": found.dissent,
        "body": found.body,
        "full": form.full,
        "one_more": ONE_MORE,
        "differ": differ,
        "folds": [
            (title, [form[name] for name in names], _opened(form, names)) for title, names in _folds(form)
        ],
    }
    status = 409 if differ is not None else 422 if form.errors else 200
    return render(request, "agenda/aim.html", context, status=status)


def _folds(form: AimForm) -> list[tuple[str, tuple[str, ...]]]:
    """What is only asked of who wants it, in a few blocks."""
    hung: tuple[str, ...] = ("criterion", "point", "within", "span", "until", "period")
    return [
        (_("Zo is het nu, zo willen we het"), ("now", "wanted")),
        (_("Wie bracht dit in, en wie is gewogen?"), ("raised_by", "weighed")),
        (_("Waar hoort het bij?"), hung),
        (_("Waar krijgt het een vaste plek?"), ("anchors", "anchor_text")),
        (_("Wie precies?"), ("owner", "owner_role")),
    ]


def _opened(form: AimForm, names: tuple[str, ...]) -> bool:
    """Whether a block stands open: something in it is wrong, or was filled in where this began."""
    begun = {"now", "wanted"} & form.initial.keys() if form.row is None else set()
    return any(name in form.errors or name in begun for name in names)

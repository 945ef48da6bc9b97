"""From individual to collective: alone and unseen, shared by choice, side by side, and then ours."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lemniscaat.people.access import MemberRequest, member
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision import actions, queries
from lemniscaat.vision.forms import ASK_US, OurWordsForm, OwnWordsForm


@member
def alone(request: MemberRequest, pk: int) -> HttpResponse:
    """The four questions for myself; nobody sees them but me, until I choose."""
    access = request.access
    point = queries.point(access, pk)
    row = queries.own_view(access, point)
    initial: dict[str, Any] = {}
    if row is not None:
        initial = {name: getattr(row, name) for name in queries.QUESTIONS}
        initial |= {f"share_{name}": name in row.shared for name in queries.QUESTIONS}
    form = OwnWordsForm(request.POST or None, initial=initial)
    layer = access.layers[0]
    if request.method == "POST" and form.is_valid():
        actions.write_own_view(access=access, point=point, answers=form.answers(), shared=form.shared())
        messages.success(request, _("Bewaard. Alleen wat je aanvinkte, is voor anderen te lezen."))
        return redirect("vision:side_by_side", pk, layer.id)
    ours = queries.collective_view(point, layer.id)
    context = {
        "form": form,
        "point": point,
        "ours": ours,
        "layer": layer,
        "newcomer": ours is not None and row is None,
    }
    return render(request, "vision/alone.html", context)


@member
def side_by_side(request: MemberRequest, pk: int, layer: int) -> HttpResponse:
    """What people chose to share, side by side, and our text under it. First your own words."""
    access = request.access
    point = queries.point(access, pk)
    place = access.layer(layer)
    request.layer_id = layer  # type: ignore[attr-defined]  # read by the shell
    mine = queries.own_view(access, point)
    ours = queries.collective_view(point, layer)
    may_write = access.may(Verb.DO, Noun.VISION, layer)
    version = ours.version if ours else 0
    initial: dict[str, Any] = {"version": version}
    if ours:
        initial |= {name: getattr(ours, name) for name in (*queries.QUESTIONS, "dissent")}
    form = OurWordsForm(request.POST or None, initial=initial)
    theirs = None
    if request.method == "POST" and may_write and form.is_valid():
        try:
            actions.write_collective_view(
                access=access,
                point=point,
                layer_id=layer,
                answers=form.answers(),
                dissent=form.cleaned_data["dissent"],
                version=form.cleaned_data["version"],
            )
        except actions.ClashError:
            theirs = ours
            data = form.data.copy()
            data["version"] = str(version)
            form = OurWordsForm(data)
        else:
            messages.success(request, _("Dit zijn nu onze woorden. De vorige blijven te lezen."))
            return redirect("vision:side_by_side", pk, layer)
    shared = queries.shared_views(access, point, layer)
    context = {
        "point": point,
        "layer": place,
        "mine": mine,
        "cells": [(ASK_US[name], shared[name]) for name in queries.QUESTIONS],
        "ours": ours,
        "versions": queries.collective_views(point, layer)[1:] if ours else [],
        "form": form,
        "theirs": theirs,
        "may_write": may_write and mine is not None,
        "criterion_url": reverse("vision:criterion_new", args=[pk]) + f"?laag={layer}",
    }
    return render(request, "vision/side_by_side.html", context, status=409 if theirs else 200)

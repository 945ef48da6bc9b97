"""Thanking the writers of an example, asking them something, and their answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lemniscaat.examples import actions, queries
from lemniscaat.examples.forms import AnswerForm, QuestionForm
from lemniscaat.examples.page import shown, thank_form
from lemniscaat.people.access import MemberRequest, member


@member
@require_POST
def thank(request: MemberRequest, pk: int) -> HttpResponse:
    """Thank the writers in one sentence."""
    access = request.access
    row = queries.example(access, pk)
    form = thank_form(access, request.POST)
    if not form.is_valid():
        return render(request, "examples/example.html", shown(access, row, thank=form), status=422)
    actions.thank_for(access=access, example=row, text=form.cleaned_data["text"], layer_id=form.layer_id)
    messages.success(request, _("Het staat eronder. Wie dit schreef, leest het."))
    return redirect("examples:example", pk)


@member
@require_POST
def remove_thank(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a thank away."""
    row = queries.thank(request.access, pk)
    actions.remove_thank(access=request.access, thank=row)
    messages.success(request, _("Het is weg."))
    return redirect("examples:example", row.example_id)


@member
@require_POST
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the writers something."""
    access = request.access
    row = queries.example(access, pk)
    form = QuestionForm(request.POST, auto_id="v_%s")
    if not form.is_valid():
        return render(request, "examples/example.html", shown(access, row, question=form), status=422)
    given = form.cleaned_data
    actions.ask(access=access, example=row, text=given["text"], open_=given["to"] == "open")
    messages.success(request, _("Gevraagd. Als er antwoord is, lees je dat bij ‘Vraagt je aandacht’."))
    return redirect("examples:example", pk)


@member
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer a question, for the writers."""
    access = request.access
    row = queries.question(access, pk)
    form = AnswerForm(request.POST, auto_id=f"a{pk}_%s")
    if not form.is_valid():
        context = shown(access, queries.example(access, row.example_id), answer=(pk, form))
        return render(request, "examples/example.html", context, status=422)
    try:
        actions.answer(access=access, question=row, text=form.cleaned_data["text"])
    except actions.AlreadyAnsweredError:
        told = _("Iemand van jullie was net eerder. Dat antwoord staat er nu; dit typte jij: ‘%(text)s’")
        messages.warning(request, told % {"text": form.cleaned_data["text"]})
    else:
        messages.success(request, _("Jullie antwoord staat eronder."))
    return redirect("examples:example", row.example_id)

"""The page of one point, and the small things that are done on it: its phase, steps, tasks, agreements."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import Goal, Phase, Step, Task, TaskKind
from lemniscaat.agenda.points.goal_page import goal_context, whose
from lemniscaat.agenda.points.step_forms import StepForm
from lemniscaat.agenda.points.stepping import add_step, drop_step, tick_step
from lemniscaat.agenda.points.taking_up import move_to
from lemniscaat.agenda.points.tasking import give_task, hang, take_back_task
from lemniscaat.base.numbers import number_in
from lemniscaat.people.access import Access, MemberRequest, member
from lemniscaat.people.models import Body
from lemniscaat.people.policy import Noun, Verb


def _mine(request: MemberRequest, pk: int) -> Goal:
    """A point I may work on; 404 for whoever may only read it."""
    row = queries.goal(request.access, pk)
    request.access.need(Verb.DO, Noun.AGREEMENT, row.organisation_id)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return row


@member
@require_GET
def goal(request: MemberRequest, pk: int) -> HttpResponse:
    """One point: why, who, how we notice, its steps, its agreements and each look."""
    row = queries.goal(request.access, pk)
    request.layer_id = row.organisation_id  # type: ignore[attr-defined]  # read by the shell
    return _page(request, row, StepForm(layer_id=row.organisation_id, body=row.body))


def _page(request: MemberRequest, row: Goal, form: StepForm, status: int = 200) -> HttpResponse:
    context = {**goal_context(request.access, row), "step_form": form}
    if context["may_do"]:
        loose = queries.running(request.access, row.organisation_id).filter(goal__isnull=True, body=row.body)
        context["loose"] = list(loose[:20])
    return render(request, "agenda/goal.html", context, status=status)


@member
@require_POST
def move(request: MemberRequest, pk: int) -> HttpResponse:
    """One press moves a point to another phase."""
    row = _mine(request, pk)
    phase = request.POST.get("phase", "")
    if phase in Phase.values:
        move_to(access=request.access, goal=row, phase=phase)
    return redirect("goals:goal", pk)


@member
@require_POST
def add(request: MemberRequest, pk: int) -> HttpResponse:
    """Add a step; what is wrong is said on the page of the point, with what was typed."""
    row = _mine(request, pk)
    form = StepForm(request.POST, layer_id=row.organisation_id, body=row.body)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    add_step(access=request.access, goal=row, **form.cleaned_data)
    return redirect("goals:goal", pk)


@member
@require_POST
def step(request: MemberRequest, pk: int) -> HttpResponse:
    """A step is done, or after all not done, or it will not be done because."""
    access = request.access
    found = (
        Step.objects.filter(pk=pk, goal__in=queries.goals(access).order_by()).select_related("goal").first()
    )
    if found is None:
        raise Http404
    do, because = request.POST.get("do", ""), request.POST.get("because", "")[:300]
    if do in {"done", "undone"}:
        tick_step(access=access, step=found, done=do == "done")
    elif do == "back":
        drop_step(access=access, step=found, because="")
    elif do == "drop" and because.strip():
        drop_step(access=access, step=found, because=because)
    elif do == "drop":
        messages.error(request, _("Schrijf waarom deze stap toch niet doorgaat. Er is niets veranderd."))
    return redirect("goals:goal", found.goal_id)


@member
@require_POST
def task(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a task to a body or a role, or take it back."""
    access, row = request.access, _mine(request, pk)
    if gone := number_in(request.POST.get("gone", "")):
        found = Task.objects.filter(pk=gone, goal=row).select_related("goal").first()
        if found is not None:
            take_back_task(access=access, task=found)
        return redirect("goals:goal", pk)
    kind, words = request.POST.get("kind", ""), request.POST.get("words", "")[:160]
    who = request.POST.get("who", "")
    if kind not in TaskKind.values or not (who or words.strip()):
        messages.error(request, _("Kies wie het is, of schrijf het in eigen woorden."))
        return redirect("goals:goal", pk)
    body, role = _who(access, row, who)
    give_task(access=access, goal=row, kind=kind, body=body, role=role, words=words)
    return redirect("goals:goal", pk)


def _who(access: Access, row: Goal, value: str) -> tuple[Body | None, str]:
    """The body or the role that a choice stands for; 404 for one that was not offered."""
    if not value:
        return None, ""
    if value not in dict(whose(access, row)):
        raise Http404
    number = number_in(value.removeprefix("b"))
    return (Body.objects.get(pk=number), "") if number else (None, value)


@member
@require_POST
def hang_under(request: MemberRequest, pk: int) -> HttpResponse:
    """Hang an agreement that we have already under this point."""
    row = _mine(request, pk)
    found = queries.agreement(request.access, number_in(request.POST.get("agreement", "")))
    hang(access=request.access, agreement=found, goal=row)
    return redirect("goals:goal", pk)

"""What the page of one point shows, as far as who looks may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from lemniscaat.agenda import queries
from lemniscaat.agenda.models import (
    Agreement,
    Anchor,
    Goal,
    GoalState,
    Phase,
    Span,
    Task,
    TaskKind,
)
from lemniscaat.agenda.points.following import followed, over_rounds
from lemniscaat.agenda.points.grounds import on_table
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.models import Evidence
from lemniscaat.interpretation.queries import Meaning
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Role
from lemniscaat.people.policy import Noun, Verb


@dataclass(frozen=True)
class Mark:
    """One of the four marks of the rhythm."""

    key: str
    label: str
    now: bool


@dataclass(frozen=True)
class Shared:
    """A task with who has it, in words."""

    row: Task
    who: str


def goal_context(access: Access, row: Goal) -> dict[str, Any]:
    """All there is to a point: why, who, how we notice, steps, agreements, tasks and each look."""
    may_do = access.may(Verb.DO, Noun.AGREEMENT, row.organisation_id)
    running = row.state == GoalState.RUNNING
    meaning, evidence = _meaning(access, row)
    steps = queries.steps_of([row]).get(row.pk, [])
    return {
        "row": row,
        "running": running,
        "may_do": may_do and running,
        "rhythm": [Mark(key, str(label), running and key == row.phase) for key, label in Phase.choices],
        "meaning": meaning,
        "evidence": evidence,
        "raised": roles_in_words(access, row.raised_by),
        "owner_role": role_name(access, row.owner_role),
        "anchors": [str(label) for key, label in Anchor.choices if key in row.anchors],
        "steps": steps,
        "agreements": agreements_of(access, row),
        "within": queries.goals(access).filter(pk=row.within_id).first() if row.within_id else None,
        "yearly": _yearly(access, row),
        "looks": on_table(access, row),
        "follow_ups": followed(access, row),
        "follow_line": over_rounds(access, row),
        "tasks": tasks_of(access, row),
        "kinds": TaskKind.choices if may_do and running else (),
        "whose": whose(access, row) if may_do and running else (),
    }


def _meaning(access: Access, row: Goal) -> tuple[Meaning | None, list[Evidence]]:
    """The meaning it comes from and what that rests on; nothing where I may not read that."""
    if row.interpretation_id is None:
        return None, []
    try:
        found = interpretation.meaning(access, row.interpretation_id)
    except Http404:
        return None, []
    return found, interpretation.evidence(access, found.row)


def _yearly(access: Access, row: Goal) -> list[Goal]:
    """The points of a year within a goal for years; none for a point of a year itself."""
    if row.span != Span.YEARS:
        return []
    return list(queries.goals(access).filter(within=row).order_by("-taken_up_on", "place"))


def agreements_of(access: Access, row: Goal) -> list[Agreement]:
    """The agreements under a point that I may see, what runs first."""
    rows = queries.agreements(access).filter(goal=row)
    return sorted(rows, key=lambda one: one.state != "running")


def role_name(access: Access, role: str) -> str:
    """What this partnership calls a role; empty for none."""
    return str(access.partnership.role_labels.get(role) or Role(role).label) if role in Role.values else ""


def roles_in_words(access: Access, roles: list[str]) -> list[tuple[str, str]]:
    """(role, its name), in the order of the roles."""
    return [(role.value, role_name(access, role)) for role in Role if role in roles]


def tasks_of(access: Access, row: Goal) -> list[tuple[str, list[Shared]]]:
    """Who prepares, decides, does and is heard, in that order; only where somebody is named."""
    rows = list(Task.objects.filter(goal=row).select_related("body", "goal"))
    shared = [Shared(one, _who(access, one)) for one in rows]
    kinds = [(str(label), [one for one in shared if one.row.kind == key]) for key, label in TaskKind.choices]
    return [(label, some) for label, some in kinds if some]


def _who(access: Access, task: Task) -> str:
    who = task.body.name if task.body else role_name(access, task.role)
    return ", ".join(filter(None, [who, task.words]))


def whose(access: Access, row: Goal) -> list[tuple[str, str]]:
    """Who can be given a task: the bodies around this layer, then the roles. (value of the form, name)."""
    around = {row.organisation_id, *access.tree.above(row.organisation_id)}
    bodies = Body.objects.filter(partnership=access.partnership, organisation_id__in=around, pair=False)
    return [
        *((f"b{body.pk}", body.name) for body in bodies),
        *((role.value, role_name(access, role).capitalize()) for role in Role if role != Role.ADMIN),
    ]

"""Who does what for a point: tasks of bodies and roles; and the agreements that hang under it."""

from __future__ import annotations

from lemniscaat.agenda.models import Agreement, Goal, Task, TaskKind
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


def give_task(
    *, access: Access, goal: Goal, kind: str, body: Body | None = None, role: str = "", words: str = ""
) -> Task:
    """Say that a body, a role or somebody in words prepares, decides, does or is heard. Twice is once."""
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id)
    with writing():
        made, new = Task.objects.get_or_create(
            goal=goal, kind=TaskKind(kind), body=body, role=role, words=words.strip()
        )
        if new and goal.body_id is None:
            note_change(access, verb="shared_out", thing=goal, kind=made.kind)
    return made


def take_back_task(*, access: Access, task: Task) -> None:
    """This is not theirs after all. What is gone already stays gone."""
    access.need(Verb.DO, Noun.AGREEMENT, task.goal.organisation_id)
    with writing():
        gone, _each = Task.objects.filter(pk=task.pk).delete()
        if gone and task.goal.body_id is None:
            note_change(access, verb="shared_out", thing=task.goal, kind=task.kind)


def hang(*, access: Access, agreement: Agreement, goal: Goal) -> Agreement:
    """Hang an agreement under a point of the same layer and the same body; one of others stays where it is."""
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id)
    ours = agreement.organisation_id == goal.organisation_id and agreement.body_id == goal.body_id
    if not ours or agreement.goal_id == goal.pk:
        return agreement
    with writing():
        agreement.goal = goal
        agreement.save(update_fields=["goal"])
        if goal.body_id is None:
            note_change(access, verb="hung", thing=agreement)
    return agreement

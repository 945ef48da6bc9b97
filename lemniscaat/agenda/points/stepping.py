"""Small things that bring a point nearer: added, changed, done or dropped."""

from __future__ import annotations

from datetime import date

from lemniscaat.agenda.models import Goal, Step
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


def add_step(
    *,
    access: Access,
    goal: Goal,
    sentence: str,
    owner: Person | None = None,
    owner_text: str = "",
    due_on: date | None = None,
) -> Step:
    """Add a step to a point; the same words under one point are one step."""
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id)
    with writing():
        made, new = Step.objects.get_or_create(
            goal=goal,
            sentence=sentence.strip(),
            defaults={"owner": owner, "owner_text": owner_text.strip(), "due_on": due_on},
        )
        if new and goal.body_id is None:
            note_change(access, verb="added", thing=made)
    return made


def tick_step(*, access: Access, step: Step, done: bool) -> Step:
    """A step is done today, or after all it is not. Twice is once."""
    access.need(Verb.DO, Noun.AGREEMENT, step.goal.organisation_id)
    with writing():
        current = Step.objects.select_for_update().get(pk=step.pk)
        if (current.done_on is not None) != done and not current.dropped_because:
            current.done_on = clock.today() if done else None
            current.save(update_fields=["done_on"])
            if step.goal.body_id is None:
                note_change(access, verb="ticked", thing=current)
    return current


def drop_step(*, access: Access, step: Step, because: str) -> Step:
    """A step that is not done after all stays, with its reason. An empty reason takes the dropping back."""
    access.need(Verb.DO, Noun.AGREEMENT, step.goal.organisation_id)
    with writing():
        current = Step.objects.select_for_update().get(pk=step.pk)
        if current.done_on is None and current.dropped_because != because.strip():
            current.dropped_because = because.strip()
            current.save(update_fields=["dropped_because"])
            if step.goal.body_id is None:
                note_change(access, verb="dropped", thing=current)
    return current

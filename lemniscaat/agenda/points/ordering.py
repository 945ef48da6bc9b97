"""The order of an agenda: chosen by people, a point at a time."""

from __future__ import annotations

from lemniscaat.agenda.models import Goal
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


def put_beside(*, access: Access, goal: Goal, other: Goal, before: bool) -> Goal:
    """Put a point right before or after another one of the same agenda; pressed twice is once.

    404 where I may not, or where the other stands on another agenda.
    """
    same = (goal.organisation_id, goal.body_id) == (other.organisation_id, other.body_id)
    access.need(Verb.DO, Noun.AGREEMENT, goal.organisation_id if same else 0)
    with writing():
        rows = list(
            Goal.objects.select_for_update().filter(organisation_id=goal.organisation_id, body=goal.body)
        )
        order = [row for row in rows if row.pk != goal.pk]
        at = next(number for number, row in enumerate(order) if row.pk == other.pk)
        order.insert(at if before else at + 1, next(row for row in rows if row.pk == goal.pk))
        if order != rows:
            for number, row in enumerate(order, 1):
                row.place = number
            Goal.objects.bulk_update(order, ["place"])
            if goal.body_id is None:
                note_change(access, verb="moved_place", thing=goal)
    return goal

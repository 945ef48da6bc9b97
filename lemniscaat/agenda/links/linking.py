"""Links between points of layers, made by people and never needed: 'draagt bij aan' upward, 'komt van' of what was shared."""

from __future__ import annotations

from django.http import Http404

from lemniscaat.agenda.actions import need_at
from lemniscaat.agenda.links.echoes import may_hang_under
from lemniscaat.agenda.models import Contribution, Goal, TakenUp
from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import AnswerKind, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.sharing import answer_share
from lemniscaat.people.trail import note_change


def link_up(*, access: Access, lower: Goal, upper: Goal) -> Contribution:
    """Say that a point of ours contributes to one above, that we see. Twice is once.

    404 where I may not change the lower point, or do not see the upper one. Nothing of ours is shown above by it.
    """
    need_at(access, lower.organisation_id, lower.body)
    if not may_hang_under(access, lower, upper):
        raise Http404
    with writing():
        made, new = Contribution.objects.get_or_create(
            lower=lower, upper=upper, defaults={"made_by": access.person, "made_on": clock.today()}
        )
        if new and lower.body_id is None:
            note_change(access, verb="linked", thing=lower)
    return made


def unlink_up(*, access: Access, lower: Goal, upper_id: int) -> None:
    """Take such a link away; by people of the lower layer. Twice is once."""
    need_at(access, lower.organisation_id, lower.body)
    with writing():
        gone, _each = Contribution.objects.filter(lower=lower, upper_id=upper_id).delete()
        if gone and lower.body_id is None:
            note_change(access, verb="unlinked", thing=lower)


def take_up_share(*, access: Access, share: Share, goal: Goal) -> TakenUp:
    """Take up what was shared with a layer in a point of its own. Twice is once.

    Who shared it hears so: where nobody answered yet, this is the answer, unless
    the point is of a few people alone, who do not speak for their layer. 404 where I may not change the point, and for
    what was shared with another layer or taken back.
    """
    need_at(access, goal.organisation_id, goal.body)
    access.need(Verb.SEE, Noun.SHARED, goal.organisation_id)
    with writing():
        current = Share.objects.filter(pk=share.pk, revoked_on__isnull=True).first()
        if current is None or current.for_all_below or current.target_id != goal.organisation_id:
            raise Http404
        made, new = TakenUp.objects.get_or_create(
            goal=goal, share=current, defaults={"made_by": access.person, "made_on": clock.today()}
        )
        if new and goal.body_id is None:
            note_change(access, verb="linked", thing=goal)
        speaks = goal.body_id is None and access.may(Verb.DO, Noun.SHARED, goal.organisation_id)
        if current.answered_on is None and speaks:
            answer_share(access=access, share=current, text="", kind=AnswerKind.TAKE_UP)
    return made


def let_go(*, access: Access, share_id: int, goal: Goal) -> None:
    """Take away that a point came of what was shared. The answer stands. Twice is once."""
    need_at(access, goal.organisation_id, goal.body)
    with writing():
        gone, _each = TakenUp.objects.filter(goal=goal, share_id=share_id).delete()
        if gone and goal.body_id is None:
            note_change(access, verb="unlinked", thing=goal)

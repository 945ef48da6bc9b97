"""Reading how points of layers hang together.

Of a lower point the layer above reads what was shared with it, in the words of that share, and only while it stands:
that somebody below made a link tells nothing by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet
from django.http import Http404

from lemniscaat.agenda.models import Contribution, Goal, GoalState, TakenUp
from lemniscaat.agenda.queries import goals
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Share


def live(access: Access, layer_ids: Collection[int]) -> QuerySet[Goal]:
    """The points of these layers that run or are held on to and that I may see; not those of one body alone."""
    rows = goals(access).filter(organisation_id__in=layer_ids, body__isnull=True)
    return rows.exclude(state=GoalState.STOPPED)


def could_hang_under(access: Access, lower: Goal) -> list[Goal]:
    """The points above that this one could contribute to, the nearest layer first; of a pair also those of its own layer."""
    above = access.tree.above(lower.organisation_id)
    near = [lower.organisation_id, *above] if lower.body_id else list(above)
    rows = live(access, near).exclude(pk=lower.pk)
    return sorted(rows, key=lambda row: (near.index(row.organisation_id), row.place, row.pk))


def may_hang_under(access: Access, lower: Goal, upper: Goal) -> bool:
    """Whether the upper point is one that the lower could contribute to."""
    return any(row.pk == upper.pk for row in could_hang_under(access, lower))


def contributes_to(access: Access, lower: Goal) -> list[Goal]:
    """The points above that this one contributes to, as far as I see them."""
    ids = Contribution.objects.filter(lower=lower).values("upper_id")
    return list(goals(access).filter(pk__in=ids).order_by("id"))


def ours_under(access: Access, upper: Goal) -> list[Goal]:
    """The points that contribute to this one and that I see at home: of my own layers, not of the table above."""
    ids = Contribution.objects.filter(upper=upper).values("lower_id")
    return list(goals(access).filter(pk__in=ids).order_by("id"))


def shared_under(
    access: Access, rows: Iterable[Goal], shares: Iterable[Share]
) -> dict[int, dict[int, Share]]:
    """Which of these shares belong to which of these points, by point and share: taken up in it, or a point that
    contributes to it. Two queries."""
    wanted = {row.pk for row in rows}
    known = {share.pk: share for share in shares if share.revoked_on is None}
    by_point = {share.noun_id: share for share in known.values() if share.noun == "goal"}
    found: defaultdict[int, dict[int, Share]] = defaultdict(dict)
    links = Contribution.objects.filter(upper_id__in=wanted, lower_id__in=by_point)
    for upper, lower in links.order_by("id").values_list("upper_id", "lower_id"):
        found[upper][by_point[lower].pk] = by_point[lower]
    taken = TakenUp.objects.filter(goal_id__in=wanted, share_id__in=known)
    for goal, share in taken.order_by("id").values_list("goal_id", "share_id"):
        found[goal][share] = known[share]
    return dict(found)


def came_from(access: Access, goal: Goal) -> list[Share]:
    """What this point came from: shares that were taken up in it, as far as I may read them and not taken back."""
    ids = TakenUp.objects.filter(goal=goal).order_by("id").values_list("share_id", flat=True)
    rows = Share.objects.filter(pk__in=list(ids), partnership=access.partnership)
    return [row for row in rows.select_related("source", "target") if people.open_to(access, row)]


def came_of(access: Access, share: Share) -> list[Goal]:
    """In which points a share was taken up, as far as I see these; 404 when it was taken back."""
    if not people.open_to(access, share):
        raise Http404
    return list(goals(access).filter(pk__in=TakenUp.objects.filter(share=share).values("goal_id")))


def to_take_up(access: Access, goal: Goal) -> list[Share]:
    """What was shared with the layer of a point and could be taken up in it."""
    if goal.organisation_id not in {layer.id for layer in access.layers}:
        return []
    taken = TakenUp.objects.filter(goal=goal).values("share_id")
    return list(people.shared_with(access, goal.organisation_id).exclude(pk__in=taken))

"""Reading what layers shared with each other. What was taken back is in none of these, but for the giver's own list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404

from lemniscaat.people.access import Access
from lemniscaat.people.models import Share
from lemniscaat.people.policy import Noun, Reach, Verb, verbs


def shared_with(access: Access, layer_id: int) -> QuerySet[Share]:
    """What was shared with one of my layers and not taken back, newest first.

    What comes from below is for who sits at that table; what comes from above is for everybody in it.
    """
    layer = access.layer(layer_id).id
    down = Q(source_id__in=access.where(Verb.SEE, Noun.MEANING) & set(access.tree.above(layer)))
    rows = _standing(access).filter(target_id=layer).exclude(source_id=layer)
    return rows if access.may(Verb.SEE, Noun.SHARED, layer) else rows.filter(down)


def shared_on_the_way(access: Access, layer_id: int) -> QuerySet[Share]:
    """What a higher layer made known to all below it, or shared with a layer between it and mine: so with me as well."""
    seen = access.where(Verb.SEE, Noun.MEANING)
    way = Q(pk__in=[])
    for target in access.tree.above(access.layer(layer_id).id):
        way |= Q(target_id=target, source_id__in=seen & {target, *access.tree.above(target)})
    return _standing(access).filter(way)


def from_below(access: Access, layer_id: int) -> QuerySet[Share]:
    """What the layers below shared with one, for who sits at that table; for anybody else nothing."""
    if not access.may(Verb.SEE, Noun.SHARED, layer_id):
        return Share.objects.none()
    return _standing(access).filter(target_id=layer_id, source_id__in=access.tree.below(layer_id))


def shared_from(access: Access, layer_id: int) -> QuerySet[Share]:
    """What one of my own tables shared, with the answers it got; taken back ones too."""
    if layer_id not in _own(access):
        return Share.objects.none()
    return _shares(access).filter(source_id=layer_id)


def made_known(access: Access, layer_id: int, since: date) -> bool:
    """Whether a layer let the layers below it read something since a day."""
    rows = _standing(access).filter(source_id=layer_id, shared_on__gte=since)
    return rows.filter(target_id__in={layer_id, *access.tree.below(layer_id)}).exists()


def answered_since(access: Access, layer_id: int, since: date) -> QuerySet[Share]:
    """What one of my own tables shared and had an answer on since a day, the newest answer first."""
    rows = shared_from(access, layer_id).filter(revoked_on__isnull=True, answered_on__gte=since)
    return rows.order_by("-answered_on", "-id")


def share_by_id(access: Access, pk: int) -> Share:
    """A share that I gave or got; 404 otherwise."""
    got = Q(target_id__in=access.where(Verb.SEE, Noun.SHARED), revoked_on__isnull=True)
    row = _shares(access).filter(got | Q(source_id__in=_own(access)), pk=pk).first()
    if row is None:
        raise Http404
    return row


def share_to_read(access: Access, pk: int) -> Share:
    """A share that stands and that I may read, as `open_to` says; 404 otherwise."""
    row = _standing(access).filter(pk=pk).first()
    if row is None or not open_to(access, row):
        raise Http404
    return row


def standing(access: Access, *, noun: str, noun_id: int, source_id: int) -> list[Share]:
    """The shares of one thing of a layer that were not taken back, newest first."""
    return list(_standing(access).filter(noun=noun, noun_id=noun_id, source_id=source_id))


def revoked(ids: Iterable[int]) -> frozenset[int]:
    """Which of these shares were taken back: for what was frozen and keeps their words."""
    rows = Share.objects.filter(pk__in=list(ids), revoked_on__isnull=False)
    return frozenset(rows.values_list("pk", flat=True))


def open_to(access: Access, row: Share) -> bool:
    """Whether I may read a share: as who gave it, at the table it was shared with, or below that when it came down."""
    if row.partnership_id != access.partnership.pk or row.revoked_on is not None:
        return False
    if access.may(Verb.SEE, Noun.SHARED, row.target_id) or row.source_id in _own(access):
        return True
    down = row.for_all_below or row.source_id in access.tree.above(row.target_id)
    mine = {layer.id for layer in access.layers}
    return down and row.target_id in mine and access.may(Verb.SEE, Noun.MEANING, row.source_id)


def _own(access: Access) -> set[int]:
    """The layers at whose table I sit; who only keeps the register there does not."""
    sits = {p.layer for p in access.places if Verb.SEE in verbs(p.role, Reach.OWN, Noun.MEANING)}
    return sits | access.where(Verb.SHARE, Noun.MEANING)


def _standing(access: Access) -> QuerySet[Share]:
    return _shares(access).filter(revoked_on__isnull=True)


def _shares(access: Access) -> QuerySet[Share]:
    rows = Share.objects.filter(partnership=access.partnership)
    return rows.select_related("source", "target", "answered_by").order_by(F("shared_on").desc(), "-id")

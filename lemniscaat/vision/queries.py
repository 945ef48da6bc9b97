"""Reading the vision: what a layer stands for, with what lies above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import (
    Agreeing,
    CollectiveView,
    Criterion,
    Framework,
    FrameworkNode,
    IndividualView,
    Mapping,
    Period,
    Profile,
    VisionPoint,
    VisionPointVersion,
)

QUESTIONS = ("meaning", "importance", "practice", "satisfied")
FIRST_LENS = "waarborgen"


def current_period(partnership: Partnership, day: date) -> Period | None:
    """The school year of a day."""
    return Period.objects.filter(partnership=partnership, starts_on__lte=day, ends_on__gte=day).first()


def period_before(period: Period) -> Period | None:
    """The school year before this one, with its lessons."""
    earlier = Period.objects.filter(partnership=period.partnership, ends_on__lt=period.starts_on)
    return earlier.order_by("-starts_on").first()


def _seen(access: Access) -> frozenset[int]:
    return access.where(Verb.SEE, Noun.VISION)


def _reach(access: Access, layer_id: int) -> set[int]:
    """A layer of mine and all above it, as far as I may see their vision."""
    layer = access.layer(layer_id)
    return {layer.id, *access.tree.above(layer.id)} & _seen(access)


def profiles(access: Access, layer_id: int) -> QuerySet[Profile]:
    """The texts that hold now, of a layer and all above it."""
    rows = Profile.objects.filter(
        partnership=access.partnership, organisation_id__in=_reach(access, layer_id), replaced_on__isnull=True
    )
    return rows.select_related("organisation").order_by("id")


def profile(access: Access, pk: int) -> Profile:
    """One text, any version; 404 when I may not see it."""
    rows = Profile.objects.filter(pk=pk, partnership=access.partnership, organisation_id__in=_seen(access))
    found = rows.select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def points(access: Access, layer_id: int) -> QuerySet[VisionPoint]:
    """The vision points of a layer and of all layers above it, in their order."""
    rows = VisionPoint.objects.filter(
        partnership=access.partnership, organisation_id__in=_reach(access, layer_id), retired_on__isnull=True
    )
    return rows.select_related("organisation").order_by("order", "id")


def point(access: Access, pk: int) -> VisionPoint:
    """One vision point; 404 when I may not see it."""
    rows = VisionPoint.objects.filter(
        pk=pk, partnership=access.partnership, organisation_id__in=_seen(access)
    )
    found = rows.select_related("organisation").first()
    if found is None:
        raise Http404
    return found


def criteria(access: Access, layer_id: int) -> QuerySet[Criterion]:
    """The criteria of a layer and of all layers above it, by vision point."""
    rows = Criterion.objects.filter(
        partnership=access.partnership, organisation_id__in=_reach(access, layer_id), retired_on__isnull=True
    )
    return rows.select_related("point", "organisation").order_by("point__order", "point_id", "id")


def criterion(access: Access, pk: int) -> Criterion:
    """One criterion with its vision point; 404 when I may not see it."""
    rows = Criterion.objects.filter(pk=pk, partnership=access.partnership, organisation_id__in=_seen(access))
    found = rows.select_related("point", "organisation").first()
    if found is None:
        raise Http404
    return found


def criteria_of(access: Access, of: VisionPoint) -> QuerySet[Criterion]:
    """The criteria that hang on one vision point and that I may see."""
    rows = Criterion.objects.filter(point=of, organisation_id__in=_seen(access), retired_on__isnull=True)
    return rows.select_related("point", "organisation").order_by("id")


def history(of: VisionPoint) -> QuerySet[VisionPointVersion]:
    """How a vision point read before, newest first."""
    return VisionPointVersion.objects.filter(point=of).select_related("changed_by").order_by("-version")


def agreeings(of: VisionPoint) -> QuerySet[Agreeing]:
    """Who agreed to it, newest first."""
    return Agreeing.objects.filter(point=of).select_related("body").order_by("-agreed_on", "-id")


def agreed_last(point_ids: list[int]) -> dict[int, Agreeing]:
    """Who agreed last, per vision point; one query."""
    rows = Agreeing.objects.filter(point_id__in=point_ids).select_related("body").order_by("agreed_on", "id")
    return {row.point_id: row for row in rows}


def profile_versions(access: Access, layer_id: int, kind: str) -> QuerySet[Profile]:
    """All versions of one text of one of my layers, newest first."""
    if layer_id not in _reach(access, layer_id):
        raise Http404
    rows = Profile.objects.filter(partnership=access.partnership, organisation_id=layer_id, kind=kind)
    return rows.select_related("organisation").order_by("-version")


def frameworks() -> QuerySet[Framework]:
    """The lenses there are."""
    return Framework.objects.order_by("id")


def chosen(lenses: Iterable[Framework], key: str) -> Framework | None:
    """The lens with this key; else the four waarborgen, else the first there is."""
    known = {row.key: row for row in lenses}
    return known.get(key) or known.get(FIRST_LENS) or next(iter(known.values()), None)


def lens_nodes(framework: Framework) -> QuerySet[FrameworkNode]:
    """The places of a lens, in their order."""
    return FrameworkNode.objects.filter(framework=framework).order_by("order", "id")


def nodes_by_criterion(framework: Framework, criterion_ids: list[int]) -> dict[int, list[FrameworkNode]]:
    """Where each criterion stands when seen through a lens; one query."""
    found: defaultdict[int, list[FrameworkNode]] = defaultdict(list)
    rows = Mapping.objects.filter(criterion_id__in=criterion_ids, node__framework=framework)
    for row in rows.select_related("node").order_by("node__order", "id"):
        found[row.criterion_id].append(row.node)
    return dict(found)


def own_view(access: Access, of: VisionPoint) -> IndividualView | None:
    """My own words on a vision point; nobody else's can be asked for here."""
    return IndividualView.objects.filter(point=of, person=access.person).first()


def collective_view(of: VisionPoint, layer_id: int) -> CollectiveView | None:
    """Our text on a vision point at a layer, as it reads now."""
    return CollectiveView.objects.filter(point=of, organisation_id=layer_id).order_by("-version").first()


def collective_views(of: VisionPoint, layer_id: int) -> QuerySet[CollectiveView]:
    """All versions of our text, newest first."""
    rows = CollectiveView.objects.filter(point=of, organisation_id=layer_id)
    return rows.select_related("written_by").order_by("-version")

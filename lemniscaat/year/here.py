"""What there is at the layer that takes a year over: who is there, who talks there and when, and its criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import cached_property

from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Body, Membership
from lemniscaat.people.tree import valid_on
from lemniscaat.vision.models import Criterion, VisionPoint
from lemniscaat.year import shifting
from lemniscaat.year.schoolyear import SchoolYear


@dataclass(frozen=True)
class Here:
    """What there is at the layer that takes over."""

    access: Access
    layer_id: int
    year: SchoolYear

    @cached_property
    def around(self) -> tuple[int, ...]:
        return (self.layer_id, *self.access.tree.above(self.layer_id))

    @cached_property
    def roles(self) -> frozenset[str]:
        rows = Membership.objects.filter(valid_on(self.access.day), partnership=self.access.partnership)
        if self.layer_id != self.access.tree.root:
            rows = rows.filter(organisation_id__in=(self.layer_id, *self.access.tree.below(self.layer_id)))
        return frozenset(rows.order_by().values_list("role", flat=True).distinct())

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies of the layer, then those above it."""
        rows = Body.objects.filter(
            partnership=self.access.partnership, organisation_id__in=self.around, pair=False
        )
        return sorted(rows, key=lambda body: (self.around.index(body.organisation_id), body.name))

    @cached_property
    def moments(self) -> dict[int, list[Appointment]]:
        rows = Appointment.objects.filter(
            body__in=self.bodies,
            cancelled_on__isnull=True,
            starts_at__date__gte=self.year.first,
            starts_at__date__lte=self.year.last + timedelta(days=31),
        ).select_related("body")
        found: dict[int, list[Appointment]] = {}
        for row in rows.order_by("starts_at", "id"):
            found.setdefault(row.body_id, []).append(row)
        return found

    @cached_property
    def criteria(self) -> frozenset[int]:
        rows = Criterion.objects.filter(
            partnership=self.access.partnership, organisation_id__in=self.around, retired_on__isnull=True
        )
        return frozenset(rows.values_list("pk", flat=True))

    @cached_property
    def points(self) -> frozenset[int]:
        rows = VisionPoint.objects.filter(
            partnership=self.access.partnership, organisation_id__in=self.around, retired_on__isnull=True
        )
        return frozenset(rows.values_list("pk", flat=True))

    def body_for(self, body: Body | None, name: str = "") -> Body | None:
        """The same body where it is ours, else the one that is called alike."""
        if body is not None and body.organisation_id in self.around:
            return body
        called = body.name if body else name
        found = shifting.alike(called, [(one.pk, one.name) for one in self.bodies]) if called else None
        return next((one for one in self.bodies if one.pk == found), None)

    def moment_near(self, body: Body | None, day: date | None) -> Appointment | None:
        """The moment of a body that is nearest to a day."""
        rows = self.moments.get(body.pk, []) if body else []
        near = shifting.nearest(day, [(row.pk, day_of(row)) for row in rows]) if day else None
        return next((row for row in rows if row.pk == near), None)


def day_of(moment: Appointment) -> date:
    """The day of a moment, in Amsterdam."""
    return timezone.localtime(moment.starts_at).date()

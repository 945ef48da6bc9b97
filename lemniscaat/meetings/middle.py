"""What lies in the middle of a talk: a vision point, a criterion with the point that it hangs on, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from lemniscaat.vision.models import Criterion, VisionPoint


@dataclass(frozen=True)
class Middle:
    """A point alone, a criterion with its point, or neither: a free talk."""

    point: VisionPoint | None = None
    criterion: Criterion | None = None

    @classmethod
    def of(cls, criterion: Criterion | None) -> Middle:
        """A criterion brings its point; without one nothing lies in the middle."""
        return cls(criterion.point, criterion) if criterion else cls()

    @property
    def key(self) -> str:
        """Its value in the form; '' for a free talk."""
        if self.criterion:
            return f"lat-{self.criterion.pk}"
        return f"punt-{self.point.pk}" if self.point else ""


class MiddleField(forms.ChoiceField):
    """One list to choose from: `points` that may lie there by themselves, and `criteria` under the point that they hang
    on. What was chosen comes out as a `Middle`; what is in neither is refused, and so is what another partnership has.
    """

    def __init__(self, *, points: Iterable[VisionPoint], criteria: Iterable[Criterion]) -> None:
        whole = [Middle(point) for point in points]
        latten = [Middle.of(criterion) for criterion in criteria]
        self.known = {one.key: one for one in (*whole, *latten)}
        super().__init__(
            label=_("Wat leg je in het midden?"),
            help_text=_("Een heel visiepunt, of één lat die daarbij hoort.") if whole else "",
            required=False,
            choices=[("", _("niets: een vrij gesprek")), *_grouped(whole, latten)],
            error_messages={
                "invalid_choice": _("Dit kun je hier niet in het midden leggen. Kies iets uit de lijst.")
            },
        )

    def clean(self, value: Any) -> Middle:
        """The choice itself, for the value that was sent."""
        return self.known.get(super().clean(value), Middle())


def _grouped(whole: list[Middle], latten: list[Middle]) -> list[Any]:
    """A group for each point that has criteria; a point without them is one option."""
    # in the order of the points, also where a point itself cannot be chosen: its criteria come in that order
    titles = {one.point.pk: one.point.title for one in (*whole, *latten) if one.point}
    under: dict[int, list[tuple[str, str]]] = {pk: [] for pk in titles}
    for one in latten:
        if one.point and one.criterion:
            under[one.point.pk].append((one.key, one.criterion.sentence))
    # the title again, for a list that is closed shows only what was chosen
    alone = {one.point.pk: one.key for one in whole if one.point}
    options: list[Any] = []
    for pk, title in titles.items():
        if not under[pk]:
            options.append((alone[pk], title))
            continue
        first = [(alone[pk], _("%(point)s (het hele punt)") % {"point": title})] if pk in alone else []
        options.append((title, first + under[pk]))
    return options

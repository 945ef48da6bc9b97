"""A figure that somebody types: a count or a part of a whole, held against all that is told beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.actions import added
from lemniscaat.datapoints.models import About, Circle, DataPoint, EvidenceKind, Figure, Indicator, SourceKind
from lemniscaat.datapoints.once import once
from lemniscaat.figures.sheltering import FEW, beside
from lemniscaat.figures.storing import in_turn
from lemniscaat.figures.told_beside import Beside, Subject, year_before, year_of
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.vision.models import Criterion


class TooFewError(ValueError):
    """A figure about fewer than five people is not kept."""


class SubtractableError(ValueError):
    """Less another figure it would be about fewer than five people; `before`: the figure of the year before would."""

    def __init__(self, *, before: bool = False) -> None:
        self.before = before
        super().__init__("a difference is about a few people")


@dataclass(frozen=True)
class Counted:
    """A count, or a part of a whole; `part` never exceeds `whole`."""

    part: int
    whole: int | None = None

    def __post_init__(self) -> None:
        if self.part < 0 or (self.whole is not None and self.part > self.whole):
            raise ValueError("a part is not larger than its whole")

    @property
    def people(self) -> int:
        return self.part if self.whole is None else self.whole

    @property
    def few(self) -> bool:
        """Whether it would be about fewer than five people, were it people; nobody at all is not few."""
        return 0 < self.people < FEW


def indicator(
    *,
    partnership: Partnership,
    name: str,
    definition: str,
    source: str,
    owner: str,
    about: str = About.PEOPLE,
) -> Indicator:
    """The figure that is kept under this name with this definition; made when there is none yet."""
    with writing():
        found, _made = Indicator.objects.get_or_create(
            partnership=partnership,
            name=name[:160],
            definition=definition,
            source=source,
            about=about,
            defaults={"unit": _("mensen") if about == About.PEOPLE else "", "owner": owner},
        )
    return found


def record_figure(
    *,
    access: Access,
    layer_id: int,
    criterion: Criterion,
    indicator: Indicator,
    title: str,
    part: int,
    whole: int | None,
    before: tuple[int, int | None] | None = None,
    happened_on: date | None = None,
    form_key: str = "",
) -> DataPoint:
    """Put a hard figure in the ledger: a count, or a part of a whole, with the period before beside it.

    The same form sent twice gives the same figure. Raises ValueError where a part is larger than its whole,
    TooFewError where it is about a few people, SubtractableError where it is less another figure.
    """
    access.need(Verb.DO, Noun.FIGURE, layer_id)
    now, earlier = Counted(part, whole), Counted(*before) if before else None
    about_people = indicator.about != About.THINGS
    if about_people and (now.few or (earlier and earlier.few)):
        raise TooFewError
    row = _row(access, layer_id, criterion, source_text=indicator.source, title=title, n=now.people)
    row.happened_on, row.form_key = happened_on or clock.today(), form_key
    figure = Figure(indicator=indicator, part=now.part, whole=now.whole)
    if earlier:
        figure.before_part, figure.before_whole = earlier.part, earlier.whole

    def make() -> DataPoint:
        if about_people:
            in_turn(access.partnership)
            _need_untold(row, indicator, now, earlier)
        return added(access, row, figure)

    mine = DataPoint.objects.filter(form_key=form_key, author=access.person)
    return once(form_key, mine, make)


def _row(access: Access, layer_id: int, criterion: Criterion, **said: Any) -> DataPoint:
    """A hard data point of mine on a criterion."""
    return DataPoint(
        partnership=access.partnership,
        organisation_id=layer_id,
        point=criterion.point,
        criterion=criterion,
        author=access.person,
        evidence=EvidenceKind.HARD,
        source=SourceKind.FIGURE,
        circle=Circle.PARTNERSHIP,
        permitted_use=PermittedUse.POOL,
        **said,
    )


def _need_untold(row: DataPoint, of: Indicator, now: Counted, earlier: Counted | None) -> None:
    """Raise where subtracting what is told already would leave a few people, this year or the year before."""
    told = Beside(row.partnership)
    hung = frozenset({row.criterion_id} if row.criterion_id else ())
    years = [(year_of(row.happened_on), now, False)]
    if earlier:
        years.append((year_before(row.happened_on), earlier, True))
    for when, counted, before in years:
        if not counted.people:
            continue
        subject = Subject(hung, of.name, when)
        cell, hand = told.cell(row.organisation_id, when, counted.people), told.hand(subject)
        if not all(beside([cell], hand=hand, told=group) for group in [[], *told.files(subject)]):
            raise SubtractableError(before=before)

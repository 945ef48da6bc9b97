"""Writing in the ledger: notes, reports and figures. The permitted use is fixed when something is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext as _

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.attaching import Taken
from lemniscaat.datapoints.indexing import forget_words, index_words
from lemniscaat.datapoints.models import (
    About,
    Attachment,
    Circle,
    DataPoint,
    EvidenceKind,
    Figure,
    Indicator,
    Passage,
    Report,
    SourceKind,
)
from lemniscaat.datapoints.once import once
from lemniscaat.people.access import Access
from lemniscaat.people.models import OrganisationKind, Partnership
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion, VisionPoint

CIRCLES = {
    OrganisationKind.TEAM: Circle.TEAM,
    OrganisationKind.SCHOOL: Circle.SCHOOL,
}


def write_note(
    *,
    access: Access,
    text: str,
    layer_id: int | None,
    point: VisionPoint | None = None,
    criterion: Criterion | None = None,
    form_key: str = "",
    source: str = SourceKind.NOTE,
    title: str = "",
    happened_on: date | None = None,
    attached: Sequence[Taken] = (),
) -> DataPoint:
    """Keep a quick note: soft, to learn from, seen by the circle its giver chooses (`layer_id` None: only me).

    `source` may also be an observation or an exit ticket; `happened_on` is the day it was written, when it waited for
    a network. The same form sent twice gives the same note, with what is attached to it once. The perspective is the
    giver's role nearest to that circle.
    """
    place = access.layer(layer_id) if layer_id else access.layers[0]
    row = DataPoint(
        partnership=access.partnership,
        organisation_id=place.id,
        point=point or (criterion.point if criterion else None),
        criterion=criterion,
        evidence=EvidenceKind.SOFT,
        source=source,
        perspective=role_near(access, place.id),
        title=title.strip(),
        text=text.strip(),
        happened_on=happened_on or access.day,
        permitted_use=PermittedUse.LEARN,
        circle=CIRCLES.get(OrganisationKind(place.kind), Circle.PARTNERSHIP) if layer_id else Circle.ME,
        author=access.person,
        form_key=form_key,
    )
    return _once(access, form_key, lambda: _with_attached(row, attached))


def _with_attached(row: DataPoint, attached: Sequence[Taken]) -> DataPoint:
    row.save()
    index_words(row)
    for one in attached:
        Attachment.objects.create(
            data_point=row, kind=one.kind, slug=one.slug, content_type=one.content_type, data=one.data
        )
    return row


def _once(access: Access, form_key: str, make: Callable[[], DataPoint]) -> DataPoint:
    return once(form_key, DataPoint.objects.filter(form_key=form_key, author=access.person), make)


def role_near(access: Access, layer_id: int) -> str:
    """The role in which I speak in a circle: the one I have there, else the one I have inside it."""
    here = [p.role for p in access.places if p.layer == layer_id]
    inside = [p.role for p in access.places if layer_id in access.tree.above(p.layer)]
    return [*here, *inside, access.places[0].role][0]


FEWEST = 5
"""People that a figure is about at the least: under it somebody could be known by it."""


class TooFewError(ValueError):
    """A figure about fewer than five people is not kept."""


@dataclass(frozen=True)
class Counted:
    """A count, or a part of a whole; `part` never exceeds `whole`."""

    part: int
    whole: int | None = None

    def __post_init__(self) -> None:
        if self.part < 0 or (self.whole is not None and self.part > self.whole):
            raise ValueError("a part is not larger than its whole")

    @property
    def few(self) -> bool:
        """Whether it would be about fewer than five people, were it people; nobody at all is not few."""
        return 0 < (self.part if self.whole is None else self.whole) < FEWEST


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
    permitted_use: str = PermittedUse.POOL,
    form_key: str = "",
) -> DataPoint:
    """Put a hard figure in the ledger: a count, or a part of a whole, with the period before beside it.

    Raises ValueError where a part is larger than its whole, TooFewError where it is about a few people. The same form sent twice gives the same figure.
    """
    access.need(Verb.DO, Noun.FIGURE, layer_id)
    now, earlier = Counted(part, whole), Counted(*before) if before else Counted(0)
    if indicator.about != About.THINGS and (now.few or earlier.few):
        raise TooFewError
    row = DataPoint(
        **_about(access, criterion, layer_id),
        evidence=EvidenceKind.HARD,
        source=SourceKind.FIGURE,
        source_text=indicator.source,
        title=title,
        n=now.part if now.whole is None else now.whole,
        happened_on=happened_on or clock.today(),
        permitted_use=permitted_use,
        circle=Circle.PARTNERSHIP,
        form_key=form_key,
    )
    told = {"part": now.part, "whole": now.whole, "before_whole": earlier.whole}
    told["before_part"] = earlier.part if before else None
    return _once(access, form_key, lambda: _added(access, row, Figure(indicator=indicator, **told)))


def _about(access: Access, criterion: Criterion, layer_id: int) -> dict[str, Any]:
    """What every data point on a criterion says of itself."""
    return {
        "partnership": access.partnership,
        "organisation_id": layer_id,
        "point": criterion.point,
        "criterion": criterion,
        "author": access.person,
    }


def _added(access: Access, row: DataPoint, figure: Figure | None = None) -> DataPoint:
    row.save()
    if figure is not None:
        figure.data_point = row
        figure.save()
    note_change(access, verb="added", thing=row)
    return index_words(row)


def attach(*, access: Access, data_point: DataPoint, criterion: Criterion) -> DataPoint:
    """Hang a note on a criterion later, in the talk or by its giver."""
    with writing():
        data_point.criterion = criterion
        data_point.point = criterion.point
        data_point.save(update_fields=["criterion", "point"])
        note_change(access, verb="attached", thing=data_point, criterion=criterion.pk)
    return data_point


def withdraw(*, access: Access, data_point: DataPoint) -> None:
    """Take something of one's own back, with what is attached to it: gone for everybody. 404 for another's."""
    if data_point.author_id != access.person.pk:
        raise Http404
    with writing():
        data_point.withdrawn_on = clock.today()
        data_point.text = data_point.title = ""
        data_point.save(update_fields=["withdrawn_on", "text", "title"])
        Attachment.objects.filter(data_point=data_point).delete()
        Passage.objects.filter(data_point=data_point).delete()
        forget_words(data_point)
        _forget_empty_reports()


def forget_erased() -> int:
    """Throw away the notes that people who were erased kept to themselves, and their voices and photos.

    Returns how many rows went.
    """
    # what somebody wrote for others stays without his name, but a voice is a name
    Attachment.objects.filter(data_point__author__erased_on__isnull=False).delete()
    gone = DataPoint.objects.filter(author__erased_on__isnull=False, circle=Circle.ME).delete()[0]
    if gone:
        _forget_empty_reports()
    return gone


def _forget_empty_reports() -> None:
    """What a report said of itself goes when nothing of it stands any more."""
    standing = DataPoint.objects.filter(report=OuterRef("pk"), withdrawn_on__isnull=True)
    DataPoint.objects.filter(report__in=Report.objects.filter(~Exists(standing))).update(report=None)
    Report.objects.filter(~Exists(DataPoint.objects.filter(report=OuterRef("pk")))).delete()

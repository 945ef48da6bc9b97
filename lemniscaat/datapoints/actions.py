"""Writing in the ledger: notes, reports and figures. The permitted use is fixed when something is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.attaching import Taken
from lemniscaat.datapoints.indexing import forget_words, index_words
from lemniscaat.datapoints.models import (
    Attachment,
    Circle,
    DataPoint,
    EvidenceKind,
    Figure,
    Passage,
    Report,
    SourceKind,
)
from lemniscaat.datapoints.once import once
from lemniscaat.people.access import Access
from lemniscaat.people.models import OrganisationKind
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


def added(access: Access, row: DataPoint, figure: Figure | None = None) -> DataPoint:
    """Put a row in the ledger, with the figure it tells, the trail of it and its words for searching."""
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

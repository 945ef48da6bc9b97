"""Writing in the ledger: notes, reports and figures. The permitted use is fixed when something is given."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, Figure, Indicator, SourceKind
from lemniscaat.people.access import Access
from lemniscaat.people.models import OrganisationKind
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
) -> DataPoint:
    """Keep a quick note: soft, to learn from, seen by the circle its giver chooses (`layer_id` None: only me).

    The same form sent twice gives the same note. The perspective is the giver's role nearest to that circle.
    """
    known = DataPoint.objects.filter(form_key=form_key, author=access.person).first() if form_key else None
    if known is not None:
        return known
    place = access.layer(layer_id) if layer_id else access.layers[0]
    circle = CIRCLES.get(OrganisationKind(place.kind), Circle.PARTNERSHIP) if layer_id else Circle.ME
    with writing():
        return DataPoint.objects.create(
            partnership=access.partnership,
            organisation_id=place.id,
            point=point or (criterion.point if criterion else None),
            criterion=criterion,
            evidence=EvidenceKind.SOFT,
            source=SourceKind.NOTE,
            perspective=access.places[0].role,
            text=text.strip(),
            happened_on=access.day,
            permitted_use=PermittedUse.LEARN,
            circle=circle,
            author=access.person,
            form_key=form_key,
        )


def write_report(
    *,
    access: Access,
    layer_id: int,
    criterion: Criterion,
    title: str,
    text: str,
    perspective: str,
    happened_on: date,
    permitted_use: str = PermittedUse.LEARN,
    form_key: str = "",
) -> DataPoint:
    """Keep what came out of a talk with people, as they themselves would say it; soft."""
    access.need(Verb.DO, Noun.FIGURE, layer_id)
    known = DataPoint.objects.filter(form_key=form_key, author=access.person).first() if form_key else None
    if known is not None:
        return known
    place = access.tree.layers[layer_id]
    with writing():
        made = DataPoint.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            point=criterion.point,
            criterion=criterion,
            evidence=EvidenceKind.SOFT,
            source=SourceKind.REPORT,
            perspective=perspective,
            title=title.strip(),
            text=text.strip(),
            happened_on=happened_on,
            permitted_use=permitted_use,
            circle=CIRCLES.get(OrganisationKind(place.kind), Circle.PARTNERSHIP),
            author=access.person,
            form_key=form_key,
        )
        note_change(access, verb="added", thing=made)
    return made


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
) -> DataPoint:
    """Put a hard figure in the ledger: a count, or a part of a whole, with the period before beside it.

    Raises ValueError where the part is larger than the whole.
    """
    access.need(Verb.DO, Noun.FIGURE, layer_id)
    if whole is not None and part > whole:
        raise ValueError("a part is not larger than its whole")
    with writing():
        made = DataPoint.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            point=criterion.point,
            criterion=criterion,
            evidence=EvidenceKind.HARD,
            source=SourceKind.FIGURE,
            source_text=indicator.source,
            title=title,
            n=whole or part,
            happened_on=happened_on or clock.today(),
            permitted_use=permitted_use,
            circle=Circle.PARTNERSHIP,
            author=access.person,
        )
        Figure.objects.create(
            data_point=made,
            indicator=indicator,
            part=part,
            whole=whole,
            before_part=before[0] if before else None,
            before_whole=before[1] if before else None,
        )
        note_change(access, verb="added", thing=made)
    return made


def attach(*, access: Access, data_point: DataPoint, criterion: Criterion) -> DataPoint:
    """Hang a note on a criterion later, in the talk or by its giver."""
    with writing():
        data_point.criterion = criterion
        data_point.point = criterion.point
        data_point.save(update_fields=["criterion", "point"])
        note_change(access, verb="attached", thing=data_point, criterion=criterion.pk)
    return data_point


def withdraw(*, access: Access, data_point: DataPoint) -> None:
    """Take something of one's own back: it disappears for everybody. 404 for another's."""
    if data_point.author_id != access.person.pk:
        raise Http404
    with writing():
        data_point.withdrawn_on = clock.today()
        data_point.text = ""
        data_point.save(update_fields=["withdrawn_on", "text"])

"""Reports with a light template: kept once, changed by who wrote them, a panel theme by theme. Never a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import Http404

from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.actions import CIRCLES
from lemniscaat.datapoints.indexing import index_words
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind, Passage, Report, SourceKind
from lemniscaat.datapoints.once import once
from lemniscaat.datapoints.sorts import OBSERVATION, PANEL, REFLECTION, sorts
from lemniscaat.people.access import Access
from lemniscaat.people.models import OrganisationKind
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion, VisionPoint

LEAST_PANEL, MOST_PANEL, LEAST_SCHOOLS = 6, 8, 3
OWN = frozenset({REFLECTION, OBSERVATION})
"""What everybody may write of what he himself saw or did; a report speaks for others and asks for more."""
Told = Sequence[tuple[str, str]]
"""(key of the heading, text) in the order of the headings."""


class ReportClashError(Exception):
    """Somebody, perhaps myself in another window, changed the report since this page was opened."""

    def __init__(self, theirs: Told) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs


class PanelNeedsReasonError(Exception):
    """A panel that is smaller, of fewer schools, or led by who also assesses: with a reason that the readers see."""


@dataclass(frozen=True)
class Wording:
    """What a report says, apart from where it hangs."""

    title: str
    passages: Told
    present: Sequence[str]
    happened_on: date
    perspective: str = ""


@dataclass(frozen=True)
class Hanging:
    """Where a report hangs: who reads it (None: only me), about what, and what it may serve for."""

    layer_id: int | None
    criterion: Criterion | None = None
    point: VisionPoint | None = None
    permitted_use: str = PermittedUse.LEARN


@dataclass(frozen=True)
class Theme:
    """What a panel said on one theme, and the criterion or vision point it hangs on."""

    title: str
    passages: Told
    criterion: Criterion | None = None
    point: VisionPoint | None = None

    @property
    def empty(self) -> bool:
        return not any(text.strip() for _key, text in self.passages)


@dataclass(frozen=True)
class Panel:
    """Who sat in a panel, in numbers and roles."""

    people: int
    schools: int
    present: Sequence[str]
    read_back: bool
    led_by_outsider: bool
    because: str = ""
    themes: Sequence[Theme] = field(default_factory=tuple)

    @property
    def as_meant(self) -> bool:
        """Six to eight people of at least three schools, led by somebody who assesses none of them."""
        fits = LEAST_PANEL <= self.people <= MOST_PANEL and self.schools >= LEAST_SCHOOLS
        return fits and self.led_by_outsider


def may_write(access: Access, sort: str, layer_id: int) -> bool:
    """Whether I may write such a report for the readers of a layer."""
    if sort in OWN:
        return any(layer.id == layer_id for layer in access.layers)
    return access.may(Verb.DO, Noun.FIGURE, layer_id)


def keep_report(
    *, access: Access, sort: str, wording: Wording, hanging: Hanging, form_key: str = ""
) -> DataPoint:
    """Keep a report under its headings; soft. The same form sent twice is one report. 404 where I may not write it."""
    layer_id = hanging.layer_id
    if sort not in sorts() or sort == PANEL or (layer_id is None and sort not in OWN):
        raise Http404
    if layer_id is not None and not may_write(access, sort, layer_id):
        raise Http404

    def make() -> DataPoint:
        report = _report(access, sort, layer_id, wording, form_key)
        row = _row(access, SourceKind(sort), wording, hanging)
        row.report, row.title = report, wording.title.strip()
        row.perspective = wording.perspective
        return _kept(access, row, wording.passages)

    return _once(access, form_key, make)


def _report(access: Access, sort: str, layer_id: int | None, wording: Wording, form_key: str) -> Report:
    return Report.objects.create(
        partnership=access.partnership,
        organisation_id=layer_id or access.layers[0].id,
        template=sort,
        title=wording.title.strip(),
        present=sorted(set(wording.present)),
        written_by=access.person,
        written_on=access.day,
        form_key=form_key,
    )


def _row(access: Access, source: SourceKind, wording: Wording, hanging: Hanging) -> DataPoint:
    place = access.tree.layers[hanging.layer_id or access.layers[0].id]
    circle = CIRCLES.get(OrganisationKind(place.kind), Circle.PARTNERSHIP) if hanging.layer_id else Circle.ME
    return DataPoint(
        partnership=access.partnership,
        organisation_id=place.id,
        criterion=hanging.criterion,
        point=hanging.point or (hanging.criterion.point if hanging.criterion else None),
        evidence=EvidenceKind.SOFT,
        source=source,
        happened_on=wording.happened_on,
        permitted_use=hanging.permitted_use,
        circle=circle,
        author=access.person,
    )


def _kept(access: Access, row: DataPoint, passages: Told) -> DataPoint:
    """Write a row with what stands under each of its headings."""
    row.text = together(passages)
    row.save()
    _lay(row, passages)
    if row.circle != Circle.ME:
        note_change(access, verb="added", thing=row)
    return index_words(row)


def _lay(row: DataPoint, passages: Told) -> None:
    Passage.objects.bulk_create(
        Passage(data_point=row, key=key, text=text.strip(), order=order)
        for order, (key, text) in enumerate(passages)
        if text.strip()
    )


def together(passages: Told) -> str:
    """What stands under the headings as one text."""
    return "\n\n".join(text.strip() for _key, text in passages if text.strip())


def _once(access: Access, form_key: str, make: Callable[[], DataPoint]) -> DataPoint:
    """Of a panel the first."""
    mine = DataPoint.objects.filter(report__form_key=form_key, author=access.person).order_by("pk")
    return once(form_key, mine, make)


def change_report(*, access: Access, data_point: DataPoint, version: int, wording: Wording) -> DataPoint:
    """Change my own report: its words and who was there, never what it may serve for. 404 for another's.

    Raises ReportClashError when `version` is no longer the newest; then nothing is written.
    """
    if data_point.author_id != access.person.pk or data_point.report_id is None:
        raise Http404
    with writing():
        report = Report.objects.select_for_update().get(pk=data_point.report_id)
        if report.version != version:
            raise ReportClashError(passages_of(data_point))
        if data_point.circle != Circle.ME:
            note_change(access, verb="revised", thing=data_point, version=report.version)
        report.version += 1
        if report.template != PANEL:
            report.title, report.present = wording.title.strip(), sorted(set(wording.present))
        report.save(update_fields=["version", "title", "present"])
        data_point.title = wording.title.strip()
        data_point.text = together(wording.passages)
        data_point.happened_on = wording.happened_on
        data_point.perspective = wording.perspective or data_point.perspective
        data_point.save(update_fields=["title", "text", "happened_on", "perspective"])
        Passage.objects.filter(data_point=data_point).delete()
        _lay(data_point, wording.passages)
        return index_words(data_point)


def passages_of(row: DataPoint) -> list[tuple[str, str]]:
    """What stands under the headings of a report, in their order."""
    return list(Passage.objects.filter(data_point=row).values_list("key", "text"))


def keep_panel(
    *, access: Access, wording: Wording, hanging: Hanging, panel: Panel, form_key: str = ""
) -> list[DataPoint]:
    """Keep the report of a panel: one data point per theme that was spoken of, all hanging together.

    Raises PanelNeedsReasonError where the panel was not as meant and no reason is given; ValueError without a theme.
    """
    if hanging.layer_id is None:
        raise Http404
    access.need(Verb.DO, Noun.FIGURE, hanging.layer_id)
    themes = [theme for theme in panel.themes if not theme.empty]
    if not themes:
        raise ValueError("a panel spoke of something")
    if not panel.as_meant and not panel.because.strip():
        raise PanelNeedsReasonError

    def make() -> DataPoint:
        report = _report(access, PANEL, hanging.layer_id, wording, form_key)
        report.people, report.schools = panel.people, panel.schools
        report.because, report.read_back = panel.because.strip(), panel.read_back
        report.save()
        made = [_theme(access, report, theme, wording, hanging) for theme in themes]
        return made[0]

    first = _once(access, form_key, make)
    return list(DataPoint.objects.filter(report=first.report).order_by("pk"))


def _theme(access: Access, report: Report, theme: Theme, wording: Wording, hanging: Hanging) -> DataPoint:
    own = Hanging(hanging.layer_id, theme.criterion, theme.point, hanging.permitted_use)
    row = _row(access, SourceKind.PANEL, wording, own)
    row.report, row.title, row.n = report, theme.title.strip(), report.people
    row.perspective = wording.perspective
    return _kept(access, row, theme.passages)


def read_back(*, access: Access, report: Report) -> Report:
    """Say that the panel has read it and agrees; by who wrote it. 404 for another's."""
    if report.written_by_id != access.person.pk or report.template != PANEL:
        raise Http404
    with writing():
        report.read_back = True
        report.save(update_fields=["read_back"])
        note_change(access, verb="read_back", thing=report)
    return report

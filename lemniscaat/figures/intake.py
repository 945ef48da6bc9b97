"""Taking a file of figures in: everything that is right in one transaction, or nothing.

Every import keeps of every figure in it what stood there and what it puts there (`figure_undoing` takes it back).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.datapoints.models import (
    Circle,
    DataPoint,
    EvidenceKind,
    Figure,
    FigureChange,
    FigureImport,
    FormerDefinition,
    Indicator,
    SourceKind,
)
from lemniscaat.figures.amounts import Span
from lemniscaat.figures.preview import (
    CHANGED,
    NEW,
    SAME,
    Line,
    Preview,
    about_of,
    changes_meaning,
    lay_beside,
)
from lemniscaat.figures.standing import standing
from lemniscaat.figures.storing import in_turn, put_all, said, shelter
from lemniscaat.figures.titles import title_of
from lemniscaat.figures.values import Fault
from lemniscaat.figures.waiting import File, Meaning, file_of, remember
from lemniscaat.people.access import Access
from lemniscaat.people.models import Upload
from lemniscaat.people.tables import plain
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion


class FaultyFileError(ValueError):
    """Rows that must be mended or left out first; nothing was stored."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.problem for fault in self.faults))


def take_in(
    *, access: Access, upload: Upload, form_key: str, skip_faulty: bool = False
) -> FigureImport | None:
    """Say yes to a preview: everything that is right, in one transaction. None where it would change nothing.

    The same form sent twice is one import. Raises FaultyFileError when a row is wrong and is not to be left out.
    """
    with writing():
        in_turn(access.partnership)
        known = FigureImport.objects.filter(form_key=form_key, person=access.person).first()
        if known is not None:
            return known
        file = file_of(upload)
        # looked at inside the transaction: between the preview and the yes something may have changed
        found = lay_beside(access=access, file=file)
        if found.blocking and not skip_faulty:
            raise FaultyFileError(found.blocking)
        if not found.does_something:
            return None
        done = _stored(access, file, found, upload.name, form_key)
        remember(access, file)
        upload.delete()
    return done


def _stored(access: Access, file: File, found: Preview, name: str, form_key: str) -> FigureImport:
    done = FigureImport.objects.create(
        partnership=access.partnership,
        person=access.person,
        name=name,
        imported_on=clock.today(),
        added=found.count(NEW),
        changed=found.count(CHANGED),
        same=found.count(SAME),
        form_key=form_key,
    )
    indicators = _indicators(access, file, found, done)
    rows = standing(access.partnership, indicators.values())
    criterion = Criterion.objects.filter(partnership=access.partnership, pk=file.told.criterion).first()
    touched: dict[tuple[int, Span], set[int]] = {}
    changes: list[FigureChange] = []
    made: list[Figure] = []
    changed: list[tuple[Figure, dict[str, Any]]] = []
    for line in found.lines:
        indicator = indicators[plain(line.fact.name)]
        after = {**line.after, "title": title_of(indicator, line.fact.value, line.span)}
        row = rows.get((indicator.pk, line.layer_id, line.span))
        if line.state != SAME:
            if row is None:
                made.append(said(_new(access, indicator, line, file.told.use), after, criterion))
            else:
                changed.append((row, after))
            touched.setdefault((indicator.pk, line.span), set()).add(line.layer_id)
        before = None if line.state == NEW else line.before
        changes.append(_change(done, indicator, line, before, after))
    DataPoint.objects.bulk_create([row.data_point for row in made])
    Figure.objects.bulk_create(made)
    put_all(changed)
    FigureChange.objects.bulk_create(changes)
    shelter(access.partnership, touched)
    note_change(access, verb="imported", thing=done, added=done.added, changed=done.changed)
    return done


def _change(
    done: FigureImport,
    indicator: Indicator,
    line: Line,
    before: dict[str, Any] | None,
    after: dict[str, Any],
) -> FigureChange:
    return FigureChange(
        figure_import=done,
        indicator=indicator,
        organisation_id=line.layer_id,
        starts_on=line.span.first,
        ends_on=line.span.last,
        line=line.fact.line,
        before=before,
        after=after,
    )


def _indicators(access: Access, file: File, found: Preview, done: FigureImport) -> dict[str, Indicator]:
    """The indicators that the lines are about: made where there is none, with a new version where it means more."""
    ids = {line.indicator_id for line in found.lines if line.indicator_id}
    known = {row.pk: row for row in Indicator.objects.filter(pk__in=ids)}
    made: dict[str, Indicator] = {}
    for line in found.lines:
        name = plain(line.fact.name)
        if name in made:
            continue
        meaning = file.told.meanings.get(line.fact.name, Meaning())
        if line.indicator_id is None:
            made[name] = _made(access, file, line, meaning, done)
            continue
        made[name] = known[line.indicator_id]
        if changes_meaning(made[name], meaning):
            _redefine(made[name], meaning, done)
    return made


def _made(access: Access, file: File, line: Line, meaning: Meaning, done: FigureImport) -> Indicator:
    return Indicator.objects.create(
        partnership=access.partnership,
        name=line.fact.name,
        definition=meaning.definition.strip(),
        unit=meaning.unit.strip()[:40],
        source=file.told.source[:160],
        owner=file.told.owner[:160],
        kind=line.fact.value.kind,
        about=about_of(line.fact.value.kind, meaning, None),
        made_by=done,
    )


def _redefine(row: Indicator, meaning: Meaning, done: FigureImport) -> None:
    FormerDefinition.objects.create(
        indicator=row,
        version=row.version,
        definition=row.definition,
        unit=row.unit,
        replaced_by=done,
    )
    row.version += 1
    row.definition = meaning.definition.strip() or row.definition
    row.unit = meaning.unit.strip()[:40] or row.unit
    row.save(update_fields=["version", "definition", "unit"])


def _new(access: Access, indicator: Indicator, line: Line, use: str) -> Figure:
    """A figure of nobody: an author reads what he wrote, and who brings a file does not read every school's figure."""
    point = DataPoint(
        partnership=access.partnership,
        organisation_id=line.layer_id,
        evidence=EvidenceKind.HARD,
        source=SourceKind.FIGURE,
        happened_on=min(line.span.last, clock.today()),
        permitted_use=use,
        circle=Circle.PARTNERSHIP,
    )
    return Figure(
        data_point=point, indicator=indicator, starts_on=line.span.first, ends_on=line.span.last, part=0
    )

"""Bringing a sheet of one's own to a table, by its owner only."""

from __future__ import annotations

from django.http import Http404

from lemniscaat.base.writing import writing
from lemniscaat.collection.chosen import Chosen
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.meetings.models import Chair, Table, TableFile
from lemniscaat.meetings.seating import start_table
from lemniscaat.meetings.tables import instrument_of
from lemniscaat.people.access import Access


def share_sheet(*, access: Access, sheet: Table, form_key: str) -> Table:
    """Bring one's own sheet to a new table, as one's own chair there. The private sheet stays as it was."""
    if not sheet.private or sheet.led_by_id != access.person.pk:
        raise Http404
    with writing():
        made = start_table(
            access=access,
            layer_id=sheet.organisation_id,
            instrument=_whole(sheet),
            title=sheet.title,
            chosen=Chosen.read(sheet.chosen),
            point=sheet.point,
            form_key=form_key,
        )
        mine = Chair.objects.get(table=sheet, person=access.person)
        theirs = Chair.objects.get(table=made, person=access.person)
        if not theirs.answers:
            files = {file.key for file in TableFile.objects.filter(chair=mine).only("key")}
            # a file goes along only when it is laid down again: it may hold more than its owner remembers
            own = {item.key for item in instrument_of(sheet).items if item.private}
            theirs.answers = {key: given for key, given in mine.answers.items() if key not in files | own}
            theirs.schema_version = mine.schema_version
            theirs.save(update_fields=["answers", "schema_version"])
    return made


def _whole(table: Table) -> Instrument:
    return Instrument.model_validate(table.instrument.definition)

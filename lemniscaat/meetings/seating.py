"""Setting an instrument on the table, taking a chair at it, and filling it in alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from enum import Enum

from django.http import Http404

from lemniscaat.base.keys import join_code, link_token
from lemniscaat.base.writing import writing
from lemniscaat.collection.opening import frozen
from lemniscaat.instruments.answers import SCHEMA_VERSION, Stored
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.meetings.joining_in import take_along
from lemniscaat.meetings.models import Chair, Table, TableFile, TableState
from lemniscaat.meetings.queries import role_of
from lemniscaat.meetings.tables import Chosen, hashed, instrument_of, locked, meant_for_the_table
from lemniscaat.meetings.uploads import Taken
from lemniscaat.people.access import Access
from lemniscaat.people.erasure import NOBODY
from lemniscaat.people.models import Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import VisionPoint

MOST_CHAIRS = 40


class Kept(Enum):
    """What became of what somebody filled in."""

    IN = "in"
    LAID_OPEN = "laid open"
    GONE = "gone"


def start_table(
    *,
    access: Access,
    layer_id: int,
    instrument: Instrument,
    title: str,
    chosen: Chosen,
    point: VisionPoint | None = None,
    private: bool = False,
    form_key: str,
) -> Table:
    """Put an instrument on the table, with a chair for whoever does so; the same form sent twice starts one table.

    A private one is a sheet of one's own at any of one's layers: no code, and no line on the trail.
    """
    if private:
        access.layer(layer_id)
    else:
        access.need(Verb.DO, Noun.MEETING, layer_id)
    with writing():
        known = Table.objects.filter(form_key=form_key, led_by=access.person).first() if form_key else None
        if known is not None:
            return known
        made = Table.objects.create(
            partnership=access.partnership,
            organisation_id=layer_id,
            instrument=frozen(instrument, partnership=access.partnership, day=access.day),
            chosen=chosen.stored(),
            title=title,
            point=point,
            private=private,
            code="" if private else free_code(),
            led_by=access.person,
            opened_on=access.day,
            form_key=form_key,
        )
        _own_chair(access, made)
        if not private:
            note_change(access, verb="started", thing=made)
    return made


def _own_chair(access: Access, table: Table) -> Chair:
    return Chair.objects.create(
        table=table,
        person=access.person,
        name=access.person.first_name,
        role=role_of(access, access.person.pk, table.organisation_id),
        token=hashed(link_token()),
    )


def free_code() -> str:
    """Six digits that no other table is joined with."""
    while Table.objects.filter(code=(code := join_code())).exists():
        pass
    return code


def sit(*, table: Table, name: str, role: str, token: str, person: Person | None = None) -> Chair | None:
    """Take a chair by name; the same token, or the same member, takes one chair. None when nobody may join now."""
    with writing():
        current = Table.objects.select_for_update().get(pk=table.pk)
        if current.private or current.state == TableState.CLOSED:
            return None
        here = Chair.objects.filter(table=current)
        known = here.filter(person=person).first() if person else here.filter(token=hashed(token)).first()
        if known is not None:
            return known
        if here.count() >= MOST_CHAIRS:
            return None
        return Chair.objects.create(
            table=current, person=person, name=name.strip()[:80], role=role, token=hashed(token)
        )


def write_section(
    *, chair: Chair, number: int, answers: Mapping[str, Stored | None], files: Sequence[Taken] = ()
) -> Kept:
    """Keep what somebody gave to the items of a section; None takes an answer away.

    Not once it is laid open: what others have read stays as they read it. `files` are laid on the table with it.
    """
    with writing():
        table = Table.objects.select_for_update().filter(pk=chair.table_id).first()
        current = Chair.objects.select_for_update().filter(pk=chair.pk).first()
        if table is None or current is None:
            return Kept.GONE
        if locked(table, number):
            return Kept.LAID_OPEN
        kept = {key: given for key, given in current.answers.items() if key not in answers}
        kept |= {key: dict(given) for key, given in answers.items() if given}
        fresh = [taken for taken in files if taken.key in kept]
        gone = [key for key in answers if key not in kept]
        old = TableFile.objects.filter(chair=current)
        old.filter(key__in=[*gone, *(taken.key for taken in fresh)]).delete()
        TableFile.objects.bulk_create(TableFile(table=table, chair=current, **asdict(one)) for one in fresh)
        current.answers = kept
        current.schema_version = SCHEMA_VERSION
        current.version += 1
        current.save(update_fields=["answers", "schema_version", "version"])
    return Kept.IN


def say_done(*, chair: Chair, done: bool = True) -> None:
    """Say that one's sheet is filled in, or that one goes on after all. Not at a closed table."""
    with writing():
        rows = Chair.objects.filter(pk=chair.pk).exclude(table__state=TableState.CLOSED)
        rows.update(done=done)


def type_in(
    *, access: Access, table: Table, name: str, role: str, token: str, answers: Mapping[str, Stored]
) -> Chair | None:
    """Type over a sheet that somebody filled in on paper; the same form sent twice is one chair. Also after laying
    open, for it was written alone. None when the table is closed."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    chair = sit(table=table, name=name, role=role, token=token)
    if chair is None or chair.from_paper:
        return chair
    with writing():
        chair.answers = {key: dict(given) for key, given in answers.items()}
        chair.schema_version = SCHEMA_VERSION
        chair.from_paper = chair.done = True
        chair.save(update_fields=["answers", "schema_version", "from_paper", "done"])
    return chair


def send_away(*, access: Access, table: Table, chair_id: int) -> None:
    """Take a chair away with all that was written there: somebody sat down twice, or does not belong here."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    with writing():
        found = Chair.objects.filter(table=table, pk=chair_id).first()
        # who leads keeps a chair: nobody lays open a table at which he does not visibly sit
        if found is not None and (found.person_id is None or found.person_id != table.led_by_id):
            note_change(access, verb="removed", thing=found)
            take_along(found)
            found.delete()


def leave(*, chair: Chair) -> None:
    """Leave the table; what one wrote goes along. On a private sheet the whole sheet goes."""
    with writing():
        if chair.table.private:
            Table.objects.filter(pk=chair.table_id).delete()
        elif chair.person_id is not None and chair.person_id == chair.table.led_by_id:
            TableFile.objects.filter(chair=chair).delete()
            take_along(chair)
            Chair.objects.filter(pk=chair.pk).update(answers={}, votes={}, done=False)
        else:
            take_along(chair)
            Chair.objects.filter(pk=chair.pk).delete()


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


def forget_chairs() -> int:
    """Of people who were erased: their own sheets go, and their names, files and whatever never lay open."""
    Table.objects.filter(private=True, led_by__erased_on__isnull=False).delete()
    gone = Chair.objects.filter(person__erased_on__isnull=False).exclude(name=NOBODY)
    rows = list(gone.select_related("table"))
    for chair in rows:
        sections = instrument_of(chair.table).sections
        read = {item.key for n in chair.table.laid_open for item in meant_for_the_table(sections[n - 1])}
        files = set(TableFile.objects.filter(chair=chair).values_list("key", flat=True))
        chair.answers = {k: given for k, given in chair.answers.items() if k in read - files}
        chair.name = NOBODY
        chair.token = hashed(link_token())
        chair.save(update_fields=["answers", "name", "token"])
        TableFile.objects.filter(chair=chair).delete()
    return len(rows)

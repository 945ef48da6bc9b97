"""Setting an instrument on the table, taking a chair at it, and filling it in alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum

from lemniscaat.base.keys import join_code, link_token
from lemniscaat.base.writing import writing
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.opening import frozen
from lemniscaat.instruments.answers import SCHEMA_VERSION, Stored
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.meetings import events
from lemniscaat.meetings.models import Chair, Group, Table, TableFile, TableState
from lemniscaat.meetings.queries import role_of
from lemniscaat.meetings.tables import hashed, locked, waits
from lemniscaat.meetings.uploads import Taken
from lemniscaat.people.access import Access
from lemniscaat.people.models import Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import VisionPoint

MOST_CHAIRS = 40
MOST_IN_HALL = 2_000


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
        made = set_down(
            access=access,
            layer_id=layer_id,
            instrument=instrument,
            title=title,
            chosen=chosen,
            point=point,
            private=private,
            form_key=form_key,
        )
        role = role_of(access, access.person.pk, layer_id)
        own = put_chair(table=made, name=access.person.first_name, role=role, person_id=access.person.pk)
        Chair.objects.filter(pk=own.pk).update(here=True)
        if not private:
            note_change(access, verb="started", thing=made)
    return made


def set_down(
    *,
    access: Access,
    layer_id: int,
    instrument: Instrument,
    title: str,
    chosen: Chosen,
    point: VisionPoint | None = None,
    private: bool = False,
    hall: bool = False,
    form_key: str = "",
) -> Table:
    """A table with an instrument on it and nobody at it yet, inside a transaction."""
    return Table.objects.create(
        partnership=access.partnership,
        organisation_id=layer_id,
        instrument=frozen(instrument, partnership=access.partnership, day=access.day),
        chosen=chosen.stored(),
        title=title,
        point=point,
        private=private,
        hall=hall,
        code="" if private else free_code(),
        led_by=access.person,
        opened_on=access.day,
        form_key=form_key,
    )


def put_chair(*, table: Table, name: str, role: str, person_id: int | None = None) -> Chair:
    """A chair for somebody who did not come yet, inside a transaction: one a member, one a name and role."""
    here = Chair.objects.filter(table=table)
    same = here.filter(person_id=person_id) if person_id else here.filter(person=None, name=name, role=role)
    known = same.first()
    if known is not None:
        return known
    return Chair.objects.create(
        table=table, person_id=person_id, name=name, role=role, token=hashed(link_token())
    )


def free_code() -> str:
    """Six digits that no other table is joined with."""
    while (
        Table.objects.filter(code=(code := join_code())).exists() or Group.objects.filter(code=code).exists()
    ):
        pass
    return code


@dataclass(frozen=True)
class Sitter:
    """Who sits down: by name and role, or without either in a hall. `claim` is the chair that stood ready for him."""

    name: str = ""
    role: str = ""
    place: str = ""
    claim: int = 0
    person: Person | None = None


def sit(*, table: Table, who: Sitter, token: str, group: Group | None = None) -> Chair | None:
    """Take a chair; the same token, or the same member, takes one chair. None when nobody may join now, and for whoever
    has no name at a table where people know each other."""
    with writing():
        current = Table.objects.select_for_update().get(pk=table.pk)
        if current.private or current.state == TableState.CLOSED:
            return None
        chair = _waiting(current, who, token)
        if chair is None:
            name = "" if current.hall else _name_of(who)
            full = MOST_IN_HALL if current.hall else MOST_CHAIRS
            if not (name or current.hall) or Chair.objects.filter(table=current).count() >= full:
                return None
            chair = Chair(table=current, person=who.person, name=name, token=hashed(token))
        if not chair.here:
            chair.here, chair.role = True, chair.role or who.role
            chair.place = who.place.strip()[:80]
            chair.group = group or chair.group
            chair.save()
            events.wrote(current.pk)
    return chair


def _name_of(who: Sitter) -> str:
    return (who.name.strip() or (who.person.first_name if who.person else ""))[:80]


def _waiting(table: Table, who: Sitter, token: str) -> Chair | None:
    """The chair that is mine already: by what my device holds, by my account, or because I say that it is me."""
    here = Chair.objects.select_for_update(of=("self",)).filter(table=table)
    known = here.filter(person=who.person).first() if who.person else here.filter(token=hashed(token)).first()
    if known is not None or not who.claim:
        return known
    ready = here.filter(pk=who.claim).first()
    # a member is himself: he does not sit down on the chair of another
    if ready is None or not waits(ready) or (who.person and ready.person_id):
        return None
    ready.token, ready.person = hashed(token), ready.person or who.person
    return ready


def arrive(*, chair: Chair) -> None:
    """Somebody has his own screen at the table before him: he is there, and nobody else takes his chair."""
    if chair.here:
        return
    with writing():
        if (
            Chair.objects.filter(pk=chair.pk, here=False)
            .exclude(table__state=TableState.CLOSED)
            .update(here=True)
        ):
            events.wrote(chair.table_id)
    chair.here = True


def write_section(
    *, chair: Chair, number: int, answers: Mapping[str, Stored | None], files: Sequence[Taken] = ()
) -> Kept:
    """Keep what somebody gave to the items of a section; None takes an answer away.

    Not once it is laid open: what others have read stays as they read it. `files` are laid on the table with it. Never
    in a hall: nothing that somebody answers there lies on a chair.
    """
    with writing():
        table = Table.objects.select_for_update().filter(pk=chair.table_id).first()
        current = Chair.objects.select_for_update().filter(pk=chair.pk).first()
        if table is None or current is None or table.hall:
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
        events.wrote(table.pk)
    return Kept.IN


def say_done(*, chair: Chair, done: bool = True) -> None:
    """Say that one's sheet is filled in, or that one goes on after all. Not at a closed table, and not in a hall, where
    nothing is kept of who answered."""
    with writing():
        rows = Chair.objects.filter(pk=chair.pk, table__hall=False).exclude(table__state=TableState.CLOSED)
        if rows.update(done=done):
            events.wrote(chair.table_id)


def type_in(
    *, access: Access, table: Table, name: str, role: str, token: str, answers: Mapping[str, Stored]
) -> Chair | None:
    """Type over a sheet that somebody filled in on paper; the same form sent twice is one chair. Also after laying
    open, for it was written alone. None when the table is closed, and in a hall."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    chair = None if table.hall else sit(table=table, who=Sitter(name, role), token=token)
    if chair is None or chair.from_paper:
        return chair
    return _on_paper(chair, answers)


def type_over(
    *,
    access: Access,
    table: Table,
    chair: Chair | None,
    name: str,
    role: str,
    answers: Mapping[str, Stored],
) -> Chair | None:
    """Type over a slip of one moment in a talk, for a chair that stands ready or for somebody new by name. A next slip
    of the same person comes beside it. None when the table is closed, and in a hall."""
    access.need(Verb.DO, Noun.MEETING, table.organisation_id)
    with writing():
        if table.hall or Table.objects.filter(pk=table.pk, state=TableState.CLOSED).exists():
            return None
        known = chair or put_chair(table=table, name=name[:80], role=role)
        return _on_paper(known, {**known.answers, **answers})


def _on_paper(chair: Chair, answers: Mapping[str, Stored]) -> Chair:
    with writing():
        chair.answers = {key: dict(given) for key, given in answers.items()}
        chair.schema_version = SCHEMA_VERSION
        chair.from_paper = chair.done = True
        chair.here = False
        chair.save(update_fields=["answers", "schema_version", "from_paper", "done", "here"])
        events.wrote(chair.table_id)
    return chair

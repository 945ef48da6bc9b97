"""Reading tables. Whatever is not laid open leaves this room as a number at most, whoever asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404

from lemniscaat.base.keys import fingerprint
from lemniscaat.collection.chosen import Chosen
from lemniscaat.collection.sheets import only_shown
from lemniscaat.instruments.answers import UnknownSchemaError, read_answers
from lemniscaat.instruments.grammar import Instrument, Section, visible
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.instruments.preparing import prepared
from lemniscaat.meetings.models import Chair, Group, Meeting, Table, TableFile, TableState
from lemniscaat.meetings.places import Answers, Voice
from lemniscaat.people.access import Access
from lemniscaat.people.models import Partnership, Person, Role
from lemniscaat.people.policy import Noun, Verb

YOUNGEST_FIRST = ("student", "career_changer", "starter", "mentor")


@dataclass(frozen=True)
class Progress:
    """'x van y klaar': of the people who take part, how many are done; and how many wrote in each section."""

    done: int
    total: int
    wrote: tuple[int, ...]


def hashed(token: str) -> str:
    """What a chair keeps of the token in somebody's pocket."""
    return fingerprint(secret=settings.SECRET_KEY, text=f"chair {token}")


def instrument_of(table: Table) -> Instrument:
    """The instrument of a table as it was chosen; frozen, so read once per process."""
    # the key of the form tells one table's number from an earlier one's, as after a reset of the demo
    return _instrument(table.instrument_id, json.dumps(table.chosen, sort_keys=True), table.form_key)


@lru_cache(maxsize=128)
def _instrument(version: int, chosen: str, _form_key: str) -> Instrument:
    definition = InstrumentVersion.objects.values_list("definition", flat=True).get(pk=version)
    what = Chosen.read(json.loads(chosen))
    whole = Instrument.model_validate(definition)
    return prepared(whole, modules=what.modules, quick=what.quick, points=what.points)


def section(table: Table, number: int) -> Section:
    """One section by its number; 404 where there is none."""
    sections = instrument_of(table).sections
    if not 1 <= number <= len(sections):
        raise Http404
    return sections[number - 1]


def meant_for_the_table(part: Section) -> tuple[BaseItem, ...]:
    """The items of a section that may be laid open: never what stays with whoever wrote it."""
    return tuple(item for item in part.items if not item.private)


def asking(table: Table) -> tuple[int, ...]:
    """The numbers of the sections in which there is something to fill in."""
    sections = instrument_of(table).sections
    return tuple(number for number, one in enumerate(sections, 1) if one.items)


def locked(table: Table, number: int) -> bool:
    """Whether nobody may change what he wrote in this section any more."""
    if table.state == TableState.CLOSED or number in table.shut:
        return True
    return not table.private and number in table.laid_open


def may_read(table: Table, number: int) -> bool:
    """Whether this section lies open for those at the table. On one's own sheet everything does."""
    return table.private or number in table.laid_open


def led(access: Access, pk: int) -> Table:
    """A table that I lead, at a layer where I take part in talks; 404 otherwise."""
    found = _rows(access).filter(pk=pk, private=False, led_by=access.person).first()
    if found is None:
        raise Http404
    access.need(Verb.DO, Noun.MEETING, found.organisation_id)
    return found


def own_sheet(access: Access, pk: int) -> Table:
    """My own private sheet; 404 for everybody else, whatever his role."""
    found = _rows(access).filter(pk=pk, private=True, led_by=access.person).first()
    if found is None:
        raise Http404
    return found


def for_record(access: Access, pk: int) -> Table:
    """A closed table of which I may read what it left: at a layer where I see talks, or because I sat there."""
    sat = Chair.objects.filter(person=access.person).values("table_id")
    seen = Q(organisation_id__in=access.where(Verb.SEE, Noun.MEETING)) | Q(pk__in=sat)
    closed = _rows(access).filter(seen, private=False, state=TableState.CLOSED)
    found = closed.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def at_layer(access: Access, layer_id: int) -> dict[str, list[Table]]:
    """The tables on the talks page: those I lead, those where I sit, my own sheets, and what was closed."""
    sat = set(Chair.objects.filter(person=access.person).values_list("table_id", flat=True))
    sees = access.may(Verb.SEE, Noun.MEETING, layer_id)
    found: dict[str, list[Table]] = {"led": [], "sat": [], "own": [], "closed": []}
    for row in _rows(access).filter(organisation_id=layer_id).exclude(private=True, state="closed"):
        if row.private:
            if row.led_by_id == access.person.pk:
                found["own"].append(row)
        elif row.state == TableState.CLOSED:
            if sees or row.pk in sat:
                found["closed"].append(row)
        elif row.led_by_id == access.person.pk:
            found["led"].append(row)
        elif row.pk in sat:
            found["sat"].append(row)
    return found


def _rows(access: Access) -> QuerySet[Table]:
    """Tables at which an instrument lies by itself; that of a talk is reached through the talk."""
    rows = Table.objects.filter(partnership=access.partnership)
    rows = rows.exclude(pk__in=Meeting.objects.values("table_id"))
    return rows.select_related("organisation", "partnership", "point", "instrument", "led_by")


def way_in(code: str) -> tuple[Table | None, Group | None]:
    """The table that may be joined with these six digits, and the group where they are those of a group."""
    digits = "".join(sign for sign in code if sign.isdigit())
    if len(digits) != 6:
        return None, None
    group = Group.objects.filter(code=digits).first()
    by = Q(pk=group.table_id) if group else Q(code=digits)
    rows = Table.objects.filter(by, private=False).exclude(state=TableState.CLOSED)
    return rows.select_related("organisation", "partnership", "point", "led_by").first(), group


def chair_of(pk: int, *, token: str = "", person: Person | None = None) -> Chair | None:
    """The chair at this table of whoever holds the token, else of the member who is signed in."""
    rows = Chair.objects.filter(table_id=pk).select_related(
        "table__organisation", "table__partnership", "table__point", "table__led_by"
    )
    found = rows.filter(token=hashed(token)).first() if token else None
    if found is None and person is not None:
        found = rows.filter(person=person).first()
    return found


def chairs(table: Table) -> list[Chair]:
    """Who sits at the table, the youngest voices first."""
    rows = list(Chair.objects.filter(table=table).order_by("id"))
    return sorted(rows, key=lambda one: YOUNGEST_FIRST.index(one.role) if one.role in YOUNGEST_FIRST else 9)


def waiting_chairs(table: Table) -> list[Chair]:
    """The chairs that stand ready for somebody who did not come yet; none in a hall."""
    return [] if table.hall else [one for one in chairs(table) if waits(one)]


def waits(chair: Chair) -> bool:
    """Whether a chair still stands ready: nobody came, and nothing lies there that somebody wrote."""
    return not (chair.here or chair.from_paper or chair.answers or chair.hand or chair.dots or chair.votes)


def written_by(chair: Chair, instrument: Instrument) -> Answers:
    """What somebody filled in, as far as he was asked it. For himself, or once it is laid open."""
    try:
        given = read_answers(chair.answers, chair.schema_version)
    except UnknownSchemaError:
        return {}
    return only_shown(instrument, given)


def taking_part(table: Table) -> list[Chair]:
    """Whose sheet counts: everybody's, but not that of who leads and fills in nothing himself."""
    return _filling(chairs(table), table)


def _filling(everybody: Sequence[Chair], table: Table) -> list[Chair]:
    return [one for one in everybody if one.answers or one.done or one.person_id != table.led_by_id]


def progress(table: Table) -> Progress:
    """How far the table is, in numbers."""
    sections = instrument_of(table).sections
    part = taking_part(table)
    wrote = tuple(
        sum(any(i.key in one.answers for i in meant_for_the_table(s)) for one in part) for s in sections
    )
    return Progress(sum(one.done for one in part), len(part), wrote)


def voices(table: Table, instrument: Instrument, number: int, *, group: int | None = None) -> list[Voice]:
    """What everybody gave in a section, or everybody in one group; empty until it is laid open, whoever asks."""
    if not may_read(table, number):
        return []
    part = instrument.sections[number - 1]
    keys = {item.key for item in (part.items if table.private else meant_for_the_table(part))}
    files = {
        (chair, key): slug
        for chair, key, slug in TableFile.objects.filter(table=table, key__in=keys).values_list(
            "chair_id", "key", "slug"
        )
    }
    names = role_names(table.partnership)
    everybody = [one for one in chairs(table) if group is None or one.group_id == group]
    # whoever came when it lay open already could not write, so nothing of him is missing
    part_takers = {chair.pk for chair in everybody if chair.answers or chair.done}
    return [
        Voice(
            name=chair.name,
            role=chair.role,
            role_name=names.get(chair.role, ""),
            answers={
                k: v
                for k, v in written_by(chair, instrument).items()
                if k in keys & shared(chair, table, number)
            },
            files={
                key: files[chair.pk, key]
                for key in keys & shared(chair, table, number)
                if (chair.pk, key) in files
            },
            chair=chair.pk,
            votes={k: v for k, v in chair.votes.items() if k in keys},
            dots={k: v for k, v in chair.dots.items() if k in keys},
            listens=chair.pk not in part_takers,
        )
        for chair in everybody
        if chair.votes or chair.dots or chair.pk in part_takers
    ]


def shared(chair: Chair, table: Table, number: int) -> set[str]:
    """The items of a section that somebody lays open: all of them, unless what he shares is his own choice."""
    keys = {item.key for item in section(table, number).items}
    return keys & set(chair.shares) if number in table.by_choice else keys


def being_looked_at(table: Table, key: str) -> tuple[int, BaseItem] | None:
    """The section number of an item that lies open at a table where people look together, with the item itself."""
    if table.private or table.hall or table.state == TableState.CLOSED:
        return None
    for number in table.laid_open:
        for item in meant_for_the_table(section(table, number)):
            if item.key == key:
                return number, item
    return None


def asked_in(instrument: Instrument, part: Section, answers: Answers) -> Sequence[BaseItem]:
    """The items of a section that one person gets on the page: shown to him, or opened on the same page."""
    shown = {item.key for item in visible(instrument, answers)}
    here = {item.key for item in part.items}
    return [item for item in part.items if item.key in shown or item.opened_by in here]


def role_names(partnership: Partnership) -> dict[str, str]:
    """What each role is called here."""
    return {**{str(key): str(name) for key, name in Role.choices}, **partnership.role_labels}


def file_at(chair: Chair, slug: str) -> TableFile:
    """A file on the table of this chair: his own, or one whose section lies open. 404 otherwise."""
    found = TableFile.objects.filter(slug=slug, table_id=chair.table_id).select_related("chair").first()
    if found is None:
        raise Http404
    if found.chair_id == chair.pk:
        return found
    sections = instrument_of(chair.table).sections
    place = next((n for n, s in enumerate(sections, 1) if any(i.key == found.key for i in s.items)), 0)
    part = sections[place - 1] if place else None
    open_to_all = part and found.key in {item.key for item in meant_for_the_table(part)}
    open_to_all = open_to_all and found.key in shared(found.chair, chair.table, place)
    if not open_to_all or not may_read(chair.table, place):
        raise Http404
    return found

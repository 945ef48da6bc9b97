"""Taking a table of people or organisations in: everything that is good in one transaction, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.importing import Place, Preview, Standing, preview, same_standing
from lemniscaat.people.models import Membership, Organisation, OrganisationLink, Partnership, Person, Upload
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tables import Fault, TableError, text_of
from lemniscaat.people.trail import note_change

UPLOAD_KEPT = timedelta(days=1)
REGISTER = "register"


@dataclass(frozen=True)
class Imported:
    """What came in: lines that brought something, lines we had, lines left out."""

    kind: str
    added: int
    known: int
    left_out: tuple[Fault, ...]


def import_people(
    *, partnership: Partnership, raw: bytes, skip_invalid: bool = False, access: Access | None = None
) -> Imported:
    """Take a file of people or of organisations in; which of the two is seen by its columns.

    Raises TableError (with `faults`) when the file is no table, or when a line is wrong and wrong lines are not
    to be skipped; nothing is stored then. The same file twice changes nothing the second time. Without an
    access (the command line) everything may be added.
    """
    return _take_in(partnership, text_of(raw), skip_invalid, access)


def keep_upload(*, access: Access, name: str, raw: bytes) -> Upload:
    """Keep a file between its preview and the yes, for a day at most; it replaces what the same person had waiting."""
    if not access.where(Verb.DO, Noun.PEOPLE):
        raise Http404
    text = text_of(raw)
    with writing():
        Upload.objects.filter(person=access.person, kind=REGISTER).delete()
        forget_uploads()
        return Upload.objects.create(
            partnership=access.partnership,
            person=access.person,
            kind=REGISTER,
            name=name[:200],
            text=text,
            uploaded_on=clock.today(),
        )


def waiting(access: Access, pk: int) -> Upload:
    """A file that I put here and did not say yes to yet; 404 otherwise."""
    found = Upload.objects.filter(
        pk=pk, kind=REGISTER, person=access.person, partnership=access.partnership
    ).first()
    if found is None or not access.where(Verb.DO, Noun.PEOPLE):
        raise Http404
    return found


def import_upload(*, access: Access, upload: Upload, skip_invalid: bool) -> Imported:
    """Say yes to a preview: take it in as it is now, and throw the file away."""
    with writing():
        done = _take_in(access.partnership, upload.text, skip_invalid, access)
        upload.delete()
    return done


def forget_uploads() -> int:
    """Throw files away that nobody said yes to since yesterday; returns how many."""
    return Upload.objects.filter(uploaded_on__lt=clock.today() - UPLOAD_KEPT).delete()[0]


def _take_in(partnership: Partnership, text: str, skip_invalid: bool, access: Access | None) -> Imported:
    with writing():
        # looked at inside the transaction: between a preview and the yes something may have changed
        found = preview(partnership=partnership, text=text, access=access)
        if found.faults and not skip_invalid:
            raise TableError(found.faults)
        added = (
            _add_people(partnership, found.people) if found.about_people else _add_places(partnership, found)
        )
        if access is not None and added:
            note_change(access, verb="imported", thing=partnership, lines=added)
    return Imported(found.kind, added, len(found.people) + len(found.places) - added, found.faults)


def _add_people(partnership: Partnership, lines: Iterable[Standing]) -> int:
    """Add who is new, and each role that somebody does not have yet; an end date that changed is taken over."""
    today = clock.today()
    lines = list(lines)
    people = {
        person.email: person for person in Person.objects.filter(email__in=[one.row.email for one in lines])
    }
    roles: defaultdict[tuple[int, str, int], list[Membership]] = defaultdict(list)
    for row in Membership.objects.filter(partnership=partnership, person__in=people.values()):
        roles[row.person_id, row.role, row.organisation_id].append(row)
    added = 0
    for one in lines:
        person = people.get(one.row.email)
        if person is None:
            person = people[one.row.email] = Person.objects.create_user(one.row.email, one.row.name)
        had = roles[person.pk, one.role, one.organisation_id]
        same = next((m for m in had if same_standing(m.valid_from, m.valid_until, one.row, today)), None)
        if same is None:
            had.append(_begin(partnership, person, one, today))
            added += 1
        elif one.row.until and same.valid_until != one.row.until:
            same.valid_until = one.row.until
            same.save(update_fields=["valid_until"])
            added += 1
    return added


def _begin(partnership: Partnership, person: Person, one: Standing, today: date) -> Membership:
    until = one.row.until
    since = one.row.since or (min(today, until - timedelta(days=1)) if until else today)
    return Membership.objects.create(
        partnership=partnership,
        person=person,
        organisation_id=one.organisation_id,
        role=one.role,
        valid_from=since,
        valid_until=until,
    )


def _add_places(partnership: Partnership, found: Preview) -> int:
    """Add what is new, parents first; a known organisation that moved gets a new parent from its day on."""
    made: dict[int, int] = {}
    added = 0
    waiting = list(found.places)
    while waiting:
        ready = [one for one in waiting if one.parent_line is None or one.parent_line in made]
        for one in ready:
            parent = made[one.parent_line] if one.parent_line is not None else one.parent_id
            made[one.row.line], changed = _place(one, parent or partnership.root_id)
            added += changed
        waiting = [one for one in waiting if one not in ready]
    return added


def _place(one: Place, parent_id: int) -> tuple[int, bool]:
    """Make or change one organisation; its id, and whether something changed."""
    today = clock.today()
    row, since = one.row, one.row.since or today
    if one.known_id is None:
        made = Organisation.objects.create(
            kind=one.kind, name=row.name, code=row.code, valid_from=since, valid_until=row.until
        )
        OrganisationLink.objects.create(
            child=made, parent_id=parent_id, valid_from=since, valid_until=row.until
        )
        return made.pk, True
    known = Organisation.objects.get(pk=one.known_id)
    wanted = {"name": row.name, "code": row.code or known.code, "valid_until": row.until or known.valid_until}
    changed = [name for name, value in wanted.items() if getattr(known, name) != value]
    for name in changed:
        setattr(known, name, wanted[name])
    known.save(update_fields=changed)
    moved = bool(row.parent) and _move(known, parent_id, since)
    return known.pk, bool(changed) or moved


def _move(child: Organisation, parent_id: int, day: date) -> bool:
    """From a day on part of another one; the time before stays as it was."""
    current = OrganisationLink.objects.filter(child=child).exclude(valid_until__lte=day)
    if current.filter(parent_id=parent_id).exists():
        return False
    current.filter(valid_from__gte=day).delete()
    current.update(valid_until=day)
    OrganisationLink.objects.create(child=child, parent_id=parent_id, valid_from=day)
    return True

"""Forgetting somebody: what was signed stays, the name goes. Kept beside the database, for restored backups."""

import json
from pathlib import Path

from django.conf import settings

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Membership, OutgoingMail, Person
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

NOBODY = "iemand van toen"


def register_file() -> Path:
    """The list of erased people's numbers: one JSON line each, no names."""
    return Path(settings.VAR) / "erasures.jsonl"


def erase_person(*, access: Access, person: Person) -> None:
    """Pseudonymise a person for good: name and address go, roles end. Needs the right to change people."""
    mine = Membership.objects.filter(partnership=access.partnership, person=person)
    for membership in mine:
        access.need(Verb.DO, Noun.PEOPLE, membership.organisation_id)
    with writing():
        note_change(access, verb="erased", thing=person)
        _erase(person)
    path = register_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(json.dumps({"person": person.pk}) + "\n")


def apply_erasures() -> int:
    """Erase again whoever was erased since a backup was made; returns how many that were."""
    path = register_file()
    if not path.exists():
        return 0
    ids = {json.loads(line)["person"] for line in path.read_text().splitlines() if line.strip()}
    again = list(Person.objects.filter(pk__in=ids, erased_on__isnull=True))
    with writing():
        for person in again:
            _erase(person)
    return len(again)


def _erase(person: Person) -> None:
    OutgoingMail.objects.filter(to=person.email).delete()
    Membership.objects.filter(person=person, valid_until__isnull=True).update(valid_until=clock.today())
    person.name = NOBODY
    person.email = f"{person.pk}@gewist.invalid"
    person.is_active = False
    person.erased_on = clock.today()
    person.save(update_fields=["name", "email", "is_active", "erased_on"])

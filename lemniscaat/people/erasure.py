"""Forgetting somebody: what was signed stays, the name goes. Kept beside the database, for restored backups."""

import json
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.keys import fingerprint
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.models import Body, Membership, OutgoingMail, Person, Upload
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.people.tree import valid_on

NOBODY = "iemand van toen"


class StillElsewhereError(Exception):
    """This person also works in another partnership, which has a say in it."""


def register_file() -> Path:
    """The list of who was erased: one JSON line each, with a number and a keyed hash, no names."""
    return Path(settings.VAR) / "erasures.jsonl"


def erase_person(*, access: Access, person: Person) -> None:
    """Pseudonymise a person for good: name and address go, roles end.

    404 unless I may change people at every place where he has or had a role here. StillElsewhereError while he
    has a role in another partnership.
    """
    roles = Membership.objects.filter(person=person)
    here = roles.filter(partnership=access.partnership)
    if not here.exists():
        raise Http404
    for place in here.values_list("organisation_id", flat=True):
        if place in access.tree.layers:
            access.need(Verb.DO, Noun.PEOPLE, place)
    if not access.where(Verb.DO, Noun.PEOPLE):
        raise Http404
    if roles.exclude(partnership=access.partnership).filter(valid_on(clock.today())).exists():
        raise StillElsewhereError
    if person.erased_on is not None:
        return
    _remember(person)
    with writing():
        note_change(access, verb="erased", thing=person)
        _erase(person)


def apply_erasures() -> int:
    """Erase again whoever was erased since a backup was made; returns how many that were."""
    path = register_file()
    if not path.exists():
        return 0
    lines = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    marks = {(line["person"], line["mark"]) for line in lines}
    found = Person.objects.filter(pk__in=[number for number, _ in marks], erased_on__isnull=True)
    # the number alone is not enough: after a restore it may have been given to somebody new
    again = [person for person in found if (person.pk, _mark(person)) in marks]
    with writing():
        for person in again:
            _erase(person)
    return len(again)


def _mark(person: Person) -> str:
    return fingerprint(secret=settings.SECRET_KEY, text=f"erased {person.email}")


def _remember(person: Person) -> None:
    """Before the erasing itself: a line too many does no harm, a line too few brings a name back."""
    path = register_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(json.dumps({"person": person.pk, "mark": _mark(person)}) + "\n")


def _erase(person: Person) -> None:
    today = clock.today()
    OutgoingMail.objects.filter(to__iexact=person.email).delete()
    EmailAddress.objects.filter(user=person).delete()
    Upload.objects.filter(person=person).delete()
    # a pair is called after its two people
    Body.objects.filter(pair=True, people=person).update(name=NOBODY)
    Body.people.through.objects.filter(person_id=person.pk).delete()
    Membership.objects.filter(person=person).exclude(valid_until__lte=today).update(valid_until=today)
    person.name = NOBODY
    person.email = f"{person.pk}@gewist.invalid"
    person.feed_key = ""
    person.bounced = ""
    person.is_active = False
    person.erased_on = today
    person.save(update_fields=["name", "email", "feed_key", "bounced", "is_active", "erased_on"])

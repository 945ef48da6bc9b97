"""Forgetting somebody, also after a backup comes back."""

from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.people.access import access_of
from lemniscaat.people.actions import send_mail
from lemniscaat.people.erasure import NOBODY, StillElsewhereError, apply_erasures, erase_person, register_file
from lemniscaat.people.models import Membership, OutgoingMail, Person, TrailEntry
from tests.cast import LONG_AGO, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_name_address_roles_and_seats_go_and_what_was_signed_stays(world: World) -> None:
    joost = world.joost
    EmailAddress.objects.create(user=joost, email=joost.email, verified=True, primary=True)
    send_mail(partnership=world.partnership, to=joost.email, subject="Hoi", body="Dag Joost")
    erase_person(access=world.access(world.petra), person=joost)
    joost.refresh_from_db()
    assert (joost.name, joost.is_active, joost.erased_on) == (NOBODY, False, clock.today())
    assert "joost" not in joost.email
    assert access_of(joost, world.partnership) is None
    assert not world.body.people.filter(pk=joost.pk).exists()
    assert not EmailAddress.objects.exists()
    assert not OutgoingMail.objects.exists()
    entry = TrailEntry.objects.get(verb="erased")
    assert entry.person == world.petra
    assert "Joost" not in str(entry.detail)
    assert "oost" not in register_file().read_text()


def test_erased_again_in_a_restored_copy_but_nobody_else_is(world: World) -> None:
    email = world.joost.email
    erase_person(access=world.access(world.petra), person=world.joost)
    Person.objects.filter(pk=world.joost.pk).update(name="Joost", email=email, is_active=True, erased_on=None)
    assert [apply_erasures(), apply_erasures()] == [1, 0]
    assert Person.objects.get(pk=world.joost.pk).name == NOBODY
    # after a restore the same number may be somebody new
    Person.objects.filter(pk=world.joost.pk).update(name="Nieuw", email="nieuw@example.org", erased_on=None)
    assert apply_erasures() == 0


def test_who_may_not(world: World) -> None:
    for who in (world.joost, world.noor, world.willem, world.bea):
        with pytest.raises(Http404):
            erase_person(access=world.access(who), person=world.samira)
    for stranger in (world.charlie, world.dirk):
        with pytest.raises(Http404):
            erase_person(access=world.access(world.petra), person=stranger)
    assert not register_file().exists()


def test_another_partnership_has_a_say(world: World) -> None:
    Membership.objects.create(
        partnership=world.elsewhere,
        person=world.joost,
        organisation=world.elsewhere.root,
        role="mentor",
        valid_from=LONG_AGO,
    )
    with pytest.raises(StillElsewhereError):
        erase_person(access=world.access(world.petra), person=world.joost)

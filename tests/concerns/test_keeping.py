"""The names are kept: what is missing is told to who can mend it, and about who asked nobody hears."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.concerns import actions, keeping
from lemniscaat.concerns.keeping import Gap
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.home.attention import attention
from lemniscaat.people.models import Membership
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
MISSING = "Kijk de namen na: bij wie kun je terecht?"


def one(world: World, **given: object) -> Contact:
    return Contact.objects.create(
        **{
            "partnership": world.partnership,
            "organisation": world.school,
            "confirmed_on": clock.today(),
            **given,
        }
    )


@pytest.fixture
def noor(world: World) -> Contact:
    """Everything in order: Noor with Willem for when she is away, Lotte with a deputy elsewhere."""
    noor = one(world, person=world.noor, name="Noor", task="Schoolopleider", phone="06 1", assesses=True)
    one(
        world,
        person=world.willem,
        name="Willem",
        task="Vervangt",
        phone="06 4",
        deputy_of=noor,
        assesses=True,
    )
    lotte = one(world, organisation=world.root, name="Lotte", task="Vertrouwenspersoon", phone="06 2")
    one(world, organisation=world.root, name="Jo", task="Vervangt Lotte", phone="06 3", deputy_of=lotte)
    return noor


def gaps(world: World) -> set[Gap]:
    return {one.gap for one in keeping.missing(world.access(world.petra))}


def titles(world: World, who: str, layer: str = "root") -> list[str]:
    return [item.title for item in attention(world.access(getattr(world, who)), getattr(world, layer).pk)]


def names(world: World, who: str, layer: str = "school") -> str:
    at = getattr(world, layer).pk
    return signed_in(getattr(world, who)).get(reverse("concerns:names", args=[at])).content.decode()


def test_nothing_is_missing(world: World, noor: Contact) -> None:
    assert gaps(world) == set()
    assert MISSING not in titles(world, "petra")


def test_nobody_outside_the_line(world: World, noor: Contact) -> None:
    Contact.objects.filter(assesses=False).delete()
    assert gaps(world) == {Gap.OUTSIDE}
    assert MISSING in titles(world, "petra")
    assert "Niemand hier staat buiten de beoordeling" in names(world, "petra")


def test_somebody_left(world: World, noor: Contact) -> None:
    Membership.objects.filter(person=world.noor).update(valid_until=clock.today())
    assert Gap.LEFT in gaps(world)
    assert "Werkt hier niet meer" in names(world, "petra")


def test_an_adviser_without_a_role_here_did_not_leave(world: World, noor: Contact) -> None:
    Contact.objects.filter(name="Lotte").update(person=world.dirk)
    assert gaps(world) == set()
    world.dirk.is_active = False
    world.dirk.save()
    assert Gap.LEFT in gaps(world)


def test_a_deputy_who_left_stands_in_for_nobody(world: World, noor: Contact) -> None:
    Membership.objects.filter(person=world.willem).update(valid_until=clock.today())
    found = {(one.gap, one.contact_id) for one in keeping.missing(world.access(world.petra))}
    assert (Gap.ALONE, noor.pk) in found


def test_nobody_stands_in(world: World, noor: Contact) -> None:
    Contact.objects.filter(deputy_of=noor).delete()
    assert gaps(world) == {Gap.ALONE}
    assert "Nog geen vervanger" in names(world, "petra")


def test_each_half_year_a_name_is_looked_at_again(world: World, noor: Contact) -> None:
    before = keeping.half_year_began(clock.today()) - timedelta(days=1)
    Contact.objects.filter(pk=noor.pk).update(confirmed_on=before)
    assert gaps(world) == {Gap.UNSURE}
    assert "Klopt nog" in names(world, "petra")
    address = reverse("concerns:confirm_name", args=[noor.pk])
    for who in (world.samira, world.joost, world.charlie, world.dirk):
        assert signed_in(who).post(address).status_code == 404
    assert signed_in(world.petra).get(address).status_code == 405
    assert signed_in(world.petra).post(address).status_code == 302
    assert gaps(world) == set()
    assert "Klopt nog" not in names(world, "petra")


@pytest.mark.parametrize(
    ("day", "began"),
    [
        (date(2026, 7, 31), date(2026, 2, 1)),
        (date(2026, 8, 1), date(2026, 8, 1)),
        (date(2027, 1, 31), date(2026, 8, 1)),
        (date(2027, 2, 1), date(2027, 2, 1)),
    ],
)
def test_half_years(day: date, began: date) -> None:
    assert keeping.half_year_began(day) == began


def test_who_does_not_keep_the_register_is_not_bothered(world: World, noor: Contact) -> None:
    Contact.objects.all().update(confirmed_on=None)
    assert MISSING in titles(world, "petra")
    for who in ("noor", "samira", "joost", "willem", "stef"):
        assert MISSING not in titles(world, who, "school")
    assert keeping.missing(world.access(world.samira)) == ()


# --- a call that nobody picks up


def asked(world: World, noor: Contact, days: int) -> CallRequest:
    made = actions.ask_for_call(contact=noor, name="Sam de Geheime", phone="06 1234 5678", moment="any")
    CallRequest.objects.filter(pk=made.pk).update(
        asked_at=clock.now() - timedelta(days=days), deputy_sees_from=clock.now() - timedelta(days=days)
    )
    return made


def test_the_second_sees_it_and_the_programme_leader_only_that_it_waits(world: World, noor: Contact) -> None:
    asked(world, noor, days=7)
    client = signed_in(world.willem)
    assert "Sam de Geheime" in client.get(reverse("concerns:calls")).content.decode()
    assert "Een telefoontje wacht te lang" in titles(world, "petra")
    for html in (
        names(world, "petra"),
        signed_in(world.petra).get(f"/laag/{world.root.pk}/").content.decode(),
    ):
        assert "wacht" in html
        assert "Geheime" not in html
        assert "1234" not in html
    assert "Hier wacht een telefoontje te lang." in names(world, "petra")
    for who in ("noor", "samira", "willem", "stef"):
        assert "Een telefoontje wacht te lang" not in titles(world, who, "school")


def test_within_its_time_nobody_else_hears_of_it(world: World, noor: Contact) -> None:
    made = asked(world, noor, days=0)
    assert "Een telefoontje wacht te lang" not in titles(world, "petra")
    asked(world, noor, days=7)
    CallRequest.objects.filter(pk=made.pk).update(picked_up_at=clock.now())
    assert "Een telefoontje wacht te lang" not in titles(world, "petra")


def test_the_time_is_said_before_and_whom_to_call_afterwards(world: World, noor: Contact) -> None:
    client = Client()
    page = client.get(reverse("concerns:call", args=[noor.pk])).content.decode()
    assert page.index("Belt Noor niet vóór") < page.index("Vraag of je gebeld wordt")
    after = client.get(reverse("concerns:asked", args=[noor.pk])).content.decode()
    assert "Nog niet gebeld vóór" in after
    for number in ("06 1", "06 4", "06 2"):
        assert f'href="tel:{number}"' in after
    assert "Lotte beoordeelt niemand." in after


def test_without_a_deputy_the_time_is_said_too(world: World, noor: Contact) -> None:
    Contact.objects.filter(deputy_of=noor).delete()
    page = Client().get(reverse("concerns:call", args=[noor.pk])).content.decode()
    assert "Bel dan zelf, of kies een ander." in page


# --- the way to it


def test_the_way_there_is_on_pages_that_go_wrong(world: World) -> None:
    way = reverse("concerns:people")
    for client in (Client(), signed_in(world.samira)):
        assert f'href="{way}"' in client.get("/bestaat-niet/").content.decode()
    for path in (reverse("answer:join"), reverse("answer:resume"), "/mee/nergens/"):
        assert f'href="{way}' in Client().get(path).content.decode(), path
    failing = Client(raise_request_exception=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("lemniscaat.concerns.views.queries.with_deputies", lambda _: 1 / 0)
        broken = failing.get(way)
    assert broken.status_code == 500
    assert f'href="{way}"' in broken.content.decode()
    refused = Client(enforce_csrf_checks=True)
    refused.force_login(world.samira, backend="allauth.account.auth_backends.AuthenticationBackend")
    denied = refused.post(reverse("concerns:calls"))
    assert denied.status_code == 403
    assert f'href="{way}"' in denied.content.decode()

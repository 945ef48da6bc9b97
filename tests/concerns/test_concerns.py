"""A worry leads to names, and asking to be called reaches somebody."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.base.limits import Limits
from lemniscaat.concerns import actions, queries
from lemniscaat.concerns.models import CallRequest, Contact
from lemniscaat.concerns.place import read_call, read_place, signed_call, signed_place
from lemniscaat.people.erasure import _erase
from lemniscaat.people.models import OutgoingMail, TrailEntry
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
PEOPLE = reverse("concerns:people")
ASK = {"name": "Sam", "phone": "06 1234 5678", "moment": "late"}


@dataclass
class Names:
    noor: Contact
    stand_in: Contact
    lotte: Contact
    far: Contact


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lemniscaat.concerns.views.limits", Limits())


@pytest.fixture
def names(world: World) -> Names:
    def one(**given: object) -> Contact:
        return Contact.objects.create(**{"partnership": world.partnership, **given})

    noor = one(
        organisation=world.school,
        person=world.noor,
        name="Noor",
        task="Schoolopleider",
        phone="06 1",
        assesses=True,
    )
    return Names(
        noor,
        one(
            organisation=world.school,
            person=world.willem,
            name="Willem",
            task="Vervangt",
            deputy_of=noor,
            assesses=True,
        ),
        one(
            organisation=world.root,
            name="Lotte",
            task="Vertrouwenspersoon",
            phone="06 2",
            email="lotte@elders.example",
        ),
        one(
            organisation=world.elsewhere.root,
            partnership=world.elsewhere,
            name="Ver weg",
            task="Daar",
            phone="06 3",
        ),
    )


def ask(contact: Contact, **given: str) -> CallRequest:
    actions.ask_for_call(contact=contact, **{**ASK, **given})
    return CallRequest.objects.get(contact=contact, phone=given.get("phone", ASK["phone"]))


def late(call: CallRequest) -> None:
    CallRequest.objects.filter(pk=call.pk).update(deputy_sees_from=clock.now() - timedelta(minutes=1))


# --- names


def test_a_student_sees_who_is_near_and_last_who_assesses_nobody(world: World, names: Names) -> None:
    found = queries.my_contacts(world.access(world.samira))
    assert [c.name for c in found] == ["Noor", "Lotte"]
    page = signed_in(world.samira).get(PEOPLE).content.decode()
    assert page.index("Noor") < page.index("Lotte")
    assert "Willem vervangt" in page
    assert "Ver weg" not in page


def test_a_participant_without_account_comes_with_a_signed_place(world: World, names: Names) -> None:
    value = signed_place(world.team.pk, world.partnership.pk)
    page = Client().get(PEOPLE, {"plek": value}).content.decode()
    assert "Noor" in page
    assert "Lotte" in page
    for false in ("", "x", value[:-2], signed_call(1)):
        page = Client().get(PEOPLE, {"plek": false}).content.decode()
        assert "Noor" not in page
        assert "vertrouwenspersoon" in page
    # a layer of another partnership gives nothing
    other = signed_place(world.team.pk, world.elsewhere.pk)
    assert "Noor" not in Client().get(PEOPLE, {"plek": other}).content.decode()
    assert read_place(value) is not None
    assert read_place(signed_call(3)) is None


def test_outsiders_see_their_own_or_none(world: World, names: Names) -> None:
    assert "Noor" not in signed_in(world.charlie).get(PEOPLE).content.decode()
    assert signed_in(world.dirk).get(PEOPLE).status_code == 200


def test_a_school_without_anybody_outside_the_line_is_told_to_who_can_mend_it(
    world: World, names: Names
) -> None:
    assert queries.gaps(world.access(world.petra)) == ()
    names.lotte.delete()
    assert [gap.name for gap in queries.gaps(world.access(world.petra))] == ["Het Waterrad"]
    assert "Hier ontbreekt nog een naam" in signed_in(world.petra).get(PEOPLE).content.decode()
    for who in (world.samira, world.bea, world.stef):
        assert "Hier ontbreekt nog een naam" not in signed_in(who).get(PEOPLE).content.decode()


def test_somebody_erased_is_no_longer_named(world: World, names: Names) -> None:
    _erase(world.noor)
    assert [c.name for c in queries.my_contacts(world.access(world.samira))] == ["Lotte"]
    assert actions.forget_erased() == 1


# --- asking


def test_asking_needs_no_account_and_counts_once(world: World, names: Names) -> None:
    client = Client()
    address = reverse("concerns:call", args=[names.noor.pk])
    page = client.get(address).content.decode()
    assert "textarea" not in page  # no story
    assert "Willem" in page
    for _ in range(2):
        done = client.post(address, ASK)
        assert done.status_code == 302
    assert CallRequest.objects.count() == OutgoingMail.objects.count() == 1
    assert "Noor ziet je naam" in client.get(done["Location"]).content.decode()
    mail = OutgoingMail.objects.get()
    assert mail.to == world.noor.email
    assert "Sam" not in mail.body + mail.subject
    assert "1234" not in mail.body


def test_what_was_typed_is_kept_when_it_cannot_be_called(names: Names) -> None:
    address = reverse("concerns:call", args=[names.noor.pk])
    answer = Client().post(address, {"name": "Sam", "phone": "bel maar op school", "moment": "any"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Met dit nummer kunnen we niet bellen" in page
    assert "bel maar op school" in page
    assert not CallRequest.objects.exists()


def test_too_many_from_one_place_get_the_number_instead(names: Names) -> None:
    client, address = Client(), reverse("concerns:call", args=[names.noor.pk])
    answers = [client.post(address, {**ASK, "phone": f"06 0000 {n:04}"}) for n in range(25)]
    assert [a.status_code for a in answers] == [302] * 20 + [429] * 5
    assert "tel:06 1" in answers[-1].content.decode()
    assert CallRequest.objects.count() == 20


def test_keys_cannot_be_guessed_and_deputies_have_no_page_of_their_own(names: Names) -> None:
    assert names.noor.pk > 2**32
    assert Client().get(reverse("concerns:call", args=[1])).status_code == 404
    assert Client().get(reverse("concerns:call", args=[names.stand_in.pk])).status_code == 404


def test_somebody_with_only_a_phone_is_called_by_oneself(names: Names) -> None:
    Contact.objects.filter(pk=names.lotte.pk).update(email="")
    page = Client().get(reverse("concerns:call", args=[names.lotte.pk])).content.decode()
    assert '<form method="post" class' not in page
    assert "tel:06 2" in page


# --- calling


def test_only_who_was_asked_sees_it_and_the_deputy_after_its_time(world: World, names: Names) -> None:
    call = ask(names.noor)
    assert list(queries.calls_for(world.access(world.noor))) == [call]
    assert not queries.calls_for(world.access(world.willem))
    late(call)
    assert list(queries.calls_for(world.access(world.willem))) == [call]
    for who in (world.petra, world.ad, world.joost):
        assert not queries.calls_for(world.access(who))
        assert signed_in(who).get(reverse("concerns:calls")).status_code == 404
        with pytest.raises(Http404):
            actions.pick_up(access=world.access(who), call=call)


def test_the_number_is_shown_to_the_one_who_calls(world: World, names: Names) -> None:
    call = ask(names.noor)
    late(call)
    noor, willem = signed_in(world.noor), signed_in(world.willem)
    address = reverse("concerns:calls")
    assert "1234" not in noor.get(address).content.decode()
    pick = reverse("concerns:pick_up", args=[call.pk])
    assert noor.get(pick).status_code == 405
    page = noor.post(pick, follow=True).content.decode()
    assert "06 1234 5678" in page
    assert "Na vier uur" in page
    assert willem.post(pick).status_code == 404
    assert "1234" not in willem.get(address).content.decode()
    assert noor.post(pick).status_code == 302
    entry = TrailEntry.objects.get(looked=True)
    assert entry.person == world.noor
    assert "Sam" not in str(entry.detail)


def test_deputies_are_told_once(world: World, names: Names) -> None:
    call = ask(names.noor)
    assert actions.tell_deputies() == 0
    late(call)
    assert [actions.tell_deputies(), actions.tell_deputies()] == [1, 0]
    assert OutgoingMail.objects.filter(to=world.willem.email).count() == 1


def test_somebody_without_account_has_it_all_in_the_mail(names: Names) -> None:
    call = ask(names.lotte)
    mail = OutgoingMail.objects.get()
    assert mail.to == "lotte@elders.example"
    assert "06 1234 5678" in mail.body
    value = signed_call(call.pk)
    assert read_call(value) == call.pk
    address = reverse("concerns:calling", args=[value])
    client = Client()
    assert "1234" not in client.get(address).content.decode()
    assert CallRequest.objects.get().picked_up_at is None
    client.post(address)
    assert CallRequest.objects.get().picked_up_at
    assert "er wordt gebeld" in client.get(address).content.decode()
    assert client.get(reverse("concerns:calling", args=["onzin"])).status_code == 404


def test_names_and_numbers_go_after_two_weeks(world: World, names: Names) -> None:
    done, waiting = ask(names.noor), ask(names.noor, phone="06 8765 4321")
    actions.pick_up(access=world.access(world.noor), call=done)
    assert actions.forget_calls() == 0
    CallRequest.objects.filter(pk=done.pk).update(picked_up_at=clock.now() - timedelta(days=15))
    assert actions.forget_calls() == 1
    assert list(CallRequest.objects.all()) == [waiting]


def test_the_same_number_may_ask_again_after_a_call(world: World, names: Names) -> None:
    actions.pick_up(access=world.access(world.noor), call=ask(names.noor))
    actions.ask_for_call(contact=names.noor, **ASK)
    assert CallRequest.objects.count() == 2


# --- keeping the names


def test_names_are_kept_by_who_may(world: World, names: Names) -> None:
    address = reverse("concerns:names", args=[world.school.pk])
    given = {
        "name": "Els",
        "task": "Vertrouwenspersoon",
        "phone": "06 9",
        "email": "joost@example.org",
        "assesses": "no",
    }
    client = signed_in(world.noor)
    assert client.post(address, given).status_code == 302
    els = Contact.objects.get(name="Els")
    assert els.person == world.joost
    assert client.post(address, {**given, "phone": "", "email": ""}).status_code == 422
    change = reverse("concerns:name", args=[els.pk])
    assert client.get(change).status_code == 200
    client.post(change, {**given, "assesses": "yes", "deputy_of": names.noor.pk})
    els.refresh_from_db()
    assert (els.assesses, els.deputy_of) == (True, names.noor)
    for who in (world.samira, world.joost, world.bea, world.charlie, world.hans):
        other = signed_in(who)
        assert other.get(address).status_code == 404
        assert other.get(change).status_code == 404
        assert other.post(reverse("concerns:remove_name", args=[els.pk])).status_code == 404
    client.post(reverse("concerns:remove_name", args=[els.pk]))
    assert not Contact.objects.filter(name="Els").exists()


def test_who_waits_is_not_forgotten_with_a_name(world: World, names: Names) -> None:
    ask(names.lotte)
    with pytest.raises(actions.WaitingCallsError):
        actions.remove_contact(access=world.access(world.petra), contact=names.lotte)
    call = ask(names.noor)
    actions.remove_contact(access=world.access(world.petra), contact=names.noor)
    call.refresh_from_db()
    assert call.contact == names.stand_in
    assert list(queries.calls_for(world.access(world.willem))) == [call]

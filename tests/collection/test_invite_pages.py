"""Whom we ask, the letter, the preview and the way out, on screens."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.cli.ticking import tick
from lemniscaat.collection.actions import open_round, start_round
from lemniscaat.collection.guest_lists import Whom
from lemniscaat.collection.letters import Cover
from lemniscaat.collection.models import Draft, Invitation, NoMail, Receipt, Response, Round
from lemniscaat.collection.stop_links import stop_address, wishes_of
from lemniscaat.people.models import OutgoingMail, Person, Role
from tests import cast
from tests.cast import signed_in
from tests.collection.doors import INSTRUMENT, fresh_device, hidden, many_people, opened, text_of
from tests.collection.post import standing
from tests.collection.test_guest_lists import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.db]
NAMES = ("guests", "letter", "preview")


@pytest.fixture
def round_(world: cast.World) -> Round:
    many_people(world)
    return start_round(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument_key=INSTRUMENT,
        title="Halverwege",
        asked_by="Noor",
        roles=[Role.STUDENT],
        appointment=world.appointment,
        return_by=clock.today() + timedelta(days=20),
        stops_on=clock.today() + timedelta(days=14),
    )


def url(name: str, of: Round) -> str:
    return reverse(f"collection:{name}", args=[of.pk])


def test_an_outsider_finds_nothing(world: cast.World, round_: Round) -> None:
    for who in (world.charlie, world.samira, world.dirk):
        client = signed_in(who)
        assert {client.get(url(name, round_)).status_code for name in NAMES} == {404}
        assert {client.post(url(name, round_)).status_code for name in ("guests", "letter", "test_mail", "remind")} == {404}  # fmt: skip
    assert not OutgoingMail.objects.exists()


def test_roles_with_how_many_and_a_number_drawn_by_lot(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    page = text_of(noor.get(url("guests", round_)))
    assert "15 mensen" in page
    assert "nog niet gevraagd dit halfjaar" in page
    wrong = noor.post(url("guests", round_), {"wat": "rollen", "rol": ["student"], "aantal-student": "veel"})
    assert wrong.status_code == 422
    assert "heel getal" in text_of(wrong)
    assert noor.post(url("guests", round_), {"wat": "rollen"}).status_code == 422
    noor.post(url("guests", round_), {"wat": "rollen", "rol": ["student", "mentor"], "aantal-student": "9"})
    page = text_of(noor.get(url("guests", round_)))
    assert "22 mensen met deze rollen" in page
    assert "Onder de tien gaan ze op in een grotere groep" in page
    assert "9 van de 15, door het lot" in text_of(noor.get(url("round", round_)))
    done = open_round(access=world.access(world.noor), round_=round_)
    assert Invitation.objects.filter(round=done, role="student").count() == 9
    assert Invitation.objects.filter(round=done, role="mentor").count() == 13


def test_who_was_asked_least_comes_first(world: cast.World, round_: Round) -> None:
    access = world.access(world.noor)
    noor = signed_in(world.noor)
    noor.post(url("guests", round_), {"wat": "rollen", "rol": ["student"], "aantal-student": "10"})
    open_round(access=access, round_=round_)
    before = set(Invitation.objects.values_list("person_id", flat=True))
    again = start_round(
        access=access,
        layer_id=world.team.pk,
        instrument_key=INSTRUMENT,
        title="Nog eens",
        roles=[Role.STUDENT],
        appointment=world.appointment,
    )
    noor.post(url("guests", again), {"wat": "rollen", "rol": ["student"], "aantal-student": "5"})
    open_round(access=access, round_=again)
    after = set(Invitation.objects.filter(round=again).values_list("person_id", flat=True))
    assert len(after) == 5
    assert not after & before


def test_a_list_is_looked_at_and_put_right_in_its_place(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    text = "naam;mail\nSamira;samira@example.org\nsamira@example.org\nstudnet1@example.org\nwie@elders.nl\nhans@example.org\njoost@example.org"
    noor.post(url("guests", round_), {"wat": "lijst", "people": text})
    page = text_of(noor.get(url("guests", round_)))
    for said in ("3 regels kloppen nog niet", "Bedoel je student1@example.org?", "niet bij deze plek",
                 "staat er twee keer in", "andere rol dan je koos", "Vraag wie het register bijhoudt"):  # fmt: skip
        assert said in page, said
    refused = noor.post(url("round", round_), {"open": "1"})
    assert refused.status_code == 422
    assert not Invitation.objects.exists()
    seen = hidden(page, "seen")
    noor.post(
        url("guests", round_), {"wat": "regels", "seen": seen, "neem": "3", "regel-4": "student2@example.org"}
    )
    page = text_of(noor.get(url("guests", round_)))
    assert "Eén regel klopt nog niet" in page
    noor.post(url("guests", round_), {"wat": "regels", "seen": hidden(page, "seen"), "weg": "1"})
    noor.post(url("round", round_), {"open": "1"})
    asked = set(Invitation.objects.values_list("person__email", flat=True))
    assert asked == {f"{name}@example.org" for name in ("samira", "student1", "student2", "joost")}
    assert "@" not in str(Round.objects.get().whom)


def test_nothing_typed_is_lost(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    too_old = text_of(noor.get(url("guests", round_)))
    noor.post(url("guests", round_), {"wat": "lijst", "people": "samira@example.org\nwie@elders.nl"})
    noor.post(
        url("guests", round_),
        {"wat": "lijst", "people": "student1@example.org", "seen": hidden(too_old, "seen")},
    )
    page = text_of(noor.get(url("guests", round_)))
    assert "wie@elders.nl" in page
    noor.post(url("guests", round_), {"wat": "regels", "seen": "oud", "regel-9": "student2@example.org"})
    page = text_of(noor.get(url("guests", round_)))
    assert all(mail in page for mail in ("student1@", "student2@", "samira@", "wie@elders.nl"))
    # of whom we know only the number is kept, so that somebody who is erased is in no list
    assert sorted(one for one in Whom.read(Round.objects.get().whom).lines if isinstance(one, str)) == [
        "wie@elders.nl"
    ]
    empty = noor.post(url("guests", round_), {"wat": "lijst", "people": " "})
    assert empty.status_code == 422


def test_a_file_is_read(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    sheet = workbook(Mensen=[["naam", "mail"], ["Samira", "samira@example.org"]])
    for name, raw in (("a.xlsx", sheet), ("a.csv", b"naam;mail\nJ\xf6rg;samira@example.org\n")):
        noor.post(url("guests", round_), {"wat": "lijst", "file": SimpleUploadedFile(name, raw)})
        assert Whom.read(Round.objects.get().whom).lines == (world.samira.pk,)
    for name, raw in (("b.xlsx", b"PK\x03\x04"), ("b.bin", b"\0\1\2")):
        wrong = noor.post(url("guests", round_), {"wat": "lijst", "file": SimpleUploadedFile(name, raw)})
        assert wrong.status_code == 422
        assert "geen mailadressen" in text_of(wrong)


def test_an_address_that_does_not_work_is_passed_over(world: cast.World, round_: Round) -> None:
    Person.objects.filter(pk=world.samira.pk).update(bounced=world.samira.email)
    noor = signed_in(world.noor)
    assert "Post naar één van hen kwam terug" in text_of(noor.get(url("guests", round_)))
    noor.post(url("guests", round_), {"wat": "lijst", "people": "samira@example.org\nstudent1@example.org"})
    assert "wordt overgeslagen" in text_of(noor.get(url("guests", round_)))
    noor.post(url("round", round_), {"open": "1"})
    assert Invitation.objects.get().person_id != world.samira.pk


def test_an_organiser_sees_which_addresses_do_not_work(world: cast.World) -> None:
    many_people(world)
    asked = opened(world)
    with standing() as office:
        office.faults = {0: "refused"}
        tick()
    (gone,) = Person.objects.exclude(bounced="")
    page = text_of(signed_in(world.noor).get(url("round", asked.round)))
    assert "Bij één mens kwam de mail niet aan" in page
    assert gone.email in page


def test_the_letter_is_mine_and_a_clash_keeps_both(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    page = text_of(noor.get(url("letter", round_)))
    assert "Noor via De Brug" in page
    form = {
        "opening": "Fijn dat je er bent.",
        "why": "Wij willen leren.",
        "replies": "on",
        "days": ["7", "3"],
    }
    noor.post(url("letter", round_), form | {"seen": hidden(page, "seen")})
    again = noor.post(
        url("letter", round_), {"opening": "Mijn tekst.", "why": "", "seen": hidden(page, "seen")}
    )
    assert again.status_code == 422
    assert "Fijn dat je er bent." in text_of(again)
    assert "Mijn tekst." in text_of(again)
    assert Cover.read(Round.objects.get().letter) == Cover("Fijn dat je er bent.", True, (7, 3))
    three = noor.post(url("letter", round_), form | {"days": ["7", "3", "1"], "seen": "x"})
    assert three.status_code == 422
    noor.post(url("letter", round_), {"opening": "Mijn tekst.", "seen": hidden(text_of(again), "seen")})
    assert Cover.read(Round.objects.get().letter).opening == "Mijn tekst."


def test_the_letter_as_it_leaves(world: cast.World, round_: Round) -> None:
    Round.objects.update(
        letter=Cover("Fijn dat je er bent.", replies=True).to_json(), why="Wij willen leren."
    )
    round_.refresh_from_db()
    open_round(access=world.access(world.noor), round_=round_)
    with standing() as office:
        tick()
    wire = office.delivered[0].message()
    assert wire["From"].startswith("Noor via De Brug <")
    assert wire["Reply-To"] == world.noor.email
    assert "Fijn dat je er bent." in office.delivered[0].body
    assert "8 vragen, ongeveer" in office.delivered[0].body
    assert not OutgoingMail.objects.exclude(body="", stop_url="").exists()


def test_a_test_mail_goes_to_me_alone_and_once(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    key = hidden(text_of(noor.get(url("letter", round_))), "form_key")
    for _ in range(2):
        noor.post(url("test_mail", round_), {"form_key": key})
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.stop_url) == (world.noor.email, "")
    assert mail.subject.startswith("[Proef]")
    assert url("preview", round_) in mail.body


def test_a_preview_keeps_nothing(world: cast.World, round_: Round) -> None:
    noor = signed_in(world.noor)
    page = text_of(noor.get(url("preview", round_) + "?rol=student"))
    assert "Dit is een voorproef." in page
    assert "Niemand ziet jouw antwoord apart" in page
    assert 'type="radio"' in page
    assert 'name="blad"' not in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert not any(model.objects.exists() for model in (Response, Draft, Receipt, Invitation))


def test_a_stop_link_needs_no_account_and_looking_changes_nothing(world: cast.World) -> None:
    many_people(world)
    asked = opened(world)
    mine = Invitation.objects.select_related("round", "person").get(person=world.samira)
    address = stop_address(mine.pk).partition("8000")[2]
    phone = fresh_device()
    page = text_of(phone.get(address))
    assert page.count("<button") == 2
    assert wishes_of(mine).none is wishes_of(mine).quiet is False
    assert phone.post(address, {"wat": "ronde"}).status_code == 303
    assert "geen herinnering meer" in text_of(phone.get(address))
    phone.post(address, {"wat": "alles"})
    assert "geen post meer" in text_of(phone.get(address))
    mine.refresh_from_db()
    assert (wishes_of(mine).quiet, wishes_of(mine).none) == (True, True)
    phone.post(address, {"wat": "weer"})
    phone.post(address, {"wat": "iets anders"})
    mine.refresh_from_db()
    assert (wishes_of(mine).quiet, wishes_of(mine).none) == (False, False)
    # the button of a mail program
    clicked = phone.post(address, {"List-Unsubscribe": "One-Click"})
    assert clicked.status_code == 204
    assert NoMail.objects.get().person == world.samira
    assert phone.get(address[:-3] + "x/").status_code == 404
    page = text_of(signed_in(world.noor).get(url("round", asked.round)))
    assert "Eén mens wil geen post over rondes" in page
    assert "Samira" not in page


def test_who_wants_no_mail_still_finds_it_at_home(world: cast.World, round_: Round) -> None:
    NoMail.objects.create(partnership=world.partnership, person=world.samira)
    done = open_round(access=world.access(world.noor), round_=round_)
    assert Invitation.objects.filter(round=done, person=world.samira).exists()
    assert not OutgoingMail.objects.filter(to=world.samira.email).exists()
    assert "Halverwege" in text_of(signed_in(world.samira).get("/", follow=True))


def test_an_organiser_reminds_and_hears_how_often(world: cast.World) -> None:
    many_people(world)
    asked = opened(world)
    noor = signed_in(world.noor)
    assert "Een herinnering kan vanaf morgen" in text_of(noor.get(url("round", asked.round)))
    clock.move_to(1)
    page = text_of(noor.get(url("round", asked.round)))
    assert url("remind", asked.round) in page
    noor.post(url("remind", asked.round))
    assert "Er ging één herinnering uit" in text_of(noor.get(url("round", asked.round)))
    assert Client().post(url("remind", asked.round)).status_code == 302


def test_before_it_opens_we_see_what_we_know(world: cast.World, round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(criterion=world.criterion)
    other = opened(world, over_budget_because="nodig")
    page = text_of(signed_in(world.noor).get(url("round", round_)))
    assert "Wat weten we al?" in page
    assert url("round", other.round) in page
    assert reverse("datapoints:known", args=[world.criterion.pk]) in page
    assert "op tafel bij Teamoverleg onderbouw" in page

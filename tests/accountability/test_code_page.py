"""What those who gave read, with the code of the round and nothing else."""

import pytest
from django.test import Client

from lemniscaat.accountability import return_views
from lemniscaat.accountability.models import Recognition
from lemniscaat.base.limits import Rate, limits
from lemniscaat.concerns.models import Contact
from tests.accountability.stage import CODE, a_round, given_back
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/terug/BRUG%204716/"


@pytest.fixture(autouse=True)
def _fresh_tries() -> None:
    limits.forget("return-code", "127.0.0.1")


@pytest.mark.parametrize("typed", ["BRUG 4716", "brug4716", " brug-4716 "])
def test_the_code_opens_however_it_was_typed(world: World, typed: str) -> None:
    given_back(world, a_round(world))
    answer = Client().get("/terug/", {"code": typed})
    assert answer.status_code == 303
    assert answer["Location"] == PAGE


def test_the_page_without_account_and_without_cookie(world: World) -> None:
    Contact.objects.create(
        partnership=world.partnership, organisation=world.root, name="Lotte", task="vertrouwenspersoon"
    )
    given_back(world, a_round(world))
    answer = Client().get(PAGE)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    for words in ("Studenten vragen niemand.", "Dit doen we niet, want", "Er is geen vervanging.", "Lotte"):
        assert words in html


def test_the_page_does_not_know_who_is_signed_in(world: World) -> None:
    given_back(world, a_round(world))
    assert signed_in(world.samira).get(PAGE).content == Client().get(PAGE).content


def test_a_code_that_is_not_known(world: World) -> None:
    assert Client().get("/terug/", {"code": "BEUK 0000"}).status_code == 422
    answer = Client().get("/terug/BEUK%200000/")
    assert answer.status_code == 404
    assert "Deze code kennen we niet" in answer.content.decode()


def test_before_the_return_it_says_when(world: World) -> None:
    a_round(world)
    html = Client().get(PAGE).content.decode()
    assert "Er is nog geen antwoord" in html
    assert "Uiterlijk" in html
    assert Client().post(PAGE, {"answer": "yes"}).status_code == 200
    assert not Recognition.objects.exists()


def test_guessing_is_slowed_down(world: World) -> None:
    client = Client(REMOTE_ADDR="10.1.2.3")
    codes = [client.get(f"/terug/BEUK%20{number:04}/").status_code for number in range(61)]
    assert set(codes) == {404}
    given_back(world, a_round(world))
    assert client.get(PAGE).status_code == 404, "also a good guess does not get through any more"
    assert client.get("/terug/", {"code": CODE}).status_code == 429


def test_one_known_code_buys_no_guesses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever gave may read what came of it, a whole school from one address; between two visits nobody guesses more."""
    monkeypatch.setattr(return_views, "GUESSES", Rate(burst=4, seconds=3600))
    given_back(world, a_round(world))
    client = Client()
    for number in range(4):
        assert [client.get(PAGE).status_code for _visit in range(5)] == [200] * 5
        assert client.get("/terug/", {"code": CODE}).status_code == 303
        assert client.get(f"/terug/BEUK%20{number:04}/").status_code == 404
    assert client.get(PAGE).status_code == 404


def test_recognition_counts_once_and_knows_nobody(world: World) -> None:
    told = given_back(world, a_round(world))
    answer = Client().post(PAGE, {"answer": "partly"})
    assert answer.status_code == 303
    assert not answer.cookies
    for _again in range(3):
        assert "Dank je." in Client().get(answer["Location"]).content.decode()
    assert list(Recognition.objects.values_list("of", "answer", "people")) == [(told.pk, "partly", 1)]
    assert {field.name for field in Recognition._meta.get_fields()} == {
        "id",
        "of",
        "answer",
        "people",
        "told",
    }


def test_what_is_no_answer_is_not_counted(world: World) -> None:
    given_back(world, a_round(world))
    assert Client().post(PAGE, {"answer": "misschien"})["Location"] == PAGE
    Client().post(PAGE)
    assert not Recognition.objects.exists()


def test_counts_are_shown_from_six_on(world: World) -> None:
    told = given_back(world, a_round(world))
    Recognition.objects.create(of=told, answer="yes", people=4)
    Recognition.objects.create(of=told, answer="no", people=1)
    assert "Tot nu toe" not in Client().get(PAGE).content.decode()
    Client().post(PAGE, {"answer": "no"})
    assert "4 mensen ja, 0 deels en 2 nee" in Client().get(PAGE).content.decode()


def test_counts_do_not_grow_by_one(world: World) -> None:
    """Who looks before and after somebody answers would see what he said."""
    told = given_back(world, a_round(world))
    Recognition.objects.create(of=told, answer="yes", people=6, told=6)
    for _one in range(5):
        Client().post(PAGE, {"answer": "no"})
        assert "6 mensen ja, 0 deels en 0 nee" in Client().get(PAGE).content.decode()
    Client().post(PAGE, {"answer": "yes"})
    assert "7 mensen ja, 0 deels en 5 nee" in Client().get(PAGE).content.decode()

"""Bringing in a table on the screen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lemniscaat.people.models import Person, Upload
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
TABLE = reverse("people:import_table")
HEAD = "naam;e-mail;rol;organisatie\n"


def put(client: Client, text: str | bytes, name: str = "mensen.csv") -> HttpResponse:
    raw = text if isinstance(text, bytes) else text.encode("cp1252")
    return client.post(TABLE, {"file": SimpleUploadedFile(name, raw)})  # type: ignore[return-value]


def test_choose_look_and_say_yes(world: World) -> None:
    client = signed_in(world.petra)
    assert "Kijk wat erin staat" in client.get(TABLE).content.decode()
    looked = put(client, HEAD + "Zoë;zoe@debrug.example;student;Team onderbouw\n")
    assert looked.status_code == 302
    page = client.get(looked["Location"]).content.decode()
    assert "Zoë" in page
    assert "1 regel is goed." in page
    assert not Person.objects.filter(email="zoe@debrug.example").exists()
    yes = looked["Location"] + "ja/"
    assert client.get(yes).status_code == 405
    assert client.post(yes, follow=True).status_code == 200
    assert Person.objects.filter(email="zoe@debrug.example").exists()
    assert client.post(yes).status_code == 404
    assert not Upload.objects.exists()


def test_each_bad_line_and_why_and_the_choice(world: World) -> None:
    client = signed_in(world.ad)
    rows = "Ana;ana@debrug.example;student;Team onderbouw\nBo;bo@debrug.example;studend;Team onderbouw\n"
    looked = put(client, HEAD + rows)
    page = client.get(looked["Location"]).content.decode()
    assert "Bedoel je ‘student’?" in page
    assert '<td class="numeric">3</td>' in page or ">3<" in page
    client.post(looked["Location"] + "ja/")
    assert not Person.objects.filter(email__endswith="@debrug.example").exists()
    client.post(looked["Location"] + "ja/", {"skip": "1"})
    assert list(Person.objects.filter(email__endswith="@debrug.example").values_list("name", flat=True)) == [
        "Ana"
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04", "Excel"),
        (b"naam;rol\nAna;student\n", "e-mail"),
        (b"x" * 2_000_001, "te groot"),
        (b"", "Kies eerst een bestand"),
    ],
)
def test_a_false_file_gets_a_sentence(world: World, raw: bytes, words: str) -> None:
    answer = signed_in(world.petra).post(TABLE, {"file": SimpleUploadedFile("x.csv", raw)} if raw else {})
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_outsiders(world: World) -> None:
    mine = put(signed_in(world.petra), HEAD + "Ana;ana@debrug.example;student;Team onderbouw\n")
    for who in (world.joost, world.samira, world.willem, world.charlie, world.dirk):
        client = signed_in(who)
        assert client.get(TABLE).status_code == 404
        assert client.get(mine["Location"]).status_code == 404
        assert client.post(mine["Location"] + "ja/").status_code == 404
    assert signed_in(world.ad).get(mine["Location"]).status_code == 404
    assert Client().get(TABLE).status_code == 302

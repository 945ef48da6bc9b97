"""Open answers: read by a person before anybody else, changed where needed, let go or kept shut."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.collection import reading
from lemniscaat.collection.models import Block, FreeText, ReadingState
from lemniscaat.datapoints.queries import texts_for
from lemniscaat.people.models import Role, TrailEntry
from tests.cast import World, signed_in
from tests.collection.released import Given, linked, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(world: World) -> Given:
    linked(world, "vertel")
    return stopped(world, {(Role.STUDENT, world.school): 14, (Role.INSTITUTE_EDUCATOR, world.institute): 8})


def url(given: Given) -> str:
    return reverse("collection:texts", args=[given.round.pk])


def reader(world: World) -> Client:
    return signed_in(world.petra)


def form(text: FreeText, words: str | None = None, do: str = "vrij") -> dict[str, object]:
    return {
        "tekst": text.pk,
        "versie": text.version,
        "woorden": text.text if words is None else words,
        "doe": do,
    }


def test_only_the_reader_sees_them(world: World, given: Given) -> None:
    text = FreeText.objects.all()[0]
    for who in (
        world.noor,
        world.samira,
        world.willem,
        world.stef,
        world.bea,
        world.ad,
        world.charlie,
        world.dirk,
    ):
        assert signed_in(who).get(url(given)).status_code == 404
        assert signed_in(who).post(url(given), form(text)).status_code == 404
    assert Client().get(url(given)).status_code == 302
    assert reader(world).get(url(given)).status_code == 200
    assert not FreeText.objects.exclude(state=ReadingState.WAITING).exists()


def test_they_lie_in_the_order_of_their_random_keys(world: World, given: Given) -> None:
    client = reader(world)
    first, second, third = (client.get(url(given) + f"?blad={n}").content.decode() for n in (1, 2, 3))
    assert all("Nog 22 teksten te lezen." in html for html in (first, second, third))
    found = [
        [int(pk) for pk in re.findall(r'name="tekst" value="(\d+)"', html)] for html in (first, second, third)
    ]
    assert [len(pks) for pks in found] == [10, 10, 2]
    assert [pk for pks in found for pk in pks] == list(
        FreeText.objects.order_by("id").values_list("pk", flat=True)
    )
    assert client.get(url(given) + "?blad=99").content.decode().count('name="tekst"') == 2


def test_the_reader_goes_on_where_a_text_waits(world: World, given: Given) -> None:
    FreeText.objects.filter(pk__in=FreeText.objects.order_by("id")[:10]).update(
        state=ReadingState.RELEASED, agreed=1
    )
    html = reader(world).get(url(given)).content.decode()
    assert "Blad 2 van 3" in html
    text = FreeText.objects.order_by("id")[12]
    response = reader(world).post(url(given) + "?blad=2", form(text))
    assert response.headers["Location"] == url(given) + "?blad=2"
    wrong = FreeText.objects.order_by("id")[21]
    assert "Blad 3 van 3" in reader(world).post(url(given) + "?blad=3", form(wrong, " ")).content.decode()


def test_a_look_is_written_in_the_trail(world: World, given: Given) -> None:
    reader(world).get(url(given))
    entry = TrailEntry.objects.get(looked=True)
    assert (entry.person, entry.noun, entry.noun_id) == (world.petra, "round", given.round.pk)


def test_released_texts_reach_the_criterion_and_no_others(world: World, given: Given) -> None:
    first, second, third = FreeText.objects.order_by("id")[:3]
    client = reader(world)
    assert client.post(url(given), form(first, "Zij keek  mee.\n")).status_code == 302
    assert client.post(url(given), form(second, do="sluit")).status_code == 302
    shown = texts_for(world.access(world.noor), world.criterion)
    assert [text.text for text in shown] == ["Zij keek mee."]
    first.refresh_from_db()
    second.refresh_from_db()
    third.refresh_from_db()
    assert first.original != first.text
    assert first.original.endswith("keer.")
    assert (first.state, second.state, third.state) == ("released", "withheld", "waiting")
    assert (first.read_by, third.read_by) == (world.petra, None)
    page = (
        signed_in(world.noor).get(reverse("datapoints:criterion", args=[world.criterion.pk])).content.decode()
    )
    assert "Zij keek mee." in page
    assert second.text not in page
    assert third.text not in page
    assert first.original not in page


def test_a_text_can_be_taken_back(world: World, given: Given) -> None:
    text = FreeText.objects.all()[0]
    client = reader(world)
    client.post(url(given), form(text))
    text.refresh_from_db()
    client.post(url(given), form(text, do="sluit"))
    assert texts_for(world.access(world.noor), world.criterion) == []


def test_two_readers_lose_nothing(world: World, given: Given) -> None:
    text = FreeText.objects.all()[0]
    client = reader(world)
    client.post(url(given), form(text, "De eerste lezing."))
    response = client.post(url(given), form(text, "De tweede lezing."))
    assert response.status_code == 409
    html = response.content.decode()
    assert "De eerste lezing." in html
    assert "De tweede lezing." in html
    text.refresh_from_db()
    assert text.text == "De eerste lezing."
    assert client.post(url(given), form(text, "De tweede lezing.")).status_code == 302
    text.refresh_from_db()
    assert (text.text, text.version) == ("De tweede lezing.", 3)


def test_nothing_left_is_not_let_go(world: World, given: Given) -> None:
    text = FreeText.objects.all()[0]
    response = reader(world).post(url(given), form(text, "   "))
    assert response.status_code == 422
    assert "Houd dicht" in response.content.decode()
    text.refresh_from_db()
    assert text.state == ReadingState.WAITING


@pytest.mark.parametrize("wrong", [{"tekst": "1"}, {"tekst": "x"}, {"versie": "-1"}, {"tekst": "9" * 40}])
def test_what_is_no_text_of_this_round_is_not_there(
    world: World, given: Given, wrong: dict[str, str]
) -> None:
    text = FreeText.objects.all()[0]
    assert reader(world).post(url(given), form(text) | wrong).status_code == 404


def test_a_text_of_another_round_is_not_there(world: World, given: Given) -> None:
    other = stopped(world, {(Role.STUDENT, world.school): 12}, seed="ander")
    text = FreeText.objects.filter(block__release__round=other.round)[0]
    assert reader(world).post(url(given), form(text)).status_code == 404


def test_no_text_of_a_small_group_is_laid_before_anybody(world: World) -> None:
    """Nine mentors alone are too few to read; nobody sees their words, the reader neither."""
    given = stopped(world, {(Role.MENTOR, world.school): 9})
    html = reader(world).get(url(given)).content.decode()
    assert "mentor gaf mij" not in html
    assert "Hier is niets te lezen." in html
    assert not TrailEntry.objects.filter(looked=True).exists()


def test_only_large_enough_blocks_hold_texts(world: World, given: Given) -> None:
    for block in Block.objects.filter(item="vertel_text"):
        assert block.people >= 10
        assert FreeText.objects.filter(block=block).count() >= 5


def test_who_may_read_is_asked_in_the_action_too(world: World, given: Given) -> None:
    text = reading.text_to_read(world.access(world.petra), given.round, FreeText.objects.all()[0].pk)
    with pytest.raises(reading.Http404):
        reading.release_text(access=world.access(world.noor), text=text, words="ja", version=1)

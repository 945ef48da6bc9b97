"""Finding an example: by vision point, element or words; newest first, in as many questions however many there are."""

from datetime import timedelta
from typing import Any

import pytest

from lemniscaat.base import clock
from lemniscaat.examples.finding import PAGE, Sought, look_up
from lemniscaat.examples.models import Example
from tests.cast import World, signed_in
from tests.examples.stories import shared, written

pytestmark = pytest.mark.django_db


def found(world: World, **sought: Any) -> list[str]:
    return [row.title for row in look_up(world.access(world.hans), Sought(**sought)).rows]


def test_by_words_of_the_same_family_and_what_it_hangs_on(world: World) -> None:
    shared(world, title="Lesbezoeken ruilen", point=world.point)
    shared(world, title="Een maatje", tried="Iemand neemt het begeleiden over.", element="leadership")
    written(world, title="Nog niet af: bezoek")
    assert found(world, words="bezoek") == ["Lesbezoeken ruilen"]
    assert found(world, words="begeleiding") == ["Een maatje", "Lesbezoeken ruilen"]
    assert found(world, words="veilig proberen") == ["Lesbezoeken ruilen"], "the vision point"
    assert found(world, words="leiderschap") == ["Een maatje"], "the element"
    assert found(world, words="zwembad") == []


def test_by_vision_point_and_element(world: World) -> None:
    shared(world, title="Met punt", point=world.point)
    shared(world, title="Met element", element="data")
    assert found(world, point_id=world.point.pk) == ["Met punt"]
    assert found(world, element="data") == ["Met element"]
    html = signed_in(world.hans).get("/voorbeelden/").content.decode()
    assert f"?visiepunt={world.point.pk}" in html
    assert "?element=data" in html
    assert "?element=learning" not in html, "only what is there"


def test_the_newest_first_whatever_was_thanked(world: World, django_assert_max_num_queries: Any) -> None:
    for number in range(PAGE + 2):
        row = shared(world, title=f"Voorbeeld {number}", point=world.point)
        Example.objects.filter(pk=row.pk).update(shared_on=clock.today() - timedelta(days=number))
    assert found(world)[0] == "Voorbeeld 0"
    assert found(world, page=2) == [f"Voorbeeld {PAGE}", f"Voorbeeld {PAGE + 1}"]
    client = signed_in(world.hans)
    client.get("/voorbeelden/")
    with django_assert_max_num_queries(16):
        html = client.get("/voorbeelden/?zoek=voorbeeld").content.decode()
    assert "blad=2" in html


def test_the_page_of_a_criterion_shows_what_others_tried(
    world: World, django_assert_max_num_queries: Any
) -> None:
    road = f"/voorbeelden/lat/{world.criterion.pk}/"
    client, part = signed_in(world.samira), {"HX-Request": "true"}
    assert road in client.get(f"/weten/lat/{world.criterion.pk}/").content.decode()
    assert not client.get(road, headers=part).content.strip(), "nothing there takes no room"
    assert "Nog niemand deelde hier een voorbeeld." in client.get(road).content.decode()
    for number in range(5):
        shared(world, title=f"Ruilen {number}", point=world.point)
    shared(world, title="Bij de lat", point=None, criterion=world.criterion)
    shared(world, title="Ergens anders")
    written(world, title="Nog niet af", point=world.point)
    with django_assert_max_num_queries(10):
        html = client.get(road, headers=part).content.decode()
    assert html.count("<li>") == 3
    assert "Bij de lat" in html
    whole = client.get(road).content.decode()
    assert "Ruilen 0" in whole
    assert "Ergens anders" not in whole
    assert "Nog niet af" not in whole
    assert signed_in(world.charlie).get(road).status_code == 404

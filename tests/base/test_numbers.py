"""A number in an address or a form: what a browser sends may be anything, and breaks no page."""

import pytest

from lemniscaat.base.numbers import number_in
from tests.cast import World, signed_in

NONE = ["", "x", "-1", "1.5", "²", "9" * 10, "9" * 5000]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_of_ours_is_none(text: str) -> None:
    assert number_in(text) == 0
    assert number_in(text, 7) == 7


def test_digits_of_any_script_are_digits() -> None:
    assert number_in("42") == 42
    assert number_in("٤٢") == 42


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["²", "9" * 5000])
def test_no_page_breaks_on_a_number_that_is_none(world: World, text: str) -> None:
    noor, petra = signed_in(world.noor), signed_in(world.petra)
    asked = (
        (petra, f"/afspraak/laag/{world.root.pk}/nieuw/?lat={text}&na={text}"),
        (petra, f"/ronde/laag/{world.root.pk}/nieuw/?lat={text}"),
        (noor, f"/weten/geeltje/?lat={text}&punt={text}"),
        (noor, f"/visie/punt/{world.point.pk}/alleen/?vraag={text}"),
        (noor, f"/visie/punt/{world.point.pk}/lat/nieuw/?samen={text}"),
    )
    for client, address in asked:
        assert client.get(address).status_code in {200, 302}, address[:60]

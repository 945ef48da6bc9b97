"""Whether a table can live with a text: asked about the words of that moment, shown when the leader lays it open."""

import pytest
from django.http import Http404

from lemniscaat.base.limits import limits
from lemniscaat.meetings import agreeing
from lemniscaat.meetings.models import Chair, Meeting
from tests.cast import World, signed_in
from tests.meetings.talks import at, chair, guest, in_hall, leads, live, nu, shown
from tests.meetings.test_table import page, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def asked(world: World) -> Meeting:
    """Noor, Lotte and Fatima are there; they are asked about a meaning."""
    row = live(world)
    for name in ("Lotte", "Fatima"):
        guest(row, name)
    at(world, row, "write")
    press(world, row, "keep", meaning="Wij vragen het eerst.", sentence="Joost begint.")
    press(world, row, "hands:meaning")
    return row


def raise_hand(row: Meeting, name: str, fingers: object, because: str = "") -> bool:
    posted = {"at": fingers, "because": because}
    one = Chair.objects.select_related("table").get(table=row.table_id, name=name)
    return agreeing.raise_hand(chair=one, posted=posted)


def asking(row: Meeting) -> agreeing.Asking | None:
    return agreeing.consent_of(Meeting.objects.select_related("table").get(pk=row.pk))


def test_before_they_are_shown_hands_are_two_numbers(world: World) -> None:
    row = asked(world)
    raise_hand(row, "Lotte", "0", "Ik mis de tijd.")
    found = asking(row)
    assert found == agreeing.Asking("asked", "Wij vragen het eerst.", 1, 3)
    for path in (page(row, "leiden"), page(row, "beamer"), nu(row)):
        html = shown(leads(world), path)
        assert "Ik mis de tijd." not in html
        assert "1 van de 3 gaven een hand" in html


def test_once_shown_the_objection_stands_with_name_and_reason(world: World) -> None:
    row = asked(world)
    raise_hand(row, "Lotte", "0", "Ik mis de tijd.")
    raise_hand(row, "Fatima", "4")
    raise_hand(row, "Noor", "5")
    press(world, row, "hands:show")
    found = asking(row)
    assert found is not None
    assert found.consent is not None
    assert found.consent.counts == (1, 0, 0, 0, 1, 1)
    assert not found.consent.carried
    for path in (page(row, "leiden"), page(row, "beamer"), nu(row)):
        html = shown(leads(world), path)
        assert "Eén van jullie heeft een bezwaar. Hoor het eerst." in html
        assert "Ik mis de tijd." in html


def test_it_is_asked_about_the_words_as_they_stood(world: World) -> None:
    """The leader goes on writing; who gives a hand gives it to what he read."""
    row = asked(world)
    press(world, row, "keep", meaning="Wij vragen niets.", was_meaning="Wij vragen het eerst.")
    assert "Wij vragen het eerst." in shown(signed_in(world.joost), nu(row))
    raise_hand(row, "Lotte", "5")
    press(world, row, "hands:meaning")
    found = asking(row)
    assert found is not None
    assert (found.text, found.n) == ("Wij vragen niets.", 0), "asked anew all hands are empty"


def test_an_empty_text_is_not_asked_about(world: World) -> None:
    row = live(world)
    for of in ("meaning", "sentence", "dissent", "show", "bestaat-niet"):
        press(world, row, f"hands:{of}")
    assert asking(row) is None
    assert Meeting.objects.get(pk=row.pk).asking == {}


def test_showing_is_for_what_was_asked_and_stopping_for_both(world: World) -> None:
    row = asked(world)
    raise_hand(row, "Lotte", "3")
    press(world, row, "hands:stop")
    assert asking(row) is None
    press(world, row, "hands:show")
    assert asking(row) is None, "what was stopped is not shown after all"
    press(world, row, "hands:sentence")
    found = asking(row)
    assert found is not None
    assert found.text == "Joost begint."


def test_asking_for_dots_shows_no_hands(world: World) -> None:
    row = asked(world)
    raise_hand(row, "Lotte", "1", "Ik mis de tijd.")
    press(world, row, "hands:dots-briefje")
    assert asking(row) is None
    press(world, row, "hands:show")
    assert Meeting.objects.get(pk=row.pk).asking == {"state": "dots", "of": "briefje"}


@pytest.mark.parametrize("fingers", ["6", "-1", "", "x", "٣", "3.0", None, ["3"]])
def test_what_is_no_hand_is_not_raised(world: World, fingers: object) -> None:
    row = asked(world)
    assert not raise_hand(row, "Lotte", fingers)
    assert chair(row, "Lotte").hand == {}


def test_the_last_hand_counts_until_they_are_shown(world: World) -> None:
    row = asked(world)
    for fingers in ("0", "5", "2"):
        assert raise_hand(row, "Lotte", fingers, f"  hand {fingers}\r\n" + "x" * 900)
    press(world, row, "hands:show")
    assert not raise_hand(row, "Lotte", "5")
    hand = chair(row, "Lotte").hand
    assert (hand["at"], len(hand["because"])) == (2, agreeing.LONGEST)


def test_who_gives_a_hand_by_account_is_there(world: World) -> None:
    row = asked(world)
    assert raise_hand(row, "Samira", "4")
    found = asking(row)
    assert found is not None
    assert (found.n, found.present) == (1, 4)


def test_a_hall_raises_no_hands(world: World) -> None:
    row = in_hall(world)
    press(world, row, "keep", meaning="Wij vragen het eerst.")
    press(world, row, "hands:meaning")
    assert Meeting.objects.get(pk=row.pk).asking == {}


def test_outsiders_ask_nothing(world: World) -> None:
    row = asked(world)
    before = Meeting.objects.get(pk=row.pk).asking
    for outsider in (world.willem, world.bea):
        with pytest.raises(Http404):
            agreeing.move(access=world.access(outsider), meeting=row, to="show")
    assert signed_in(world.charlie).post(page(row, "stap"), {"do": "hands:show"}).status_code == 404
    assert Meeting.objects.get(pk=row.pk).asking == before

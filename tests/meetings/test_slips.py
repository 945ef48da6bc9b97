"""Slips of paper, typed over by whoever leads: under a name at a table, without one in a hall."""

import re

import pytest
from django.test import Client

from lemniscaat.base.limits import limits
from lemniscaat.collection.models import Response
from lemniscaat.meetings import seating
from lemniscaat.meetings.models import Chair, Meeting
from tests.cast import World, signed_in
from tests.meetings.talks import at, chair, crowd, guest, in_hall, lay_open, leads, live, shown
from tests.meetings.test_table import page, press

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def typed(world: World, row: Meeting, **given: object) -> str:
    """What the leader sees after typing in a slip."""
    answer = leads(world).post(page(row, "briefjes"), given, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_slip_makes_a_chair_by_name_and_a_next_one_lies_beside_it(world: World) -> None:
    row = live(world)
    at(world, row, "think", 1)
    html = typed(world, row, deel=1, name="Lotte", role="student", zag="Een open deur")
    assert "Het briefje van Lotte ligt erbij." in html
    assert "Een open deur" not in html, "nothing that was typed in is shown again"
    typed(world, row, deel=1, chair=chair(row, "Lotte").pk, vond="Mooi")
    typed(world, row, deel=3, name="Lotte", role="student", hoe="o2")
    lotte = chair(row, "Lotte")
    assert lotte.answers == {"zag": {"v": "Een open deur"}, "vond": {"v": "Mooi"}, "hoe": {"v": "o2"}}
    assert (lotte.from_paper, lotte.done, lotte.here) == (True, True, False)
    assert Chair.objects.filter(table=row.table).count() == 4


def test_a_slip_fills_the_chair_of_somebody_who_was_expected(world: World) -> None:
    row = live(world)
    typed(world, row, deel=3, chair=chair(row, "Samira").pk, hoe="o1")
    samira = chair(row, "Samira")
    assert (samira.person, samira.answers) == (world.samira, {"hoe": {"v": "o1"}})
    signed_in(world.samira).get(f"/tafel/{row.table_id}/nu/")
    typed(world, row, deel=3, chair=chair(row, "Samira").pk, hoe="o3")
    assert chair(row, "Samira").answers == {"hoe": {"v": "o1"}}, "she has her own screen now"


def test_whoever_has_a_phone_is_not_offered(world: World) -> None:
    row = live(world)
    guest(row, "Lotte")
    html = shown(leads(world), page(row, "briefjes"))
    assert ">Lotte</option>" not in html
    assert ">Samira</option>" in html
    assert ">Noor</option>" not in html
    mine = chair(row, "Lotte").pk
    assert "Van wie is dit briefje?" in typed(world, row, deel=3, chair=mine, hoe="o1")
    assert chair(row, "Lotte").answers == {}


def test_what_is_private_is_not_typed_over_and_a_file_neither(world: World) -> None:
    row = live(world)
    html = shown(leads(world), page(row, "briefjes") + "?deel=1")
    assert 'name="zag"' in html
    for key in ("stil", "erbij"):
        assert f'name="{key}' not in html
    typed(world, row, deel=1, name="Lotte", zag="x", stil="y")
    assert set(chair(row, "Lotte").answers) == {"zag"}


def test_what_is_no_answer_comes_back_as_it_was_typed(world: World) -> None:
    row = live(world)
    answer = leads(world).post(page(row, "briefjes"), {"deel": 3, "name": "Lotte", "hoe": "bestaat-niet"})
    assert answer.status_code == 422
    assert 'value="Lotte"' in answer.content.decode()
    assert not Chair.objects.filter(name="Lotte").exists()


def test_a_slip_that_comes_after_laying_open_was_written_alone_too(world: World) -> None:
    row = live(world)
    at(world, row, "think", 3)
    lay_open(world, row, 3)
    typed(world, row, deel=3, name="Lotte", hoe="o3")
    assert "Lotte" in shown(leads(world), page(row, "leiden"))


def test_which_part_is_typed_in(world: World) -> None:
    """The one that is asked for, else that of the step, else the first."""
    row = live(world)
    client = leads(world)
    for asked, field in (("3", "hoe"), ("2", "briefje.1.text"), ("9", "zag"), ("x", "zag"), ("", "zag")):
        assert f'name="{field}"' in shown(client, page(row, "briefjes") + f"?deel={asked}"), asked
    at(world, row, "think", 2)
    assert 'name="briefje.1.text"' in shown(client, page(row, "briefjes"))


def test_outsiders_and_people_at_the_table_type_nothing(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    given = {"deel": 3, "name": "Iemand", "hoe": "o1"}
    for client in (*(signed_in(one) for one in (world.willem, world.charlie, world.bea)), Client(), lotte):
        for answer in (client.get(page(row, "briefjes")), client.post(page(row, "briefjes"), given)):
            assert answer.status_code in {302, 404}
            assert answer.status_code == 404 or answer["Location"].startswith("/inloggen/")
    assert not Chair.objects.filter(name="Iemand").exists()


def test_after_the_end_no_slip_is_typed_in(world: World) -> None:
    row = live(world)
    press(world, row, "finish")
    answer = leads(world).post(page(row, "briefjes"), {"deel": 3, "name": "Lotte", "hoe": "o1"})
    assert answer["Location"] == page(row, "")
    access = world.access(world.noor)
    row.table.refresh_from_db()
    late = seating.type_over(access=access, table=row.table, chair=None, name="Laat", role="", answers={})
    assert late is None
    assert not Chair.objects.filter(name__in=["Lotte", "Laat"]).exists()


# in a hall


def ticket_on(world: World, row: Meeting) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', shown(leads(world), page(row, "briefjes")))
    assert found
    return found[1]


def test_a_slip_in_a_hall_has_no_name_and_counts_once(world: World) -> None:
    row = in_hall(world)
    crowd(row, 1)
    at(world, row, "think", 1)
    html = shown(leads(world), page(row, "briefjes"))
    assert 'name="name"' not in html
    assert 'name="chair"' not in html
    first, second = ticket_on(world, row), ticket_on(world, row)
    assert first != second
    for _twice in range(2):
        assert "Het briefje ligt erbij" in typed(world, row, deel=1, ticket=first, vaak="o1")
    typed(world, row, deel=1, ticket=second, vaak="o2", name="Lotte", chair="1")
    assert Response.objects.count() == 2
    assert not Chair.objects.filter(from_paper=True).exists()
    assert not Chair.objects.filter(name="Lotte").exists()


def test_a_slip_in_a_hall_counts_until_it_closes(world: World) -> None:
    row = in_hall(world)
    at(world, row, "think", 1)
    ticket = ticket_on(world, row)
    lay_open(world, row, 1)
    assert "Het briefje telt niet meer mee" in typed(world, row, deel=1, ticket=ticket, vaak="o1")
    assert not Response.objects.exists()


@pytest.mark.parametrize("ticket", ["", "kort", "x" * 15])
def test_a_ticket_that_is_none_is_no_sheet(world: World, ticket: str) -> None:
    row = in_hall(world)
    at(world, row, "think", 1)
    typed(world, row, deel=1, ticket=ticket, vaak="o1")
    assert not Response.objects.exists()

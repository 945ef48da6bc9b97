"""Small groups at one table: proposed, moved by hand, each with its own code and its own text."""

from typing import Any

import pytest
from django.http import Http404
from django.test import Client

from lemniscaat.base.limits import limits
from lemniscaat.meetings import events, grouping
from lemniscaat.meetings.models import Chair, Group, Meeting
from lemniscaat.meetings.seating import put_chair
from tests.cast import World, signed_in
from tests.meetings.talks import at, chair, code_of, guest, in_hall, leads, live, nu, shown
from tests.meetings.test_table import page, press

pytestmark = pytest.mark.django_db
NAMES = ("Lotte", "Fatima", "Bram", "Daan", "Sanne", "Yara")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def seven(world: World) -> Meeting:
    """Six guests and Noor; Joost and Samira did not come yet."""
    row = live(world)
    for name in NAMES:
        made = put_chair(table=row.table, name=name, role="student" if name < "M" else "mentor")
        Chair.objects.filter(pk=made.pk).update(here=True)
    return row


def deal(world: World, row: Meeting, size: int = 3) -> list[Group]:
    grouping.deal(access=world.access(world.noor), meeting=row, size=size)
    return list(Group.objects.filter(table=row.table))


def move(world: World, row: Meeting, name: str, to: int) -> None:
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, name).pk, to=to)


def seats(row: Meeting) -> dict[str, int]:
    rows = Chair.objects.filter(table=row.table).exclude(group=None).select_related("group")
    return {one.name: one.group.number for one in rows if one.group}


def test_who_is_there_is_dealt_and_who_is_expected_waits(world: World) -> None:
    row = seven(world)
    groups = deal(world, row)
    assert [one.number for one in groups] == [1, 2]
    assert set(seats(row)) == {*NAMES, "Noor"}
    for one in groups:
        members = Chair.objects.filter(group=one)
        assert 3 <= members.count() <= 4
        assert one.keeper in members
    codes = {one.code for one in groups} | {code_of(row)}
    assert len(codes) == 3
    assert all(len(code) == 6 for code in codes)


def test_shuffling_again_makes_other_groups_and_other_codes(world: World) -> None:
    row = seven(world)
    old = deal(world, row)
    new = deal(world, row, 4)
    assert not {one.code for one in old} & {one.code for one in new}
    assert Client().get(f"/tafel/code/{old[0].code}/").status_code == 404
    assert Client().get(f"/tafel/code/{new[0].code}/").status_code == 200


def test_what_a_group_wrote_is_not_shuffled_away(world: World) -> None:
    row = seven(world)
    first = deal(world, row)[0]
    Group.objects.filter(pk=first.pk).update(dissent="Ik zie het anders.")
    before = seats(row)
    deal(world, row, 4)
    grouping.dissolve(access=world.access(world.noor), meeting=row)
    assert seats(row) == before
    assert "Schudden kan niet meer" in shown(leads(world), page(row, "groepen"))


def test_somebody_is_moved_by_hand_and_a_new_group_is_made(world: World) -> None:
    row = seven(world)
    deal(world, row)
    move(world, row, "Lotte", 3)
    assert seats(row)["Lotte"] == 3
    assert Group.objects.get(number=3).keeper == chair(row, "Lotte")
    before = seats(row)
    for nowhere in (0, 5, 99):
        move(world, row, "Lotte", nowhere)
    assert seats(row) == before
    move(world, row, "Lotte", 1)
    assert not Group.objects.filter(number=3).exists(), "an empty group goes"
    stranger = Chair.objects.create(
        table=live(world, appointment=world.later).table, name="Elders", token="e"
    )
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=stranger.pk, to=1)
    stranger.refresh_from_db()
    assert stranger.group is None


def test_a_group_keeps_its_words_when_everybody_left_and_gets_another_keeper(world: World) -> None:
    row = seven(world)
    for name, to in (("Lotte", 1), ("Bram", 1), ("Daan", 2)):
        move(world, row, name, to)
    assert Group.objects.get(number=1).keeper == chair(row, "Lotte")
    move(world, row, "Lotte", 2)
    assert Group.objects.get(number=1).keeper == chair(row, "Bram")
    Group.objects.filter(number=1).update(text="Wij vragen het")
    move(world, row, "Bram", 2)
    assert Group.objects.get(number=1).text == "Wij vragen het"


def test_at_one_table_again(world: World) -> None:
    row = seven(world)
    code = deal(world, row)[0].code
    grouping.dissolve(access=world.access(world.noor), meeting=row)
    assert seats(row) == {}
    assert Client().get(f"/tafel/code/{code}/").status_code == 404


def test_who_leads_deals_on_a_page_without_scripts(world: World) -> None:
    row = seven(world)
    client = leads(world)
    assert "Stel groepen voor" in shown(client, page(row, "groepen"))
    for given in ({"do": "deal", "size": "3"}, {"do": "deal", "size": "99"}):
        assert client.post(page(row, "groepen"), given)["Location"] == page(row, "groepen")
    html = shown(client, page(row, "groepen"))
    for name in NAMES:
        assert name in html
    lotte = chair(row, "Lotte")
    to = 2 if seats(row)["Lotte"] == 1 else 1
    client.post(page(row, "groepen"), {"do": f"move:{lotte.pk}", f"to-{lotte.pk}": to})
    assert seats(row)["Lotte"] == to
    for odd in ("move:x", "move:", f"move:{lotte.pk}", "bestaat-niet", ""):
        client.post(page(row, "groepen"), {"do": odd, f"to-{lotte.pk}": "x"})
    assert seats(row)["Lotte"] == to
    client.post(page(row, "groepen"), {"do": "dissolve"})
    assert seats(row) == {}


def test_boards_hang_on_the_wall_once_they_are_shown(world: World) -> None:
    row = seven(world)
    move(world, row, "Lotte", 1)
    move(world, row, "Bram", 2)
    lotte, bram = chair(row, "Lotte"), chair(row, "Bram")
    grouping.write_board(chair=lotte, words={"text": "Wij vragen het"}, base={})
    grouping.write_board(chair=bram, words={"text": "Wij wachten"}, base={})
    grouping.show_board(chair=bram)
    at(world, row, "write")
    for path in (page(row, "beamer"), page(row, "leiden")):
        html = shown(leads(world), path)
        assert "Wij wachten" in html
        assert "Wij vragen het" not in html
        assert "Ze schrijven nog" in html


def test_a_press_that_changes_nothing_is_not_heard(world: World) -> None:
    row = seven(world)
    move(world, row, "Lotte", 1)
    lotte = chair(row, "Lotte")
    grouping.show_board(chair=lotte)
    before = events.latest(row.table_id)
    grouping.show_board(chair=lotte)
    grouping.take_note(chair=lotte)
    grouping.take_note(chair=chair(row, "Bram"))
    assert grouping.write_board(chair=lotte, words={"text": ""}, base={}) == (True, False)
    assert grouping.write_board(chair=chair(row, "Bram"), words={"text": "x"}, base={}) == (False, False)
    assert events.latest(row.table_id) == before


def test_a_text_has_an_end(world: World) -> None:
    row = seven(world)
    move(world, row, "Lotte", 1)
    grouping.write_board(chair=chair(row, "Lotte"), words={"text": "x" * 9000, "keeper": "2"}, base={})
    assert len(Group.objects.get().text) == grouping.LONGEST


def test_a_hall_has_no_groups(world: World) -> None:
    row = in_hall(world)
    assert leads(world).get(page(row, "groepen"))["Location"] == page(row, "leiden")
    deal(world, row)
    assert not Group.objects.exists()


def test_outsiders_and_who_has_no_chair_deal_nothing(world: World) -> None:
    row = seven(world)
    lotte = guest(row, "Noah")
    for client in (*(signed_in(one) for one in (world.willem, world.charlie, world.bea)), Client(), lotte):
        for answer in (client.get(page(row, "groepen")), client.post(page(row, "groepen"), {"do": "deal"})):
            assert answer.status_code in {302, 404}
            assert answer.status_code == 404 or answer["Location"].startswith("/inloggen/")
    acts: list[tuple[Any, dict[str, Any]]] = [
        (grouping.deal, {"size": 3}),
        (grouping.dissolve, {}),
        (grouping.move, {"chair_id": chair(row, "Lotte").pk, "to": 1}),
    ]
    for act, fields in acts:
        with pytest.raises(Http404):
            act(access=world.access(world.willem), meeting=row, **fields)
    assert not Group.objects.exists()


def test_the_talk_that_is_done_has_its_groups_as_they_were(world: World) -> None:
    row = seven(world)
    deal(world, row)
    before = seats(row)
    press(world, row, "finish")
    assert leads(world).get(page(row, "groepen"))["Location"] == page(row, "")
    move(world, row, "Lotte", 9)
    assert seats(row) == before
    assert set(Group.objects.values_list("code", flat=True)) == {""}


def test_whoever_sits_in_no_group_writes_in_none(world: World) -> None:
    row = seven(world)
    deal(world, row)
    samira = signed_in(world.samira)
    answer = samira.post(nu(row, "groep"), {"text": "van niemand"}, headers={"X-Requested-With": "autosave"})
    assert answer.status_code == 409
    assert not Group.objects.exclude(text="").exists()

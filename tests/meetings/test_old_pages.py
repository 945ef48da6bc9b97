"""A page may be older than the talk it shows: what is done stays done, and nobody's screen goes blank."""

from typing import Any

import pytest

from lemniscaat.meetings import actions, leading, queries
from lemniscaat.meetings.models import Chair, Meeting, MeetingState
from tests.cast import World, signed_in
from tests.meetings.test_table import page, planned, press, written_out

pytestmark = pytest.mark.django_db


def test_a_press_on_an_old_page_does_not_wake_a_talk_that_is_done(world: World) -> None:
    row = planned(world)
    written_out(world, row)
    old = Meeting.objects.get(pk=row.pk)
    press(world, row, "finish")
    leading.go_to(access=world.access(world.noor), meeting=old, step="see")
    row.refresh_from_db()
    assert row.state == MeetingState.DONE
    assert row.step == "tell"


def test_the_table_of_a_talk_that_is_done_stays_as_it_was(world: World) -> None:
    row = planned(world)
    Chair.objects.filter(table=row.table, person=world.joost).delete()
    press(world, row, "finish")
    before = [seat.pk for seat in queries.seats(row)]
    guest = actions.Guest("Lotte", "starter")
    actions.set_table(access=world.access(world.noor), meeting=row, keep=(), guests=[guest])
    actions.sit_down(access=world.access(world.joost), meeting=row)
    assert [seat.pk for seat in queries.seats(row)] == before


@pytest.mark.parametrize("name", ["mee", "beamer", "leiden"])
def test_a_screen_that_asks_for_a_fragment_goes_to_the_record_at_the_end(world: World, name: str) -> None:
    row = planned(world)
    press(world, row, "finish")
    client = signed_in(world.noor)
    assert client.get(page(row, name))["Location"] == page(row, "")
    answer = client.get(page(row, name), headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, page(row, ""))


def table_form(world: World, row: Meeting, keep: list[str], **more: Any) -> Any:
    shown = [f"s{seat.pk}" for seat in Chair.objects.filter(table=row.table)]
    return {"seats": keep, "shown": shown, **more}


def test_who_sat_down_after_the_page_was_made_keeps_seat_and_words(world: World) -> None:
    row = planned(world)
    keep = [f"s{seat.pk}" for seat in queries.seats(row)]
    old = table_form(world, row, keep)
    late = Chair.objects.create(
        table=row.table, name="Lotte", role="starter", token="t", answers={"alone": {"v": "haar zin"}}
    )
    signed_in(world.noor).post(page(row, "tafel"), old)
    assert Chair.objects.get(pk=late.pk).answers


def test_who_is_unticked_leaves_and_the_page_says_who_it_showed(world: World) -> None:
    row = planned(world)
    client = signed_in(world.noor)
    html = client.get(page(row, "tafel")).content.decode()
    keep = []
    for seat in queries.seats(row):
        assert f'name="shown" value="s{seat.pk}"' in html
        keep += [] if seat.person == world.joost else [f"s{seat.pk}"]
    client.post(page(row, "tafel"), table_form(world, row, keep))
    assert not Chair.objects.filter(table=row.table, person=world.joost).exists()


def test_a_table_sent_twice_seats_a_guest_once(world: World) -> None:
    row = planned(world)
    keep = [f"s{seat.pk}" for seat in queries.seats(row)]
    given = table_form(world, row, keep, guest_0="Anna", role_0="student")
    for _ in range(2):
        signed_in(world.noor).post(page(row, "tafel"), given)
    assert Chair.objects.filter(table=row.table, name="Anna").count() == 1


def test_two_guests_of_one_name_are_asked_for_a_letter(world: World) -> None:
    row = planned(world)
    keep = [f"s{seat.pk}" for seat in queries.seats(row)]
    given = {"guest_0": "Anna", "role_0": "student", "guest_1": "Anna", "role_1": "mentor"}
    answer = signed_in(world.noor).post(page(row, "tafel"), table_form(world, row, keep, **given))
    assert answer.status_code == 422
    assert "Twee keer Anna" in answer.content.decode()
    assert not Chair.objects.filter(name="Anna").exists()


@pytest.mark.parametrize("name", ["leiden", "mee", "beamer", "papier", "tafel"])
def test_a_larger_table_costs_no_more_queries(
    world: World, name: str, django_assert_max_num_queries: Any
) -> None:
    row = planned(world)
    Chair.objects.bulk_create(
        Chair(table=row.table, name=f"Gast {i}", role="mentor", token=f"t{i}") for i in range(9)
    )
    press(world, row, "go:arrive")
    client = signed_in(world.noor)
    with django_assert_max_num_queries(40 if name == "mee" else 32):
        assert client.get(page(row, name), follow=True).status_code == 200


def test_what_is_agreed_here_does_not_come_back_at_this_very_table(world: World) -> None:
    row = planned(world)
    press(world, row, "go:direct")
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert f'<option value="{world.later.pk}"' in html
    assert f'<option value="{world.appointment.pk}"' not in html

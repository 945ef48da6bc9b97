"""Leading: every press names what it wants, happens once, and is heard only when it is in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import Http404

from lemniscaat.base import bell
from lemniscaat.meetings import agreeing, events, grouping, leading
from lemniscaat.meetings.models import Meeting, MeetingState, TableEvent
from lemniscaat.meetings.script import Script
from lemniscaat.people.models import Appointment, Body, Person
from tests.cast import World, signed_in
from tests.meetings.talks import at, give, key_of, lay_open, live, nu, saved, shown
from tests.meetings.test_table import page, planned, press, write

pytestmark = pytest.mark.django_db
Press = Callable[..., Meeting]

PRESSES: dict[str, tuple[Press, dict[str, Any]]] = {
    "go": (leading.go_to, {"step": "s2c1"}),
    "out": (leading.pass_by, {"step": "direct", "out": True}),
    "cover": (leading.cover, {"covered": True}),
    "focus": (leading.focus, {"key": "hoe"}),
    "open": (leading.lay_open, {"number": 1}),
    "shut": (leading.shut, {"number": 1, "shut": True}),
    "again": (leading.ask_again, {"number": 1}),
    "hands": (agreeing.move, {"to": "meaning"}),
    "groups": (grouping.deal, {"size": 4}),
    "dissolve": (grouping.dissolve, {}),
}


def running(world: World) -> Meeting:
    row = live(world)
    at(world, row, "think", 1)
    return Meeting.objects.select_related("table").get(pk=row.pk)


def looked_at(row: Meeting) -> tuple[Any, ...]:
    fresh = Meeting.objects.select_related("table").get(pk=row.pk)
    table = fresh.table
    return (
        fresh.state, fresh.step, fresh.step_since, fresh.script, fresh.covered, fresh.focus, fresh.asking,
        table.laid_open, table.shut, table.state, table.by_choice, events.latest(table.pk),
    )  # fmt: skip


def test_going_to_a_step_twice_is_going_once(world: World) -> None:
    """Two leaders who press 'on' at the same moment go one step on, not two."""
    row = live(world)
    first = key_of(row, "think", 1)
    for who in (world.noor, world.joost):
        press(world, row, f"go:{first}", who)
        state = looked_at(row)
    assert state[:2] == (MeetingState.RUNNING, first)
    again = leading.go_to(access=world.access(world.joost), meeting=row, step=first)
    assert (again.step, looked_at(row)) == (first, state)


def test_two_leaders_at_once_get_what_both_asked_for(world: World) -> None:
    row = running(world)
    old = Meeting.objects.select_related("table").get(pk=row.pk)
    leading.lay_open(access=world.access(world.noor), meeting=row, number=3)
    leading.lay_open(access=world.access(world.joost), meeting=old, number=2)
    leading.pass_by(access=world.access(world.joost), meeting=old, step="direct", out=True)
    leading.go_to(access=world.access(world.noor), meeting=row, step="tell")
    fresh = Meeting.objects.select_related("table").get(pk=row.pk)
    assert (fresh.table.laid_open, fresh.step) == ([2, 3], "tell")
    assert Script.read(fresh.script).at("direct").out


def test_a_step_that_was_passed_by_is_taken_after_all(world: World) -> None:
    row = running(world)
    access = world.access(world.noor)
    leading.pass_by(access=access, meeting=row, step="direct", out=True)
    assert Script.read(Meeting.objects.get(pk=row.pk).script).at("direct").out
    leading.go_to(access=access, meeting=row, step="direct")
    assert not Script.read(Meeting.objects.get(pk=row.pk).script).at("direct").out


def test_neither_the_ends_nor_where_the_talk_is_can_be_passed_by(world: World) -> None:
    row = running(world)
    access = world.access(world.noor)
    for step in ("arrive", "tell", row.step, "bestaat-niet"):
        leading.pass_by(access=access, meeting=row, step=step, out=True)
    assert all(not step.out for step in Script.read(Meeting.objects.get(pk=row.pk).script).steps)


def test_a_step_that_is_not_there_changes_nothing(world: World) -> None:
    row = running(world)
    before = looked_at(row)
    leading.go_to(access=world.access(world.noor), meeting=row, step="bestaat-niet")
    assert looked_at(row) == before


def test_laying_open_is_once_and_shows_it_at_once(world: World) -> None:
    row = running(world)
    give(signed_in(world.samira), row, 3, hoe="o3")
    press(world, row, "cover:yes")
    lay_open(world, row, 3)
    before = looked_at(row)
    lay_open(world, row, 3)
    assert looked_at(row) == before, "and nobody's screen is drawn again"
    fresh = Meeting.objects.select_related("table").get(pk=row.pk)
    assert (fresh.table.laid_open, fresh.table.state, fresh.covered) == ([3], "open", False)
    assert "Vaak" in shown(signed_in(world.joost), f"/tafel/{row.table_id}/samen/")


def test_laying_open_in_its_own_step_goes_on_to_look(world: World) -> None:
    row = live(world)
    at(world, row, "think", 3)
    lay_open(world, row, 3)
    assert Meeting.objects.get(pk=row.pk).step == key_of(row, "show", 3)


def test_what_cannot_lie_open_does_not(world: World) -> None:
    row = running(world)
    before = looked_at(row)
    for do in ("open:0", "open:9", "shut:9"):
        assert press(world, row, do).status_code == 404, do
    for do in ("open:", "open:x", "open:-1", "bestaat-niet:1", ""):
        assert press(world, row, do).status_code == 302, do
    assert looked_at(row) == before


def test_writing_is_shut_and_opened_again_until_it_lies_open(world: World) -> None:
    row = running(world)
    samira = signed_in(world.samira)
    press(world, row, "shut:1")
    assert saved(samira, row, "geef", section=1, zag="te vroeg dicht") == 409
    assert "Het schrijven is gesloten" in shown(samira, nu(row))
    for _twice in range(2):
        press(world, row, "unshut:1")
    assert saved(samira, row, "geef", section=1, zag="weer open") == 204
    press(world, row, "shut:1")
    lay_open(world, row, 1)
    row.table.refresh_from_db()
    assert (row.table.laid_open, row.table.shut) == ([1], [])
    for do in ("shut:1", "unshut:1"):
        press(world, row, do)
    row.table.refresh_from_db()
    assert (row.table.laid_open, row.table.shut) == ([1], [])


def test_covering_takes_it_off_the_wall_and_not_off_the_phones(world: World) -> None:
    row = planned(world)
    press(world, row, "go:alone")
    write(row, world.samira, "alone", "zin-van-samira")
    press(world, row, "open:2")
    press(world, row, "go:together")
    press(world, row, "cover:yes")
    assert "zin-van-samira" not in shown(signed_in(world.noor), page(row, "beamer"))
    assert "zin-van-samira" in shown(signed_in(world.joost), nu(row))
    press(world, row, "cover:no")
    assert "zin-van-samira" in shown(signed_in(world.noor), page(row, "beamer"))
    press(world, row, "cover:yes")
    press(world, row, "go:direct")
    assert not Meeting.objects.get(pk=row.pk).covered, "another step begins uncovered"


def test_another_question_hangs_on_the_wall(world: World) -> None:
    row = running(world)
    access = world.access(world.noor)
    leading.cover(access=access, meeting=row, covered=True)
    leading.focus(access=access, meeting=row, key="vond")
    fresh = Meeting.objects.get(pk=row.pk)
    assert (fresh.focus, fresh.covered) == ("vond", False)
    leading.focus(access=access, meeting=row, key="bestaat-niet")
    assert Meeting.objects.get(pk=row.pk).focus == "vond"
    leading.go_to(access=access, meeting=row, step="tell")
    assert Meeting.objects.get(pk=row.pk).focus == ""


@pytest.mark.parametrize("name", PRESSES)
def test_a_press_writes_one_event_at_most_and_rings_when_it_is_in(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    row = running(world)
    act, fields = PRESSES[name]
    rung: list[tuple[str, int, str]] = []
    monkeypatch.setattr(bell.bell, "ring", lambda *knock: rung.append(knock))
    before = list(TableEvent.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        act(access=world.access(world.noor), meeting=row, **fields)
        assert rung == [], "nobody hears of what is not in yet"
    fresh = TableEvent.objects.exclude(pk__in=before)
    assert fresh.count() == (0 if name in {"again", "hands"} else 1)
    if connection.vendor == "sqlite":
        assert rung == [(f"tafel-{row.table_id}", one.pk, "stap") for one in fresh] or name == "again"


@pytest.mark.parametrize("name", PRESSES)
def test_a_press_that_fails_leaves_no_event_and_no_sound(
    world: World, name: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    row = running(world)
    act, fields = PRESSES[name]
    rung: list[Any] = []
    monkeypatch.setattr(bell.bell, "ring", lambda *knock: rung.append(knock))
    before = looked_at(row)

    def press_that_fails() -> None:
        with transaction.atomic():
            act(access=world.access(world.noor), meeting=row, **fields)
            raise ZeroDivisionError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError):
        press_that_fails()
    assert (looked_at(row), rung) == (before, [])


@pytest.mark.parametrize("name", PRESSES)
def test_a_talk_that_is_done_stays_as_it_was(world: World, name: str) -> None:
    row = running(world)
    old = Meeting.objects.select_related("table").get(pk=row.pk)
    press(world, row, "finish")
    before = looked_at(row)
    act, fields = PRESSES[name]
    act(access=world.access(world.noor), meeting=old, **fields)
    assert looked_at(row) == before
    assert before[:3] == (MeetingState.DONE, row.step, None), "the time of a step is forgotten"
    assert not TableEvent.objects.filter(table=row.table).exists()


@pytest.mark.parametrize("name", PRESSES)
def test_who_takes_no_part_there_presses_nothing(world: World, name: str) -> None:
    row = running(world)
    before = looked_at(row)
    act, fields = PRESSES[name]
    outsiders: list[Person] = [world.willem, world.bea, world.hans]
    for outsider in outsiders:
        with pytest.raises(Http404):
            act(access=world.access(outsider), meeting=row, **fields)
    assert signed_in(world.charlie).post(page(row, "stap"), {"do": f"{name}:1"}).status_code == 404
    assert looked_at(row) == before


def test_what_is_agreed_comes_back_first_where_these_people_talk(world: World) -> None:
    other = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Ander overleg")
    soon = Appointment.objects.create(body=other, starts_at=world.later.starts_at - timedelta(days=9))
    row = running(world)
    at(world, row, "decide")
    html = shown(signed_in(world.noor), page(row, "leiden"))
    assert 0 < html.index(f'value="{world.later.pk}"') < html.index(f'value="{soon.pk}"')

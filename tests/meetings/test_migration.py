"""A house with talks from before comes along: who sat where, what was written, what lay open; and back again."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lemniscaat.collection.models import Round
from lemniscaat.meetings import seating
from lemniscaat.meetings.models import Chair, Meeting, Table
from lemniscaat.meetings.script import Script, twenty_minutes
from tests.cast import World, signed_in
from tests.meetings.talks import at, chair, crowd, give, guest, in_hall, live
from tests.meetings.test_sitting import started
from tests.meetings.test_table import page, press

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]
BEFORE = "0003_joining_in"


@pytest.fixture(autouse=True)
def _forward_again(world: World) -> Iterator[None]:
    yield
    to()


def to(name: str = "") -> Any:
    """The house at a migration of this room, with its models of then; without a name the newest."""
    call_command("migrate", "meetings", *([name] if name else []), verbosity=0)
    return MigrationExecutor(connection).loader.project_state(("meetings", name)).apps if name else None


def old_talk(world: World, apps: Any, title: str, **fields: Any) -> Any:
    """A talk of the team as the older house kept it, with three seats."""
    given = {"state": "planned", "step": "arrive", "entry": "inform", **fields}
    made = apps.get_model("meetings", "Meeting").objects.create(
        partnership_id=world.partnership.pk,
        organisation_id=world.team.pk,
        body_id=world.body.pk,
        criterion_id=world.criterion.pk,
        leader_id=world.noor.pk,
        title=title,
        **given,
    )
    seats = apps.get_model("meetings", "Seat").objects
    for name, person, role in (
        ("Samira", world.samira.pk, "student"),
        ("Noor", world.noor.pk, "school_educator"),
        ("Lotte", None, "starter"),
    ):
        seats.create(meeting=made, name=name, person_id=person, role=role)
    return made


def wrote(apps: Any, meeting: Any, name: str, step: str, text: str) -> None:
    seat = apps.get_model("meetings", "Seat").objects.get(meeting_id=meeting.pk, name=name)
    apps.get_model("meetings", "Contribution").objects.create(
        meeting_id=meeting.pk, seat=seat, step=step, text=text
    )


def three_talks(world: World) -> Any:
    """Planned by another door, running with a part that lies open and one that does not, and done."""
    apps = to(BEFORE)
    old_talk(world, apps, "Gepland", entry="direct")
    running = old_talk(world, apps, "Bezig", state="running", step="alone", revealed=["expect"])
    for name, step, text in (
        ("Samira", "expect", "verwacht van Samira"),
        ("Lotte", "expect", "verwacht van Lotte"),
        ("Samira", "alone", "nog dicht"),
    ):
        wrote(apps, running, name, step, text)
    done = {"state": "done", "step": "tell", "revealed": ["expect", "alone"], "reflection": "Goed gesprek."}
    old_talk(world, apps, "Klaar", finished_on=world.period.starts_on, **done)
    return apps


def test_what_stood_comes_along_goes_on_and_comes_back(world: World) -> None:
    """One journey for all: to the newest house, back to the older one, and on again."""
    by_itself = started(world)
    apps = three_talks(world)
    for door in ("inform", "mean", "direct", "account"):
        old_talk(world, apps, door, entry=door)
    before = kept(apps)
    to()
    _sits_and_wrote_as_before(world)
    _keeps_the_door()
    assert Table.objects.filter(pk=by_itself.pk).exists()
    assert kept(to(BEFORE)) == before
    to()
    _goes_on_as_if_nothing_happened(world)


def _sits_and_wrote_as_before(world: World) -> None:
    rows = {one.title: one for one in Meeting.objects.select_related("table")}
    for row in rows.values():
        people = {(one.name, one.role, one.person) for one in Chair.objects.filter(table=row.table)}
        assert people == {
            ("Samira", "student", world.samira),
            ("Noor", "school_educator", world.noor),
            ("Lotte", "starter", None),
        }
        assert (row.table.led_by, row.table.point, row.table.hall) == (world.noor, world.point, False)
    states = {
        title: (rows[title].table.state, rows[title].table.laid_open, len(rows[title].table.code))
        for title in ("Gepland", "Bezig", "Klaar")
    }
    assert states == {
        "Gepland": ("filling", [], 6),
        "Bezig": ("open", [1], 6),
        "Klaar": ("closed", [1, 2], 0),
    }
    assert chair(rows["Bezig"], "Samira").answers == {
        "expect": {"v": "verwacht van Samira"},
        "alone": {"v": "nog dicht"},
    }
    assert len({one.token for one in Chair.objects.all()}) == Chair.objects.count()


def _keeps_the_door() -> None:
    for row in Meeting.objects.filter(title__in=["inform", "mean", "direct", "account"]):
        assert Script.read(row.script) == twenty_minutes(row.title), row.title


def _goes_on_as_if_nothing_happened(world: World) -> None:
    rows = {one.title: one for one in Meeting.objects.select_related("table")}
    noor, samira = signed_in(world.noor), signed_in(world.samira)
    for title in ("Gepland", "Bezig"):
        for path in (
            page(rows[title], "leiden"),
            page(rows[title], "beamer"),
            f"/tafel/{rows[title].table_id}/nu/",
        ):
            html = noor.get(path).content.decode()
            assert "nog dicht" not in html, path
    assert "nog dicht" in samira.get(f"/tafel/{rows['Bezig'].table_id}/nu/").content.decode()
    press(world, rows["Bezig"], "go:see")
    assert "verwacht van Lotte" in samira.get(f"/tafel/{rows['Bezig'].table_id}/nu/").content.decode()
    assert "Goed gesprek." in noor.get(page(rows["Klaar"], "")).content.decode()
    taken = seating.Sitter("Vreemde", claim=chair(rows["Bezig"], "Samira").pk)
    stranger = seating.sit(table=rows["Bezig"].table, who=taken, token="t" * 22)
    assert stranger is not None
    assert stranger.name == "Vreemde", "a chair with words on it is nobody else's"
    assert guest(rows["Gepland"], "Bram").get(f"/tafel/{rows['Gepland'].table_id}/nu/").status_code == 200


def kept(apps: Any) -> dict[str, Any]:
    """Everything that the older house knew of its talks."""
    found = {}
    for row in apps.get_model("meetings", "Meeting").objects.all():
        seats = apps.get_model("meetings", "Seat").objects.filter(meeting=row).order_by("pk")
        words = apps.get_model("meetings", "Contribution").objects.filter(meeting=row)
        found[row.title] = (
            row.state, row.step, row.entry, sorted(row.revealed), row.open_table, row.reflection,
            [(one.name, one.role, one.person_id) for one in seats],
            sorted((one.seat.name, one.step, one.text) for one in words),
        )  # fmt: skip
    return found


def test_what_the_older_house_does_not_know_becomes_what_it_knows(world: World) -> None:
    """A talk with an instrument and one in a hall stay as talks; what was asked in the hall stays as a round."""
    row, hall, by_itself = live(world), in_hall(world), started(world)
    give(guest(row, "Lotte"), row, 1, zag="van Lotte")
    at(world, row, "think", 1)
    at(world, hall, "think", 1)
    crowd(hall, 2)
    rounds = Round.objects.count()
    apps = to(BEFORE)
    titles = set(apps.get_model("meetings", "Meeting").objects.values_list("title", flat=True))
    assert titles == {row.title, hall.title}
    seats = apps.get_model("meetings", "Seat").objects
    assert {one.name for one in seats.filter(meeting_id=row.pk)} == {"Noor", "Joost", "Samira", "Lotte"}
    assert not apps.get_model("meetings", "Contribution").objects.exists()
    assert set(apps.get_model("meetings", "Table").objects.values_list("pk", flat=True)) == {by_itself.pk}
    assert Round.objects.count() == rounds == 1
    old_talk(world, apps, "bij overgeslagen stap", entry="mean", state="running", step="expect")
    to()
    at_hand = Meeting.objects.get(title="bij overgeslagen stap")
    assert not Script.read(at_hand.script).at("expect").out, "where the talk is now is not passed by"
    assert Meeting.objects.get(pk=row.pk).table is not None
    assert signed_in(world.noor).get(page(row, "leiden")).status_code == 200

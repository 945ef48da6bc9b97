"""The pages about me, the bodies, who sees what, and the trail."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from lemniscaat.base import clock
from lemniscaat.people import actions, told
from lemniscaat.people.models import Appointment, Body, TrailEntry
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def test_me_shows_my_roles_and_tables(world: World) -> None:
    html = signed_in(world.noor).get("/mensen/").content.decode()
    for words in (
        "Noor",
        "Het Waterrad",
        "Team onderbouw",
        "Schoolopleider",
        "Teamoverleg onderbouw",
        "Log uit",
    ):
        assert words in html
    assert "Het spoor" not in html
    assert "inlezen" in signed_in(world.petra).get("/mensen/").content.decode()


@pytest.mark.parametrize("path", ["", "spoor/", "inlezen/"])
def test_outsiders_find_nothing(world: World, path: str) -> None:
    assert Client().get(f"/mensen/{path}").status_code == 302
    assert signed_in(world.dirk).get(f"/mensen/{path}").status_code == 404


def test_who_sees_what_is_for_everybody(world: World) -> None:
    html = Client().get("/mensen/wie-ziet-wat/").content.decode()
    assert "Hoe blijft anoniem anoniem?" in html
    assert "Dit kunnen we niet verbergen" in html
    assert "Jouw rol" not in html
    mine = signed_in(world.samira).get("/mensen/wie-ziet-wat/").content.decode()
    assert mine.count("Jouw rol") == 1
    assert signed_in(world.dirk).get("/mensen/wie-ziet-wat/").status_code == 200


def test_a_body_is_seen_from_its_layer_and_below(world: World) -> None:
    team, root = f"/mensen/overleg/{world.body.pk}/", f"/mensen/overleg/{world.steering.pk}/"
    html = signed_in(world.samira).get(team).content.decode()
    for words in ("Joost", "Samira", "(jij)", "Plan een moment"):
        assert words in html
    assert signed_in(world.samira).get(root).status_code == 200
    assert "Plan een moment" not in signed_in(world.samira).get(root).content.decode()
    for stranger in (world.bea, world.hans, world.willem, world.stef, world.charlie, world.dirk):
        assert signed_in(stranger).get(team).status_code == 404
        assert signed_in(stranger).post(team, {}).status_code == 404
    assert signed_in(world.samira).post(root, {}).status_code == 404


def test_planning_a_moment(world: World) -> None:
    path = f"/mensen/overleg/{world.body.pk}/"
    day = clock.today() + timedelta(days=20)
    given = {"day": day.isoformat(), "time": "14:45", "minutes": "20", "title": "Onze lat", "place": ""}
    client = signed_in(world.samira)
    for _ in range(2):
        assert client.post(path, given).status_code == 302
    made = Appointment.objects.get(body=world.body, title="Onze lat")
    local = timezone.localtime(made.starts_at)
    assert (local.date(), local.hour, local.minute) == (day, 14, 45)
    assert "Onze lat" in client.get(path).content.decode()


def test_a_moment_in_the_past_is_refused_with_what_was_typed(world: World) -> None:
    given = {"day": "2021-03-01", "time": "14:45", "minutes": "20", "title": "Toen"}
    answer = signed_in(world.noor).post(f"/mensen/overleg/{world.body.pk}/", given)
    assert answer.status_code == 422
    assert "Dit moment is al voorbij" in answer.content.decode()
    assert 'value="Toen"' in answer.content.decode()


def test_bodies_of_a_layer(world: World) -> None:
    path = f"/mensen/laag/{world.team.pk}/overleg/"
    assert "Teamoverleg onderbouw" in signed_in(world.joost).get(path).content.decode()
    for stranger in (world.bea, world.hans, world.stef, world.charlie, world.dirk):
        assert signed_in(stranger).get(path).status_code == 404


def test_adding_a_body(world: World) -> None:
    path = f"/mensen/laag/{world.team.pk}/overleg/"
    given = {"name": "Bouwoverleg", "rhythm": "elke maandag", "people": [world.noor.pk, world.samira.pk]}
    client = signed_in(world.noor)
    for _ in range(2):
        assert client.post(path, given).status_code == 302
    made = Body.objects.get(name="Bouwoverleg")
    assert set(made.people.all()) == {world.noor, world.samira}
    assert TrailEntry.objects.filter(noun="body", verb="added", organisation=world.team).count() == 1


def test_nobody_from_elsewhere_is_put_at_a_table(world: World) -> None:
    path = f"/mensen/laag/{world.team.pk}/overleg/"
    for stranger in (world.charlie, world.bea, world.dirk):
        answer = signed_in(world.noor).post(path, {"name": "Vreemd", "people": [stranger.pk]})
        assert answer.status_code == 422
    assert not Body.objects.filter(name="Vreemd").exists()


def test_who_leads_no_talks_there_adds_no_body(world: World) -> None:
    path = f"/mensen/laag/{world.school.pk}/overleg/"
    assert "Voeg een overleg toe" not in signed_in(world.samira).get(path).content.decode()
    assert signed_in(world.samira).post(path, {"name": "Mijn club"}).status_code == 404


def test_the_trail_is_for_who_runs_a_layer_and_of_that_layer(world: World) -> None:
    actions.add_body(access=world.access(world.noor), layer_id=world.team.pk, name="Bouwoverleg")
    actions.add_body(access=world.access(world.willem), layer_id=world.school.pk, name="Managementteam")
    html = signed_in(world.willem).get("/mensen/spoor/").content.decode()
    assert "Willem voegde een overleg toe" in html
    assert "Noor" not in html
    for nobody in (world.samira, world.noor, world.hans, world.charlie):
        assert signed_in(nobody).get("/mensen/spoor/").status_code == 404
    assert "Willem voegde" not in signed_in(world.petra).get("/mensen/spoor/?alleen=gekeken").content.decode()


def test_every_deed_and_thing_in_the_trail_has_words(world: World) -> None:
    actions.add_body(access=world.access(world.noor), layer_id=world.team.pk, name="Bouwoverleg")
    row = TrailEntry.objects.get()
    assert told.trail_line(row) == "Noor voegde een overleg toe"
    row.verb, row.noun, row.looked, row.detail = "looked", "round", True, {"what": "texts", "n": 12}
    assert told.trail_line(row) == "Noor keek naar 12 open antwoorden"


def test_the_trail_has_words_for_everything_that_is_noted() -> None:
    package = Path(told.__file__).parents[1]
    found = [
        match
        for path in package.rglob("*.py")
        for match in re.findall(r'note_change\(\s*access, verb="(\w+)"', path.read_text())
    ]
    assert len(found) > 20
    assert set(found) <= set(told.DEEDS)


def test_every_thing_that_is_noted_has_words() -> None:
    ours = {m._meta.model_name for m in apps.get_models() if m.__module__.startswith("lemniscaat.")}
    assert set(told.THINGS) <= ours

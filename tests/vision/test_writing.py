"""Writing the vision: versions, clashes that keep both, and a double click that makes one thing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.people.models import TrailEntry
from lemniscaat.vision import actions, queries
from lemniscaat.vision.changes import changes
from lemniscaat.vision.lenses import load_shipped
from lemniscaat.vision.models import Agreeing, Criterion, Framework, Mapping, Period, Profile, VisionPoint
from lemniscaat.vision.overview import turns
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
POINT = {
    "title": "Samen kijken",
    "what": "We zien elkaars les.",
    "how": "Elke maand.",
    "signs": "",
    "version": 0,
}
LAT = {
    "sentence": "Elke maand kijkt iemand mee.",
    "good": "vaker",
    "good_enough": "één keer",
    "not_yet": "nooit",
    "version": 0,
}


def address(name: str, *args: object) -> str:
    return reverse(f"vision:{name}", args=args)


def changed(point: VisionPoint, **more: Any) -> dict[str, Any]:
    words = {name: getattr(point, name) for name in ("title", "what", "how", "signs", "version")}
    return words | {"because": "Studenten vroegen erom."} | more


def test_a_point_is_made_once_however_often_it_is_sent(world: World) -> None:
    client, url = signed_in(world.samira), address("point_new", world.team.pk)
    first, second = client.post(url, POINT), client.post(url, POINT)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert VisionPoint.objects.filter(organisation=world.team).count() == 1
    assert TrailEntry.objects.filter(noun="visionpoint", verb="added", person=world.samira).count() == 1


def test_what_is_missing_is_told_and_what_was_typed_stays(world: World) -> None:
    answer = signed_in(world.samira).post(address("point_new", world.team.pk), POINT | {"how": ""})
    assert answer.status_code == 422
    assert "Wat je typte staat er nog" in answer.content.decode()
    assert "We zien elkaars les." in answer.content.decode()
    assert not VisionPoint.objects.filter(organisation=world.team).exists()


def test_a_change_keeps_how_it_was_and_why(world: World) -> None:
    url = address("point_edit", world.point.pk)
    data = changed(
        world.point, how="We komen elke week bij elkaar kijken. De begeleider vraagt het als eerste."
    )
    client = signed_in(world.petra)
    for _double in range(2):
        assert client.post(url, data).status_code == 302
    world.point.refresh_from_db()
    assert world.point.version == 2
    (turn,) = turns(world.point)
    assert (turn.version, turn.changed_by, turn.because) == (2, "Petra", "Studenten vroegen erom.")
    html = client.get(address("history", world.point.pk)).content.decode()
    assert re.search(r"<ins>\s*elke week", html)
    assert "Studenten vroegen erom." in html


def test_a_change_without_a_reason_asks_for_one(world: World) -> None:
    answer = signed_in(world.petra).post(
        address("point_edit", world.point.pk), changed(world.point, what="Anders", because="")
    )
    assert answer.status_code == 422
    world.point.refresh_from_db()
    assert world.point.version == 1


def test_a_clash_shows_both_texts_and_loses_neither(world: World) -> None:
    url = address("point_edit", world.point.pk)
    signed_in(world.stef).post(url, changed(world.point, what="De tekst van Stef."))
    answer = signed_in(world.petra).post(url, changed(world.point, what="De tekst van Petra."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "De tekst van Stef." in html
    assert "De tekst van Petra." in html
    assert 'name="version" value="2"' in html
    world.point.refresh_from_db()
    assert world.point.what == "De tekst van Stef."
    merged = changed(world.point, what="Van beiden.", version=2)
    assert signed_in(world.petra).post(url, merged).status_code == 302
    world.point.refresh_from_db()
    assert (world.point.what, world.point.version) == ("Van beiden.", 3)


def test_a_body_agrees_once_and_a_team_may_agree_with_a_point_above(world: World) -> None:
    url, client = address("point", world.point.pk), signed_in(world.samira)
    data = {"body": world.body.pk, "with_whom": "drie studenten", "agreed_on": clock.today().isoformat()}
    for _double in range(2):
        assert client.post(url, data).status_code == 302
    (row,) = Agreeing.objects.all()
    assert (row.version, row.body_id) == (1, world.body.pk)
    assert "drie studenten" in client.get(url).content.decode()
    assert TrailEntry.objects.filter(verb="agreed").count() == 1


def test_nobody_agrees_for_another_table_or_for_tomorrow(world: World) -> None:
    url, client = address("point", world.point.pk), signed_in(world.samira)
    today = clock.today()
    assert client.post(url, {"body": world.steering.pk, "agreed_on": today.isoformat()}).status_code == 422
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert client.post(url, {"body": world.body.pk, "agreed_on": tomorrow}).status_code == 422
    with pytest.raises(Http404):
        actions.agree_on_point(
            access=world.access(world.samira), point=world.point, body=world.steering, with_whom=""
        )
    assert not Agreeing.objects.exists()


def test_a_criterion_is_built_once_and_seen_through_the_lens(world: World) -> None:
    load_shipped()
    lens = Framework.objects.get(key="waarborgen")
    nodes = [node.pk for node in queries.lens_nodes(lens)[:2]]
    client, url = signed_in(world.samira), address("criterion_new", world.point.pk)
    for _double in range(2):
        assert client.post(url, LAT | {"layer": world.team.pk, "nodes": nodes}).status_code == 302
    made = Criterion.objects.get(organisation=world.team)
    assert made.point == world.point
    assert Mapping.objects.filter(criterion=made).count() == 2
    other = _of_another_lens(world, made)
    edit = client.post(address("criterion_edit", made.pk), LAT | {"layer": world.team.pk, "version": 1})
    assert edit.status_code == 302
    assert list(Mapping.objects.filter(criterion=made).values_list("node_id", flat=True)) == [other]


def _of_another_lens(world: World, criterion: Criterion) -> int:
    """Hang the criterion on a place of another lens as well; that one stays when this lens is emptied."""
    node = queries.lens_nodes(Framework.objects.get(key="sleutelfactoren"))[0]
    actions.map_criterion(access=world.access(world.samira), criterion=criterion, nodes=[node])
    return int(node.pk)


def test_a_criterion_for_another_layer_is_refused(world: World) -> None:
    url = address("criterion_new", world.point.pk)
    assert signed_in(world.samira).post(url, LAT | {"layer": world.root.pk}).status_code == 422
    assert Criterion.objects.count() == 1


def test_a_criterion_clash_shows_both(world: World) -> None:
    url = address("criterion_edit", world.criterion.pk)
    data = LAT | {"layer": world.root.pk, "version": 1}
    assert signed_in(world.petra).post(url, data | {"good": "zoals Petra wil"}).status_code == 302
    answer = signed_in(world.stef).post(url, data | {"good": "zoals Stef wil"})
    assert answer.status_code == 409
    for words in ("zoals Petra wil", "zoals Stef wil"):
        assert words in answer.content.decode()
    kept = TrailEntry.objects.get(noun="criterion", verb="revised").detail["before"]
    assert kept["good"] == "de student vraagt zelf"


def test_a_text_keeps_its_versions_and_clashes_aloud(world: World) -> None:
    url, client = address("profile_edit", world.team.pk, "quality"), signed_in(world.samira)
    for _double in range(2):
        assert (
            client.post(url, {"text": "Eerst zo.", "agreed_by": "het team", "version": 0}).status_code == 302
        )
    assert Profile.objects.count() == 1
    assert client.post(url, {"text": "Nu zo.", "agreed_by": "het team", "version": 1}).status_code == 302
    late = client.post(url, {"text": "Of zo?", "agreed_by": "", "version": 1})
    assert late.status_code == 409
    assert "Nu zo." in late.content.decode()
    assert "Of zo?" in late.content.decode()
    html = client.get(address("profile", world.team.pk, "quality")).content.decode()
    assert "Eerst zo." in html
    assert "Nu zo." in html


def test_closing_a_year_opens_the_next_once(world: World) -> None:
    access = world.access(world.petra)
    for _double in range(2):
        opened = actions.open_next_period(access=access, period=world.period, lessons="Begin eerder.")
    assert Period.objects.count() == 2
    assert (opened.starts_on.month, opened.starts_on.day) == (8, 1)
    assert (opened.ends_on.month, opened.ends_on.day) == (7, 31)
    assert opened.starts_on - world.period.ends_on == timedelta(days=1)
    assert queries.period_before(opened) == world.period
    assert TrailEntry.objects.filter(noun="period").count() == 2
    with pytest.raises(Http404):
        actions.open_next_period(access=world.access(world.samira), period=world.period, lessons="")


def test_changes_are_told_word_by_word_or_as_a_whole() -> None:
    told = [(run.kind, run.text) for run in changes("We kijken elke maand.", "We kijken elke week.")]
    assert told == [("same", "We kijken elke "), ("old", "maand."), ("new", "week.")]
    assert [run.kind for run in changes("Heel iets.", "Totaal wat anders hier")] == ["old", "new"]
    assert changes("", "") == ()
    for before, after in (("a b c", "a c d"), ("x", ""), ("", "y"), ("één\ntwee", "één\ntwee\ndrie")):
        runs = changes(before, after)
        assert "".join(run.text for run in runs if run.kind != "new") == before
        assert "".join(run.text for run in runs if run.kind != "old") == after

"""Meanings: written with the other voice, never overwritten, seen by who takes part."""

import re

import pytest
from django.http import Http404

from lemniscaat.interpretation import actions, queries
from lemniscaat.interpretation.models import Certainty, Interpretation, Verdict
from lemniscaat.people.models import Share, TrailEntry
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def written(world: World, **more: object) -> Interpretation:
    words = {
        "text": "Wij beginnen zelf niet, dus zij ook niet.",
        "dissent": "Bij mij vragen ze het wel.",
        "certainty": Certainty.UNSURE,
        "missing": "de opleiding",
        "people": 3,
        "roles": ["mentor", "student", "mentor"],
    }
    return actions.write_meaning(
        access=world.access(world.samira),
        layer_id=world.team.pk,
        criterion=world.criterion,
        **{**words, **more},
    )


def test_a_student_writes_it_down_and_the_other_voice_stays(world: World) -> None:
    row = written(world)
    found = queries.meaning(world.access(world.joost), row.pk)
    assert found.dissent == ("Bij mij vragen ze het wel.",)
    assert row.roles == ["mentor", "student"]
    assert row.period == world.period
    assert TrailEntry.objects.filter(noun="interpretation", noun_id=row.pk, verb="wrote").exists()


def test_nobody_outside_the_table_sees_a_meaning_that_was_not_shared(world: World) -> None:
    row = written(world)
    for outsider in (world.hans, world.bea, world.stef, world.willem):
        with pytest.raises(Http404):
            queries.meaning(world.access(outsider), row.pk)
    assert signed_in(world.charlie).get(f"/betekenis/{row.pk}/").status_code == 404
    with pytest.raises(Http404):
        actions.write_meaning(
            access=world.access(world.bea), layer_id=world.team.pk, criterion=None, text="van boven"
        )


def test_a_clash_keeps_both(world: World) -> None:
    row = written(world)
    noor, joost = signed_in(world.noor), signed_in(world.joost)
    page = f"/betekenis/{row.pk}/"
    assert noor.post(page, {"text": "Van Noor", "dissent": "", "version": "1"}).status_code == 302
    answer = joost.post(page, {"text": "Van Joost", "dissent": "mijn stem", "version": "1"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Van Noor" in html
    assert "Van Joost" in html
    assert "mijn stem" in html
    row.refresh_from_db()
    assert row.text == "Van Noor"


def test_an_empty_meaning_is_not_kept_and_says_so(world: World) -> None:
    row = written(world)
    answer = signed_in(world.noor).post(
        f"/betekenis/{row.pk}/", {"text": " ", "dissent": "x", "version": "1"}
    )
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.text.startswith("Wij beginnen")


def test_the_page_tells_what_it_rests_on_and_who_was_missed(world: World) -> None:
    row = written(world, evidence=[actions.Ground(words="14 van de 23 vroegen het nog niet")])
    html = signed_in(world.joost).get(f"/betekenis/{row.pk}/").content.decode()
    assert "14 van de 23" in html
    assert "de opleiding" in html
    assert "Bij mij vragen ze het wel." in html


def test_a_fragment_and_a_page_for_a_criterion(world: World) -> None:
    written(world)
    page = f"/betekenis/lat/{world.criterion.pk}/"
    client = signed_in(world.joost)
    fragment = client.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "Wij beginnen zelf niet" in fragment
    assert "<html" not in fragment
    assert "<html" in client.get(page).content.decode()
    assert "Wij beginnen zelf niet" not in signed_in(world.bea).get(page).content.decode()
    assert signed_in(world.charlie).get(page).status_code == 404


def test_assumptions_are_kept_once_and_judged(world: World) -> None:
    client = signed_in(world.samira)
    page = f"/betekenis/aannames/laag/{world.team.pk}/"
    for _ in range(2):
        client.post(page, {"text": "Ze wachten op ons", "test": "vragen in week 3"})
    rows = list(queries.assumptions(world.access(world.joost), world.team.pk))
    assert [row.text for row in rows] == ["Ze wachten op ons"]
    client.post(f"/betekenis/aannames/{rows[0].pk}/", {"verdict": "unclear", "text": "de helft zei ja"})
    rows[0].refresh_from_db()
    assert (rows[0].verdict, rows[0].verdict_text) == (Verdict.UNCLEAR, "de helft zei ja")
    assert rows[0].tested_on is not None
    html = client.get(page).content.decode()
    assert "de helft zei ja" in html


def test_assumptions_are_the_tables_own(world: World) -> None:
    made = actions.assume(access=world.access(world.noor), layer_id=world.team.pk, criterion=None, text="x")
    for outsider in (world.charlie, world.hans, world.bea):
        client = signed_in(outsider)
        assert client.get(f"/betekenis/aannames/laag/{world.team.pk}/").status_code == 404
        assert client.post(f"/betekenis/aannames/{made.pk}/", {"verdict": "true"}).status_code == 404


def test_sharing_is_an_act_with_a_preview(world: World) -> None:
    row = written(world, dissent="Ik vind van niet.")
    road, noor = f"/betekenis/{row.pk}/delen/", signed_in(world.noor)
    for other in (world.joost, world.charlie, world.bea):
        assert signed_in(other).get(road).status_code == 404
        assert signed_in(other).post(road, {"target": world.board.pk}).status_code == 404
    assert "Rivierland" in noor.get(road).content.decode()
    assert noor.get(f"{road}?met={world.institute.pk}").status_code == 404
    html = noor.get(f"{road}?met={world.board.pk}").content.decode()
    for words in (row.text, "Ik vind van niet.", "bestuurder", "Wat zien zij niet?", "terugnemen"):
        assert words in html
    assert "mensen." not in html, "fewer than five are not counted"
    # pressed without having looked is looking
    assert noor.post(road, {"target": world.board.pk}).status_code == 200
    assert not Share.objects.exists()
    mark = re.search(r'name="gelezen" value="(\w+)"', html)
    assert mark
    press = {"target": world.board.pk, "gelezen": mark[1]}
    assert [noor.post(road, press).status_code for _ in range(2)] == [302, 302]
    assert Share.objects.get().target_id == world.board.pk


def test_what_changed_after_sharing_is_told_and_does_not_go_along(world: World) -> None:
    row = written(world)
    road, noor = f"/betekenis/{row.pk}/delen/", signed_in(world.noor)
    mark = re.search(
        r'name="gelezen" value="(\w+)"', noor.get(f"{road}?met={world.root.pk}").content.decode()
    )
    assert mark
    press = {"target": world.root.pk, "gelezen": mark[1]}
    noor.post(road, press)
    actions.revise_meaning(
        access=world.access(world.noor), row=row, text="We zien het nu anders.", dissent="", version=1
    )
    shared = f"/mensen/laag/{world.team.pk}/gedeeld/"
    html = noor.get(shared).content.decode()
    assert "Bij jullie staat het nu anders." in html
    assert f"{road}?met={world.root.pk}" in html
    root = f"/mensen/laag/{world.root.pk}/gedeeld/"
    assert "We zien het nu anders." not in signed_in(world.stef).get(root).content.decode()
    # what was looked at is not what stands there now
    late = noor.post(road, press)
    assert late.status_code == 409
    mark = re.search(r'name="gelezen" value="(\w+)"', late.content.decode())
    assert mark
    noor.post(road, {**press, "gelezen": mark[1], "hoe": "vervang"})
    html = signed_in(world.stef).get(root).content.decode()
    assert "We zien het nu anders." in html
    assert row.text not in html
    assert "Bij jullie staat het nu anders." not in noor.get(shared).content.decode()

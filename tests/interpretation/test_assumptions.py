"""The register of assumptions: it comes back by itself, each test is kept, and being wrong is good news."""

import pytest
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.datapoints.actions import withdraw, write_note
from lemniscaat.home.attention import attention
from lemniscaat.interpretation import actions, queries
from lemniscaat.interpretation.models import Assumption, AssumptionTest, Verdict
from lemniscaat.meetings.actions import plan_talk
from lemniscaat.meetings.models import Entry
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def assumed(world: World, text: str = "Ze wachten op ons.", **more: object) -> Assumption:
    words = {"criterion": world.criterion, "test": "vragen in week 3", **more}
    return actions.assume(access=world.access(world.samira), layer_id=world.team.pk, text=text, **words)  # type: ignore[arg-type]


def judged(world: World, row: Assumption, verdict: str, text: str = "", **more: object) -> Assumption:
    return actions.judge_assumption(
        access=world.access(world.joost),
        assumption=row,
        verdict=verdict,
        text=text,
        **more,  # type: ignore[arg-type]
    )


def test_it_comes_back_when_they_said_they_would_look(world: World) -> None:
    row = assumed(world, returns_at=world.later)
    noor = world.access(world.noor)
    assert row.point == world.criterion.point
    assert not queries.coming_back(noor, layer_id=world.team.pk).exists()
    clock.move_to(50)
    assert list(queries.coming_back(world.access(world.noor), layer_id=world.team.pk)) == [row]
    assert "Een aanname om te toetsen" in [
        one.title for one in attention(world.access(world.noor), world.team.pk)
    ]
    assert "Een aanname om te toetsen" not in [
        one.title for one in attention(world.access(world.willem), world.school.pk)
    ]
    judged(world, row, "true", "alle negen")
    assert not queries.coming_back(world.access(world.noor), layer_id=world.team.pk).exists()


def test_the_talk_is_prepared_with_it(world: World) -> None:
    assumed(world, returns_at=world.appointment)
    noor = world.access(world.noor)
    talk = plan_talk(
        access=noor,
        layer_id=world.team.pk,
        body=world.body,
        appointment=world.appointment,
        criterion=world.criterion,
        title="Kijken",
        entry=Entry.INFORM,
    )
    html = signed_in(world.noor).get(f"/gesprek/{talk.pk}/tafel/").content.decode()
    assert "Dit wilden jullie toetsen" in html
    assert "Ze wachten op ons." in html


def test_every_test_is_kept_with_what_answered_it(world: World) -> None:
    note = write_note(
        access=world.access(world.samira),
        text="Zij begon.",
        layer_id=world.team.pk,
        criterion=world.criterion,
    )
    secret = write_note(access=world.access(world.noor), text="Voor mij.", layer_id=None)
    row = assumed(world)
    for _ in range(2):
        judged(world, row, "false", "vijf van de negen begonnen zelf", rests_on=[note, secret])
    row.refresh_from_db()
    test = AssumptionTest.objects.get()
    assert list(test.rests_on.all()) == [note], "only what I may see"
    note.refresh_from_db()
    assert note.discussed_on == clock.today()
    clock.move_to(10)
    judged(world, row, "unclear", "nu weten we het niet meer", returns_at=world.later)
    row.refresh_from_db()
    assert (row.verdict, row.returns_at) == (Verdict.UNCLEAR, world.later)
    assert [one.verdict for one in queries.tests_of(row)] == ["unclear", "false"]
    html = signed_in(world.joost).get(f"/betekenis/aannames/{row.pk}/").content.decode()
    assert "vijf van de negen begonnen zelf" in html
    assert "Zij begon." in html
    assert list(queries.answered_with(world.access(world.joost), note)) == [row]
    withdraw(access=world.access(world.samira), data_point=note)
    html = signed_in(world.joost).get(f"/betekenis/aannames/{row.pk}/").content.decode()
    assert "Zij begon." not in html
    assert "vijf van de negen begonnen zelf" in html


def test_being_wrong_is_good_news(world: World) -> None:
    row = assumed(world)
    client = signed_in(world.joost)
    page = f"/betekenis/aannames/{row.pk}/"
    answer = client.post(page, {"text": "x"})
    assert answer.status_code == 422
    assert not AssumptionTest.objects.exists()
    html = client.post(page, {"verdict": "false", "text": "Zij begonnen zelf."}, follow=True).content.decode()
    assert "dat is goed nieuws" in html
    assert "Zij begonnen zelf." in html


def test_another_way_of_testing_keeps_what_was_thought(world: World) -> None:
    row = assumed(world)
    page = f"/betekenis/aannames/{row.pk}/toets/"
    given = {"version": "1", "test": "we tellen in week 4", "returns_at": str(world.later.pk)}
    assert signed_in(world.noor).post(page, given).status_code == 302
    answer = signed_in(world.joost).post(page, {**given, "test": "ik bel ze"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "we tellen in week 4" in html
    assert "ik bel ze" in html
    row.refresh_from_db()
    assert (row.text, row.test, row.returns_at) == ("Ze wachten op ons.", "we tellen in week 4", world.later)


def test_the_register_and_the_sheet(world: World) -> None:
    assumed(world, returns_at=world.later)
    judged(world, assumed(world, "Iedereen weet het."), "false", "Twee wisten het niet.")
    client = signed_in(world.samira)
    page = f"/betekenis/aannames/laag/{world.team.pk}/"
    html = client.get(page).content.decode()
    assert html.index("Ze wachten op ons.") < html.index("Iedereen weet het.")
    assert "Het bleek anders." in html
    sheet = client.get(f"{page}papier/").content.decode()
    assert "Ze wachten op ons." in sheet
    assert "Iedereen weet het." not in sheet
    given = {"text": "Nieuw.", "criterion": world.criterion.pk, "returns_at": world.later.pk}
    for _ in range(2):
        assert client.post(page, given).status_code == 302
    assert Assumption.objects.get(text="Nieuw.").criterion == world.criterion
    assert client.post(page, {"text": " "}).status_code == 422
    fragment = client.get(f"/betekenis/lat/{world.criterion.pk}/", headers={"HX-Request": "true"})
    assert "Dit willen we nog toetsen" in fragment.content.decode()


def test_outsiders(world: World) -> None:
    row = assumed(world)
    pages = (f"/betekenis/aannames/{row.pk}/", f"/betekenis/aannames/laag/{world.team.pk}/papier/")
    for outsider in (world.charlie, world.hans, world.bea):
        client = signed_in(outsider)
        for page in pages:
            assert client.get(page).status_code == 404
        assert client.post(f"/betekenis/aannames/{row.pk}/", {"verdict": "true"}).status_code == 404
        assert client.post(f"/betekenis/aannames/{row.pk}/toets/", {"version": "1"}).status_code == 404
    with pytest.raises(Http404):
        actions.judge_assumption(access=world.access(world.bea), assumption=row, verdict="true", text="")


def test_the_pages_ask_little_of_the_database(world: World, django_assert_max_num_queries: object) -> None:
    for n in range(5):
        judged(world, assumed(world, f"Aanname {n}"), "unclear", "x", returns_at=world.later)
    row = assumed(world)
    client = signed_in(world.samira)
    client.get(f"/betekenis/aannames/{row.pk}/")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        client.get(f"/betekenis/aannames/laag/{world.team.pk}/")
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.get(f"/betekenis/aannames/{row.pk}/")


def test_nothing_chosen_is_told_beside_the_choice(world: World) -> None:
    row = assumed(world)
    html = signed_in(world.noor).post(f"/betekenis/aannames/{row.pk}/", {"text": ""}).content.decode()
    assert 'href="#verdict"' in html
    assert 'id="verdict" aria-describedby="verdict_error"' in html

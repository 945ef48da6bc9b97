"""Home at a layer: the loop, its doors, and nobody else's layers."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lemniscaat.base import clock
from lemniscaat.base.drawings.lemniscate import Home
from lemniscaat.collection.models import Block, Round, RoundState
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.home.loop import ACTIVITIES, loop, state_of
from lemniscaat.interpretation.actions import write_meaning
from lemniscaat.people.actions import share
from lemniscaat.people.models import Person
from tests.accountability.stage import a_meaning, a_round, an_agreement, given_back
from tests.cast import World, organisation, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CAST = ("noor", "joost", "samira", "hans", "willem", "petra", "stef", "bea", "ad")
REST = tuple(one for one in CAST if one not in {"noor", "samira"})


def heard(home: Home, activity: str) -> set[str]:
    return {voice.slug for voice in home.voices if activity in voice.heard}


@pytest.mark.parametrize(
    ("who", "layer"), [("noor", "team"), ("willem", "school"), ("bea", "board"), ("petra", "root")]
)
def test_coming_home_is_my_smallest_layer(world: World, who: str, layer: str) -> None:
    client = signed_in(getattr(world, who))
    answer = client.get("/")
    assert answer["Location"] == f"/laag/{getattr(world, layer).pk}/"
    html = client.get(answer["Location"]).content.decode()
    assert f"Dag {getattr(world, who).first_name}" in html
    assert 'aria-current="page"' in html


def test_nobody_opens_a_layer_that_is_not_his(world: World) -> None:
    other = organisation("team", "Team bovenbouw", world.school)
    for who, layers in {
        world.samira: (other, world.institute),
        world.willem: (world.team, other, world.institute),
        world.bea: (world.school, world.team),
        world.petra: (world.board, world.school, world.team),
        world.charlie: (world.root, world.board, world.school, world.team),
        world.dirk: (world.root, world.team),
    }.items():
        client = signed_in(who)
        for layer in layers:
            assert client.get(f"/laag/{layer.pk}/").status_code == 404, (who, layer)
            for activity in ACTIVITIES:
                assert client.get(f"/laag/{layer.pk}/{activity}/").status_code == 404
        mine = client.get("/", follow=True).content.decode()
        for layer in layers:
            assert f'href="/laag/{layer.pk}/"' not in mine


@pytest.mark.once
@pytest.mark.parametrize(
    "who", ["noor", "samira", *(pytest.param(one, marks=pytest.mark.deep) for one in REST)]
)
def test_every_link_on_home_and_behind_its_doors_leads_somewhere(world: World, who: str) -> None:
    given_back(world, a_round(world))
    a_round(world, code="BEUK 1234", seed="nog een")
    a_meaning(world)
    an_agreement(world, returns_at=None)
    person: Person = getattr(world, who)
    client = signed_in(person)
    seen: set[str] = set()
    for layer in world.access(person).layers:
        for page in ("", *(f"{activity}/" for activity in ACTIVITIES)):
            html = client.get(f"/laag/{layer.id}/{page}").content.decode()
            seen |= {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)"', html)}
    for link in sorted(seen):
        if not link.startswith("/static/"):
            assert client.get(link).status_code in {200, 302}, link


def test_a_student_finds_a_note_and_a_name(world: World) -> None:
    html = signed_in(world.samira).get(f"/laag/{world.team.pk}/").content.decode()
    assert "Plak een geeltje" in html
    assert "Zit je ergens mee?" in html
    assert "Rondes" not in html


def test_each_core_activity_is_a_door_to_a_talk(world: World) -> None:
    client = signed_in(world.joost)
    html = client.get(f"/laag/{world.team.pk}/").content.decode()
    for activity in ACTIVITIES:
        door = f"/laag/{world.team.pk}/{activity}/"
        assert html.count(f'href="{door}"') >= 2, "on the map and in the list"
        behind = client.get(door).content.decode()
        assert f"?deur={activity}&amp;lat={world.criterion.pk}" in behind
    assert client.get(f"/laag/{world.team.pk}/elders/").status_code == 404


def test_who_does_not_sit_at_that_table_starts_no_talk_there(world: World) -> None:
    html = signed_in(world.samira).get(f"/laag/{world.root.pk}/mean/").content.decode()
    assert "Begin hier een gesprek" not in html
    assert world.criterion.sentence in html


def test_what_lies_at_the_doors(world: World) -> None:
    petra = world.access(world.petra)
    before = loop(petra, world.root.pk).doors
    assert before["mean"].state == "wat zegt het ons?"
    made = a_round(world)
    open_one = a_round(world, code="BEUK 1234", seed="open")
    Round.objects.filter(pk=open_one.pk).update(state=RoundState.OPEN, stopped_on=None)
    an_agreement(world)
    doors = loop(petra, world.root.pk).doors
    assert doors["inform"].state == "1 ronde open"
    assert doors["mean"].state == "1 uitkomst ligt klaar"
    assert doors["direct"].state == "1 afspraak loopt"
    told = sum(Block.objects.filter(release__round=made, item="").values_list("people", flat=True))
    assert doors["account"].state == f"{told} mensen wachten"
    a_meaning(world)
    assert loop(petra, world.root.pk).doors["mean"].state == "wat zegt het ons?"


def test_who_may_not_see_outcomes_reads_no_numbers(world: World) -> None:
    a_round(world)
    an_agreement(world)
    state = state_of(world.access(world.ad), world.root.pk)
    assert (state.open_rounds, state.to_read, state.agreements, state.waiting) == (0, 0, 0, 0)


def test_the_names_of_the_activities_are_the_partnerships_own(world: World) -> None:
    world.partnership.activity_labels = {"mean": "Duiden"}
    world.partnership.save()
    assert "Duiden" in signed_in(world.petra).get(f"/laag/{world.root.pk}/").content.decode()


class TestThreads:
    """A thread is solid where that voice was heard this school year."""

    def test_nobody_yet(self, world: World) -> None:
        home = loop(world.access(world.petra), world.root.pk)
        assert not any(voice.heard for voice in home.voices)
        assert home.sentence == ""

    def test_a_round_and_its_return(self, world: World) -> None:
        made = a_round(world)
        petra = world.access(world.petra)
        home = loop(petra, world.root.pk)
        assert {"student", "mentor"} <= heard(home, "inform")
        assert "institute_educator" not in heard(home, "inform"), "four of them answered"
        assert heard(home, "account") == set()
        given_back(world, made)
        assert "student" in heard(loop(petra, world.root.pk), "account")

    def test_too_few_and_none_look_the_same(self, world: World) -> None:
        a_round(world)
        Block.objects.all().delete()
        assert heard(loop(world.access(world.petra), world.root.pk), "inform") == set()

    def test_last_year_does_not_count(self, world: World) -> None:
        made = a_round(world)
        Round.objects.filter(pk=made.pk).update(stopped_on=world.period.starts_on - timedelta(days=1))
        assert heard(loop(world.access(world.petra), world.root.pk), "inform") == set()

    def test_a_note_counts_for_who_may_read_it(self, world: World) -> None:
        row = DataPoint.objects.create(
            partnership=world.partnership,
            organisation=world.team,
            evidence="soft",
            source="note",
            perspective="mentor",
            text="Iemand vroeg het als eerste.",
            happened_on=clock.today(),
            author=world.joost,
            circle="team",
        )
        assert heard(loop(world.access(world.samira), world.team.pk), "inform") == {"mentor"}
        DataPoint.objects.filter(pk=row.pk).update(circle="me")
        assert heard(loop(world.access(world.samira), world.team.pk), "inform") == set()

    def test_the_absent_voice_is_named_once_and_can_be_invited(self, world: World) -> None:
        write_meaning(
            access=world.access(world.noor),
            layer_id=world.team.pk,
            criterion=world.criterion,
            text="Ze wachten.",
            dissent="",
            certainty="fairly",
            missing="",
            people=3,
            roles=["student", "mentor", "school_educator"],
        )
        home = loop(world.access(world.noor), world.team.pk)
        assert heard(home, "mean") == {"student", "mentor", "school_educator"}
        assert home.sentence == "Instituutsopleiders dachten nog niet mee over de betekenis."
        assert home.invite_url.endswith("?deur=mean")
        above = loop(world.access(world.samira), world.root.pk)
        assert above.invite_url == "", "nobody invites to a table where he has no seat"


def test_the_steering_group_sees_what_was_shared_with_it(world: World) -> None:
    meaning = write_meaning(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="Ze wachten.",
        dissent="",
        certainty="fairly",
        missing="",
        people=3,
        roles=["student"],
    )
    share(
        access=world.access(world.noor),
        noun="meaning",
        noun_id=meaning.pk,
        title="Wie vraagt wie om te kijken?",
        text=meaning.text,
        dissent="",
        source_id=world.team.pk,
        target_id=world.root.pk,
    )
    html = signed_in(world.stef).get(f"/laag/{world.root.pk}/").content.decode()
    assert "Gedeeld met ons" in html
    assert "Wie vraagt wie om te kijken?" in html
    assert "Iemand deelde iets met ons" in html
    assert (
        "Wie vraagt wie om te kijken?"
        not in signed_in(world.bea).get(f"/laag/{world.board.pk}/").content.decode()
    )


def queries_for(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_home_asks_as_much_of_the_database_whatever_lies_there(world: World) -> None:
    page, client = f"/laag/{world.root.pk}/", signed_in(world.petra)
    for number in range(2):
        a_round(world, code=f"BEUK 000{number}", seed=f"a{number}")
        given_back(world, a_round(world, code=f"BERG 000{number}", seed=f"b{number}"))
        an_agreement(world, sentence=f"Afspraak {number}")
        a_meaning(world)
    before = queries_for(client, page)
    for number in range(2, 8):
        a_round(world, code=f"BEUK 000{number}", seed=f"a{number}")
        given_back(world, a_round(world, code=f"BERG 000{number}", seed=f"b{number}"))
        an_agreement(world, sentence=f"Afspraak {number}")
        a_meaning(world)
    assert queries_for(client, page) == before
    assert before <= 45, before


def test_who_has_no_place_reads_what_to_do(world: World) -> None:
    html = signed_in(world.dirk).get("/").content.decode()
    assert "Je hebt hier nog geen plek" in html


def test_who_is_not_signed_in_finds_the_doors(world: World) -> None:
    answer = Client().get("/")
    html = answer.content.decode()
    assert 'action="/mee/"' in html
    assert "/inloggen/" in html
    assert "/terug/" in html
    assert "De Brug" not in html
    assert Client().get(f"/laag/{world.team.pk}/").status_code == 302

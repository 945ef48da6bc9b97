"""The agenda of a layer on screen: four looks at the same points, their order, the board, and what is of a pair alone."""

import re

import pytest

from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.models import Contribution, Goal, Phase
from lemniscaat.agenda.points.checking import Seen, look
from lemniscaat.agenda.points.stepping import add_step, tick_step
from lemniscaat.base import clock
from lemniscaat.people.models import Body, TrailEntry
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
LOOKS = ("lijst", "boom", "tijdlijn", "bord")


def agenda(world: World) -> Goal:
    """A goal for years with a point, its step and its agreement; one that is loose, and one that ended."""
    access = world.access(world.noor)
    years = taken_up(world, "Iedereen kijkt bij elkaar", span="years")
    row = taken_up(world, "Bezoek in week 3", within=years, noticeable="de student vraagt zelf")
    tick_step(access=access, step=add_step(access=access, goal=row, sentence="Rooster maken"), done=True)
    add_step(access=access, goal=row, sentence="Vragen wie kan", owner=world.joost, due_on=clock.today())
    agree(
        access=access,
        layer_id=world.team.pk,
        criterion=None,
        course="sustain",
        sentence="Vrijdag bellen we",
        owner_text="wij",
        notice="we belden",
        returns_at=world.later,
        goal=row,
    )
    ended = taken_up(world, "Elke dag een verslag")
    look(access=access, goal=ended, seen=Seen("no", act="stop", because="Niemand las het."))
    taken_up(world, "De deur blijft open", course="sustain")
    return row


def page(world: World, who: str = "joost", query: str = "", layer: int = 0) -> str:
    answer = signed_in(getattr(world, who)).get(f"/agenda/laag/{layer or world.team.pk}/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("shape", LOOKS)
def test_the_same_points_in_four_looks_and_on_paper(world: World, shape: str) -> None:
    agenda(world)
    html = page(world, query=f"?vorm={shape}")
    for words in ("Bezoek in week 3", "De deur blijft open"):
        assert words in html
    assert re.search(rf'href="\?vorm={shape}" aria-current="page"', html)
    paper = page(world, query=f"?vorm={shape}&druk=1")
    assert "Bezoek in week 3" in paper
    assert 'class="paper"' in paper
    assert "<form" not in paper


def test_the_list_says_who_how_and_when_and_what_ended(world: World) -> None:
    agenda(world)
    html = page(world)
    for words in (
        "Joost",
        "de student vraagt zelf",
        "Vragen wie kan",
        "1 stap is klaar",
        "Vrijdag bellen we",
    ):
        assert words in html
    assert html.index("De deur blijft open") < html.index("Iedereen kijkt bij elkaar")
    assert html.index("Iedereen kijkt bij elkaar") < html.index("Niemand las het.")


def test_the_tree_nests_what_belongs_together(world: World) -> None:
    agenda(world)
    html = page(world, query="?vorm=boom")
    tree = html[html.index('class="tree"') :]
    places = [
        tree.index(words)
        for words in ("Iedereen kijkt bij elkaar", "Bezoek in week 3", "Rooster maken", "Vrijdag bellen we")
    ]
    assert places == sorted(places)
    assert tree.index("Los van een meerjarendoel") < tree.index("De deur blijft open")
    assert "Elke dag een verslag" not in tree, "what ended and hangs in nothing"


def test_the_time_line_has_a_sentence_and_a_table(world: World) -> None:
    agenda(world)
    html = page(world, query="?vorm=tijdlijn")
    assert "Er lopen 2 punten." in html
    assert "<table" in html
    assert html.count('class="agenda-strip wide"') == html.count('class="agenda-strip phone"') >= 3
    past = page(world, query=f"?vorm=tijdlijn&jaar={world.period.starts_on.year - 3}")
    assert "In dit jaar staat geen punt van één jaar." in past


@pytest.mark.parametrize("shape", LOOKS)
def test_an_agenda_costs_the_same_whatever_its_length(
    world: World, shape: str, django_assert_max_num_queries: object
) -> None:
    agenda(world)
    for number in range(6):
        row = taken_up(world, f"meer {number}", more_because="het moet")
        add_step(access=world.access(world.noor), goal=row, sentence=f"stap {number}")
    client = signed_in(world.joost)
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        client.get(f"/agenda/laag/{world.team.pk}/?vorm={shape}")


def test_people_choose_the_order(world: World) -> None:
    first, second, third = (taken_up(world, f"punt {number}") for number in range(3))
    client = signed_in(world.joost)
    for _ in range(2):
        assert client.post(f"/agenda/punt/{third.pk}/plaats/", {"voor": first.pk}).status_code == 302
    html = page(world)
    assert html.index("punt 2") < html.index("punt 0") < html.index("punt 1")
    client.post(f"/agenda/punt/{third.pk}/plaats/", {"na": second.pk})
    assert [row.pk for row in Goal.objects.order_by("place", "id")] == [first.pk, second.pk, third.pk]
    assert TrailEntry.objects.filter(verb="moved_place").count() == 2
    elsewhere = taken_up(world, "van het partnerschap", who=world.petra, at=world.root)
    assert client.post(f"/agenda/punt/{third.pk}/plaats/", {"na": elsewhere.pk}).status_code == 404
    assert client.post(f"/agenda/punt/{third.pk}/plaats/", {}).status_code == 404


def test_a_card_is_moved_with_a_button(world: World) -> None:
    row = taken_up(world)
    client = signed_in(world.joost)
    html = page(world, query="?vorm=bord")
    assert f'action="/agenda/punt/{row.pk}/bord/"' in html
    for _ in range(2):
        answer = client.post(f"/agenda/punt/{row.pk}/bord/", {"fase": "do"})
    assert answer["Location"].endswith(f"?vorm=bord#punt-{row.pk}")
    row.refresh_from_db()
    assert row.phase == Phase.DO
    assert TrailEntry.objects.filter(verb="moved_phase").count() == 1
    assert client.post(f"/agenda/punt/{row.pk}/bord/", {"fase": "verzonnen"}).status_code == 404
    assert signed_in(world.bea).post(f"/agenda/punt/{row.pk}/bord/", {"fase": "check"}).status_code == 404


def test_layers_above_are_read_and_not_changed(world: World) -> None:
    above = taken_up(world, "Uitproberen mag", who=world.petra, at=world.root)
    row = taken_up(world)
    Contribution.objects.create(lower=row, upper=above, made_on=clock.today())
    assert "Uitproberen mag" in page(world), "draagt bij aan"
    html = page(world, layer=world.root.pk, query="?vorm=bord")
    assert "Uitproberen mag" in html
    assert "/bord/" not in html
    client = signed_in(world.joost)
    assert client.post(f"/agenda/punt/{above.pk}/bord/", {"fase": "do"}).status_code == 404
    assert row.sentence not in page(world, who="petra", layer=world.root.pk)


def test_a_pair_has_its_own_agenda(world: World) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Samira en Joost")
    pair.people.set([world.samira, world.joost])
    row = taken_up(world, "Elke week een les samen", who=world.samira, body=pair)
    own = f"?overleg={pair.pk}"
    for who in ("samira", "joost"):
        assert "Samira en Joost" in page(world, who=who), "named on the page of the team"
        assert row.sentence not in page(world, who=who)
        for shape in LOOKS:
            assert row.sentence in page(world, who=who, query=f"{own}&vorm={shape}")
    for who in (world.noor, world.willem, world.petra, world.charlie):
        client = signed_in(who)
        assert client.get(f"/agenda/laag/{world.team.pk}/{own}").status_code == 404
        assert client.get(f"/agenda/laag/{world.team.pk}/a4/{own}").status_code == 404
        for deed in ("fase", "plaats"):
            assert client.post(f"/agenda/punt/{row.pk}/{deed}/", {"fase": "do"}).status_code == 404
    assert signed_in(world.samira).get(f"/agenda/laag/{world.school.pk}/{own}").status_code == 404
    signed_in(world.samira).post(f"/agenda/punt/{row.pk}/bord/", {"fase": "do"})
    assert not TrailEntry.objects.exists()


def test_where_people_look_for_it_there_is_a_way(world: World) -> None:
    client = signed_in(world.noor)
    for path in (
        f"/laag/{world.team.pk}/",
        f"/afspraak/laag/{world.team.pk}/",
        f"/mensen/overleg/{world.body.pk}/",
        f"/gesprek/overleg/{world.body.pk}/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert f"/agenda/laag/{world.team.pk}/" in answer.content.decode(), path

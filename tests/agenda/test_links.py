"""Links between layers: made below, read above only where it was shared, and gone when that is taken back."""

import pytest
from django.http import Http404
from django.urls import reverse

from lemniscaat.agenda.links import echoes, linking
from lemniscaat.agenda.links.alignment import alignment
from lemniscaat.agenda.models import Contribution, Goal, TakenUp
from lemniscaat.agenda.offering import offer_of_goal
from lemniscaat.agenda.points.taking_up import Aim, revise
from lemniscaat.people.actions import answer_share, revoke_share, share
from lemniscaat.people.models import Body, Organisation, Person, Share, TrailEntry
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
NOWHERE = {"no_return_because": "dat volgt", "returns_at": None}


def above(world: World, sentence: str = "Elke student heeft een plek aan tafel.") -> Goal:
    return taken_up(world, sentence, who=world.petra, at=world.root, **NOWHERE)


def given(world: World, goal: Goal, target: Organisation, who: Person | None = None) -> Share:
    offer = offer_of_goal(goal)
    return share(
        access=world.access(who or world.noor),
        noun="goal",
        noun_id=goal.pk,
        title=offer.title,
        text=offer.text,
        dissent=offer.dissent,
        source_id=goal.organisation_id,
        target_id=target.pk,
    )


def html(who: Person, name: str, number: int) -> str:
    answer = signed_in(who).get(reverse(name, args=[number]))
    assert answer.status_code == 200, (who, name)
    return str(answer.content.decode())


def test_a_link_upward_tells_nothing_until_it_is_shared(world: World) -> None:
    lower, upper = taken_up(world), above(world)
    links = reverse("goals:links", args=[lower.pk])
    for _twice in range(2):
        signed_in(world.joost).post(links, {"doe": "draagt_bij", "wat": upper.pk})
    assert Contribution.objects.count() == TrailEntry.objects.filter(verb="linked").count() == 1
    assert upper.sentence in html(world.samira, "goals:links", lower.pk)
    assert lower.sentence not in html(world.stef, "goals:links", upper.pk)
    assert lower.sentence not in html(world.stef, "goals:alignment", world.root.pk)
    row = given(world, lower, world.root)
    for name, number in (("goals:links", upper.pk), ("goals:alignment", world.root.pk)):
        assert lower.sentence in html(world.stef, name, number)
        assert lower.sentence not in html(world.willem, name, number), "shared with the other table alone"
    revoke_share(access=world.access(world.noor), share=row)
    assert lower.sentence not in html(world.stef, "goals:links", upper.pk)
    assert lower.sentence not in html(world.stef, "goals:alignment", world.root.pk)


@pytest.mark.parametrize("who", ["bea", "stef", "petra", "willem", "hans", "charlie"])
def test_only_the_lower_layer_links_upward(world: World, who: str) -> None:
    lower, upper = taken_up(world), above(world)
    form = {"doe": "draagt_bij", "wat": upper.pk}
    client = signed_in(getattr(world, who))
    assert client.post(reverse("goals:links", args=[lower.pk]), form).status_code == 404
    assert client.get(reverse("goals:links", args=[lower.pk])).status_code == 404
    with pytest.raises(Http404):
        linking.link_up(access=world.access(world.noor), lower=upper, upper=lower)
    with pytest.raises(Http404):
        linking.link_up(access=world.access(world.noor), lower=lower, upper=lower)


def test_a_pair_hangs_its_point_under_one_of_the_team_and_nobody_sees_it(world: World) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Samira en Joost")
    pair.people.set([world.samira, world.joost])
    own = taken_up(world, "Ik durf te vragen.", who=world.samira, body=pair)
    team = taken_up(world)
    linking.link_up(access=world.access(world.samira), lower=own, upper=team)
    assert own.sentence in html(world.joost, "goals:links", team.pk)
    assert own.sentence not in html(world.noor, "goals:links", team.pk)
    assert not TrailEntry.objects.filter(verb="linked").exists()
    assert signed_in(world.samira).get(reverse("goals:share", args=[own.pk])).status_code == 404


def test_taken_up_in_a_point_of_ours_is_an_answer_that_comes_down(world: World) -> None:
    row, upper = given(world, taken_up(world), world.root), above(world)
    step = reverse("goals:take_up_share", args=[row.pk])
    assert upper.sentence in html(world.stef, "goals:take_up_share", row.pk)
    for other in (world.willem, world.samira, world.bea, world.charlie):
        assert signed_in(other).post(step, {"punt": upper.pk}).status_code == 404
    for _twice in range(2):
        assert signed_in(world.stef).post(step, {"punt": upper.pk}).status_code == 302
    assert TakenUp.objects.count() == 1
    row.refresh_from_db()
    assert row.answer_told == "We pakken dit op."
    assert upper.sentence in html(world.samira, "goals:came_of", row.pk)
    assert row.title in html(world.stef, "goals:links", upper.pk)
    assert row.title not in html(world.willem, "goals:links", upper.pk)
    revoke_share(access=world.access(world.noor), share=row)
    assert row.title not in html(world.stef, "goals:links", upper.pk)
    for who in (world.samira, world.stef):
        assert signed_in(who).get(reverse("goals:came_of", args=[row.pk])).status_code == 404
    with pytest.raises(Http404):
        linking.take_up_share(access=world.access(world.stef), share=row, goal=upper)


def test_the_answer_below_shows_no_point_that_was_not_shared_upward(world: World) -> None:
    """The school takes up what the partnership shared with it; the partnership reads the answer, not the point."""
    row = given(world, above(world), world.school, world.petra)
    own = taken_up(world, "Wij maken een rooster.", who=world.willem, at=world.school, **NOWHERE)
    linking.take_up_share(access=world.access(world.willem), share=row, goal=own)
    answer_share(access=world.access(world.willem), share=row, text="Graag.", kind="take_up", beside=True)
    assert own.sentence not in html(world.petra, "goals:came_of", row.pk)
    assert own.sentence in html(world.samira, "goals:came_of", row.pk), "below the school everybody reads it"
    assert "Graag." in html(world.petra, "people:shared", world.root.pk)


def test_one_picture(world: World, django_assert_max_num_queries: object) -> None:
    upper = above(world)
    echo, lone = taken_up(world), taken_up(world, "We houden de lunch vrij.")
    linking.link_up(access=world.access(world.noor), lower=echo, upper=upper)
    found = alignment(world.access(world.samira), world.team.pk)
    assert [one.goal for one in found.above] == [upper]
    assert {one.goal.pk: bool(one.ups) for one in found.ours} == {echo.pk: True, lone.pk: False}
    assert found.sentence == "Wij hebben 2 punten. 1 daarvan draagt bij aan een punt boven ons."
    given(world, echo, world.root)
    given(world, lone, world.root)
    top = alignment(world.access(world.stef), world.root.pk)
    assert [row.title for one in top.ours for row in one.below] == [echo.sentence]
    assert [row.title for row in top.loose] == [lone.sentence]
    client = signed_in(world.stef)
    client.get("/mensen/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]  # a fixture without a type
        page = client.get(reverse("goals:alignment", args=[world.root.pk])).content.decode()
    assert page.count('<svg class="threads') == 2
    assert "Het Waterrad" not in page, "nobody is listed who shared nothing"


def test_new_words_of_a_point_do_not_go_along(world: World) -> None:
    goal = taken_up(world)
    row = given(world, goal, world.root)
    aim = Aim(sentence="Heel andere woorden.", returns_at=world.later)
    revise(access=world.access(world.noor), goal=goal, aim=aim, version=1)
    row.refresh_from_db()
    assert row.changed_on
    assert "Heel andere woorden." not in html(world.stef, "goals:alignment", world.root.pk)
    assert echoes.came_of(world.access(world.noor), row) == []

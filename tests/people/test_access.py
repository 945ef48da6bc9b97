"""Who stands where on a day: the tree of layers, and the access that follows from it."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.people.access import access_of, partnerships_of
from lemniscaat.people.models import Membership, OrganisationLink, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tree import tree_of
from tests.cast import LONG_AGO, World, organisation, person, signed_in

pytestmark = pytest.mark.django_db


def names(world: World, ids: frozenset[int] | tuple[int, ...]) -> set[str]:
    layers = tree_of(world.partnership, clock.today()).layers
    return {layers[i].name for i in ids}


def test_my_layers_run_from_small_to_large(world: World) -> None:
    layers = [layer.name for layer in world.access(world.samira).layers]
    assert layers == ["Team onderbouw", "Het Waterrad", "Rivierland", "De Brug"]


def test_without_a_role_there_is_no_access(world: World) -> None:
    assert access_of(world.dirk, world.partnership) is None
    assert access_of(world.charlie, world.partnership) is None
    assert partnerships_of(world.dirk) == []


def test_a_role_lasts_from_its_first_day_until_its_last(world: World) -> None:
    today = clock.today()
    row = Membership.objects.create(
        partnership=world.partnership,
        person=world.dirk,
        organisation=world.team,
        role=Role.STUDENT,
        valid_from=today,
        valid_until=today + timedelta(days=10),
    )
    assert access_of(world.dirk, world.partnership) is not None
    assert access_of(world.dirk, world.partnership, today - timedelta(days=1)) is None
    assert access_of(world.dirk, world.partnership, row.valid_until) is None


@pytest.mark.parametrize(
    ("who", "verb", "noun", "where"),
    [
        ("samira", Verb.DO, Noun.MEETING, {"Team onderbouw"}),
        ("samira", Verb.SEE, Noun.MEANING, {"Team onderbouw", "Het Waterrad", "Rivierland", "De Brug"}),
        ("samira", Verb.SEE, Noun.SHARED, {"Team onderbouw"}),
        ("samira", Verb.DO, Noun.PEOPLE, set()),
        ("noor", Verb.DO, Noun.MEETING, {"Team onderbouw", "Het Waterrad"}),
        ("willem", Verb.SEE, Noun.MEETING, {"Het Waterrad"}),
        ("willem", Verb.SEE, Noun.OUTCOME, {"Team onderbouw", "Het Waterrad", "Rivierland", "De Brug"}),
        ("bea", Verb.SEE, Noun.MEANING, {"Rivierland", "De Brug"}),
        ("bea", Verb.SEE, Noun.MEETING, {"Rivierland"}),
        ("bea", Verb.SEE, Noun.PEOPLE, {"Rivierland"}),
        ("hans", Verb.SEE, Noun.OUTCOME, {"Pabo De Oever", "De Brug"}),
        ("ad", Verb.SEE, Noun.OUTCOME, set()),
    ],
)
def test_where_somebody_may(world: World, who: str, verb: Verb, noun: Noun, where: set[str]) -> None:
    access = world.access(getattr(world, who))
    assert names(world, access.where(verb, noun)) == where


def test_what_you_may_not_see_does_not_exist(world: World) -> None:
    access = world.access(world.bea)
    with pytest.raises(Http404):
        access.need(Verb.SEE, Noun.MEANING, world.team.pk)
    with pytest.raises(Http404):
        access.layer(world.team.pk)
    with pytest.raises(Http404):
        world.access(world.hans).layer(world.school.pk)


def test_an_educator_placed_at_a_board_does_not_lead_talks_in_its_schools(world: World) -> None:
    high = person("Hoog", world.partnership, (world.board, Role.SCHOOL_EDUCATOR))
    assert names(world, world.access(high).where(Verb.SEE, Noun.MEETING)) == {"Rivierland"}


def test_a_school_that_changes_board(world: World) -> None:
    today = clock.today()
    new_board = organisation("board", "Hoogland", world.root)
    OrganisationLink.objects.filter(child=world.school).update(valid_until=today)
    OrganisationLink.objects.create(child=world.school, parent=new_board, valid_from=today)
    before, after = tree_of(world.partnership, today - timedelta(days=1)), tree_of(world.partnership, today)
    assert world.board.pk in before.above(world.team.pk)
    assert new_board.pk not in before.above(world.team.pk)
    assert new_board.pk in after.above(world.team.pk)
    assert world.board.pk not in after.above(world.team.pk)
    assert world.school.pk not in world.access(world.bea).where(Verb.SEE, Noun.OUTCOME)


def test_a_school_that_ended_is_no_layer_and_gives_no_place(world: World) -> None:
    today = clock.today()
    world.institute.valid_until = today
    world.institute.save()
    assert world.institute.pk not in tree_of(world.partnership, today).layers
    assert access_of(world.hans, world.partnership) is None
    assert access_of(world.hans, world.partnership, today - timedelta(days=1)) is not None


def test_a_school_in_two_partnerships(world: World) -> None:
    """What somebody may here follows from the roles he has here, also in a school that is in both."""
    OrganisationLink.objects.create(child=world.school, parent=world.elsewhere.root, valid_from=LONG_AGO)
    there = tree_of(world.elsewhere, clock.today())
    assert there.above(world.team.pk) == (world.school.pk, world.elsewhere.root_id)
    here = world.access(world.samira)
    assert world.elsewhere.root_id not in {layer.id for layer in here.layers}
    assert access_of(world.noor, world.elsewhere) is None
    lead = person("Lies", world.elsewhere, (world.elsewhere.root, Role.PROGRAMME_LEAD))
    theirs = access_of(lead, world.elsewhere)
    assert theirs is not None
    assert world.school.pk in theirs.where(Verb.DO, Noun.PEOPLE)
    assert world.board.pk not in theirs.where(Verb.DO, Noun.PEOPLE)


def test_a_ring_of_links_does_not_hang(world: World) -> None:
    OrganisationLink.objects.create(child=world.board, parent=world.team, valid_from=LONG_AGO)
    tree = tree_of(world.partnership, clock.today())
    assert set(tree.above(world.team.pk)) >= {world.school.pk, world.board.pk, world.root.pk}


def test_switching_between_partnerships(world: World) -> None:
    Membership.objects.create(
        partnership=world.elsewhere,
        person=world.noor,
        organisation=world.elsewhere.root,
        role=Role.STEERING,
        valid_from=date(2021, 1, 1),
    )
    client = signed_in(world.noor)
    assert "De Overkant" in client.get("/mensen/").content.decode()
    assert client.post(f"/mensen/partnerschap/{world.elsewhere.pk}/").status_code == 302
    assert client.get(f"/mensen/laag/{world.team.pk}/overleg/").status_code == 404
    assert client.get(f"/mensen/laag/{world.elsewhere.root_id}/overleg/").status_code == 200
    assert signed_in(world.joost).post(f"/mensen/partnerschap/{world.elsewhere.pk}/").status_code == 404
    assert client.get(f"/mensen/partnerschap/{world.elsewhere.pk}/").status_code == 405


def test_access_takes_few_queries(world: World, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        access = world.access(world.petra)
        access.where(Verb.SEE, Noun.OUTCOME)

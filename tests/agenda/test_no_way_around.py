"""Ways around what was shared, tried one by one: an address with another number in it, and what stands frozen."""

import pytest

from lemniscaat.agenda.actions import agree
from lemniscaat.agenda.decisions.deciding import Ruling, decide
from lemniscaat.agenda.decisions.remembered import MeaningLine, remembered
from lemniscaat.agenda.models import Agreement, AgreementReturn, Decision, Goal
from lemniscaat.interpretation.actions import write_meaning
from lemniscaat.people.actions import revoke_share, share
from lemniscaat.people.models import Body, Person, Share
from lemniscaat.people.moments import plan_appointment
from lemniscaat.people.pairing import pair_with
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Wij durven het hier niet te vragen."


def agreed(
    world: World, who: Person, layer_id: int, *, goal: Goal | None = None, body: Body | None = None
) -> Agreement:
    return agree(
        access=world.access(who),
        layer_id=layer_id,
        criterion=None,
        course="sustain",
        sentence="Vrijdag bellen we.",
        owner_text="wij",
        notice="we belden",
        no_return_because="dat volgt",
        goal=goal,
        body=body,
    )  # fmt: skip


def new_one(**more: str) -> dict[str, str]:
    words = {"course": "adjust", "sentence": "Wij bellen ook.", "owner_text": "wij", "notice": "gebeld"}
    return {**words, "no_return_because": "dat volgt", **more}


def test_an_agreement_of_a_school_takes_no_point_of_a_team_along(world: World) -> None:
    point = taken_up(world, SECRET)
    row = agreed(world, world.noor, world.team.pk, goal=point)
    noor = signed_in(world.noor)
    assert noor.post(f"/afspraak/laag/{world.school.pk}/nieuw/?na={row.pk}", new_one()).status_code == 404
    for made in Agreement.objects.filter(organisation=world.school):
        assert SECRET not in signed_in(world.willem).get(f"/afspraak/{made.pk}/").content.decode()
    assert noor.post(f"/afspraak/laag/{world.team.pk}/nieuw/?na={row.pk}", new_one()).status_code == 302


def test_what_two_agreed_becomes_no_agreement_of_their_team(world: World) -> None:
    pair = pair_with(access=world.access(world.samira), person_id=world.joost.pk)
    row = agreed(world, world.samira, world.team.pk, body=pair)
    point = taken_up(world)
    url = f"/afspraak/laag/{world.team.pk}/nieuw/?na={row.pk}&punt={point.pk}"
    assert signed_in(world.samira).post(url, new_one()).status_code == 404
    assert not Agreement.objects.filter(body__isnull=True).exists()


def test_the_moment_of_two_people_stands_under_nothing_of_others(world: World) -> None:
    samira = world.access(world.samira)
    pair = pair_with(access=samira, person_id=world.joost.pk)
    moment = plan_appointment(access=samira, body=pair, starts_at=world.later.starts_at, minutes=15)
    row = agreed(world, world.noor, world.team.pk)
    given = {"next_step": "sustain", "difference": "yes", "helped": "De vaste dag."}
    answer = signed_in(world.samira).post(f"/afspraak/{row.pk}/terug/?bij={moment.pk}", given)
    assert answer.status_code == 302
    assert AgreementReturn.objects.get().appointment is None
    html = signed_in(world.noor).get(f"/afspraak/{row.pk}/").content.decode()
    assert pair.name.replace("&", "&amp;") not in html


def decided(world: World) -> tuple[Share, Decision]:
    """The team shares a meaning with the table of the partnership, which decides on it."""
    noor, petra = world.access(world.noor), world.access(world.petra)
    meant = write_meaning(access=noor, layer_id=world.team.pk, criterion=world.criterion, text=SECRET)
    given = share(
        access=noor,
        noun="interpretation",
        noun_id=meant.pk,
        title="t",
        text=SECRET,
        dissent="",
        source_id=world.team.pk,
        target_id=world.root.pk,
    )
    ruling = Ruling("small", "sustain", "We blijven kijken.", because="het loopt al")
    layer = petra.tree.layers[world.root.pk]
    return given, decide(access=petra, layer=layer, criterion=world.criterion, ruling=ruling)


def meanings(world: World, row: Decision, who: Person) -> tuple[MeaningLine, ...]:
    return remembered(world.access(who), row).meanings


def test_what_was_shared_with_one_table_is_read_at_its_decision_by_that_table_alone(world: World) -> None:
    given, row = decided(world)
    page = f"/agenda/besluit/{row.pk}/"
    for who in (world.stef, world.noor, world.samira):
        assert [one.text for one in meanings(world, row, who)] == [SECRET], who
    for who in (world.willem, world.bea, world.hans):
        assert meanings(world, row, who) == (), who
    revoke_share(access=world.access(world.noor), share=given)
    told = meanings(world, row, world.stef)
    assert [(one.text, one.gone, one.whose) for one in told] == [("", "later teruggenomen", world.team.name)]
    assert meanings(world, row, world.hans) == ()
    for who in (world.stef, world.hans, world.petra):
        answer = signed_in(who).get(page)
        assert answer.status_code == 200
        assert SECRET not in answer.content.decode(), who

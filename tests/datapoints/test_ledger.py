"""Notes, reports and figures: who writes them, and who reads which."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.datapoints import actions, queries
from lemniscaat.datapoints.models import Circle, DataPoint, EvidenceKind
from lemniscaat.datapoints.reporting import Hanging, Wording, keep_report
from lemniscaat.figures import by_hand
from lemniscaat.people.models import Membership, Person, Role
from tests.cast import LONG_AGO, World, organisation, person, signed_in

pytestmark = pytest.mark.django_db


def note(
    world: World, who: Person, where: int | None, text: str = "Zij keek mee.", key: str = ""
) -> DataPoint:
    return actions.write_note(
        access=world.access(who), text=text, layer_id=where, criterion=world.criterion, form_key=key
    )


def readers(world: World, made: DataPoint) -> set[str]:
    people = (
        world.noor,
        world.joost,
        world.samira,
        world.hans,
        world.willem,
        world.petra,
        world.stef,
        world.bea,
        world.ad,
    )
    return {who.name for who in people if queries.ledger(world.access(who)).filter(pk=made.pk).exists()}


def test_a_note_is_read_in_the_circle_its_giver_chose(world: World) -> None:
    circles = {
        None: {"Samira"},
        world.team.pk: {"Samira", "Joost", "Noor"},
        world.school.pk: {"Samira", "Joost", "Noor", "Willem"},
        world.board.pk: {"Samira", "Joost", "Noor", "Willem", "Bea"},
        world.root.pk: {"Samira", "Joost", "Noor", "Willem", "Bea", "Hans", "Petra", "Stef"},
    }
    for where, expected in circles.items():
        assert readers(world, note(world, world.samira, where)) == expected, where


def test_who_only_leads_talks_above_a_team_is_not_in_its_circle(world: World) -> None:
    above = person("Ria", world.partnership, (world.school, Role.SCHOOL_EDUCATOR))
    made = note(world, world.samira, world.team.pk)
    assert not queries.ledger(world.access(above)).filter(pk=made.pk).exists()


def test_another_circle_than_mine_cannot_be_chosen(world: World) -> None:
    with pytest.raises(Http404):
        note(world, world.samira, world.institute.pk)
    assert not DataPoint.objects.exists()


def test_a_note_is_soft_and_to_learn_from(world: World) -> None:
    made = note(world, world.samira, world.team.pk, "  Zij keek mee. ")
    assert (made.evidence, made.permitted_use, made.circle) == (EvidenceKind.SOFT, "learn", Circle.TEAM)
    assert (made.text, made.perspective, made.point) == ("Zij keek mee.", Role.STUDENT, world.point)


def test_the_voice_is_that_of_the_role_nearest_to_the_circle(world: World) -> None:
    Membership.objects.create(
        partnership=world.partnership,
        person=world.hans,
        organisation=world.team,
        role=Role.MENTOR,
        valid_from=LONG_AGO,
    )
    assert note(world, world.hans, world.team.pk).perspective == Role.MENTOR
    assert note(world, world.hans, world.institute.pk).perspective == Role.INSTITUTE_EDUCATOR


def test_the_same_form_twice_is_one_note(world: World) -> None:
    assert note(world, world.samira, None, key="abc") == note(world, world.samira, None, key="abc")
    assert DataPoint.objects.count() == 1


def test_a_note_can_be_taken_back_by_its_giver_only(world: World) -> None:
    made = note(world, world.samira, world.team.pk)
    with pytest.raises(Http404):
        actions.withdraw(access=world.access(world.joost), data_point=made)
    actions.withdraw(access=world.access(world.samira), data_point=made)
    assert readers(world, made) == set()
    made.refresh_from_db()
    assert made.text == ""


def test_a_note_finds_its_criterion_later(world: World) -> None:
    made = actions.write_note(access=world.access(world.samira), text="Zomaar.", layer_id=None)
    assert made.criterion is None
    actions.attach(access=world.access(world.samira), data_point=made, criterion=world.criterion)
    assert queries.soft_for(world.access(world.samira), world.criterion) == [made]


def figure(world: World, who: Person, where: int, *, part: int = 14, whole: int | None = 23) -> DataPoint:
    kept = by_hand.indicator(
        partnership=world.partnership,
        name="Lesbezoek",
        definition="In week 1 tot 3.",
        source="Planning",
        owner="Noor",
    )
    return by_hand.record_figure(
        access=world.access(who),
        layer_id=where,
        criterion=world.criterion,
        indicator=kept,
        title="studenten kregen een lesbezoek",
        part=part,
        whole=whole,
        before=(9, 21),
    )


def test_figures_are_for_who_leads_and_seen_below(world: World) -> None:
    made = figure(world, world.noor, world.school.pk)
    assert readers(world, made) == {"Noor", "Joost", "Samira", "Willem"}
    for who in (world.samira, world.joost):
        with pytest.raises(Http404):
            figure(world, who, world.team.pk)
    fact = queries.hard_for(world.access(world.samira), world.criterion)[0]
    assert (fact.figure.part, fact.figure.whole, fact.figure.before_part, fact.all_drawn) == (14, 23, 9, True)


@pytest.mark.parametrize(("part", "whole"), [(24, 23), (-1, None)])
def test_a_part_fits_in_its_whole(world: World, part: int, whole: int | None) -> None:
    with pytest.raises(ValueError, match="part"):
        figure(world, world.noor, world.school.pk, part=part, whole=whole)
    assert not DataPoint.objects.exists()


def test_a_count_without_a_whole(world: World) -> None:
    made = figure(world, world.noor, world.team.pk, part=0, whole=None)
    assert made.n == 0
    assert not queries.hard_for(world.access(world.noor), world.criterion)[0].all_drawn


def test_the_same_definition_is_one_indicator(world: World) -> None:
    assert figure(world, world.noor, world.team.pk) != figure(world, world.noor, world.school.pk)
    assert (
        len(
            {fact.figure.indicator_id for fact in queries.hard_for(world.access(world.noor), world.criterion)}
        )
        == 1
    )


def test_a_report_speaks_for_its_people(world: World) -> None:
    wording = Wording(
        title="Panel met zes studenten",
        passages=[("vertelden", "We wachten tot zij beginnen.")],
        present=[Role.STUDENT],
        happened_on=clock.today() - timedelta(days=2),
        perspective=Role.STUDENT,
    )
    hanging = Hanging(world.school.pk, world.criterion)
    made = keep_report(access=world.access(world.noor), sort="report", wording=wording, hanging=hanging)
    assert readers(world, made) == {"Noor", "Joost", "Samira", "Willem"}
    with pytest.raises(Http404):
        keep_report(access=world.access(world.samira), sort="report", wording=wording, hanging=hanging)


def test_what_is_of_another_partnership_is_not_there(world: World) -> None:
    made = note(world, world.samira, world.root.pk)
    strange = organisation("partnership", "De Vreemde")
    Membership.objects.create(
        partnership=world.elsewhere,
        person=world.samira,
        organisation=strange,
        role=Role.STUDENT,
        valid_from=LONG_AGO,
    )
    with pytest.raises(Http404):
        queries.data_point(world.access(world.ad), made.pk)


def test_known_counts_only_what_i_may_see(world: World) -> None:
    note(world, world.samira, None)
    note(world, world.samira, world.team.pk)
    figure(world, world.noor, world.team.pk)
    mine = queries.known(world.access(world.samira), [world.criterion.pk])[world.criterion.pk]
    theirs = queries.known(world.access(world.petra), [world.criterion.pk])[world.criterion.pk]
    assert (mine.hard, mine.soft, mine.nothing) == (1, 2, False)
    assert theirs.nothing


@pytest.mark.parametrize(("part", "whole"), [(1, 3), (4, 4), (3, None)])
def test_a_figure_about_a_few_people_is_not_kept(world: World, part: int, whole: int | None) -> None:
    with pytest.raises(by_hand.TooFewError):
        figure(world, world.noor, world.school.pk, part=part, whole=whole)
    assert not DataPoint.objects.exists()
    url = reverse("figures:by_hand", args=[world.criterion.pk])
    form = {
        "title": "3 van de 4", "definition": "d", "source": "s", "owner": "Noor", "form_key": "een",
        "happened_on": str(clock.today()), "about": "people", "part": part, "whole": whole or "",
    }  # fmt: skip
    answer = signed_in(world.noor).post(url, form)
    assert (answer.status_code, DataPoint.objects.count()) == (422, 0)
    assert "minder dan vijf mensen" in answer.content.decode()
    assert signed_in(world.noor).post(url, {**form, "about": "things"}).status_code == 302
    assert DataPoint.objects.count() == 1


def test_nobody_of_many_and_nobody_at_all_may_be_told(world: World) -> None:
    assert figure(world, world.noor, world.school.pk, part=0, whole=23).n == 23
    assert figure(world, world.noor, world.school.pk, part=0, whole=None).n == 0

"""The development agenda: at most three points, with an owner and a return; looked at, and then kept, moved or stopped."""

import pytest
from django.http import Http404

from lemniscaat.agenda import queries
from lemniscaat.agenda.actions import ReasonNeededError, agree
from lemniscaat.agenda.models import Agreement, Goal, GoalState, Look, LookGround, Phase
from lemniscaat.agenda.points.checking import OnTable, Seen, look
from lemniscaat.agenda.points.stepping import add_step, drop_step, tick_step
from lemniscaat.agenda.points.taking_up import Aim, ClashError, OneMoreError, move_to, revise, take_up
from lemniscaat.base import clock
from lemniscaat.people.models import Body, TrailEntry
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def test_a_fourth_point_asks_why(world: World) -> None:
    for number in range(3):
        taken_up(world, f"punt {number}")
    with pytest.raises(OneMoreError):
        taken_up(world, "punt 4")
    taken_up(world, "de komende jaren", span="years")
    row = taken_up(world, "punt 4", more_because="De inspectie vroeg erom.")
    assert row.place == 5
    assert [
        g.sentence for g in queries.year_goals(world.access(world.joost), world.team.pk, world.period)
    ] == [
        "punt 0",
        "punt 1",
        "punt 2",
        "punt 4",
    ]


def test_a_point_comes_back_or_says_why_not(world: World) -> None:
    with pytest.raises(ReasonNeededError):
        taken_up(world, returns_at=None)
    assert taken_up(world, returns_at=None, no_return_because="klaar in mei").where == ""


def test_it_hangs_on_the_vision_point_of_its_criterion_and_a_form_counts_once(world: World) -> None:
    aim = Aim("Kijken", criterion=world.criterion, returns_at=world.later, anchors=("hours", "niets", "talk"))
    access = world.access(world.noor)
    first = take_up(access=access, layer_id=world.team.pk, aim=aim, form_key="k")
    again = take_up(access=access, layer_id=world.team.pk, aim=aim, form_key="k")
    assert first == again
    assert first.point == world.point
    assert first.anchors == ["talk", "hours"]
    assert TrailEntry.objects.filter(noun="goal").count() == 1


def test_two_who_change_the_same_words_lose_nothing(world: World) -> None:
    row = taken_up(world)
    aim = Aim("Anders", returns_at=world.later)
    changed = revise(access=world.access(world.joost), goal=row, aim=aim, version=1)
    assert (changed.version, changed.sentence) == (2, "Anders")
    with pytest.raises(ClashError) as clash:
        revise(
            access=world.access(world.samira),
            goal=row,
            aim=Aim("Nog anders", returns_at=world.later),
            version=1,
        )
    assert clash.value.theirs.sentence == "Anders"


def test_people_move_a_point_through_its_phases(world: World) -> None:
    row = taken_up(world)
    assert row.phase == Phase.PLAN
    assert move_to(access=world.access(world.joost), goal=row, phase="do").phase == Phase.DO
    with pytest.raises(Http404):
        move_to(access=world.access(world.bea), goal=row, phase="check")


def test_a_look_asks_for_a_reason_or_an_answer(world: World) -> None:
    row = taken_up(world)
    access = world.access(world.noor)
    for seen in (
        Seen(next_appointment=world.later),
        Seen(difference="yes", act="stop"),
        Seen(difference="yes", act="go_on"),
    ):
        with pytest.raises(ReasonNeededError):
            look(access=access, goal=row, seen=seen)
    assert not Look.objects.exists()


def test_looking_changes_course_and_keeps_what_was(world: World) -> None:
    row = taken_up(world)
    access = world.access(world.noor)
    seen = Seen(
        "partly", "Twee van de vier.", act="adjust", sentence="In week 4", next_appointment=world.later
    )
    made = look(access=access, goal=row, seen=seen, grounds=[OnTable(words="exittickets van mei")])
    assert look(access=access, goal=row, seen=seen) == made, "pressed twice"
    row.refresh_from_db()
    assert (row.sentence, row.phase, row.state) == ("In week 4", Phase.PLAN, GoalState.RUNNING)
    assert made.before == "Elke student wordt in week 3 bezocht."
    assert LookGround.objects.get().words == "exittickets van mei"
    look(access=access, goal=row, seen=Seen("yes", "Allemaal.", act="sustain"))
    row.refresh_from_db()
    assert (row.state, row.ended_on) == (GoalState.SUSTAINED, clock.today())
    assert [one.act for one in queries.looks_of([row])[row.pk]] == ["sustain", "adjust"]


def test_steps_are_done_or_dropped_and_stay(world: World) -> None:
    row = taken_up(world)
    access = world.access(world.samira)
    step = add_step(access=access, goal=row, sentence="Rooster maken ", owner_text="Willem")
    assert add_step(access=access, goal=row, sentence="Rooster maken") == step
    assert tick_step(access=access, step=step, done=True).done_on == clock.today()
    assert drop_step(access=access, step=step, because="hoeft niet").dropped_because == ""
    tick_step(access=access, step=step, done=False)
    assert drop_step(access=access, step=step, because="hoeft niet").dropped_because == "hoeft niet"
    assert tick_step(access=access, step=step, done=True).done_on is None


def test_what_is_of_a_student_and_a_mentor_is_seen_by_them_alone(world: World) -> None:
    pair = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Samira en Joost")
    pair.people.set([world.samira, world.joost])
    row = taken_up(world, "Elke week een les samen", who=world.samira, body=pair)
    ours = agree(
        access=world.access(world.joost),
        layer_id=world.team.pk,
        criterion=None,
        course="sustain",
        sentence="Vrijdag bellen we",
        owner_text="wij",
        notice="we belden",
        returns_at=world.later,
        body=pair,
        goal=row,
    )
    for who in (world.samira, world.joost):
        assert row in queries.goals(world.access(who))
        assert ours in queries.agreements(world.access(who))
    for who in (world.noor, world.willem, world.petra, world.bea):
        assert not queries.goals(world.access(who)).exists()
        assert not queries.agreements(world.access(who)).exists()
        assert signed_in(who).get(f"/agenda/punt/{row.pk}/").status_code == 404
    assert not TrailEntry.objects.exists()
    with pytest.raises(Http404):
        taken_up(world, "meekijken", who=world.noor, body=pair)
    assert Agreement.objects.count() == Goal.objects.count() == 1


def test_the_pages_are_for_who_sees_the_agreements_of_that_layer(world: World) -> None:
    row = taken_up(world)
    add_step(access=world.access(world.noor), goal=row, sentence="Rooster maken")
    for path in (f"/agenda/laag/{world.team.pk}/", f"/agenda/punt/{row.pk}/"):
        html = signed_in(world.joost).get(path).content.decode()
        assert row.sentence in html
        assert "Rooster maken" in html
        for stranger in (world.charlie, world.bea, world.willem):
            assert signed_in(stranger).get(path).status_code == 404

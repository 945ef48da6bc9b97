"""The year of a layer: what stands in it, planning it, and taking another year over."""

from datetime import date, timedelta

import pytest
from django.http import Http404

from lemniscaat.collection.models import Round, RoundState
from lemniscaat.datapoints.reporting import Hanging, Wording, keep_report
from lemniscaat.instruments.library import library
from lemniscaat.people.models import Body, Membership, Organisation, Person, Role, TrailEntry
from lemniscaat.people.told import trail_line
from lemniscaat.year import copying, planning
from lemniscaat.year.lines import lines
from lemniscaat.year.models import Intent, IntentState, Way
from lemniscaat.year.ready_year import ready_year
from lemniscaat.year.schoolyear import Line, Standing, by_month, year_from
from tests.cast import LONG_AGO, World, organisation
from tests.year.autumn import TODAY, YEAR, held, meeting, planned, wish, world

pytestmark = pytest.mark.django_db
__all__ = ["world"]


def stand(world: World, who: Person, where: Organisation) -> dict[str, Line]:
    return {line.key: line for line in lines(world.access(who), where.pk, YEAR)}


def test_every_real_round_stands_once_at_each_layer_that_may_see_it(world: World) -> None:
    rows = {
        place: [
            held(world, place, f"{place.pk}-{state}", state=state, opened_on=day, **more)
            for state, day, more in (
                (RoundState.OPEN, TODAY - timedelta(days=7), {}),
                (RoundState.STOPPED, date(2026, 9, 7), {"stopped_on": date(2026, 9, 20), "return_by": TODAY}),
                (RoundState.RETURNED, date(2026, 6, 20), {"returned_on": date(2026, 9, 1)}),
                (RoundState.DRAFT, None, {}),
            )
        ]
        for place in (world.team, world.school, world.board, world.root, world.institute)
    }
    chain = [world.team, world.school, world.board, world.root]
    for who, where in ((world.samira, chain), (world.noor, chain), (world.bea, chain[2:])):
        for n, place in enumerate(where):
            found = [one for one in lines(world.access(who), place.pk, YEAR) if one.key.startswith("round-")]
            months = by_month(found, YEAR, TODAY)
            keys = [one.key for month in months for one in month.lines]
            ready = [row for up in where[n:] for row in rows[up] if row.state != RoundState.DRAFT]
            organises = who is not world.samira and place.pk in {p.layer for p in world.access(who).places}
            mine = [rows[place][3]] if organises else []
            assert sorted(keys) == sorted(f"round-{row.pk}" for row in [*ready, *mine]), (who, place)
            above = {one.key for one in found if one.above}
            assert above == {f"round-{row.pk}" for row in ready if row.organisation_id != place.pk}


def test_a_layer_above_lists_no_rounds_of_schools(world: World) -> None:
    held(world, world.school, "school")
    assert not stand(world, world.petra, world.root)
    assert not stand(world, world.bea, world.board)


def test_of_a_talk_in_a_hall_its_first_step_stands_for_all(world: World) -> None:
    first = held(world, world.root, "een")
    held(world, world.root, "twee", comes_back_with=first)
    assert list(stand(world, world.petra, world.root)) == [f"round-{first.pk}"]


def test_a_round_tells_where_it_is_discussed_and_when_it_comes_back(world: World) -> None:
    talk = meeting(world.steering, date(2026, 12, 3))
    row = held(world, world.root, "een", appointment=talk, return_by=date(2026, 12, 17))
    one = stand(world, world.samira, world.team)[f"round-{row.pk}"]
    assert (one.where, one.discussed, one.back) == ("Stuurgroep", date(2026, 12, 3), date(2026, 12, 17))
    assert (one.standing, one.above, one.url) == (Standing.OPEN, "De Brug", "")
    talk.cancelled_on = TODAY
    talk.save()
    assert stand(world, world.samira, world.team)[one.key].discussed is None


def test_a_plan_that_became_a_round_is_told_by_that_round(world: World) -> None:
    row = planned(world, world.noor, world.school, title="Ronde een")
    assert list(stand(world, world.noor, world.school)) == [f"intent-{row.pk}"]
    started = held(world, world.school, "een")
    found = stand(world, world.noor, world.school)
    assert list(found) == [f"round-{started.pk}"]
    assert found[f"round-{started.pk}"].became == f"intent-{row.pk}"
    other = held(world, world.school, "twee", title="Heel iets anders")
    assert len(stand(world, world.noor, world.school)) == 2
    planning.done(access=world.access(world.noor), intent=row, round_=other)
    found = stand(world, world.noor, world.school)
    assert set(found) == {f"round-{started.pk}", f"round-{other.pk}"}
    assert found[f"round-{other.pk}"].became == f"intent-{row.pk}"


def test_what_came_in_stands_in_its_month_as_far_as_it_was_meant_for_me(world: World) -> None:
    access = world.access(world.noor)
    for n, day in enumerate((date(2026, 10, 5), date(2026, 10, 12), date(2026, 9, 1))):
        keep_report(
            access=access,
            sort="report",
            wording=Wording(f"Panel {n}", [("vertelden", "Zij wachten.")], [Role.STUDENT], day, Role.STUDENT),
            hanging=Hanging(world.team.pk, world.criterion),
        )
    found = stand(world, world.samira, world.team)
    assert sorted(one.title for one in found.values()) == ["2 gespreksverslagen", "Panel 2"]
    assert all(one.roles == ("student",) for one in found.values())
    assert not stand(world, world.willem, world.school)


def test_planning_once_and_who_may(world: World) -> None:
    first = planned(world, world.noor, world.school, key="een", criteria=(world.criterion,))
    assert planned(world, world.noor, world.school, key="een") == first
    assert (first.year, first.version, list(first.points.all())) == (2026, 1, [world.point])
    assert TrailEntry.objects.filter(noun="intent", verb="planned").count() == 1
    for who, where in ((world.samira, world.team), (world.joost, world.team), (world.noor, world.root)):
        with pytest.raises(Http404):
            planned(world, who, where)
    with pytest.raises(ValueError, match="window"):
        wish(ends_on=date(2026, 12, 1))
    elsewhere = Body.objects.create(
        partnership=world.elsewhere, organisation=world.elsewhere.root, name="Elders"
    )
    with pytest.raises(Http404):
        planned(world, world.noor, world.school, body=elsewhere)


def test_the_partnership_plans_for_its_schools(world: World) -> None:
    row = planned(world, world.petra, world.school)
    assert stand(world, world.petra, world.school)[f"intent-{row.pk}"].title == "Halverwege"
    with pytest.raises(Http404):
        lines(world.access(world.bea), world.school.pk, YEAR)


def test_a_change_keeps_both_where_two_meet(world: World) -> None:
    row, access = planned(world, world.noor, world.school), world.access(world.noor)
    said = planning.change(access=access, intent=row, wish=wish(title="Anders"), version=1)
    assert (said.title, said.version) == ("Anders", 2)
    with pytest.raises(planning.ClashError) as clash:
        planning.change(access=access, intent=row, wish=wish(title="Nog anders"), version=1)
    assert clash.value.theirs.title == "Anders"
    same = planning.change(access=access, intent=row, wish=wish(title="Anders"), version=1)
    assert same.version == 2


def test_dropped_with_a_reason_done_and_planned_again(world: World) -> None:
    row, access = planned(world, world.noor, world.school), world.access(world.noor)
    with pytest.raises(planning.WithoutReasonError):
        planning.drop(access=access, intent=row, because="  ")
    gone = planning.drop(access=access, intent=row, because="Te druk.")
    assert (gone.state, gone.version) == (IntentState.DROPPED, 2)
    assert planning.drop(access=access, intent=row, because="Te druk.").version == 2
    assert not stand(world, world.noor, world.school)
    back = planning.again(access=access, intent=row)
    assert (back.state, back.dropped_because) == (IntentState.PLANNED, "")
    done = planning.done(access=access, intent=row, talk_url="//elders.example/")
    assert (done.state, done.talk_url) == (IntentState.DONE, "")
    told = {trail_line(entry) for entry in TrailEntry.objects.filter(noun="intent")}
    assert told == {
        "Noor plande iets in het jaar",
        "Noor liet iets in het jaar niet doorgaan",
        "Noor zette iets in het jaar op gedaan",
    }
    with pytest.raises(Http404):
        planning.done(access=access, intent=row, round_=held(world, world.root, "boven"))


def take(world: World, who: Person, where: Organisation, key: str, year: int = 2026) -> list[Intent]:
    access, there = world.access(who), year_from(year)
    of = copying.source(access, where.pk, there, key)
    offers = copying.offers(access, where.pk, there, of)
    return copying.take_over(
        access=access, layer_id=where.pk, year=there, of=of, chosen=[one.origin for one in offers]
    )


def test_last_year_is_taken_over_once(world: World) -> None:
    talk = meeting(world.steering, date(2026, 12, 3))
    near = meeting(world.steering, date(2027, 12, 9))
    meeting(world.steering, date(2028, 2, 1))
    planned(world, world.petra, world.root, appointment=talk, return_by=date(2027, 2, 25), owner=world.petra)
    row = held(world, world.root, "echt", stops_on=date(2026, 12, 4), criterion=world.criterion)
    dropped = planned(world, world.petra, world.root, title="Niet meer")
    planning.drop(access=world.access(world.petra), intent=dropped, because="Te veel.")
    made = {one.title: one for one in take(world, world.petra, world.root, copying.BEFORE, 2027)}
    assert set(made) == {"Halverwege", "Ronde echt"}
    plan, was_real = made["Halverwege"], made["Ronde echt"]
    assert (plan.begins_on, plan.ends_on, plan.year) == (date(2028, 1, 1), date(2028, 1, 31), 2027)
    assert (plan.appointment, plan.body, plan.owner) == (near, world.steering, world.petra)
    assert plan.return_by is not None
    assert plan.return_by.weekday() == date(2027, 2, 25).weekday()
    assert row.opened_on is not None
    assert was_real.begins_on.weekday() == row.opened_on.weekday()
    assert (was_real.instrument, list(was_real.criteria.all())) == ("kijken", [world.criterion])
    assert take(world, world.petra, world.root, copying.BEFORE, 2027) == []
    assert Intent.objects.filter(year=2027).count() == 2
    planning.drop(access=world.access(world.petra), intent=plan, because="Toch niet.")
    assert take(world, world.petra, world.root, copying.BEFORE, 2027) == []


def test_only_what_was_chosen_comes_along(world: World) -> None:
    rows = [planned(world, world.petra, world.root, title=f"Plan {n}") for n in range(3)]
    access, there = world.access(world.petra), year_from(2027)
    of = copying.source(access, world.root.pk, there, copying.BEFORE)
    chosen = [f"intent-{rows[1].pk}", "intent-999", "klaar-scan"]
    made = copying.take_over(access=access, layer_id=world.root.pk, year=there, of=of, chosen=chosen)
    assert [one.copied_from for one in made] == [rows[1]]


def test_a_school_takes_over_what_another_school_has(world: World) -> None:
    other = organisation("school", "De Kreek", world.board)
    Membership.objects.create(
        partnership=world.partnership,
        person=world.joost,
        organisation=other,
        role=Role.SCHOOL_EDUCATOR,
        valid_from=LONG_AGO,
    )
    theirs = Body.objects.create(
        partnership=world.partnership, organisation=world.school, name="Opleidingsteam Het Waterrad"
    )
    ours = Body.objects.create(
        partnership=world.partnership, organisation=other, name="Opleidingsteam De Kreek"
    )
    planned(
        world,
        world.noor,
        world.school,
        body=theirs,
        roles=("student", "school_educator"),
        criteria=(world.criterion,),
        owner=world.noor,
    )
    access = world.access(world.petra)
    of = copying.source(access, other.pk, YEAR, f"laag-{world.school.pk}")
    (offer,) = copying.offers(access, other.pk, YEAR, of)
    assert offer.said == ("Niet hier: studenten.",)
    (made,) = take(world, world.petra, other, f"laag-{world.school.pk}")
    assert (made.body, made.roles, made.owner) == (ours, ["school_educator"], None)
    assert list(made.criteria.all()) == [world.criterion]
    with pytest.raises(Http404):
        take(world, world.bea, other, f"laag-{world.school.pk}")


def test_the_ready_made_year(world: World) -> None:
    instruments = library().instruments
    assert all(line.instrument in instruments for line in ready_year() if line.instrument)
    assert {line.way for line in ready_year()} <= set(Way.values)
    asked = {role for line in ready_year() for role in line.roles}
    perspectives = {"student", "career_changer", "starter", "mentor", "school_educator"}
    assert perspectives | {"institute_educator", "school_leader", "board_member"} <= asked
    made = take(world, world.petra, world.root, copying.READY)
    assert len(made) == len(ready_year())
    assert take(world, world.petra, world.root, copying.READY) == []
    assert {one.year for one in made} == {2026}
    assert any(one.body == world.steering for one in made)


def test_what_stands_there_already_is_not_proposed(world: World) -> None:
    access = world.access(world.petra)
    of = copying.source(access, world.root.pk, YEAR, copying.READY)
    held(world, world.root, "een", title="Halverwege: hoe leer jij hier?")
    found = {one.origin: one for one in copying.offers(access, world.root.pk, YEAR, of)}
    assert not found["klaar-halverwege-1"].likely
    assert not found["klaar-startdag"].likely
    assert found["klaar-uitstroom"].likely
    assert Round.objects.count() == 1


def test_a_talk_says_that_it_came_of_a_plan(world: World) -> None:
    row, access = planned(world, world.noor, world.school, way=Way.TALK), world.access(world.noor)
    Membership.objects.filter(person=world.willem).update(role=Role.MENTOR)
    mentor = world.access(world.willem)
    for number, where, who in (
        (row.pk, world.team, access),
        (row.pk + 999, world.school, access),
        (row.pk, world.school, mentor),
    ):
        planning.became_talk(access=who, number=number, layer_id=where.pk, url="/gesprek/1/")
        row.refresh_from_db()
        assert row.talk_url == ""
    planning.became_talk(access=access, number=row.pk, layer_id=world.school.pk, url="/gesprek/1/")
    row.refresh_from_db()
    assert (row.talk_url, row.state) == ("/gesprek/1/", IntentState.PLANNED)


def test_a_round_begun_from_a_plan_is_that_plan_under_any_name(world: World) -> None:
    row = planned(world, world.noor, world.school, title="Halverwege kijken")
    namesake = planned(world, world.noor, world.school, title="Halverwege kijken")
    made = held(world, world.school, "een", title="Kijken we bij elkaar?", planned_as=namesake.pk)
    found = stand(world, world.noor, world.school)
    assert set(found) == {f"round-{made.pk}", f"intent-{row.pk}"}
    assert found[f"round-{made.pk}"].became == f"intent-{namesake.pk}"


def test_a_round_of_another_layer_is_no_plan_of_here(world: World) -> None:
    row = planned(world, world.noor, world.school)
    held(world, world.root, "een", title="Iets anders", planned_as=row.pk)
    assert f"intent-{row.pk}" in stand(world, world.noor, world.school)


def test_a_plan_that_is_about_a_point_alone_keeps_it_in_a_copy(world: World) -> None:
    last = {"begins_on": date(2026, 1, 5), "ends_on": date(2026, 1, 30), "points": (world.point,)}
    planned(world, world.noor, world.school, **last)
    (made,) = take(world, world.noor, world.school, copying.BEFORE)
    assert list(made.points.all()) == [world.point]


def test_what_a_meaning_rested_on_was_on_the_table(world: World) -> None:
    from lemniscaat.datapoints.actions import write_note
    from lemniscaat.year.hearing import covered

    access = world.access(world.samira)
    note = write_note(access=access, text="x", layer_id=world.team.pk, criterion=world.criterion)

    def on_table() -> bool:
        layer = access.tree.layers[world.team.pk]
        return covered(access, layer, YEAR, [world.criterion], (), ("student",))[0].on_table

    assert not on_table()
    note.discussed_on = YEAR.first.replace(month=10)
    note.save()
    assert on_table()

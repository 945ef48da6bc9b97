"""The plan of a talk: of every instrument in the library, entered anywhere, with steps passed by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.language import DUTCH
from lemniscaat.instruments.library import library
from lemniscaat.instruments.preparing import prepared
from lemniscaat.meetings import flow
from lemniscaat.meetings.own_talk import own_talk
from lemniscaat.meetings.script import Script, of_instrument, told, twenty_minutes
from tests.collection.halls import instrument as in_a_hall
from tests.meetings.talks import LIVE

SHELF = [one for one in library() if not one.frame]
DOORS = sorted(flow.ORDER)
LOOP = library().get("kwaliteitslemniscaat")
PLANS = [twenty_minutes(door) for door in DOORS] + [of_instrument(LIVE), of_instrument(LOOP, "direct")]


def named(one: Instrument) -> str:
    return one.key


@pytest.mark.parametrize("one", SHELF, ids=named)
def test_every_instrument_makes_a_talk_that_comes_in_agrees_and_tells(one: Instrument) -> None:
    for door in DOORS:
        script = of_instrument(prepared(one), door)
        kinds, keys = [step.kind for step in script.steps], [step.key for step in script.steps]
        assert (kinds[0], kinds[-1]) == (flow.ARRIVE, flow.TELL)
        assert kinds.count(flow.ARRIVE) == kinds.count(flow.TELL) == 1
        assert {flow.WRITE, flow.DECIDE} <= set(kinds)
        assert len(keys) == len(set(keys))
        assert all(step.minutes > 0 for step in script.steps), [s.key for s in script.steps if not s.minutes]
        assert not any(step.out for step in script.steps)


@pytest.mark.parametrize("one", SHELF, ids=named)
def test_every_step_has_a_name_and_something_to_say_or_do(one: Instrument) -> None:
    ready = prepared(one)
    script = of_instrument(ready)
    for step in script.steps:
        words = told(step, script, ready, DUTCH)
        assert words.name, step.key
        assert words.say or words.do, step.key
        assert (words.key, words.kind, words.section) == (step.key, step.kind, step.section)


@pytest.mark.parametrize("one", SHELF, ids=named)
def test_a_step_of_ours_points_at_no_part_of_the_instrument(one: Instrument) -> None:
    """Our own 'together' has a second question of its own talk beside it, and here that is another part."""
    for step in of_instrument(prepared(one)).steps:
        assert step.home or not step.section, step.key


def test_the_lemniscate_turns_so_that_the_talk_begins_where_it_enters() -> None:
    order = ["inform", "mean", "direct", "account"]
    for door in order:
        script = of_instrument(LOOP, door)
        activities = [LOOP.sections[step.home - 1].activity for step in script.steps if step.home]
        seen = list(dict.fromkeys(one for one in activities if one))
        assert seen[0] == door
        turned = order[order.index(door) :] + order[: order.index(door)]
        assert seen == [one for one in turned if one in seen]
        plain = of_instrument(LOOP, order[0])
        assert sorted(step.key for step in script.steps) == sorted(step.key for step in plain.steps)


def test_an_instrument_without_activities_begins_at_its_beginning() -> None:
    plans = {tuple(step.key for step in of_instrument(LIVE, door).steps) for door in DOORS}
    assert len(plans) == 1


def test_what_the_instrument_does_itself_is_not_done_twice() -> None:
    kinds = [step.kind for step in of_instrument(LIVE).steps]
    assert kinds.count(flow.WRITE) == 1
    assert kinds.count(flow.DECIDE) == 1


def test_what_people_choose_to_share_and_where_they_sit_in_groups() -> None:
    script = of_instrument(LIVE)
    assert script.by_choice == (1,)
    assert script.in_groups
    assert not twenty_minutes("inform").in_groups
    share = next(step.key for step in script.steps if step.kind == flow.SHARE)
    assert script.with_step(share, out=True).by_choice == ()


def test_the_first_and_the_last_step_are_always_taken() -> None:
    for script in PLANS:
        for key in (script.steps[0].key, script.steps[-1].key, "bestaat-niet"):
            assert script.with_step(key, out=True) == script


@given(st.sampled_from(PLANS), st.data())
def test_any_steps_passed_by_and_taken_again(script: Script, data: st.DataObject) -> None:
    keys = [step.key for step in script.steps]
    changes = data.draw(st.lists(st.tuples(st.sampled_from(keys), st.booleans()), max_size=12))
    after = script
    for key, out in changes:
        after = after.with_step(key, out=out)
        assert after.with_step(key, out=out) == after
    assert [step.key for step in after.steps] == keys
    last = dict(changes)
    for step, before in zip(after.steps, script.steps, strict=True):
        ends = step.key in {keys[0], keys[-1]}
        assert step.out == (before.out if ends else last.get(step.key, before.out))
    assert after.minutes == sum(step.minutes for step in after.taken)
    assert Script.read(after.model_dump(mode="json")) == after


@given(st.sampled_from(PLANS), st.data())
def test_on_and_back_goes_through_every_step_that_is_taken(script: Script, data: st.DataObject) -> None:
    keys = [step.key for step in script.steps]
    for key in data.draw(st.sets(st.sampled_from(keys))):
        script = script.with_step(key, out=True)
    walked, step = [script.steps[0]], script.after(script.steps[0].key)
    while step is not None:
        walked.append(step)
        back = script.before(step.key)
        assert back == walked[-2]
        step = script.after(step.key)
    assert tuple(walked) == script.taken
    assert script.before(keys[0]) is None
    # from a step that was passed by one goes on to the next that is taken
    for one in script.steps:
        following, here = script.after(one.key), keys.index(one.key)
        rest = [later for later in script.steps[here + 1 :] if not later.out]
        assert following == (rest[0] if rest else None)


def test_a_talk_without_a_plan_is_the_talk_of_twenty_minutes() -> None:
    assert Script.read({}) == twenty_minutes("inform")
    assert twenty_minutes("inform").at("bestaat-niet").key == "arrive"
    assert not twenty_minutes("inform").has("bestaat-niet")
    assert [step.section for step in twenty_minutes("mean").steps if step.kind == flow.THINK] == [1, 2]
    for door in DOORS:
        script = twenty_minutes(door)
        assert [step.key for step in script.taken] == list(flow.ORDER[door])
        assert told(script.steps[0], script, own_talk(), DUTCH).say == flow.OPENING[door]


def test_a_hall_is_asked_only_some_parts_and_shares_nothing_by_name() -> None:
    script = of_instrument(LIVE).for_a_hall({3})
    assert {step.section for step in script.steps if step.section} == {3}
    assert flow.SHARE not in {step.kind for step in script.steps}
    assert script.by_choice == ()
    assert (script.steps[0].kind, script.steps[-1].kind) == (flow.ARRIVE, flow.TELL)
    whole = of_instrument(in_a_hall())
    assert whole.for_a_hall({1, 2, 3, 4, 5}) == whole

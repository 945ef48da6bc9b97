"""Segments of invited people: at least ten share one, and nobody can be told from a finer one."""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemniscaat.collection.segments import Invited, Segment, generalise, segmentation
from tests.chance import tries

EXAMPLES = int(os.environ.get("LEMNISCAAT_EXAMPLES") or tries(40, 100))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

FAMILY = {"student": "learners", "starter": "learners", "mentor": "educators", "leader": "leaders"}
PLANS = ("role", "place", "board-role")


@st.composite
def registers(draw: st.DrawFn) -> list[Invited]:
    """People of some roles at some schools; some stand at a board only, some at no place at all."""
    places = [("b1", "s1"), ("b1", "s2"), ("b1", "*"), ("b2", "s3"), ("b2", "s4"), ("b3", "s5"), ("*", "*")]
    kinds = draw(
        st.lists(
            st.tuples(st.sampled_from(sorted(FAMILY)), st.sampled_from(places), st.integers(1, 25)),
            max_size=12,
            unique_by=lambda kind: kind[:2],
        )
    )
    people = [(role, place) for role, place, size in kinds for _ in range(size)]
    return [Invited(str(i), FAMILY[r], r, *place) for i, (r, place) in enumerate(people)]


@many
@given(registers(), st.sampled_from(PLANS))
def test_ten_invited_share_every_segment(people, plan):
    stored = generalise(people, plan=plan)
    assert stored.keys() == {one.person for one in people}
    sizes = Counter(stored.values())
    if len(people) < 10:
        assert set(sizes) <= {Segment()}
    else:
        assert min(sizes.values()) >= 10
    assert dict(sizes) == segmentation((p.standing for p in people), plan=plan).sizes


@many
@given(registers(), st.sampled_from(PLANS))
def test_what_a_segment_says_is_true_of_everybody_in_it(people, plan):
    stored = generalise(people, plan=plan)
    for one in people:
        for said, true in zip(stored[one.person], one.standing, strict=True):
            assert said in (true, "*")


@many
@given(registers(), st.sampled_from(PLANS), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(people, plan, rng):
    assert generalise(rng.sample(people, len(people)), plan=plan) == generalise(people, plan=plan)


@many
@given(registers(), st.sampled_from(PLANS))
def test_people_who_stand_in_the_same_place_share_a_segment(people, plan):
    stored = generalise(people, plan=plan)
    found = {}
    for one in people:
        assert found.setdefault(one.standing, stored[one.person]) == stored[one.person]


@many
@given(registers(), st.sampled_from(PLANS))
def test_an_open_link_leads_to_a_segment_of_the_register(people, plan):
    found = segmentation((one.standing for one in people), plan=plan)
    for role, family in FAMILY.items():
        for place in (("b1", "s1"), ("b2", "s4"), ("b9", "s9"), ("*", "*")):
            standing = Segment(family, role, *place)
            segment = found.segment_for(standing)
            assert segment in found.sizes or segment == Segment()
            assert all(said in (true, "*") for said, true in zip(segment, standing, strict=True))


def people(**sizes: int) -> list[Segment]:
    """`student_b1_s1=12`: that many standings."""
    made = []
    for name, size in sizes.items():
        role, *place = name.split("_")
        made += [Segment(FAMILY[role], role, *place)] * size
    return made


def stored(found, role, *place):
    return found.stored[Segment(FAMILY[role], role, *place)]


def test_a_school_with_ten_keeps_its_name_and_the_others_share_their_board():
    found = segmentation(people(student_b1_s1=10, student_b1_s2=6, student_b1_s3=4))
    assert stored(found, "student", "b1", "s1") == ("learners", "student", "b1", "s1")
    assert stored(found, "student", "b1", "s2") == ("learners", "student", "b1", "*")
    assert stored(found, "student", "b1", "s3") == ("learners", "student", "b1", "*")


def test_a_remainder_takes_its_smallest_sibling_along():
    found = segmentation(people(student_b1_s1=30, student_b1_s2=11, student_b1_s3=3))
    assert found.sizes == {
        ("learners", "student", "b1", "s1"): 30,
        ("learners", "student", "b1", "*"): 14,
    }


def test_a_role_that_is_rare_everywhere_becomes_its_family():
    found = segmentation(people(student_b1_s1=20, starter_b1_s1=4, starter_b2_s3=3, mentor_b1_s1=12))
    assert stored(found, "starter", "b1", "s1") == ("learners", "*", "*", "*")
    assert stored(found, "student", "b1", "s1") == ("learners", "*", "*", "*")
    assert stored(found, "mentor", "b1", "s1") == ("educators", "mentor", "b1", "s1")


def test_the_plan_says_what_is_given_up_last():
    standings = people(student_b1_s1=6, mentor_b1_s1=6, student_b2_s3=6, mentor_b2_s3=6)
    assert set(segmentation(standings, plan="role").sizes) == {
        ("learners", "student", "*", "*"),
        ("educators", "mentor", "*", "*"),
    }
    assert set(segmentation(standings, plan="place").sizes) == {
        ("*", "*", "b1", "s1"),
        ("*", "*", "b2", "s3"),
    }


def test_nine_people_are_one_segment_that_says_nothing():
    assert segmentation(people(student_b1_s1=9)).sizes == {Segment(): 9}
    assert segmentation([]).sizes == {}


def test_the_small_school_behind_an_open_link_is_not_alone_in_the_board():
    found = segmentation(people(student_b1_s1=12, student_b1_s2=3))
    both = {found.segment_for(Segment("learners", "student", "b1", school)) for school in ("s1", "s2")}
    assert both == {("learners", "student", "b1", "*")}


def test_who_the_register_does_not_know_gets_the_nearest_segment_above():
    found = segmentation(people(student_b1_s1=12, student_b1_s2=5, student_b1_s3=6))
    assert found.segment_for(Segment("learners", "student", "b1", "s9")) == ("learners", "student", "b1", "*")
    assert found.segment_for(Segment("leaders", "leader", "b1", "s1")) == Segment()


def test_an_empty_label_is_a_level_there_is_nothing_to_say_of():
    assert Invited("p", "educators", "mentor", "b1", "").standing == ("educators", "mentor", "b1", "*")


def test_what_is_refused():
    with pytest.raises(ValueError, match="at least 10"):
        segmentation([], least=9)
    with pytest.raises(ValueError, match="invited twice"):
        generalise([Invited("p", "learners", "student"), Invited("p", "educators", "mentor")])

"""The steps of a talk, from any door."""

import pytest

from lemniscaat.meetings import flow
from lemniscaat.meetings.notes import Notes, joined

DOORS = ("inform", "mean", "direct", "account")


def keys(entry: str) -> list[str]:
    return [step.key for step in flow.plan(entry)]


@pytest.mark.parametrize("door", DOORS)
def test_every_door_arrives_first_and_tells_last(door: str) -> None:
    plan = keys(door)
    assert plan[0] == "arrive"
    assert plan[-1] == "tell"
    assert {"see", "alone", "together", "direct"} <= set(plan)
    assert plan.index("alone") < plan.index("together"), "alone and unseen comes before together"
    assert 15 <= flow.minutes(door) <= 20
    assert flow.opening(door)


def test_the_talk_begins_at_its_door() -> None:
    assert [keys(door)[1] for door in DOORS] == ["expect", "see", "direct", "alone"]


def test_the_whole_round_takes_twenty_minutes() -> None:
    assert flow.minutes("inform") == 20
    assert len(flow.plan("inform")) == 7


@pytest.mark.parametrize("door", DOORS)
def test_walking_on_and_back_meets_every_step(door: str) -> None:
    step, walked = flow.STEPS[0], ["arrive"]
    while (following := flow.after(door, step.key)) is not None:
        back = flow.before(door, following.key)
        assert back is step
        step = following
        walked.append(step.key)
    assert walked == keys(door)


def test_a_step_that_was_passed_by_can_be_taken_after_all() -> None:
    assert [step.key for step in flow.skipped("mean")] == ["expect"]
    assert "expect" in [step.key for step in flow.plan("mean", now="expect")]
    following = flow.after("mean", "expect")
    assert following is not None
    assert following.key == "see"


def test_a_talk_that_has_not_begun_stands_at_the_first_step() -> None:
    assert flow.at("").key == "arrive"


def test_who_writes_alone_writes_unseen() -> None:
    assert [step.key for step in flow.STEPS if step.alone] == ["expect", "alone"]


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "kept"),
    [
        ("", "", "mijn", "mijn"),
        ("oud", "oud", "nieuw", "nieuw"),
        ("oud", "van hen", "oud", "van hen"),
        ("oud", "van hen", "van mij", "van hen\nvan mij"),
        ("oud", "zelfde", "zelfde", "zelfde"),
        ("oud", "oud", "", ""),
        ("", "van hen", "van mij", "van hen\nvan mij"),
    ],
)
def test_two_hands_at_once_lose_no_word(base: str, theirs: str, mine: str, kept: str) -> None:
    assert joined(base=base, theirs=theirs, mine=mine) == kept


def test_an_agreement_says_what_it_lacks() -> None:
    whole = {"sentence": "s", "course": "adjust", "owner_text": "o", "notice": "n", "returns_at": "3"}
    assert Notes(**whole).lacks == ""
    for name in ("course", "owner_text", "notice"):
        assert Notes(**{**whole, name: " "}).lacks == name
    assert Notes(**{**whole, "returns_at": ""}).lacks == "return"
    assert Notes(**{**whole, "returns_at": "", "no_return_because": "klaar"}).lacks == ""
    assert Notes().lacks == "", "no agreement at all is fine"


def test_not_knowing_yet_is_an_outcome() -> None:
    assert Notes(certainty="unknown").not_yet
    assert Notes(dissent="ik zie het anders").not_yet
    assert not Notes().not_yet
    assert not Notes(certainty="unknown", meaning="toch iets").not_yet

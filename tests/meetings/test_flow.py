"""The steps of a talk, from any door."""

import pytest

from lemniscaat.meetings import flow
from lemniscaat.meetings.notes import Notes

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

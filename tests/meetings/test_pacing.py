"""Time in words: it suggests and never counts seconds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.meetings.pacing import Pace, pace, whole

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "minutes", "told"),
    [
        (None, 3, Pace(3, False, "nog ongeveer 3 minuten")),
        (0, 3, Pace(3, False, "nog ongeveer 3 minuten")),
        (-90, 3, Pace(3, False, "nog ongeveer 3 minuten")),
        (70, 3, Pace(2, False, "nog ongeveer 2 minuten")),
        (110, 3, Pace(1, False, "nog ongeveer een minuut")),
        (179, 3, Pace(1, False, "nog ongeveer een minuut")),
        (180, 3, Pace(0, True, "de tijd is om, rond rustig af")),
        (7200, 3, Pace(0, True, "de tijd is om, rond rustig af")),
        (None, 0, Pace(0, False, "neem de tijd")),
        (7200, 0, Pace(0, False, "neem de tijd")),
    ],
)
def test_what_is_left_of_a_step(seconds: int | None, minutes: int, told: Pace) -> None:
    since = None if seconds is None else NOW - timedelta(seconds=seconds)
    assert pace(since, NOW, minutes) == told


def test_what_is_left_of_the_talk() -> None:
    steps = [2, 3, 0, 7]
    assert whole(steps, 0) == "nog ongeveer 12 minuten in totaal"
    assert whole(steps, 1) == "nog ongeveer 10 minuten in totaal"
    assert whole(steps, 1, left=1) == "nog ongeveer 8 minuten in totaal"
    assert whole(steps, 3, left=1) == "nog ongeveer een minuut in totaal"
    assert whole(steps, 4) == whole(steps, 3, left=0) == whole([0], 0) == whole([], 0) == ""


@given(st.integers(1, 120), st.lists(st.integers(-60, 10000), min_size=2, max_size=2))
def test_time_only_gets_less_and_is_over_once(minutes: int, seconds: list[int]) -> None:
    sooner, later = (pace(NOW, NOW + timedelta(seconds=n), minutes) for n in sorted(seconds))
    assert sooner.left >= later.left
    assert later.over or not sooner.over
    for told in (sooner, later):
        assert told.over == (told.left == 0)
        assert told.left <= minutes


@given(st.lists(st.integers(0, 30), max_size=12), st.integers(0, 12), st.integers(0, 30))
def test_the_whole_gets_less_with_every_step(minutes: list[int], done: int, left: int) -> None:
    def said(words: str) -> int:
        return next((int(word) for word in words.split() if word.isdecimal()), 1 if words else 0)

    assert said(whole(minutes, done)) == sum(minutes[done:])
    assert said(whole(minutes, done)) >= said(whole(minutes, done + 1))
    assert said(whole(minutes, done, left=left)) == (
        left + sum(minutes[done + 1 :]) if done < len(minutes) else 0
    )

"""Facts of the loop: where it starts, which way it goes, who is drawn where."""

import itertools
import re
from math import hypot, pi

import pytest

from lemniscaat.base.drawings.curve import ACTIVITIES, QUARTERS, Curve
from lemniscaat.base.drawings.lemniscate import (
    PHONE,
    WIDE,
    Door,
    Home,
    Sun,
    Voice,
    arrivals,
    draw,
    small,
    split_point,
)

DOORS = {activity: Door(activity, "1 ding", f"/{activity}") for activity in ACTIVITIES}
SUN = Sun("Onze visie", ("Veilig om", "te proberen"), "onze lat", "/lat")


def home(*voices: Voice) -> Home:
    return Home(voices, DOORS, SUN, ("a", "b", "c", "d"), ("begrijpen", "handelen"))


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d*\.?\d+", path)]


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_every_quarter_lies_in_its_own_corner(activity: str) -> None:
    start, end = QUARTERS[activity]
    x, y = WIDE.curve.point((start + end) / 2)
    assert (x < 0) == (activity in {"inform", "mean"})
    assert (y < 0) == (activity in {"inform", "direct"})


def test_the_vision_is_passed_twice() -> None:
    starts_or_ends = [WIDE.curve.point(t) for quarter in QUARTERS.values() for t in quarter]
    assert sum(hypot(x, y) < 1e-6 for x, y in starts_or_ends) == 4


def test_one_quarter_begins_where_the_one_before_ended() -> None:
    for before, after in itertools.pairwise(ACTIVITIES):
        there, here = WIDE.curve.point(QUARTERS[before][1]), WIDE.curve.point(QUARTERS[after][0])
        assert there == pytest.approx(here, abs=1e-6)


def test_doors_stand_at_the_extremes() -> None:
    x, y = Curve(364, 1.16).extreme()
    highest = min(Curve(364, 1.16).point(pi + i * pi / 2000)[1] for i in range(1001))
    assert (round(x, 1), round(y, 1)) == (222.9, 149.3)
    assert highest == pytest.approx(-y, abs=0.01)


def test_a_thread_keeps_its_distance() -> None:
    for i in range(40):
        t = pi + 0.02 + i * (pi / 2 - 0.04) / 40
        (x, y), (u, v) = WIDE.curve.point(t), WIDE.curve.point(t, 17)
        assert hypot(u - x, v - y) == pytest.approx(17, abs=1e-6)


def test_pieces_follow_the_curve() -> None:
    curve, (start, end) = WIDE.curve, QUARTERS["inform"]
    true = [curve.point(start + (end - start) * i / 4000) for i in range(4001)]
    values = numbers(curve.quarter("inform"))
    here = (values[0], values[1])
    for i in range(2, len(values), 6):
        p1, p2, p3 = zip(values[i : i + 6 : 2], values[i + 1 : i + 6 : 2], strict=True)
        middle = tuple((here[k] + 3 * p1[k] + 3 * p2[k] + p3[k]) / 8 for k in (0, 1))
        assert min(hypot(middle[0] - x, middle[1] - y) for x, y in true) < 0.2
        here = p3


def test_heard_and_unheard_are_told_per_voice_and_activity() -> None:
    wide, phone = draw(home(Voice("student", "Studenten", frozenset({"inform"})), Voice("leader", "Leiders")))
    assert [thread.heard for thread in wide.threads] == [True] + [False] * 7
    assert [thread.voice for thread in wide.threads] == ["student"] * 4 + ["leader"] * 4
    assert len(phone.threads) == 8


def test_phone_turns_the_loop_and_keeps_reading_order() -> None:
    _, phone = draw(home(Voice("student", "Studenten")))
    places = {d.activity: (float(d.x), float(d.y)) for d in phone.doors}
    assert sorted(places, key=lambda a: (places[a][1], places[a][0])) == list(ACTIVITIES)
    assert all(abs(x) + PHONE.door[0] / 2 <= 175 for x, _ in places.values())


def test_six_voices_are_refused_with_a_way_out() -> None:
    with pytest.raises(ValueError, match="families"):
        draw(home(*(Voice(str(i), str(i)) for i in range(6))))


def test_a_missing_door_is_no_error() -> None:
    wide, _ = draw(Home((), {"mean": DOORS["mean"]}, SUN))
    assert [door.activity for door in wide.doors] == ["mean"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Veilig", ("Veilig",)),
        ("Veilig om te proberen", ("Veilig om", "te proberen")),
        ("Ontwikkelingsgerichtheidsbevordering", ("Ontwikkelingsgerich…",)),
    ],
)
def test_a_vision_point_fits_in_the_sun(text: str, lines: tuple[str, ...]) -> None:
    assert split_point(text) == lines


def test_arrivals_stand_equally_far_apart_with_no_empty_places() -> None:
    drawn = arrivals(18)
    assert len(drawn.dots) == 18
    points = Curve(300, 0.5).spaced(18)
    gaps = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(points)]
    assert max(gaps) - min(gaps) < 6
    assert arrivals(0).dots == ()
    assert len(arrivals(1000).dots) == 240


def test_an_icon_lights_one_quarter_or_none() -> None:
    assert small("inform").lit != small("mean").lit
    assert small("").lit == ""

"""The talk map: which point in which month, and what was not talked about yet; told without judging."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.meetings.talkmap import Held, school_year, talk_map

POINTS = [(7, "Veilig om te proberen"), (3, "Samen kijken."), (9, "Iedereen leert"), (4, "Tijd voor elkaar")]
WAARBORGEN = [("leeromgeving", "De leeromgeving"), ("organisatie", "De organisatie")]
TODAY = date(2026, 11, 22)
HELD = [
    Held(date(2026, 8, 1), (7,), ("leeromgeving",)),
    Held(date(2026, 9, 30), (7, 9)),
    Held(date(2026, 11, 3), (7, 7, 99), ("leeromgeving",)),
    Held(date(2026, 7, 31), (3, 9)),
    Held(date(2025, 11, 3), (3,)),
    Held(date(2027, 8, 1), (4,)),
]
TALKS = st.lists(
    st.builds(
        Held,
        st.dates(date(2024, 1, 1), date(2028, 12, 31)),
        st.lists(st.sampled_from([7, 3, 9, 99]), max_size=3).map(tuple),
        st.lists(st.sampled_from(["leeromgeving", "organisatie", "anders"]), max_size=2).map(tuple),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 31), 2025),
        (date(2026, 8, 1), 2026),
        (date(2027, 1, 1), 2026),
        (date(2028, 2, 29), 2027),
    ],
)
def test_a_school_year_runs_from_august_to_july(day: date, year: int) -> None:
    assert school_year(day) == (date(year, 8, 1), date(year + 1, 7, 31))


def test_the_map_of_a_year() -> None:
    told = talk_map(HELD, points=POINTS, waarborgen=WAARBORGEN, on=TODAY)
    assert (told.months[0], told.months[3], told.months[-1]) == ("augustus", "november", "juli")
    assert told.talks == 3
    assert [row.key for row in told.points] == ["7", "3", "9", "4"]
    assert told.points[0].counts == (1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    assert told.points[0].last == date(2026, 11, 3)
    assert [row.name for row in told.not_yet] == ["Samen kijken.", "Tijd voor elkaar"]
    assert [row.sentence for row in told.points] == [
        "Over ‘veilig om te proberen’ spraken jullie 3 keer, het laatst in november.",
        "Over ‘samen kijken’ dit schooljaar nog niet; de vorige keer was in juli 2026.",
        "Over ‘iedereen leert’ spraken jullie één keer, in september.",
        "Over ‘tijd voor elkaar’ dit schooljaar nog niet.",
    ]
    assert [(row.n, row.last) for row in told.waarborgen] == [(2, date(2026, 11, 3)), (0, None)]


def test_an_empty_map_has_its_rows() -> None:
    told = talk_map([], points=POINTS, waarborgen=[], on=TODAY)
    assert told.talks == 0
    assert told.not_yet == told.points
    assert len(told.points) == 4


@given(TALKS, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_every_talk_is_counted_once_in_its_month(held: list[Held], on: date) -> None:
    told = talk_map(held, points=POINTS, waarborgen=WAARBORGEN, on=on)
    assert [(row.key, row.name) for row in told.points] == [(str(pk), name) for pk, name in POINTS]
    assert [(row.key, row.name) for row in told.waarborgen] == WAARBORGEN
    now = [talk for talk in held if told.starts <= talk.day <= told.ends]
    assert told.talks == len(now)
    assert told.starts <= on <= told.ends
    for (pk, _name), row in zip(POINTS, told.points, strict=True):
        assert len(row.counts) == len(told.months) == 12
        assert row.n == sum(pk in talk.points for talk in now)
        for place, n in enumerate(row.counts):
            month = (7 + place) % 12 + 1
            assert n == sum(pk in talk.points and talk.day.month == month for talk in now)
        assert row.last == max((t.day for t in held if pk in t.points and t.day <= told.ends), default=None)
        assert ("nog niet" in row.sentence) == (row.n == 0) == (row in told.not_yet)


@given(TALKS, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_talks_nor_a_later_year_changes_the_map(
    held: list[Held], dice: Random
) -> None:
    told = talk_map(held, points=POINTS, waarborgen=WAARBORGEN, on=TODAY)
    other = [*held, Held(told.ends + timedelta(days=1), (7, 3, 9), ("organisatie",))]
    dice.shuffle(other)
    assert talk_map(other, points=POINTS, waarborgen=WAARBORGEN, on=TODAY) == told

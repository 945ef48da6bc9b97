"""The year on paper and last year's days in another year: by example and property."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.year.drawn import drawn
from lemniscaat.year.schoolyear import (
    WIDTH,
    Line,
    Standing,
    by_month,
    month_after,
    month_end,
    now_of,
    school_year,
    touches,
    year_from,
)
from lemniscaat.year.shifting import NEAR, Window, alike, moved, nearest, shifted

unhurried = settings(deadline=None)
YEAR = year_from(2026)
TODAY = date(2026, 11, 29)
years = st.integers(2000, 2090).map(year_from)
days = st.dates(date(2026, 6, 1), date(2027, 9, 30))
windows = st.tuples(days, st.integers(0, 60)).map(lambda two: (two[0], two[0] + timedelta(days=two[1])))


def line(
    begins: date, ends: date, key: str = "round-1", standing: Standing = Standing.OPEN, **more: object
) -> Line:
    return Line(key, "Halverwege", "round", begins, ends, standing, **more)  # type: ignore[arg-type]


def test_the_months_of_a_year() -> None:
    assert YEAR.months[0] == date(2026, 8, 1)
    assert YEAR.months[-1] == date(2027, 7, 1)
    assert YEAR.name == "2026–2027"
    assert school_year(date(2027, 7, 31)) == YEAR
    assert school_year(date(2027, 8, 1)) != YEAR
    assert month_end(date(2028, 2, 3)) == date(2028, 2, 29)
    assert month_after(date(2026, 12, 9), 2) == date(2027, 2, 1)


@unhurried
@given(st.lists(windows, max_size=10), st.lists(days, max_size=10))
def test_every_line_stands_in_one_month_once(some: list[tuple[date, date]], backs: list[date]) -> None:
    lines = [
        line(a, b, key=f"round-{n}", back=backs[n] if n < len(backs) else None)
        for n, (a, b) in enumerate(some)
    ]
    months = by_month(lines, YEAR, TODAY)
    stand = [one.key for month in months for one in month.lines]
    assert sorted(stand) == sorted(one.key for one in lines if touches(one, YEAR))
    assert sum(month.now for month in months) == 1
    for month in months:
        for one in month.lines:
            assert month.first <= YEAR.clipped(one.begins) <= month_end(month.first)
    told = [one.key for month in months for one in month.back]
    assert sorted(told) == sorted(
        one.key for one in lines if one.back and YEAR.holds(one.back) and touches(one, YEAR)
    )


def test_now_says_what_is_asked_discussed_and_comes_back() -> None:
    asked = line(
        TODAY - timedelta(days=9), TODAY + timedelta(days=5), key="a", discussed=TODAY + timedelta(days=9)
    )
    late = line(
        date(2026, 9, 1), date(2026, 9, 9), key="b", standing=Standing.WAITING, back=TODAY - timedelta(days=1)
    )
    plan = line(
        date(2027, 1, 1), date(2027, 1, 31), key="c", standing=Standing.PLANNED, back=date(2027, 3, 1)
    )
    found = now_of([plan, late, asked], TODAY)
    assert (found.asked, found.next, found.discussed, found.back) == ((asked,), plan, asked, plan)
    assert found.late == (late,)
    assert now_of([], TODAY).back is None


@unhurried
@given(windows, st.one_of(st.none(), days), st.one_of(st.none(), days))
def test_nothing_is_drawn_outside_the_sheet(
    window: tuple[date, date], talk: date | None, back: date | None
) -> None:
    one = line(*window, roles=("student", "mentor", "board_member"), discussed=talk, back=back)
    if not touches(one, YEAR):
        return
    found = drawn(one, YEAR)
    assert [strand.voice for strand in found.strands] == ["student", "mentor", "leader"]
    for strand in found.strands:
        assert 0 <= strand.x1 < strand.x2 <= WIDTH
        assert 0 < strand.y < found.height
    assert (found.talk is not None) == (talk is not None and YEAR.holds(talk))
    assert all(0 < sign < WIDTH for sign in (found.talk, found.back) if sign is not None)


@unhurried
@given(years, years, st.integers(0, 364))
def test_a_thursday_stays_a_thursday_and_stays_in_the_year(old: object, new: object, n: int) -> None:
    day = old.first + timedelta(days=n)  # type: ignore[attr-defined]
    there = shifted(day, old, new)  # type: ignore[arg-type]
    assert there.weekday() == day.weekday()
    assert new.holds(there)  # type: ignore[attr-defined]


@unhurried
@given(years, st.integers(0, 364))
def test_a_year_on_is_about_a_year_on(old: object, n: int) -> None:
    day = old.first + timedelta(days=n)  # type: ignore[attr-defined]
    new = year_from(old.year + 1)  # type: ignore[attr-defined]
    assert abs((shifted(day, old, new) - day).days - 365) <= 9  # type: ignore[arg-type]
    assert shifted(day, old, old) == day  # type: ignore[arg-type]


def test_whole_months_stay_the_same_months() -> None:
    window = Window(date(2027, 6, 1), date(2027, 7, 31), back=date(2027, 7, 15))
    there = moved(window, YEAR, year_from(2027))
    assert (there.begins, there.ends) == (date(2028, 6, 1), date(2028, 7, 31))
    assert there.back is not None
    assert there.back.weekday() == date(2027, 7, 15).weekday()
    february = moved(Window(date(2027, 2, 1), date(2027, 2, 28)), YEAR, year_from(2027))
    assert february.ends == date(2028, 2, 29)


@unhurried
@given(windows, years)
def test_a_window_never_ends_before_it_begins(window: tuple[date, date], new: object) -> None:
    found = moved(Window(*window), YEAR, new)  # type: ignore[arg-type]
    assert found.begins <= found.ends


def test_the_nearest_meeting_and_the_body_that_is_called_alike() -> None:
    wished = date(2027, 3, 10)
    moments = [(1, wished - timedelta(days=3)), (2, wished + timedelta(days=3)), (3, wished + NEAR)]
    assert nearest(wished, moments) == 1
    assert nearest(wished, [(4, wished + NEAR + timedelta(days=1))]) is None
    others = [(1, "Stuurgroep"), (2, "Teamoverleg bovenbouw"), (3, "Teamoverleg onderbouw")]
    assert alike("Teamoverleg onderbouw", others) == 3
    assert alike("Teamoverleg middenbouw", others) == 2
    assert alike("Directieberaad", others) is None

"""A point in its school year on paper: inside the sheet, in order, and readable beside its neighbours."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.agenda.looks.drawn import APART, PHONE, WIDE, Event, Thread, draw, touches
from lemniscaat.year.schoolyear import year_from

YEAR = year_from(2026)
DAYS = st.integers(-500, 800).map(lambda days: YEAR.first + timedelta(days))
EVENTS = st.lists(st.builds(Event, DAYS, st.sampled_from(["return", "flag", "done", "look"])), max_size=9)


@given(DAYS, DAYS, EVENTS, DAYS, st.sampled_from([WIDE, PHONE]))
def test_all_of_it_stands_on_the_sheet(
    begins: date, until: date, events: list[Event], today: date, size: object
) -> None:
    thread = Thread(begins, max(begins, until), tuple(events))
    found = draw(thread, YEAR, today, size, "ASONDJFMAMJJ")  # type: ignore[arg-type]
    assert 0 <= found.x1 <= found.now <= found.x2 <= found.size.width
    places = [sign.x for sign in found.signs]
    assert places == sorted(places)
    assert all(0 < x < found.size.width for x in places)
    assert all(b - a >= APART - 0.2 for a, b in pairwise(places))
    assert len(places) == sum(YEAR.holds(event.day) for event in events)


def test_it_runs_on_beyond_the_edges() -> None:
    long = draw(Thread(date(2024, 9, 1), date(2029, 7, 31), long=True), YEAR, date(2026, 11, 1), WIDE)
    assert (long.earlier, long.on) == (True, True)
    assert not touches(Thread(date(2024, 9, 1), date(2025, 7, 31)), YEAR)
    assert touches(
        Thread(date(2024, 9, 1), date(2025, 7, 31), (Event(YEAR.first + timedelta(3), "look"),)), YEAR
    )

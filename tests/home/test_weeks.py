"""The weeks to come as a drawing: whatever lies there stays on the sheet, on a phone as on a wide page."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.home.weeks import MOST_LANES, weeks

TODAY = date(2026, 11, 29)
days = st.integers(-60, 120).map(lambda n: TODAY + timedelta(days=n))
spans = st.tuples(days, st.integers(0, 90), st.booleans()).map(
    lambda one: (one[0], one[0] + timedelta(days=one[1]), one[2])
)


@given(st.lists(days, max_size=12), st.lists(spans, max_size=6), st.lists(days, max_size=12))
def test_nothing_falls_off_the_sheet(
    meets: list[date], asked: list[tuple[date, date, bool]], backs: list[date]
) -> None:
    wide, phone = weeks(TODAY, meets=iter(meets), asked=asked, backs=iter(backs))
    assert (len(wide.meets), len(wide.backs)) == (len(phone.meets), len(phone.backs))
    for sheet in (wide, phone):
        assert len(sheet.strands) <= MOST_LANES
        signs = [
            *sheet.meets,
            *sheet.backs,
            sheet.today,
            *(x for one in sheet.strands for x in (one.x1, one.x2)),
        ]
        assert all(sheet.size.left <= x <= sheet.size.width for x in signs)
        assert all(one.x1 < one.x2 for one in sheet.strands)


def test_what_lies_outside_is_not_drawn() -> None:
    far = TODAY + timedelta(days=50)
    wide, _phone = weeks(TODAY, meets=[TODAY, far], asked=[(far, far, True)], backs=[far])
    assert (len(wide.meets), wide.strands, wide.backs) == (1, (), ())

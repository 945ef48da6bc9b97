"""Four working hours, over nights and weekends."""

from datetime import datetime

import pytest

from lemniscaat.concerns.hours import HERE, working_hours_later


@pytest.mark.parametrize(
    ("asked", "by"),
    [
        ("2026-03-09 09:00", "2026-03-09 13:00"),
        ("2026-03-09 13:00", "2026-03-09 17:00"),
        ("2026-03-09 15:30", "2026-03-10 10:30"),
        ("2026-03-09 22:00", "2026-03-10 12:00"),
        ("2026-03-09 03:00", "2026-03-09 12:00"),
        ("2026-03-13 16:00", "2026-03-16 11:00"),
        ("2026-03-14 12:00", "2026-03-16 12:00"),
        ("2026-03-27 16:00", "2026-03-30 11:00"),  # the clock goes forward in between
        ("2026-10-23 16:00", "2026-10-26 11:00"),  # and back
    ],
)
def test_four_working_hours(asked: str, by: str) -> None:
    at = datetime.fromisoformat(asked).replace(tzinfo=HERE)
    assert working_hours_later(at, 4) == datetime.fromisoformat(by).replace(tzinfo=HERE)

"""The demo stands in this school year, whatever the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from lemniscaat.base import clock
from lemniscaat.demo.dates import Days, moment, on

ANY_DAY = [date(2026, 11, 22), date(2026, 8, 1), date(2026, 8, 3), date(2027, 7, 31), date(2028, 2, 29)]


@pytest.mark.parametrize("today", ANY_DAY)
@pytest.mark.parametrize("days", [0, 2, 9, 24, 48, 80])
def test_what_was_this_year_lies_in_this_year(today: date, days: int) -> None:
    here = Days(today)
    assert here.start <= here.ago(days) <= max(today, here.start)


@pytest.mark.parametrize("today", ANY_DAY)
def test_the_order_of_events_is_kept(today: date) -> None:
    here = Days(today)
    told = [here.ago(days) for days in range(80, -1, -1)]
    assert told == sorted(told)
    assert here.last(340) < here.start <= here.ago(80)


@pytest.mark.parametrize("today", ANY_DAY)
def test_nobody_meets_in_a_weekend(today: date) -> None:
    here = Days(today)
    met = [here.last(days) for days in range(0, 340, 7)] + [here.ahead(days) for days in range(1, 120)]
    assert all(day.weekday() < 5 for day in met)


def test_a_day_without_a_name_is_refused() -> None:
    with pytest.raises(KeyError):
        Days(date(2026, 11, 22)).at({"title": "niets"})


def test_playing_another_day_ends() -> None:
    today = clock.today()
    with on(today - timedelta(days=200)):
        assert clock.today() == today - timedelta(days=200)
        with on(today):
            assert clock.today() == today
        assert clock.today() == today - timedelta(days=200)
    assert clock.today() == today


def test_late_on_a_winter_evening_is_no_next_day_in_summer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 28, 22, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 11, 28)
    clock.move_to(-200)
    assert clock.today() == date(2026, 5, 12)
    assert clock.now() == datetime(2026, 5, 12, 21, 30, tzinfo=UTC)


def test_a_quarter_to_four_is_in_amsterdam() -> None:
    assert moment(date(2026, 11, 26)).isoformat() == "2026-11-26T15:45:00+01:00"

"""Working hours: when a call that was not picked up is shown to a deputy. Knows no holidays."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
OPENS, CLOSES = time(8), time(17)
FRIDAY = 4


def working_hours_later(moment: datetime, hours: int) -> datetime:
    """The moment (aware) that lies so many working hours on, counted on weekdays from 8 to 17 in Amsterdam."""
    at, left = moment.astimezone(HERE), timedelta(hours=hours)
    while True:
        opens, closes = (datetime.combine(at.date(), clock, HERE) for clock in (OPENS, CLOSES))
        if at.weekday() <= FRIDAY and at < closes:
            at = max(at, opens)
            if left <= closes - at:
                return at + left
            left -= closes - at
        at = datetime.combine(at.date() + timedelta(days=1), OPENS, HERE)

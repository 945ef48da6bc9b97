"""Today, as the product sees it. The demo may move its calendar; nothing else may."""

from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

_shift = timedelta(0)


def move_to(days: int) -> None:
    """Set how many days the demo's calendar runs ahead of the real one (0 outside the demo)."""
    global _shift
    _shift = timedelta(days=days)


def now() -> datetime:
    """The moment, aware, in UTC. A moved calendar keeps the time on the wall: late on a winter evening is late on a
    summer evening, not the next day."""
    if not _shift:
        return timezone.now()
    return (timezone.localtime() + _shift).astimezone(UTC)


def today() -> date:
    """The day in Amsterdam."""
    return timezone.localtime(now()).date()

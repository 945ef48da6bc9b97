"""Today, as the product sees it. The demo may move its calendar; nothing else may."""

from datetime import date, datetime, timedelta

from django.utils import timezone

_shift = timedelta(0)


def move_to(days: int) -> None:
    """Set how many days the demo's calendar runs ahead of the real one (0 outside the demo)."""
    global _shift
    _shift = timedelta(days=days)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return timezone.now() + _shift


def today() -> date:
    """The day in Amsterdam."""
    return timezone.localtime(now()).date()

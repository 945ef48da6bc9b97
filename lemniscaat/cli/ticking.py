"""What must happen in time, in one place; the server calls it each minute, or `lemniscaat tick`."""

from lemniscaat.collection.actions import stop_due_rounds
from lemniscaat.people.actions import send_waiting


def tick() -> list[str]:
    """Send waiting mail and stop the rounds that are over; returns a Dutch line for each thing done."""
    lines = []
    sent = send_waiting(limit=200)
    if sent:
        lines.append(f"{sent} berichten verstuurd")
    lines += [f"ronde gestopt: {title}" for title in stop_due_rounds()]
    return lines

"""What lies on the table of the next meeting of the steering group: Petra chose it beforehand."""

from __future__ import annotations

from lemniscaat.base import clock
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.meetings.packing import TEXTS, prepare
from lemniscaat.people.models import Appointment
from lemniscaat.people.queries import shared_with


def lay_on_the_table(stage: Stage) -> None:
    """Choose what the steering group reads: what the team of the story shared, and what waits the shortest."""
    told = words("table")
    access = stage.access("petra", clock.today())
    body = stage.calendar.bodies["steering"]
    moment = Appointment.objects.filter(body=body, starts_at__gte=clock.now()).order_by("starts_at")[0]
    root = stage.places.root.pk
    waiting = list(shared_with(access, root).filter(answer=""))
    first = [row for row in waiting if row.source_id == stage.place("team").pk]
    rest = [row for row in waiting if row not in first]
    texts = {name: told[name] for name in TEXTS}
    prepare(access=access, moment=moment, shares=[*first, *rest][:2], words=texts)

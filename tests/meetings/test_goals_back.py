"""A point of the agenda comes back in the talk of its body, as agreements do: beforehand, at the start, in the record."""

import pytest

from lemniscaat.agenda.points.checking import Seen, look
from lemniscaat.meetings import queries
from lemniscaat.meetings.record_text import as_text
from lemniscaat.meetings.recording import record_of
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in
from tests.meetings.test_table import page, phone, planned, press

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_it_is_announced_asked_and_remembered(world: World) -> None:
    row = taken_up(world, returns_at=world.appointment)
    meeting = planned(world)
    noor = signed_in(world.noor)
    assert "Dit komt terug" in noor.get(page(meeting, "tafel")).content.decode()
    assert row.sentence in noor.get(page(meeting, "papier")).content.decode()
    press(world, meeting, "keep")
    control = noor.get(page(meeting, "leiden")).content.decode()
    assert f"/agenda/punt/{row.pk}/kijk/?verder=/gesprek/{meeting.pk}/leiden/" in control
    assert f"bij={world.appointment.pk}" in control
    assert "Merk jij verschil?" in signed_in(world.joost).get(phone(meeting)).content.decode()
    look(
        access=world.access(world.noor),
        goal=row,
        seen=Seen(
            "partly", "Drie van de vier.", asked="Samira merkt het.", appointment=world.appointment,
            next_appointment=world.later,
        ),
    )  # fmt: skip
    told = as_text(record_of(world.access(world.noor), queries.talk(world.access(world.noor), meeting.pk)))
    assert row.sentence in told
    assert "Drie van de vier." in told
    assert "Samira merkt het." in told

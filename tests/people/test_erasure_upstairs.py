"""What an erased person left in the rooms above: names go, and words that were for nobody's eyes."""

from pathlib import Path
from typing import Any

import pytest

from lemniscaat.cli.ticking import tick
from lemniscaat.datapoints.actions import write_note
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.meetings.models import Contribution, Meeting, Seat
from lemniscaat.people.erasure import NOBODY, erase_person
from lemniscaat.vision.models import IndividualView
from lemniscaat.vision.own_words import answer_alone
from tests.cast import World

pytestmark = pytest.mark.django_db


def test_names_and_unseen_words_go_with_the_next_tick(world: World, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    joost, access = world.joost, world.access(world.joost)
    answer_alone(access=access, point=world.criterion.point, question="meaning", text="Voor mij alleen")
    write_note(access=access, text="Alleen voor Joost", layer_id=None)
    write_note(access=access, text="Voor het team", layer_id=world.team.pk)
    talk = Meeting.objects.create(
        partnership=world.partnership, organisation=world.team, body=world.body, title="Gesprek"
    )
    for person in (joost, world.noor):
        seat = Seat.objects.create(meeting=talk, person=person, name=person.first_name, role="mentor")
        Contribution.objects.create(meeting=talk, step="alone", seat=seat, text="Alleen gedacht")
    erase_person(access=world.access(world.petra), person=joost)
    tick()
    assert set(Seat.objects.values_list("name", flat=True)) == {NOBODY, "Noor"}
    assert Contribution.objects.get().seat.person == world.noor
    assert not IndividualView.objects.exists()
    assert [note.text for note in DataPoint.objects.filter(author=joost)] == ["Voor het team"]
    tick()
    assert Seat.objects.count() == 2

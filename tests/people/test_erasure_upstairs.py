"""What an erased person left in the rooms above: names go, and words that were for nobody's eyes."""

from pathlib import Path
from typing import Any

import pytest

from lemniscaat.cli.ticking import tick
from lemniscaat.datapoints.actions import write_note
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.meetings.actions import plan_talk
from lemniscaat.meetings.models import Chair
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
    talk = plan_talk(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        body=world.body,
        appointment=None,
        criterion=None,
        title="Gesprek",
    )
    alone = {"alone": {"v": "Alleen gedacht"}}
    Chair.objects.filter(table=talk.table).update(answers=alone)
    erase_person(access=world.access(world.petra), person=joost)
    tick()
    chairs = {chair.name: chair.answers for chair in Chair.objects.all()}
    assert chairs == {NOBODY: {}, "Noor": alone, "Samira": alone}
    assert not IndividualView.objects.exists()
    assert [note.text for note in DataPoint.objects.filter(author=joost)] == ["Voor het team"]
    tick()
    assert Chair.objects.count() == 3

"""A talk with an instrument: its plan, and that it keeps to its own instrument."""

from contextlib import suppress

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lemniscaat.instruments.library import library
from lemniscaat.instruments.preparing import prepared
from lemniscaat.meetings import halls, leading
from lemniscaat.meetings.actions import Laid
from lemniscaat.meetings.script import Script, of_instrument
from lemniscaat.meetings.tables import instrument_of
from tests.cast import World
from tests.meetings.test_table import planned


@pytest.mark.parametrize("key", sorted(one.key for one in library()))
def test_what_it_means_is_written_before_something_is_agreed(key: str) -> None:
    """Where an instrument has its own moments for both, its author chose; else meaning goes first."""
    instrument = prepared(library().get(key), modules=None)
    own = {cue.kind for part in instrument.sections for cue in part.script}
    kinds = [step.kind for step in of_instrument(instrument).steps]
    assert {"write", "decide"} <= set(kinds)
    if not {"write", "decide"} <= own:
        assert kinds.index("write") < kinds.index("decide")
    assert (kinds[0], kinds[-1]) == ("arrive", "tell")


@pytest.mark.django_db
def test_a_talk_that_was_not_kept_lends_its_instrument_to_no_other(world: World) -> None:
    """The number of its version may be given out again."""
    with suppress(ZeroDivisionError), transaction.atomic():
        gone = planned(world, laid=Laid(library().get("datadialoog")))
        assert instrument_of(gone.table).key == "datadialoog"
        raise ZeroDivisionError
    kept = planned(world, laid=Laid(library().get("uitdagingen")))
    assert instrument_of(kept.table).key == "uitdagingen"


@pytest.mark.django_db
def test_a_wrong_answer_in_a_hall_is_not_sent_and_the_page_says_so(world: World) -> None:
    row = planned(world, laid=Laid(library().get("uitdagingen"), hall=True))
    think = next(step for step in Script.read(row.script).steps if step.kind == "think")
    leading.go_to(access=world.access(world.noor), meeting=row, step=think.key)
    device, door = Client(), reverse("table:start", args=[row.table.code])
    ticket = device.get(door).context["form"]["ticket"].value()
    device.post(door, {"ticket": ticket, "role": ""})
    twice = {"section": think.section, "uitdagingen.zicht": "1", "uitdagingen.samenhang": "1"}
    answer = device.post(reverse("table:give", args=[row.table_id]), twice)
    assert answer.status_code == 422
    assert "Er is nog niets verstuurd." in answer.content.decode()
    assert halls.came_in(row.table, think.section) == 0

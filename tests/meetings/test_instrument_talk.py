"""A talk with an instrument: its plan, and that it keeps to its own instrument."""

from contextlib import suppress

import pytest
from django.db import transaction

from lemniscaat.instruments.library import library
from lemniscaat.instruments.preparing import prepared
from lemniscaat.meetings.actions import Laid
from lemniscaat.meetings.script import of_instrument
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

"""The record of a talk goes up or down as it was written: with roles and without names."""

import re

import pytest

from lemniscaat.meetings.actions import finish
from lemniscaat.meetings.models import Meeting
from lemniscaat.people.models import Share
from tests.cast import World, signed_in
from tests.meetings.test_table import planned

pytestmark = pytest.mark.django_db


def held(world: World) -> Meeting:
    """A talk of the steering group that is done."""
    row = planned(
        world, world.stef, layer_id=world.root.pk, body=world.steering, appointment=None, title="Wie begint?"
    )
    notes = {
        "meaning": "Wij wachten op elkaar.",
        "dissent": "Ik niet.",
        "course": "adjust",
        "sentence": "Wij vragen het als eerste.",
        "owner_text": "Stef",
        "notice": "in week 3",
        "no_return_because": "dat volgt",
    }
    Meeting.objects.filter(pk=row.pk).update(notes=notes)
    return finish(access=world.access(world.stef), meeting=row)


def test_a_higher_layer_makes_its_own_talk_known_first(world: World) -> None:
    row = held(world)
    stef, road = signed_in(world.stef), f"/gesprek/{row.pk}/delen/"
    assert road in stef.get(f"/gesprek/{row.pk}/").content.decode()
    html = stef.get(f"{road}?met={world.root.pk}").content.decode()
    shown = html[html.index('id="woorden"') : html.index("Wie leest dit?")]
    for words in ("Wij wachten op elkaar.", "Ik niet.", "Wij vragen het als eerste.", "lid stuurgroep"):
        assert words in shown
    assert "Stef" not in shown, "who sat there is told by role"
    mark = re.search(r'name="gelezen" value="(\w+)"', html)
    assert mark
    stef.post(road, {"target": world.root.pk, "gelezen": mark[1]})
    assert Share.objects.get().for_all_below
    for who, layer in ((world.samira, world.team), (world.bea, world.board)):
        read = signed_in(who).get(f"/mensen/laag/{layer.pk}/gedeeld/").content.decode()
        assert "De lagen boven ons deelden eerst" in read
        assert "Wij wachten op elkaar." in read
    for other in (world.bea, world.samira, world.charlie):
        assert signed_in(other).get(road).status_code == 404


def test_a_talk_that_is_not_done_is_not_shared(world: World) -> None:
    row = planned(world)
    assert signed_in(world.noor).get(f"/gesprek/{row.pk}/delen/").status_code == 404

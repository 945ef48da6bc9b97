"""Any instrument of the cabinet becomes a talk: its page to plan opens, and it runs from the first step to the record."""

import pytest

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.meetings import leading
from lemniscaat.meetings.models import Chair, Meeting, MeetingState
from lemniscaat.meetings.script import Script
from lemniscaat.people.models import Body
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db

FOR_A_TABLE = [one for one in library() if {"table", "live", "interview"} & set(one.ways) and not one.frame]
# the ten themes are alike
DIFFERENT = [one for one in FOR_A_TABLE if one.series != "passietool"] + [library().get("passietool-visie")]


def planned(world: World, instrument: Instrument, **more: object) -> Meeting:
    client = signed_in(world.noor)
    address = f"/gesprek/laag/{world.team.pk}/klaarzetten/?instrument={instrument.key}"
    assert client.get(address).status_code == 200, instrument.key
    given = {"title": instrument.key, "body": world.body.pk, "instrument": instrument.key, "entry": "inform"}
    answer = client.post(address, {**given, "hall": "table", "quick": "all", **more})
    assert answer.status_code == 302, instrument.key
    return Meeting.objects.get(title=instrument.key)


@pytest.mark.deep
@pytest.mark.once
def test_every_instrument_for_a_table_runs_from_arriving_to_the_record(world: World) -> None:
    assert len(FOR_A_TABLE) > 35
    client = signed_in(world.noor)
    access = world.access(world.noor)
    for instrument in DIFFERENT:
        row = planned(world, instrument)
        shown = 0
        for step in Script.read(row.script).taken:
            leading.go_to(access=access, meeting=row, step=step.key)
            if step.kind == "think":
                page = f"/tafel/{row.table_id}/nu/"
            elif step.kind == "show":
                leading.lay_open(access=access, meeting=row, number=step.section)
                shown += 1
                page = f"/gesprek/{row.pk}/{'beamer' if shown == 1 else 'leiden'}/"
            else:
                continue
            assert shown > 2 or client.get(page).status_code == 200, (instrument.key, step.key, page)
        client.post(f"/gesprek/{row.pk}/stap/", {"do": "finish"})
        row.refresh_from_db()
        assert row.state == MeetingState.DONE, instrument.key
        assert client.get(f"/gesprek/{row.pk}/").status_code == 200


def test_a_hall_is_offered_only_where_it_can_be_asked_without_a_name(world: World) -> None:
    client = signed_in(world.noor)
    path = f"/gesprek/laag/{world.team.pk}/klaarzetten/?instrument="
    assert 'value="hall"' in client.get(path + "uitdagingen").content.decode()
    assert 'value="hall"' not in client.get(path + "datadialoog").content.decode()


def test_in_a_hall_only_who_leads_has_a_chair_and_nobody_a_name(world: World) -> None:
    row = planned(world, library().get("uitdagingen"), hall="hall")
    assert row.table.hall
    assert [chair.person for chair in Chair.objects.filter(table=row.table)] == [world.noor]


def test_an_instrument_that_is_not_in_the_cabinet_is_not_there(world: World) -> None:
    path = f"/gesprek/laag/{world.team.pk}/klaarzetten/?instrument=bestaat-niet"
    assert signed_in(world.noor).get(path).status_code == 404
    assert signed_in(world.charlie).get(path).status_code == 404


def test_a_step_is_passed_by_and_taken_again_before_it_begins(world: World) -> None:
    row = planned(world, library().get("datadialoog"))
    key = Script.read(row.script).taken[2].key
    client, page = signed_in(world.noor), f"/gesprek/{row.pk}/tafel/"
    for plan, out in (("out", True), ("in", False)):
        client.post(page, {"plan": f"{plan}:{key}"})
        row.refresh_from_db()
        assert Script.read(row.script).at(key).out is out


def test_a_talk_is_laid_ready_first_for_a_body_in_which_i_sit(world: World) -> None:
    two = Body.objects.create(partnership=world.partnership, organisation=world.team, name="Aan het begin")
    world.body.people.add(world.noor)
    html = signed_in(world.noor).get(f"/gesprek/laag/{world.team.pk}/klaarzetten/").content.decode()
    assert f'value="{world.body.pk}" selected' in html
    assert f'value="{two.pk}"' in html

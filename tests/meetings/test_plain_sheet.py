"""What a table leaves out: boxes that nobody needs, buttons that lead nowhere, squares of one person."""

import re
from typing import Any

import pytest
from django.test import Client

from lemniscaat.meetings import filling
from lemniscaat.meetings.looking import look
from lemniscaat.meetings.models import Table
from lemniscaat.meetings.sitting_forms import NewTableForm
from lemniscaat.meetings.tables import instrument_of, voices
from tests.cast import World, signed_in
from tests.instruments.examples import INSTRUMENT
from tests.meetings.test_sitting import PROBE, fill, opened, sat, shown, started

pytestmark = pytest.mark.django_db


def _lead(table: Table) -> str:
    return f"/gesprek/tafel/{table.pk}/"


def says(way: str) -> dict[str, Any]:
    return {"mening.s1.at": way}


def test_leaving_blank_is_enough_at_a_table() -> None:
    """A box to pass by stays only where it stands between the answers and can be taken back no other way."""
    cards = filling.cards_of(INSTRUMENT.items, given={})
    assert {
        one.item.kind for one in cards if {"skip:na", "skip:rather_not"} & {s.value for s in one.skips}
    } <= {
        "scale",
        "choice",
    }


def test_that_somebody_cannot_judge_is_worth_telling() -> None:
    item = next(one for one in INSTRUMENT.items if one.kind == "wanted")
    cards = filling.cards_of([item.model_copy(update={"cannot_judge": True})], given={})
    assert [skip.value for skip in cards[0].skips] == ["skip:cannot_judge"]


def test_a_text_card_at_a_table_has_no_boxes(world: World) -> None:
    table = started(world)
    page = shown(sat(table), f"/tafel/{table.pk}/deel/1/")
    assert 'name="wat"' in page
    assert "wat.skip" not in page
    assert "Zeg ik liever niet" not in page
    paper = shown(signed_in(world.noor), f"{_lead(table)}stoel/papier/")
    assert 'name="wat"' in paper
    assert "wat.skip" not in paper


def test_an_empty_part_is_not_laid_open_by_accident(world: World) -> None:
    """Laid open nobody can write in it, so where nobody wrote the button hides behind a sentence."""
    table, leader = started(world), signed_in(world.noor)
    page = shown(leader, _lead(table))
    assert page.count("Hier schreef nog niemand iets.") == 2
    fill(sat(table), table, wat="Iets")
    page = shown(leader, _lead(table))
    assert page.count("Hier schreef nog niemand iets.") == 1
    assert re.search(r'class="button quiet" name="do" value="open:1"', page)


def test_who_comes_when_all_lies_open_looks_along(world: World) -> None:
    table = started(world)
    fill(sat(table), table, wat="Iets", **says("agree"))
    opened(world, table, 1)
    early = sat(table, name="Vroeg")
    assert "Ik ben klaar" in shown(early, f"/tafel/{table.pk}/")
    opened(world, table, 2)
    late = sat(table, name="Laat")
    page = shown(late, f"/tafel/{table.pk}/")
    assert "Ik ben klaar" not in page
    assert "Schrijven kan niet meer. Praat mee." in page
    table.refresh_from_db()
    assert [one.name for one in voices(table, instrument_of(table), 1)] == ["Joost"]


def test_one_person_is_no_spread(world: World) -> None:
    """One answer stands with its name; squares begin at two."""
    table = started(world)
    joost, samira = sat(table), sat(table, name="Samira", role="student")
    fill(joost, table, **says("agree"))
    opened(world, table, 1)
    path = f"/tafel/{table.pk}/samen/"
    assert "van de 1 mensen" not in shown(samira, path)
    assert "Joost" in shown(samira, path)
    again = started(world)
    for client, way in ((sat(again), "agree"), (sat(again, name="Samira"), "disagree")):
        fill(client, again, **says(way))
    opened(world, again, 1)
    again.refresh_from_db()
    seen = look(instrument_of(again).sections[0].items, voices(again, instrument_of(again), 1))
    figure = next(place.figures[0] for one in seen if one.key == "mening" for place in one.places)
    assert figure.rows[0].label == "Mensen aan tafel"


def test_the_leader_finds_the_paper_and_the_way_back(world: World) -> None:
    table, leader = started(world), signed_in(world.noor)
    fill(sat(table), table, wat="Iets")
    opened(world, table, 1)
    assert f'href="{_lead(table)}#uitkomst"' in shown(leader, f"{_lead(table)}samen/")
    page = shown(leader, _lead(table))
    assert 'id="uitkomst"' in page
    assert "Druk de gids" not in page  # the probe stands in no cabinet
    assert Client().get(_lead(table)).status_code == 302


def test_all_of_it_can_be_chosen_again(world: World) -> None:
    """Whoever looked at the quick scan finds the way back to everything."""
    page = str(
        NewTableForm(access=world.access(world.noor), layer_id=world.team.pk, instrument=PROBE, private=False)
    )
    assert "Alles" in page
    assert re.search(r'value="all"[^>]* checked', page)

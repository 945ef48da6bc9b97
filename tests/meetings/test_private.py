"""What an instrument calls private stays with whoever wrote it, whatever is laid open."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.meetings import laying_open, own_sheet, seating, tables
from lemniscaat.meetings.models import Chair, Table
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
SECRET = "Ik durf mijn begeleider niet aan te spreken"


def instrument() -> Instrument:
    return Instrument.model_validate(
        {
            **library().get("terugblik").definition(),
            "key": "eigen",
            "sections": [
                {
                    "title": "Samen",
                    "items": [
                        {"kind": "text", "key": "stil", "text": "Wat hield je voor je?", "private": True},
                        {"kind": "text", "key": "hardop", "text": "Wat deel je?"},
                    ],
                },
                {
                    "title": "Voor jezelf",
                    "items": [{"kind": "text", "key": "dicht", "text": "En verder?", "private": True}],
                },
            ],
        }
    )


@pytest.fixture
def table(world: World) -> Table:
    made = seating.start_table(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument=instrument(),
        title="Even terug",
        chosen=tables.Chosen(modules=None),
        form_key="dicht-een",
    )
    chair = seating.sit(
        table=made, who=seating.Sitter("Samira", "student", person=world.samira), token="x" * 20
    )
    assert chair is not None
    answers = {"stil": {"v": SECRET}, "hardop": {"v": "Dit deel ik wel"}, "dicht": {"v": SECRET}}
    for number, part in enumerate(instrument().sections, 1):
        seating.write_section(chair=chair, number=number, answers={i.key: answers[i.key] for i in part.items})
    return made


def test_laid_open_shows_only_what_is_meant_for_the_table(world: World, table: Table) -> None:
    access = world.access(world.noor)
    for number in (1, 2):
        laying_open.lay_open(access=access, table=table, number=number)
    seating.sit(table=table, who=seating.Sitter("Joost", "mentor", person=world.joost), token="y" * 20)
    pages = [
        signed_in(world.noor).get(reverse("meetings:table_look", args=[table.pk])),
        signed_in(world.noor).get(reverse("meetings:table", args=[table.pk])),
        signed_in(world.joost).get(reverse("table:look", args=[table.pk])),
        signed_in(world.samira).get(reverse("table:look", args=[table.pk])),
    ]
    assert all(page.status_code == 200 for page in pages)
    assert "Dit deel ik wel" in pages[0].content.decode()
    assert not any(SECRET in page.content.decode() for page in pages)


def test_a_part_of_only_private_questions_cannot_be_laid_open(world: World, table: Table) -> None:
    found = laying_open.lay_open(access=world.access(world.noor), table=table, number=2)
    assert found.laid_open == []
    page = signed_in(world.noor).get(reverse("meetings:table", args=[table.pk])).content.decode()
    assert 'value="open:1"' in page
    assert 'value="open:2"' not in page


def test_the_writer_reads_it_on_the_own_sheet(world: World, table: Table) -> None:
    page = signed_in(world.samira).get(reverse("table:section", args=[table.pk, 2])).content.decode()
    assert SECRET in page
    assert "Dit blijft van jou" in page


def test_typing_over_a_sheet_of_paper_does_not_ask_for_it(world: World, table: Table) -> None:
    page = signed_in(world.noor).get(reverse("meetings:table_paper", args=[table.pk])).content.decode()
    assert 'name="hardop"' in page
    assert 'name="stil"' not in page
    device = signed_in(world.noor)
    ticket = re.search(r'name="_-ticket" value="([^"]+)"', page)
    assert ticket
    form = {"_-who": "Bram", "_-role": "", "_-ticket": ticket[1], "hardop": "Ja", "stil": SECRET}
    assert device.post(reverse("meetings:table_paper", args=[table.pk]), form).status_code == 302
    assert set(Chair.objects.get(from_paper=True).answers) == {"hardop"}


def test_a_private_sheet_shared_at_a_table_leaves_it_behind(world: World) -> None:
    access = world.access(world.samira)
    sheet = seating.start_table(
        access=access,
        layer_id=world.team.pk,
        instrument=instrument(),
        title="Van mij",
        private=True,
        chosen=tables.Chosen(modules=None),
        form_key="dicht-twee",
    )
    mine = Chair.objects.get(table=sheet)
    seating.write_section(chair=mine, number=1, answers={"stil": {"v": SECRET}, "hardop": {"v": "Dit wel"}})
    shared = own_sheet.share_sheet(
        access=access, sheet=tables.own_sheet(access, sheet.pk), form_key="dicht-drie"
    )
    theirs = Chair.objects.get(table=shared, person=world.samira)
    assert set(theirs.answers) == {"hardop"}

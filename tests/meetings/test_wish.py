"""With whom a table wants to share its meaning: a wish while it talks, and an act with a preview after it."""

import re

import pytest
from django.test import Client

from lemniscaat.interpretation.actions import revise_meaning
from lemniscaat.interpretation.models import Interpretation
from lemniscaat.meetings.models import Meeting
from lemniscaat.people import actions as people
from lemniscaat.people.models import Share
from tests.cast import World, signed_in
from tests.meetings.test_table import page, planned, press, written_out

pytestmark = pytest.mark.django_db


def wished(world: World) -> Meeting:
    """A talk of the team that is done, whose table wants the school to hear of it."""
    row = planned(world)
    written_out(world, row)
    press(world, row, "finish", share_with=world.school.pk)
    return row


def look(client: Client, row: Meeting) -> tuple[str, dict[str, str]]:
    """From the record to the page that shows what is read: where it is, and what its button sends."""
    html = client.get(page(row, "")).content.decode()
    road = re.search(r'class="button" href="(/[^"]+\?met=\d+)"', html)
    assert road, "the record leads there first"
    shown = client.get(road[1]).content.decode()
    return shown, {
        "road": road[1].partition("?")[0],
        **dict(re.findall(r'name="(target|gelezen)" value="(\w+)"', shown)),
    }


def test_the_step_says_who_would_read_it_and_shares_nothing(world: World) -> None:
    row = planned(world)
    written_out(world, row)
    press(world, row, "keep", share_with=world.school.pk)
    html = signed_in(world.noor).get(page(row, "leiden")).content.decode()
    assert f"Aan de tafel van {world.school.name}: " in html
    assert "Nu gaat er nog niets weg." in html
    assert f'value="{world.school.pk}" selected' in html
    press(world, row, "finish")
    assert not Share.objects.exists()


def test_from_the_record_the_very_words_are_read_and_then_shared(world: World) -> None:
    row, client = wished(world), signed_in(world.noor)
    shown, form = look(client, row)
    for words in (
        "Wij beginnen zelf niet.",
        "Bij mij vragen ze het wel.",
        "Wat zien zij niet?",
        "Je kunt het terugnemen.",
    ):
        assert words in shown
    assert not Share.objects.exists()
    for _twice in range(2):
        client.post(form["road"], form)
    made = Share.objects.get()
    assert (made.text, made.dissent) == ("Wij beginnen zelf niet.", "Bij mij vragen ze het wel.")
    assert (made.target, made.source) == (world.school, world.team)
    record = client.get(page(row, "")).content.decode()
    assert "Er is nog niets gedeeld." not in record
    people.revoke_share(access=world.access(world.noor), share=made)
    assert client.get(page(row, "")).content.decode().count("Er is nog niets gedeeld.") == 0, (
        "taken back is an answer"
    )


def test_words_that_changed_meanwhile_are_read_again_first(world: World) -> None:
    row, client = wished(world), signed_in(world.noor)
    _shown, form = look(client, row)
    said = Interpretation.objects.get()
    revise_meaning(
        access=world.access(world.joost),
        row=said,
        text="Wij beginnen samen.",
        dissent="",
        version=said.version,
    )
    answer = client.post(form["road"], form)
    assert answer.status_code == 409
    assert "De woorden zijn net veranderd." in answer.content.decode()
    assert "Wij beginnen samen." in answer.content.decode()
    assert not Share.objects.exists()


def test_the_wish_is_only_for_who_may_share_and_only_upwards(world: World) -> None:
    row = wished(world)
    assert "Er is nog niets gedeeld." not in signed_in(world.samira).get(page(row, "")).content.decode()
    assert signed_in(world.charlie).get(page(row, "")).status_code == 404
    for nowhere in ("", str(world.team.pk), "9" * 5000, str(10**9)):
        notes = {**Meeting.objects.get(pk=row.pk).notes, "share_with": nowhere}
        Meeting.objects.filter(pk=row.pk).update(notes=notes)
        html = signed_in(world.noor).get(page(row, "")).content.decode()
        assert "Er is nog niets gedeeld." not in html

"""From a self-evaluation to points on the agenda: alone first, then together, then at most three to keep or to move."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.language import DUTCH
from lemniscaat.instruments.library import library
from lemniscaat.meetings import laying_open, seating
from lemniscaat.meetings.looking import look
from lemniscaat.meetings.models import Chair, Table
from lemniscaat.meetings.places import Voice
from lemniscaat.meetings.pointing import Proposal, proposals
from lemniscaat.meetings.tables import Chosen
from tests.agenda.goals import taken_up
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
PART = 2
ITEM = "beeld-vertellen"
WORDS = ("o1", "o2", "o3", "o4")


def evaluation() -> Instrument:
    return library().get("zelfevaluatie-waarborgen")


def told(*answers: tuple[str, str]) -> list[Voice]:
    return [
        Voice(f"Naam{number}", answers={ITEM: {"v": {"now": now, "want": want}}})
        for number, (now, want) in enumerate(answers)
    ]


def proposed(*answers: tuple[str, str]) -> list[Proposal]:
    items = [item for item in evaluation().items if item.key == ITEM]
    return list(proposals(look(items, told(*answers)), DUTCH))


def test_a_span_in_words_without_names_or_counts() -> None:
    (one,) = proposed(("o1", "o4"), ("o3", "o4"), ("o1", "o4"))
    assert one.now == "Van ‘nog nergens’ tot ‘op de meeste plekken’"
    assert one.wanted == "Overal"
    assert one.apart
    assert "Naam" not in repr(one)
    assert proposed() == []


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=1, max_size=12))
def test_whatever_people_chose_no_name_and_no_count_goes_along(answers: list[tuple[str, str]]) -> None:
    (one,) = proposed(*answers)
    labels = dict(zip(WORDS, ("nog nergens", "hier en daar", "op de meeste", "overal"), strict=True))
    for side, words in enumerate((one.now, one.wanted)):
        keys = sorted(answer[side] for answer in answers)
        assert labels[keys[0]] in words.lower()
        assert labels[keys[-1]] in words.lower()
        assert not re.search(r"Naam|\d", words)


def test_a_note_says_itself_whether_it_keeps_or_moves() -> None:
    (item,) = [one for one in evaluation().items if one.key == "punten"]
    given = {"punten": {"v": [{"at": "houden", "text": "samen kijken"}]}}
    (one,) = proposals(look([item], [Voice("Samira", answers=given)]), DUTCH)
    assert (one.words, one.course) == ("samen kijken", "houden")


def at_table(world: World) -> Table:
    table = seating.start_table(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        instrument=evaluation(),
        title="Waar staan we?",
        chosen=Chosen(),
        form_key="zelf",
    )
    Chair.objects.create(table=table, name="Samira", person=world.samira, role="student", token="s")
    for who, now in ((world.noor, "o2"), (world.samira, "o1")):
        answers = {ITEM: {"v": {"now": now, "want": "o3"}}}
        Chair.objects.filter(table=table, person=who).update(answers=answers)
    return table


def test_what_lies_open_leads_to_a_form_that_is_filled_in(world: World) -> None:
    table = at_table(world)
    taken_up(world, "Dit hadden we al")
    client = signed_in(world.samira)
    path = f"/gesprek/tafel/{table.pk}/punten/"
    before = client.get(path).content.decode()
    assert "Hier en daar" not in before, "nothing of it before it lies open"
    laying_open.lay_open(access=world.access(world.noor), table=table, number=PART)
    page = client.get(path).content.decode()
    assert "Dit hadden we al" in page
    ways = [unescape(one) for one in re.findall(r'href="(/agenda/laag/\d+/nieuw/\?[^"]+koers=[^"]+)"', page)]
    assert len(ways) == 2, "keep and move, of equal weight"
    form = client.get(ways[0]).content.decode()
    assert "Van ‘nog nergens’ tot ‘hier en daar’" in form
    assert "Op de meeste plekken" in form
    assert re.search(r'value="sustain"[^>]*checked', form)


def test_only_who_sat_there_chooses(world: World) -> None:
    table = at_table(world)
    path = f"/gesprek/tafel/{table.pk}/punten/"
    for stranger in (world.joost, world.willem, world.bea, world.charlie):
        assert signed_in(stranger).get(path).status_code == 404

"""The critical reflection on one page, and the way back from a sentence to the note it came from."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.accountability import actions
from lemniscaat.accountability.models import Account
from lemniscaat.accountability.one_page import LINES, Chosen, every, height, on_page, proposal
from lemniscaat.accountability.reflecting import choose_page
from lemniscaat.agenda.actions import agree, look_back
from lemniscaat.datapoints.actions import write_note
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.actions import Ground, write_meaning
from lemniscaat.people.models import TrailEntry
from tests.cast import World, signed_in

NOTE = "Ze vroeg pas iets toen ze bij mij had gekeken."
KINDS = ("heard", "meaning", "agreement", "became", "weighed", "not", "shared")


def sentence(kind: str, pk: int, text: str, on: int) -> dict[str, Any]:
    noun = {"meaning": "interpretation", "heard": "round", "not": "return", "shared": "share"}
    return {
        "kind": kind,
        "text": text,
        "noun": noun.get(kind, "agreement"),
        "noun_id": pk,
        "url": "/x/",
        "dissent": text if kind == "meaning" else "",
        "on": on,
    }


SENTENCES = st.builds(
    sentence,
    st.sampled_from(KINDS),
    st.integers(1, 6),
    st.integers(0, 700).map("x".__mul__),
    st.integers(0, 6),
)
CONTENT = st.lists(st.lists(SENTENCES, max_size=12), max_size=5).map(
    lambda told: {"sections": [{"title": str(i), "sentences": s} for i, s in enumerate(told)]}
)


@given(CONTENT, st.integers(0, LINES))
def test_what_is_proposed_fits_and_every_sentence_has_its_own_name(
    content: dict[str, Any], room: int
) -> None:
    lines = every(content)
    assert len({line.key for line in lines}) == len(lines)
    keys = proposal(lines, room)
    chosen = on_page(content, Chosen(dict.fromkeys(keys, "")))
    assert sorted(line.key for line in chosen) == sorted(keys)
    assert height(chosen) <= room or not chosen


@given(CONTENT)
def test_what_is_kept_reads_back_as_it_was(content: dict[str, Any]) -> None:
    chosen = Chosen({line.key: "Anders gezegd." for line in every(content)})
    again = Chosen.read(chosen.kept(), content, 0)
    assert (again.words, again.proposed) == (chosen.words, False)
    assert {line.text for line in on_page(content, again)} <= {"Anders gezegd."}


def test_an_agreement_that_came_back_is_proposed_with_the_meaning_under_it() -> None:
    told = [
        sentence("meaning", 1, "oud", 0),
        sentence("meaning", 2, "waarom", 0),
        sentence("agreement", 1, "afspraak", 2),
        sentence("became", 1, "kwam terug", 2),
        sentence("agreement", 2, "loopt nog", 1),
    ]
    lines = every({"sections": [{"title": "Veilig", "sentences": told}]})
    assert proposal(lines, 6) == ["meaning-2", "agreement-1", "became-1"]


def test_what_was_agreed_stands_under_what_it_meant() -> None:
    told = [
        sentence("meaning", 1, "eerst", 0),
        sentence("meaning", 2, "later", 0),
        sentence("agreement", 5, "los", 0),
        sentence("agreement", 1, "afspraak", 1),
        sentence("became", 1, "kwam terug", 1),
    ]
    content = {"sections": [{"title": "Veilig", "sentences": told}]}
    page = on_page(content, Chosen({line.key: "" for line in every(content)}))
    assert [line.text for line in page] == ["eerst", "afspraak", "kwam terug", "later", "los"]


def a_thread(world: World, *, circle: int | None) -> tuple[Account, DataPoint]:
    """A note by Joost, the meaning Noor wrote on it, an agreement that came back, and the year's account."""
    joost, noor = world.access(world.joost), world.access(world.noor)
    note = write_note(access=joost, text=NOTE, layer_id=circle, criterion=world.criterion)
    meaning = write_meaning(
        access=noor,
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="Vragen begint bij ons.",
        dissent="Niet bij iedereen.",
        people=4,
        evidence=[Ground(data_point=note)],
    )
    row = agree(
        access=noor,
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="adjust",
        sentence="Eerst kijkt de student bij ons.",
        owner_text="Joost",
        notice="Studenten vragen terug.",
        no_return_because="volgende week",
        interpretation=meaning,
    )
    words = {"helped": "Het rooster.", "hindered": "", "ask": ""}
    look_back(access=noor, agreement=row, **words, next_step="sustain", difference="yes")
    return actions.compose_account(access=noor, layer_id=world.team.pk, period=world.period), note


@pytest.mark.django_db
def test_one_press_leads_from_a_sentence_to_the_note(
    world: World, django_assert_max_num_queries: Any
) -> None:
    row, note = a_thread(world, circle=world.team.pk)
    actions.freeze_account(access=world.access(world.noor), row=row)
    samira = signed_in(world.samira)
    page = f"/verantwoording/{row.pk}/blad/"
    html = samira.get(page).content.decode()
    for line in every(row.content):
        behind = f"/verantwoording/{row.pk}/zin/{line.key}/"
        assert f'href="{behind}"' in html
        with django_assert_max_num_queries(26):
            told = samira.get(behind).content.decode()
        for words in (NOTE, f"/weten/{note.pk}/", "Vragen begint bij ons.", "Niet bij iedereen."):
            assert words in told, line.kind
    assert samira.get(f"/weten/{note.pk}/").status_code == 200
    assert "Kies de zinnen" not in html
    assert NOTE not in samira.get(f"{page}papier/").content.decode()
    assert samira.get(f"/verantwoording/{row.pk}/zin/iets-anders/").status_code == 404


@pytest.mark.django_db
def test_a_note_stays_in_the_circle_of_its_giver(world: World) -> None:
    row, _note = a_thread(world, circle=None)
    key = next(line.key for line in every(row.content) if line.kind == "became")
    behind = f"/verantwoording/{row.pk}/zin/{key}/"
    html = signed_in(world.noor).get(behind).content.decode()
    assert "Vragen begint bij ons." in html
    assert NOTE not in html
    assert "Dat blijft in de kring van wie het gaf." in html


@pytest.mark.django_db
def test_who_writes_chooses_and_nobody_else(world: World) -> None:
    row, _note = a_thread(world, circle=world.team.pk)
    page = f"/verantwoording/{row.pk}/blad/"
    first, *_rest = every(row.content)
    noor = signed_in(world.noor)
    assert "Dit is een voorstel" in noor.get(page).content.decode()
    given = {
        "on": [first.key],
        f"words-{first.key}": "Bij ons begint vragen bij de begeleider.",
        "version": 1,
    }
    assert noor.post(f"{page}kiezen/", given).status_code == 302
    html = noor.get(page).content.decode()
    assert "Bij ons begint vragen bij de begeleider." in html
    assert first.text not in html
    traced = noor.get(f"/verantwoording/{row.pk}/zin/{first.key}/").content.decode()
    assert traced.index("Bij ons begint vragen bij de begeleider.") < traced.index(first.text)
    assert noor.post(f"{page}kiezen/", given).status_code == 409, "somebody chose in between"
    long = {"on": [first.key], f"words-{first.key}": "\n".join("x" * 60), "version": 2}
    refused = noor.post(f"{page}kiezen/", long)
    assert refused.status_code == 422
    assert "regels te veel" in refused.content.decode()
    for other in (world.joost, world.samira, world.charlie, world.petra, world.dirk):
        for path in (page, f"{page}kiezen/", f"{page}papier/", f"/verantwoording/{row.pk}/zin/{first.key}/"):
            assert signed_in(other).get(path).status_code == 404, (other, path)
    actions.freeze_account(access=world.access(world.noor), row=row)
    kept = choose_page(access=world.access(world.noor), row=row, words={}, version=2)
    assert kept.page["lines"], "what is frozen stays"
    assert noor.get(f"{page}kiezen/").status_code == 302
    assert TrailEntry.objects.filter(verb="revised", noun="account").exists()

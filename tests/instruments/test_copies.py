"""A copy of one's own: what stays, what may change, how it travels, and who may."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lemniscaat.collection.models import Round
from lemniscaat.collection.opening import start_round
from lemniscaat.instruments.library import library
from lemniscaat.instruments.models import InstrumentCopy
from lemniscaat.instruments.reader import read
from lemniscaat.instruments.writing import as_yaml
from lemniscaat.people.models import TrailEntry
from tests.cast import World, signed_in

KEY = "werkplekleren"


@pytest.fixture
def noor(world: World) -> Client:
    return signed_in(world.noor)


@pytest.fixture
def copied(world: World, noor: Client) -> InstrumentCopy:
    noor.post(reverse("instruments:copy", args=[KEY]), {"laag": world.school.pk})
    return InstrumentCopy.objects.get()


def adapt(device: Client, copied: InstrumentCopy, what: str, **data: Any) -> Any:
    posted = {"versie": copied.version, **data}
    return device.post(reverse(f"instruments:{what}", args=[copied.key]), posted)


def test_a_copy_belongs_to_a_layer_and_knows_its_example(world: World, copied: InstrumentCopy) -> None:
    assert copied.organisation == world.school
    assert copied.definition["based_on"] == {"key": KEY, "version": library().get(KEY).version}
    assert TrailEntry.objects.filter(verb="copied").count() == 1


def test_an_own_question_is_marked_and_there_is_a_most(noor: Client, copied: InstrumentCopy) -> None:
    for n in range(3):
        assert adapt(noor, copied, "add", text=f"Vraag {n}").status_code == 302
        copied.refresh_from_db()
    answer = adapt(noor, copied, "add", text="Nog een vraag")
    assert answer.status_code == 422
    assert "laat er 1 weg" in answer.content.decode()
    copied.refresh_from_db()
    items = copied.definition["sections"][-1]["items"]
    assert [item["own"] for item in items] == [True] * 3
    assert copied.definition["version"] == 4


def test_an_own_question_with_answers(noor: Client, copied: InstrumentCopy) -> None:
    assert adapt(noor, copied, "add", text="Hoe vaak?", answers="Nooit\nSoms\nVaak").status_code == 302
    assert adapt(noor, copied, "add", text="Hoe vaak?", answers="Nooit").status_code == 422
    assert adapt(noor, copied, "add", text="<b>Vet</b>").status_code == 422
    copied.refresh_from_db()
    assert [o["nl"] for o in copied.definition["sections"][-1]["items"][0]["options"]] == [
        "Nooit",
        "Soms",
        "Vaak",
    ]


def test_the_core_cannot_be_left_out(noor: Client, copied: InstrumentCopy) -> None:
    core = next(item for item in library().get(KEY).items if item.core)
    answer = adapt(noor, copied, "leave_out", vraag=core.key)
    assert answer.status_code == 422
    assert "kernvraag" in answer.content.decode()
    free = next(item for item in library().get(KEY).items if not item.core)
    assert adapt(noor, copied, "leave_out", vraag=free.key).status_code == 302
    told = noor.get(reverse("instruments:difference", args=[copied.key])).content.decode()
    assert "Weggehaald" in told
    assert free.text.nl in told


def test_who_came_second_loses_nothing_of_the_first(noor: Client, copied: InstrumentCopy) -> None:
    adapt(noor, copied, "add", text="De eerste")
    answer = adapt(noor, copied, "add", text="De tweede")
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Iemand anders paste deze kopie net aan" in told
    assert "De tweede" in told
    copied.refresh_from_db()
    assert "De eerste" in str(copied.definition)


def test_a_copy_travels_as_a_file_and_comes_in_elsewhere(
    world: World, noor: Client, copied: InstrumentCopy
) -> None:
    adapt(noor, copied, "add", text="Onze vraag")
    answer = noor.get(reverse("instruments:file", args=[copied.key]))
    assert answer["Content-Disposition"].endswith(f'"{copied.key}.yaml"')
    file = SimpleUploadedFile("mee.yaml", answer.content)
    there = signed_in(world.charlie)
    layer = world.charlie_school if hasattr(world, "charlie_school") else None
    own = there.get(reverse("instruments:bring")).content.decode()
    place = layer.pk if layer else own.split('name="laag" value="')[1].split('"')[0]
    assert there.post(reverse("instruments:bring"), {"laag": place, "file": file}).status_code == 302
    brought = InstrumentCopy.objects.get(partnership=world.elsewhere)
    assert brought.definition["based_on"]["key"] == KEY
    assert "Onze vraag" in str(brought.definition)


def test_a_file_that_changed_the_core_is_refused_whole(world: World, noor: Client) -> None:
    definition = library().get(KEY).definition()
    core = next(i for s in definition["sections"] for i in s["items"] if i.get("core"))
    core["text"] = {"nl": "Iets anders?", "en": "Something else?"}
    definition["based_on"] = {"key": KEY, "version": 1}
    definition["key"] = "anders"
    text = as_yaml(type(library().get(KEY)).model_validate(definition))
    answer = noor.post(reverse("instruments:bring"), {"laag": world.school.pk, "text": text})
    assert answer.status_code == 422
    assert "kernvraag" in answer.content.decode()
    assert not InstrumentCopy.objects.exists()


def test_a_faulty_file_tells_where_and_keeps_what_was_typed(world: World, noor: Client) -> None:
    text = "key: proef\nversion: 1\ntitels: {nl: Proef}\n"
    answer = noor.post(reverse("instruments:bring"), {"laag": world.school.pk, "text": text})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "regel 3" in told
    assert "titels" in told.split("<textarea")[1]
    assert not InstrumentCopy.objects.exists()


def test_a_frame_is_filled_from_a_table(world: World, noor: Client) -> None:
    table = "Onderdeel\tIndicator\tSnel\nVisie\tWe kennen onze visie\tx\n\tWe praten erover\t\nLeren\tIedereen leert\tx\n"
    url = reverse("instruments:fill", args=["zek"])
    assert noor.post(url, {"laag": world.school.pk, "table": table}).status_code == 302
    kept = InstrumentCopy.objects.get().definition
    assert [s["title"]["nl"] for s in kept["sections"]] == ["Visie", "Leren"]
    assert len(kept["sections"][0]["items"]) == 2
    assert not kept.get("frame")
    wrong = noor.post(url, {"laag": world.school.pk, "table": "Visie\nLeren\tIedereen\n"})
    assert wrong.status_code == 422
    assert "eerst het onderdeel" in wrong.content.decode()
    assert InstrumentCopy.objects.count() == 1


def test_a_copy_is_asked_in_a_round_and_compared_under_its_root(world: World, copied: InstrumentCopy) -> None:
    start_round(
        access=world.access(world.noor),
        layer_id=world.school.pk,
        instrument_key=copied.key,
        title="Onze ronde",
        roles=["student"],
        no_appointment_because="Het is een proef.",
        over_budget_because="Het is een proef.",
    )
    version = Round.objects.get().instrument
    assert (version.key, version.root) == (copied.key, KEY)


def test_only_who_sets_out_rounds_there_may_change_it(world: World, copied: InstrumentCopy) -> None:
    for who, status in ((world.samira, 404), (world.joost, 404), (world.charlie, 404)):
        device = signed_in(who)
        assert device.get(reverse("instruments:adapt", args=[copied.key])).status_code == status
        assert adapt(device, copied, "add", text="Van mij").status_code == status
        assert device.post(reverse("instruments:put_away", args=[copied.key])).status_code == status
    assert (
        signed_in(world.samira).get(reverse("instruments:instrument", args=[copied.key])).status_code == 200
    )
    assert (
        signed_in(world.charlie).get(reverse("instruments:instrument", args=[copied.key])).status_code == 404
    )


def test_put_away(noor: Client, copied: InstrumentCopy) -> None:
    assert noor.get(reverse("instruments:put_away", args=[copied.key])).status_code == 200
    assert InstrumentCopy.objects.exists()
    noor.post(reverse("instruments:put_away", args=[copied.key]))
    assert not InstrumentCopy.objects.exists()


@pytest.mark.parametrize("instrument", list(library()), ids=lambda one: one.key)
def test_every_instrument_is_the_same_after_a_journey(instrument: Any) -> None:
    assert read(as_yaml(instrument)) == instrument

"""All my places under one sign-in, and a pattern carried to one's own table without a name in it."""

import pytest

from lemniscaat.datapoints.models import DataPoint
from lemniscaat.interpretation.models import Evidence, Interpretation
from lemniscaat.people.models import Membership, Person
from tests.cast import LONG_AGO, World, organisation, signed_in

pytestmark = pytest.mark.django_db
PATTERN = "Op meer dan één plek zie ik dat studenten wachten tot iemand iets vraagt."


def works_elsewhere_too(world: World) -> Person:
    far = organisation("institute", "Pabo Overwater", world.elsewhere.root)
    Membership.objects.create(
        partnership=world.elsewhere,
        person=world.hans,
        organisation=far,
        role="institute_educator",
        valid_from=LONG_AGO,
    )
    return world.hans


def test_every_partnership_of_mine_and_no_other(world: World) -> None:
    client = signed_in(works_elsewhere_too(world))
    html = client.get("/mijn/plekken/").content.decode()
    assert "De Brug" in html
    assert "De Overkant" in html
    assert "Pabo Overwater" in html
    assert "De Overkant" not in signed_in(world.noor).get("/mijn/plekken/").content.decode()


def test_a_place_elsewhere_is_one_press_away_and_never_out_of_the_house(world: World) -> None:
    client = signed_in(works_elsewhere_too(world))
    there = Membership.objects.get(partnership=world.elsewhere, person=world.hans).organisation_id
    switch = f"/mensen/partnerschap/{world.elsewhere.pk}/"
    answer = client.post(switch, {"verder": f"/laag/{there}/"}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/laag/{there}/"
    assert answer.status_code == 200
    assert client.post(switch, {"verder": "//elders.example/"})["Location"] == "/"
    assert signed_in(world.noor).post(switch, {"verder": "/mijn/"}).status_code == 404


def test_a_pattern_becomes_a_soft_data_point_and_a_meaning_of_the_institute(world: World) -> None:
    client = signed_in(world.hans)
    sent = {
        "text": PATTERN,
        "layer": world.institute.pk,
        "criterion": world.criterion.pk,
        "form_key": "k" * 22,
    }
    for _ in range(2):
        answer = client.post("/mijn/patroon/", sent)
    meaning = Interpretation.objects.get()
    assert answer["Location"] == f"/betekenis/{meaning.pk}/"
    assert (meaning.organisation, meaning.criterion) == (world.institute, world.criterion)
    assert Evidence.objects.get().data_point == DataPoint.objects.get(evidence="soft")
    assert PATTERN in client.get(answer["Location"]).content.decode()
    for other in (world.noor, world.samira, world.petra, world.charlie):
        assert signed_in(other).get(answer["Location"]).status_code == 404, "until it is shared"


@pytest.mark.parametrize(
    "word", ["Het Waterrad", "bij het waterrad", "Samira", "team onderbouw", "De Zandplaat"]
)
def test_a_name_is_asked_about_once(world: World, word: str) -> None:
    client = signed_in(works_elsewhere_too(world))
    sent = {"text": f"{PATTERN} Zoals {word}.", "layer": world.institute.pk, "form_key": "k" * 22}
    answer = client.post("/mijn/patroon/", sent)
    assert answer.status_code == 422
    assert "We herkennen" in answer.content.decode()
    assert not Interpretation.objects.exists()
    assert client.post("/mijn/patroon/", {**sent, "named": "on"}).status_code == 302


def test_who_sees_one_place_carries_nothing(world: World) -> None:
    for who in (world.samira, world.joost, world.noor):
        client = signed_in(who)
        assert client.get("/mijn/patroon/").status_code == 404
        assert "/mijn/patroon/" not in client.get("/mijn/plekken/").content.decode()

"""The page of a criterion and the pages around it: who comes in, what it tells, what it costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.base import clock
from lemniscaat.collection.models import FreeText, ReadingState
from lemniscaat.datapoints import actions
from lemniscaat.datapoints.models import Circle, DataPoint, Figure
from lemniscaat.figures import by_hand
from lemniscaat.people.models import Person, Role
from lemniscaat.vision.models import Agreeing
from tests.cast import World, signed_in
from tests.collection.released import linked, small_groups, stopped

pytestmark = pytest.mark.django_db


ROOM = {"by_hand": "figures"}


def address(name: str, *args: object) -> str:
    room = "figures" if name == "by_hand" else "datapoints"
    return reverse(f"{room}:{name}", args=args)


def page(who: Person, url: str) -> str:
    response = signed_in(who).get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def main(html: str) -> str:
    return html.split("<main", 1)[1].split("</main", 1)[0]


def everything(world: World) -> list[str]:
    pk = world.criterion.pk
    made = actions.write_note(access=world.access(world.noor), text="Zij keek mee.", layer_id=world.team.pk)
    return [
        *(address(name, pk) for name in ("criterion", "figures", "known", "report", "by_hand")),
        address("ledger", world.team.pk),
        address("data_point", made.pk),
        f"{address('note')}?lat={pk}",
        f"{address('note')}?punt={world.point.pk}",
    ]


def test_an_outsider_finds_nothing(world: World) -> None:
    for url in everything(world):
        for who in (world.charlie, world.dirk):
            assert signed_in(who).get(url).status_code == 404, url
        assert Client().get(url).status_code == 302
        assert signed_in(world.noor).get(url, follow=True).status_code == 200, url


def test_posts_of_an_outsider_change_nothing(world: World) -> None:
    made = actions.write_note(access=world.access(world.noor), text="Zij keek mee.", layer_id=world.team.pk)
    for name in ("attach", "withdraw"):
        for who in (world.charlie, world.joost):
            response = signed_in(who).post(address(name, made.pk), {"criterion": world.criterion.pk})
            assert response.status_code == 404
    made.refresh_from_db()
    assert made.criterion is None
    assert made.withdrawn_on is None


def test_what_is_known_already_opens_the_list_at_that_criterion(world: World) -> None:
    url = address("known", world.criterion.pk)
    answer = signed_in(world.noor).get(f"{url}?laag={world.team.pk}")
    assert answer["Location"] == f"{address('ledger', world.team.pk)}?ook=boven&lat={world.criterion.pk}"
    answer = signed_in(world.petra).get(f"{url}?laag={world.root.pk}")
    assert answer["Location"] == f"{address('ledger', world.root.pk)}?ook=onder&lat={world.criterion.pk}"
    # at a layer that is not mine the page of the criterion itself
    answer = signed_in(world.joost).get(f"{url}?laag={world.board.pk}1")
    assert answer["Location"] == address("criterion", world.criterion.pk)
    part = signed_in(world.noor).get(f"{url}?laag={world.team.pk}", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("name", ["report", "by_hand"])
def test_a_student_adds_no_figure_or_report(world: World, name: str) -> None:
    url = address(name, world.criterion.pk)
    assert signed_in(world.samira).get(url).status_code == 404
    assert url not in page(world.samira, address("criterion", world.criterion.pk))
    assert url in page(world.noor, address("criterion", world.criterion.pk))


def test_where_nothing_is_known_it_says_what_would_help(world: World) -> None:
    html = page(world.samira, address("criterion", world.criterion.pk))
    assert "Hier is nog niets geteld." in html
    assert "Hier is nog niets verteld." in html
    assert world.criterion.sentence in html
    assert reverse("meetings:plan", args=[world.team.pk]) in html


def test_the_page_tells_hard_and_soft_and_figures(world: World) -> None:
    linked(world, "vragen", "vertel")
    stopped(world, small_groups(world))
    Agreeing.objects.create(
        point=world.point, version=1, body=world.body, with_whom="drie studenten", agreed_on=clock.today()
    )
    by_hand.record_figure(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        indicator=by_hand.indicator(
            partnership=world.partnership, name="Bezoek", definition="d", source="Stageplanning", owner="Noor"
        ),
        title="14 van de 23 studenten kregen een lesbezoek",
        part=14,
        whole=23,
        before=(9, 21),
    )
    for n in range(5):
        actions.write_note(
            access=world.access(world.samira),
            text=f"Stem {n}.",
            layer_id=world.team.pk,
            criterion=world.criterion,
        )
    html = page(world.noor, address("criterion", world.criterion.pk))
    for told in (
        "Afgesproken door Teamoverleg onderbouw op",
        "met drie studenten.",
        "14 van de 23 studenten kregen een lesbezoek",
        "Vorig jaar 9 van de 21.",
        "Stageplanning",
        "Stem 4.",
        "Geeltje van een van de studenten",
        "Nog 2 stemmen bij deze lat",
        "In woorden:",
        "Vaker dan elke week",
        "Te weinig antwoorden om te tonen.",
        "Nodig ze uit aan tafel",
    ):
        assert told in html, told
    assert "Samira" not in main(html)
    assert html.count("<h1") == 1


def test_a_place_is_one_of_mine_or_it_is_not_there(world: World) -> None:
    linked(world, "vragen")
    stopped(world, small_groups(world))
    url = address("criterion", world.criterion.pk)
    assert f"?plek={world.school.pk}" in page(world.samira, url)
    assert f"?plek={world.institute.pk}" not in page(world.samira, url)
    strange = main(page(world.samira, f"{url}?plek={world.institute.pk}"))
    assert strange == main(page(world.samira, url))
    # who leads the programme sees no list of schools
    assert "?plek=" not in page(world.petra, url)


def test_no_number_of_a_hidden_group(world: World) -> None:
    linked(world, "vragen", "hielp", "eerst", "daarna")
    stopped(world, small_groups(world))
    url, hidden = address("criterion", world.criterion.pk), 0
    for who in (world.noor, world.samira, world.bea, world.hans):
        for query in (
            "",
            f"?plek={world.school.pk}",
            f"?plek={world.board.pk}",
            f"?plek={world.institute.pk}",
        ):
            html = page(who, url + query)
            for row in re.findall(r'<li class="dist-row.*?</li>', html, re.DOTALL):
                if "Te weinig antwoorden" in row:
                    assert 'class="squares' not in row
                    hidden += 1
                elif n := re.search(r"(\d+) (gaf|gaven) antwoord", row):
                    assert int(n.group(1)) >= 6
            for line in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL):
                if "nstituutsopleider" in line or "choolleider" in line:
                    assert not re.search(r"<td[^>]*>\d", line)
    assert hidden >= 16


def test_only_released_texts_are_told(world: World) -> None:
    linked(world, "vertel")
    stopped(world, {(Role.STUDENT, world.school): 12})
    url = address("criterion", world.criterion.pk)
    assert "gaf mij een zetje" not in page(world.noor, url)
    text = FreeText.objects.all()[0]
    FreeText.objects.filter(pk=text.pk).update(state=ReadingState.RELEASED, agreed=1, text="Hij keek mee.")
    html = page(world.noor, url)
    assert "Hij keek mee." in html
    assert "Open antwoord in ‘Bij elkaar kijken’" in html


def test_the_page_costs_the_same_for_one_item_and_three(world: World) -> None:
    given = small_groups(world)
    stopped(world, given)
    stopped(world, given, key="praten")
    linked(world, "vragen")
    client, url = signed_in(world.noor), address("criterion", world.criterion.pk)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    linked(world, "hielp", "eerst")
    linked(world, "vragen", key="praten")
    client.get(url)
    with CaptureQueriesContext(connection) as four:
        client.get(url)
    assert len(one) == len(four) <= 20, [q["sql"][:120] for q in four]


def test_a_note_may_be_for_me_alone(world: World) -> None:
    html = page(world.noor, address("note"))
    assert re.search(r'value="ik".*?Alleen ik', html, re.DOTALL)
    typed = {"text": "Alleen voor mij.", "circle": "ik", "form_key": "k1"}
    assert signed_in(world.noor).post(address("note"), typed).status_code == 302
    assert DataPoint.objects.get(text="Alleen voor mij.").circle == Circle.ME


def test_a_note_in_half_a_minute(world: World) -> None:
    client = signed_in(world.samira)
    url = f"{address('note')}?lat={world.criterion.pk}"
    html = client.get(url).content.decode()
    key = re.search(r'name="form_key" value="([^"]+)"', html)
    assert key
    form = {"text": "Zij keek mee.", "circle": str(world.team.pk), "form_key": key.group(1)}
    for _twice in range(2):
        response = client.post(url, form)
        assert response["Location"] == address("criterion", world.criterion.pk)
    assert DataPoint.objects.get().circle == "team"


def test_what_was_typed_stays(world: World) -> None:
    client = signed_in(world.samira)
    response = client.post(address("note"), {"text": "", "circle": "", "form_key": "k"})
    assert response.status_code == 422
    assert "Schrijf één zin." in response.content.decode()
    response = client.post(address("note"), {"text": "Wel iets.", "circle": "999999", "form_key": "k"})
    assert response.status_code == 422
    assert "Wel iets." in response.content.decode()
    assert not DataPoint.objects.exists()


def test_a_figure_by_form(world: World) -> None:
    client, url = signed_in(world.noor), address("by_hand", world.criterion.pk)
    form = {
        "title": "studenten kregen een lesbezoek",
        "definition": "Week 1 tot 3",
        "source": "Planning",
        "owner": "Noor",
        "about": "people",
        "part": "30",
        "whole": "23",
        "happened_on": clock.today().isoformat(),
        "form_key": "sleutel",
    }
    response = client.post(url, form)
    assert response.status_code == 422
    assert "meer dan het geheel" in response.content.decode()
    for _twice in range(2):
        assert client.post(url, form | {"part": "14"}).status_code == 302
    assert Figure.objects.get().part == 14


def test_a_report_by_form(world: World) -> None:
    form = {
        "title": "Panel met zes studenten",
        "vertelden": "We wachten tot zij beginnen.",
        "perspective": "student",
        "happened_on": (clock.today() - timedelta(days=1)).isoformat(),
        "permitted_use": "learn",
        "criterion": world.criterion.pk,
        "circle": world.team.pk,
        "form_key": "sleutel",
    }
    client = signed_in(world.noor)
    assert client.post(address("report", world.criterion.pk), form).status_code == 302
    html = page(world.joost, address("criterion", world.criterion.pk))
    assert "We wachten tot zij beginnen." in html
    assert "Panel met zes studenten" in html


def test_my_notes_hang_and_go(world: World) -> None:
    client = signed_in(world.samira)
    client.post(address("note"), {"text": "Zomaar iets.", "circle": "", "form_key": "k"})
    made = DataPoint.objects.get()
    assert "Alleen jij leest dit." in client.get(address("notes")).content.decode()
    client.post(address("attach", made.pk), {"criterion": world.criterion.pk})
    assert "Zomaar iets." in page(world.samira, address("criterion", world.criterion.pk))
    assert "Zomaar iets." not in page(world.joost, address("criterion", world.criterion.pk))
    client.post(address("withdraw", made.pk))
    assert "Zomaar iets." not in client.get(address("notes")).content.decode()


def test_the_ledger_of_a_layer(world: World) -> None:
    actions.write_note(access=world.access(world.samira), text="Van het team.", layer_id=world.team.pk)
    actions.write_note(access=world.access(world.samira), text="Van de school.", layer_id=world.school.pk)
    html = page(world.joost, address("ledger", world.team.pk))
    assert "Van het team." in html
    assert "Van de school." not in html
    assert "Van het team." not in page(world.joost, address("ledger", world.team.pk) + "?soort=hard")
    assert signed_in(world.hans).get(address("ledger", world.team.pk)).status_code == 404

"""The pages of the vision: who comes in, who may write, what a page costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.people.models import Person
from lemniscaat.vision import actions
from lemniscaat.vision.actions import CriterionText, PointText
from lemniscaat.vision.lenses import load_shipped
from lemniscaat.vision.models import FrameworkNode, Period, Profile, VisionPoint
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def address(name: str, *args: object) -> str:
    return reverse(f"vision:{name}", args=args)


def page(who: Person, url: str) -> str:
    response = signed_in(who).get(url)
    assert response.status_code == 200, (url, response.status_code)
    return str(response.content.decode())


def of_the_team(world: World) -> VisionPoint:
    text = PointText(
        "Samen kijken", "We zien elkaars les.", "Elke maand één keer.", "De deur staat open.\nEr ligt koffie."
    )
    return actions.add_point(access=world.access(world.noor), layer_id=world.team.pk, text=text)


def everything(world: World) -> list[str]:
    own = of_the_team(world)
    text = CriterionText("Elke maand kijkt iemand mee.", "vaker", "één keer", "nooit")
    lat = actions.add_criterion(access=world.access(world.noor), point=own, layer_id=world.team.pk, text=text)
    team = world.team.pk
    actions.write_own_view(
        access=world.access(world.noor), point=own, answers={"meaning": "Open deuren"}, shared=[]
    )
    return [
        address("page", team),
        address("profile", team, "profession"),
        address("profile_edit", team, "quality"),
        address("point_new", team),
        address("point", own.pk),
        address("point_edit", own.pk),
        address("history", own.pk),
        address("criterion_new", own.pk),
        address("criterion_edit", lat.pk),
        address("alone", own.pk),
        address("share", own.pk),
        address("side_by_side", own.pk, team),
        address("together", own.pk, team),
    ]


@pytest.mark.once
def test_an_outsider_finds_nothing(world: World) -> None:
    urls = everything(world)
    for url in urls:
        for who in (world.charlie, world.dirk, world.hans):
            assert signed_in(who).get(url).status_code == 404, url
            assert signed_in(who).post(url, {"text": "x"}).status_code in {404, 405}, url
        assert Client().get(url).status_code == 302
        assert signed_in(world.noor).get(url).status_code == 200, url


def test_a_student_sees_and_writes_at_the_own_table_only(world: World) -> None:
    own = of_the_team(world)
    for url in (
        address("page", world.team.pk),
        address("point_edit", own.pk),
        address("alone", world.point.pk),
    ):
        page(world.samira, url)
    for url in (
        address("point_edit", world.point.pk),
        address("criterion_edit", world.criterion.pk),
        address("point_new", world.root.pk),
        address("profile_edit", world.root.pk, "quality"),
        address("side_by_side", world.point.pk, world.root.pk),
    ):
        assert signed_in(world.samira).get(url).status_code == 404, url
    seen = page(world.samira, address("point", world.point.pk))
    assert "Pas dit punt aan" not in seen
    assert "Pas dit punt aan" in page(world.petra, address("point", world.point.pk))


def test_an_administrator_reads_and_does_not_write(world: World) -> None:
    assert "Voeg een visiepunt toe" not in page(world.ad, address("page", world.root.pk))
    assert signed_in(world.ad).get(address("point_new", world.root.pk)).status_code == 404
    assert signed_in(world.ad).get(address("criterion_new", world.point.pk)).status_code == 404


def test_the_points_of_the_layer_stand_before_those_above_it(world: World) -> None:
    of_the_team(world)
    html = page(world.samira, address("page", world.team.pk))
    assert html.index("Samen kijken") < html.index("Veilig om te proberen")
    assert "Er ligt koffie." in html
    assert "Samen kijken" not in page(world.noor, address("page", world.school.pk))
    assert signed_in(world.samira).get(address("page", world.institute.pk)).status_code == 404


def test_a_page_for_three_points_costs_as_much_as_for_one(world: World) -> None:
    load_shipped()
    client, url = signed_in(world.samira), address("page", world.team.pk)
    client.get(url)
    counted = []
    for _more in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        counted.append(len(queries))
        for n in range(2):
            point = actions.add_point(
                access=world.access(world.petra),
                layer_id=world.root.pk,
                text=PointText(f"Punt {n}", "Wat", "Hoe"),
            )
            made = actions.add_criterion(
                access=world.access(world.petra),
                point=point,
                layer_id=world.root.pk,
                text=CriterionText(f"Lat {n}", "goed", "genoeg", "nog niet"),
            )
            nodes = list(FrameworkNode.objects.filter(framework__key="waarborgen")[:2])
            actions.map_criterion(access=world.access(world.petra), criterion=made, nodes=nodes)
    assert counted[0] == counted[1]
    assert counted[0] <= 20


def test_one_chosen_lens_shows_where_nothing_hangs(world: World) -> None:
    load_shipped()
    node = FrameworkNode.objects.get(key="op-een-lijn")
    actions.map_criterion(access=world.access(world.petra), criterion=world.criterion, nodes=[node])
    html = page(world.samira, address("page", world.team.pk))
    assert html.count("Hier hangt nog geen lat.") == 3
    assert "De lerende leraar" in html
    other = page(world.samira, address("page", world.team.pk) + "?lens=werkende-elementen")
    assert "Integraal leiderschap" in other
    assert "De lerende leraar" not in other
    page(world.samira, address("page", world.team.pk) + "?lens=bestaat-niet")


def test_what_is_known_comes_as_a_fragment_with_a_link_behind_it(world: World) -> None:
    html = page(world.samira, address("page", world.team.pk))
    assert f'hx-get="{reverse("datapoints:known", args=[world.criterion.pk])}"' in html
    assert reverse("datapoints:criterion", args=[world.criterion.pk]) in html


def test_the_lessons_of_last_year_stand_on_the_page(world: World) -> None:
    start = world.period.starts_on
    Period.objects.create(
        partnership=world.partnership,
        name="vorig jaar",
        starts_on=start.replace(year=start.year - 1),
        ends_on=world.period.ends_on.replace(year=start.year),
        lessons="Eerder beginnen met kijken.",
    )
    assert "Eerder beginnen met kijken." in page(world.samira, address("page", world.team.pk))


def test_the_nearest_text_is_shown_with_its_layer(world: World) -> None:
    for who, layer, text in (
        (world.petra, world.root, "Van ons allen."),
        (world.noor, world.team, "Van dit team."),
    ):
        actions.write_profile(access=world.access(who), layer_id=layer.pk, kind="quality", text=text)
    html = page(world.samira, address("page", world.team.pk))
    assert "Van dit team." in html
    assert "Van ons allen." not in html
    assert "Van ons allen." in page(world.bea, address("page", world.board.pk))
    assert Profile.objects.count() == 2
    assert signed_in(world.samira).get(address("profile", world.team.pk, "onzin")).status_code == 404

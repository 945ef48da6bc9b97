"""The pages of who leads: what to do now, only for whoever has that role, and only what policy lets him see."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.base import clock
from lemniscaat.collection.models import Round
from lemniscaat.home.about import Shared, by_point
from lemniscaat.home.five_minutes import my_pages
from lemniscaat.home.this_month import minutes_of
from lemniscaat.instruments.pdf import can_make_pdf
from lemniscaat.interpretation.actions import write_meaning
from lemniscaat.people.models import Body, Role, Share
from lemniscaat.vision.models import Criterion, VisionPoint
from tests.accountability.stage import a_round, an_agreement, given_back
from tests.agenda.goals import taken_up
from tests.cast import World, organisation, person, signed_in
from tests.home.desk import HEARD, OTHER, meeting, shared

CAST = ("noor", "joost", "samira", "hans", "willem", "petra", "stef", "bea", "ad", "charlie")


@pytest.fixture
def pages(world: World) -> dict[str, str]:
    return {
        "willem": reverse("home:school", args=[world.school.pk]),
        "bea": reverse("home:board", args=[world.board.pk]),
        "stef": reverse("home:meeting", args=[meeting(world.steering).pk]),
        "petra": reverse("home:programme"),
    }


def read(world: World, who: str, url: str) -> str:
    """A page as text, without its marks."""
    answer = signed_in(getattr(world, who)).get(url)
    assert answer.status_code == 200
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


@pytest.mark.django_db
def test_each_page_is_for_who_has_that_role(world: World, pages: dict[str, str]) -> None:
    for who in CAST:
        client = signed_in(getattr(world, who))
        for owner, url in pages.items():
            # whoever sees the talks of the partnership reads what lies on its tables
            mine = who == owner or (owner == "stef" and who == "petra")
            for form in ("", "papier/"):
                assert client.get(url + form).status_code == (200 if mine else 404), (who, url + form)


@pytest.mark.django_db
def test_home_leads_there_in_one_tap_and_says_nothing_to_a_student(
    world: World, pages: dict[str, str]
) -> None:
    for who, url in pages.items():
        home = signed_in(getattr(world, who)).get("/", follow=True).content.decode()
        assert f'href="{url}"' in home, who
    for who in ("samira", "joost", "noor"):
        assert my_pages(world.access(getattr(world, who))) == []
        assert "/voor/" not in signed_in(getattr(world, who)).get("/", follow=True).content.decode()


@pytest.mark.django_db
def test_a_school_leader_sees_what_his_team_chose_to_share_and_no_more(
    world: World, pages: dict[str, str]
) -> None:
    noor = world.access(world.noor)
    write_meaning(
        access=noor, layer_id=world.team.pk, criterion=world.criterion, text="Dit blijft van ons team."
    )
    shared(world, world.school)
    taken_up(world, "Een punt van het team alleen.")
    taken_up(
        world,
        "Elke begeleider houdt een uur vrij.",
        who=world.noor,
        at=world.school,
        owner=world.willem,
        anchors=("plan", "hours"),
        anchor_text="paragraaf 3",
    )
    an_agreement(world, owner=world.willem, sentence="Willem vertelt het in september.")
    text = read(world, "willem", pages["willem"])
    assert HEARD in text
    assert OTHER in text
    assert "Elke begeleider houdt een uur vrij." in text
    assert "Staat ook in de taakuren en het schoolplan: paragraaf 3." in text
    assert "Willem vertelt het in september." in text, "it is on his name, and comes back nowhere"
    assert "Dit blijft van ons team." not in text
    assert "Een punt van het team alleen." not in text


@pytest.mark.django_db
def test_what_runs_is_told_in_minutes_and_what_came_back_by_its_day(
    world: World, pages: dict[str, str]
) -> None:
    made = a_round(world)
    Round.objects.filter(pk=made.pk).update(state="open", opened_on=clock.today(), stopped_on=None)
    assert re.search(rf"{made.title} .{{0,80}}iedereen", read(world, "willem", pages["willem"]))
    assert minutes_of("halverwege") > 0
    assert minutes_of("van-elders") == 0, "what the cabinet does not know is not guessed"
    given_back(world, a_round(world, code="BEUK 1234", seed="nog een"))
    assert "las op" in read(world, "willem", pages["willem"])


@pytest.mark.django_db
def test_a_board_reads_by_vision_point_and_finds_no_school_that_shared_nothing(
    world: World, pages: dict[str, str]
) -> None:
    silent = organisation("school", "De Stille School", world.board)
    row = shared(world, world.board)
    bea = world.access(world.bea)
    write_meaning(
        access=bea, layer_id=world.board.pk, criterion=world.criterion, text="Wij zien het nog te weinig."
    )
    text = read(world, "bea", pages["bea"])
    assert HEARD in text
    assert world.point.title in text
    for words in (world.criterion.good, world.criterion.good_enough, world.criterion.not_yet):
        assert words in text
    assert "Wij zien het nog te weinig." in text
    assert silent.name not in text
    assert world.school.name not in text, "the team chose to share, its school did not"
    Share.objects.filter(pk=row.pk).update(revoked_on=clock.today())
    assert HEARD not in read(world, "bea", pages["bea"])


@pytest.mark.django_db
def test_the_programme_sees_who_waits_too_long_and_where_to_mend_it(
    world: World, pages: dict[str, str]
) -> None:
    made = a_round(world)
    shared(world, world.root)
    late = reverse("accountability:write_return", args=[made.pk])
    html = signed_in(world.petra).get(pages["petra"]).content.decode()
    assert late in html
    assert "langer dan 60 dagen" not in html
    Round.objects.filter(pk=made.pk).update(stopped_on=clock.today() - timedelta(days=61))
    text = read(world, "petra", pages["petra"])
    assert "langer dan 60 dagen" in text
    assert "Gedeeld, nog zonder antwoord" in text
    assert f"{world.point.title} {world.team.name}" in text
    assert "is niemand te bereiken die niet beoordeelt" in text


def grow(world: World) -> None:
    """More of everything that a partnership has."""
    for number in range(12):
        school = organisation("school", f"School {number}", world.board)
        team = organisation("team", f"Team {number}", school)
        leader = person(f"Leider {number}", world.partnership, (school, Role.SCHOOL_LEADER))
        person(f"Student {number}", world.partnership, (team, Role.STUDENT))
        Body.objects.create(partnership=world.partnership, organisation=school, name="x").people.set([leader])
        an_agreement(world, sentence=f"Afspraak {number}", returns_at=meeting(world.steering, 20 + number))
        shared(world, world.root, f"Betekenis {number}")
        shared(world, world.board, f"Betekenis {number}")
        shared(world, world.school, f"Betekenis {number}")


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "most"), [("willem", 36), ("bea", 35), ("stef", 24), ("petra", 38)])
def test_a_page_costs_what_it_shows_and_not_what_there_is(
    world: World, pages: dict[str, str], who: str, most: int
) -> None:
    an_agreement(world, returns_at=meeting(world.steering, 12))
    for layer in (world.root, world.board, world.school):
        shared(world, layer)
    client = signed_in(getattr(world, who))
    counts = []
    for more in (lambda: None, lambda: grow(world)):
        more()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(pages[who]).status_code == 200
        counts.append(len(asked))
    assert counts[1] <= counts[0], counts
    assert counts[1] <= most, counts


@pytest.mark.django_db
def test_the_sheet_for_the_mt_is_two_pages_at_most(world: World, pages: dict[str, str]) -> None:
    if not can_make_pdf():
        pytest.skip("no WeasyPrint here")
    grow(world)
    for number in range(3):
        taken_up(world, f"Punt {number} waar we dit jaar aan werken.", at=world.school, why="x")
    for who, name in (
        ("willem", "mt.pdf"),
        ("bea", "bestuur.pdf"),
        ("stef", "overleg.pdf"),
        ("petra", "programma.pdf"),
    ):
        answer = signed_in(getattr(world, who)).get(pages[who] + name)
        assert answer["Content-Type"] == "application/pdf"
        counts = [int(n) for n in re.findall(rb"/Count (\d+)", answer.content)]
        assert not counts or max(counts) <= 2, (who, counts)


@pytest.mark.django_db
def test_without_a_pdf_the_page_to_print_stands_there(
    world: World, pages: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from lemniscaat.home import desk_views

    def none(html: str) -> bytes:
        raise desk_views.NoPdfError

    monkeypatch.setattr(desk_views, "pdf_bytes", none)
    assert "Opslaan als PDF" in read(world, "willem", pages["willem"] + "mt.pdf")


POINTS = [VisionPoint(pk=n, order=9 - n, title=f"Punt {n}") for n in range(1, 4)]


@given(st.lists(st.sampled_from([None, *POINTS]), max_size=12))
def test_every_share_stands_under_one_vision_point(about: list[VisionPoint | None]) -> None:
    rows = [
        Shared(Share(pk=at, title="x"), Criterion(pk=at, point=point) if point else None)
        for at, point in enumerate(about)
    ]
    groups = by_point(rows)
    assert sorted(one.row.pk for group in groups for one in group.shared) == list(range(len(rows)))
    orders = [group.point.order if group.point else 99 for group in groups]
    assert orders == sorted(orders)

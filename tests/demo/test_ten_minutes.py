"""The ten minutes on a stage: a page with the doors in order, and a hall that hears back while time passes."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from lemniscaat.accountability.models import Return
from lemniscaat.base import clock
from lemniscaat.base.keys import link_token
from lemniscaat.collection.models import RoundState
from lemniscaat.demo import actions
from lemniscaat.demo.meanwhile import HALL, hall_round, talk_of, tell_the_hall
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.ten_minutes import ten_minutes
from lemniscaat.meetings import halls, leading
from lemniscaat.meetings.script import Script
from tests.demo.test_pages import demo

__all__ = ["demo"]
pytestmark = pytest.mark.django_db
OPTIONS = ("beroepsbeeld", "samenhang", "kwaliteitszorg", "zicht", "samen-leren", "eigenaarschap")


@pytest.fixture(autouse=True)
def real_day() -> Iterator[None]:
    yield
    clock.move_to(0)


def a_hall_answers(stage: Stage) -> None:
    """Eight people in a hall put the challenges in their order, and it is shown."""
    _told, talk = talk_of(HALL)
    assert talk is not None
    petra = stage.access("petra", clock.today())
    for step in Script.read(talk.script).taken:
        if step.kind == "show":
            leading.lay_open(access=petra, meeting=talk, number=step.section)
            return
        leading.go_to(access=petra, meeting=talk, step=step.key)
        if step.kind == "think":
            for _ in range(8):
                given = {"uitdagingen": {"v": list(OPTIONS)}}
                assert halls.answer(table=talk.table, number=1, secret=link_token(), answers=given)


def doors(number: int) -> list[str]:
    return [door.url for door in ten_minutes()[number - 1].doors]


def test_every_door_that_is_open_leads_somewhere(demo: Stage) -> None:
    page = Client().get("/demo/podium/").content.decode()
    assert page.count('class="spoken"') == 8
    assert "Open het podium" in Client().get("/demo/").content.decode()
    found = re.findall(r'href="(/demo/als/[^"]+)"', page)
    assert len(found) >= 11
    for url in found:
        client = Client()
        assert client.get(url.replace("&amp;", "&"), follow=True).status_code == 200, url
    assert doors(5) == [""], "not before there is an agreement"
    spare = Client().get(doors(7)[0]).content.decode()
    assert "Dit doen we niet, want" in spare, "where no hall answered: what was given back last"


def test_who_one_becomes_never_leads_out_of_the_house(demo: Stage) -> None:
    for there in ("https://elders.example/", "//elders.example/", "elders"):
        answer = Client().get("/demo/als/noor/", {"verder": there})
        assert answer["Location"] == "/", there
    assert Client().get("/demo/als/noor/", {"verder": "/kast/"})["Location"] == "/kast/"


def test_the_hall_hears_back_while_three_months_pass(demo: Stage) -> None:
    tell_the_hall()
    assert hall_round() is None
    a_hall_answers(demo)
    asked = hall_round()
    assert asked is not None
    assert asked.state == RoundState.STOPPED
    assert asked.return_code in Client().get("/demo/podium/").content.decode()
    today = clock.today()
    answer = Client().post("/demo/later/", {"terug": "stage"})
    assert answer["Location"] == "/demo/podium/"
    told = Return.objects.get(round=asked)
    assert told.published_on is not None
    assert today < told.published_on < clock.today()
    html = Client().get(doors(7)[0]).content.decode()
    for words in ("Dit hoorden we", "Dit doen we", "Dit doen we niet, want"):
        assert words in html
    actions.move_on()
    assert Return.objects.filter(round=asked).count() == 1

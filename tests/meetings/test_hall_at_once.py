"""A thousand at once: they come in from one address, have one page, and leave nothing beside their answer."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import connection
from django.test import Client

from lemniscaat.base import clock
from lemniscaat.base.bell import Bell
from lemniscaat.base.limits import Limits, Rate
from lemniscaat.collection.models import Response
from lemniscaat.instruments.library import library
from lemniscaat.meetings import doorway, halls, tables
from lemniscaat.meetings.actions import Laid
from lemniscaat.meetings.models import Chair, Meeting, Table, TableEvent
from lemniscaat.meetings.scene import of_the_room
from tests.cast import World, signed_in
from tests.collection import halls as asked
from tests.meetings.test_table import phone, planned, press

pytestmark = pytest.mark.django_db

ORDER = {f"uitdagingen.{key}": str(place) for place, key in enumerate(
    ("beroepsbeeld", "samenhang", "kwaliteitszorg", "zicht", "samen-leren", "eigenaarschap"), 1
)}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(doorway, "limits", Limits())
    # the number of an instrument is used again by the next test, for another one
    tables._instrument.cache_clear()
    yield
    tables._instrument.cache_clear()


def in_hall(world: World, **more: Any) -> Meeting:
    """A talk for a hall, planned and not begun."""
    laid = more.pop("laid", None) or Laid(library().get("uitdagingen"), hall=True)
    return planned(world, laid=laid, criterion=None, **more)


def came(meeting: Meeting, role: str = "") -> Client:
    """A phone that joined by the code."""
    client, start = Client(), f"/tafel/code/{meeting.table.code}/"
    ticket = re.search(r'name="ticket" value="([^"]+)"', client.get(start).content.decode())
    assert ticket
    answer = client.post(start, {"ticket": ticket[1], "role": role})
    assert answer["Location"] == phone(meeting), "straight to the talk"
    return client


def source(meeting: Meeting, client: Client) -> str:
    """Where a phone fetches what comes next."""
    found = re.search(r'<div id="nu"[^>]* hx-get="([^"]+)"', client.get(phone(meeting)).content.decode())
    assert found
    return found[1]


def give(meeting: Meeting, client: Client, **headers: str) -> Any:
    given = {"section": "1", "do": "done", **ORDER}
    return client.post(f"{phone(meeting)}geef/", given, headers=headers)


# coming in


def test_everybody_with_a_good_code_comes_in_from_one_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "JOINING", Rate(burst=3, seconds=3600))
    row = in_hall(world)
    for _phone in range(12):
        came(row)
        assert Client().post("/tafel/", {"code": row.table.code}).status_code == 302
    assert Chair.objects.filter(table=row.table, here=True).exclude(person=world.noor).count() == 12


def test_one_known_code_buys_no_guesses_at_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before every guess somebody uses the code he knows. After as many wrong ones as anybody gets, also the right code
    of the table he was after opens nothing."""
    monkeypatch.setattr(doorway, "JOINING", Rate(burst=3, seconds=3600))
    known, sought = in_hall(world), in_hall(world, title="Elders")
    for number in range(3):
        for _again in range(5):
            assert Client().get(f"/tafel/code/{known.table.code}/").status_code == 200
        assert Client().get(f"/tafel/code/00000{number}/").status_code == 404
    assert Client().get(f"/tafel/code/{sought.table.code}/").status_code == 404
    assert Client().post("/tafel/", {"code": sought.table.code}).status_code == 422
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert elsewhere.get(f"/tafel/code/{sought.table.code}/").status_code == 200


def test_at_one_table_a_right_code_is_free_only_so_often(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "JOINING", Rate(burst=2, seconds=3600))
    monkeypatch.setattr(doorway, "ENTERING", Rate(burst=5, seconds=3600))
    row = in_hall(world)
    seen = [Client().get(f"/tafel/code/{row.table.code}/").status_code for _ in range(9)]
    assert seen == [200] * 7 + [404] * 2


# one page for all


def test_the_whole_hall_has_one_address_and_nobodys_page(world: World) -> None:
    row = in_hall(world)
    phones = [came(row, role) for role in ("", "student", "board_member")]
    press(world, row, "go:s1c1")
    addresses = {source(row, one) for one in phones}
    assert len(addresses) == 1
    address = addresses.pop()
    assert address.startswith(f"/samen/tafel-{row.table_id}/")
    answers = [Client().get(address), phones[0].get(address)]
    assert answers[0].content == answers[1].content
    assert b"csrfmiddlewaretoken" not in answers[0].content
    assert not answers[0].cookies, "with a cookie it would be drawn for each phone apart"


def test_who_is_asked_in_other_words_has_another_address(world: World) -> None:
    sections = [dict(one) for one in asked.SECTIONS[:1]]
    sections[0]["items"] = [
        {**sections[0]["items"][0], "for": {"student": "Hoe vaak keek je bij je begeleider?"}}
    ]
    row = in_hall(world, laid=Laid(asked.instrument(sections=sections), hall=True))
    student, mentor, nobody = (halls.shared_path(row.table, role) for role in ("student", "mentor", ""))
    assert student != mentor == nobody
    press(world, row, "go:s1think")
    assert "bij je begeleider" in Client().get(student).content.decode()
    assert "bij je begeleider" not in Client().get(mentor).content.decode()


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 200), (2, 404), (-1, 404)])
def test_an_address_lives_until_the_day_after(world: World, days: int, status: int) -> None:
    row = in_hall(world)
    day = (clock.today() - timedelta(days=days)).isoformat()
    token = Signer(salt=halls.SALT).sign_object([row.table_id, "", "nl", day])
    assert Client().get(f"/samen/tafel-{row.table_id}/{token}/").status_code == status


def test_a_false_address_shows_nothing(world: World) -> None:
    row = in_hall(world)
    good = halls.shared_path(row.table, "")
    token = good.split("/")[3]
    told = Signer(salt="something else").sign_object([row.table_id, "", "nl", clock.today().isoformat()])
    for path in (f"tafel-{row.table_id + 1}/{token}", f"elders/{token}", f"tafel-{row.table_id}/{token}x"):
        assert Client().get(f"/samen/{path}/").status_code == 404
        assert signed_in(world.charlie).get(f"/samen/{path}/").status_code == 404
    assert Client().get(f"/samen/tafel-{row.table_id}/{told}/").status_code == 404
    at_table = planned(world, title="Aan tafel")
    assert Client().get(halls.shared_path(at_table.table, "")).status_code == 404, "no hall"


def test_a_page_of_a_whole_hall_costs_little(world: World, django_assert_max_num_queries: Any) -> None:
    """However many sit there: nobody looks up who leads, who is where or how many wrote, for phones do not show it."""
    row = in_hall(world)
    one = came(row)
    for _more in range(5):
        came(row)
    press(world, row, "go:s1c1")
    address = source(row, one)
    assert of_the_room(Meeting.objects.get(pk=row.pk)) is None
    with django_assert_max_num_queries(4):
        Client().get(address)
    with django_assert_max_num_queries(10):
        assert give(row, one).status_code == 302
    with django_assert_max_num_queries(6):
        one.get(phone(row))


# answering, and the outcome


def test_nothing_is_written_beside_an_answer(world: World) -> None:
    row = in_hall(world)
    one = came(row, "student")
    press(world, row, "go:s1c1")
    before = list(Chair.objects.order_by("pk").values())
    events = TableEvent.objects.count()
    assert give(row, one).status_code == 302
    assert Response.objects.count() == 1
    assert list(Chair.objects.order_by("pk").values()) == before, "not even that this chair gave something"
    assert TableEvent.objects.count() == events


def test_the_page_comes_along_with_the_answer_where_a_script_asks(world: World) -> None:
    row = in_hall(world)
    one = came(row)
    press(world, row, "go:s1c1")
    answer = give(row, one, **{"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Je antwoord is binnen." in answer.content.decode()
    press(world, row, "shut:1")
    late = give(row, one, **{"HX-Request": "true"})
    assert late.status_code == 302
    assert Response.objects.count() == 1


def test_a_hall_hears_once_that_its_outcome_lies_open(world: World) -> None:
    row = in_hall(world)
    phones = [came(row) for _ in range(6)]
    press(world, row, "go:s1c1")
    for one in phones:
        give(row, one)
    with_outcome = source(row, phones[0])
    assert "gaven antwoord" not in Client().get(with_outcome).content.decode()
    press(world, row, "open:1")
    now = Meeting.objects.select_related("table").get(pk=row.pk)
    assert (now.step, now.table.laid_open) == ("s2c1", [1])
    assert "6 gaven antwoord" in Client().get(with_outcome).content.decode()
    press(world, row, "again:1")
    now.refresh_from_db()
    assert now.step == "s1c1"
    assert Table.objects.get(pk=row.table_id).laid_open == []


@pytest.mark.django_db(transaction=True)
def test_both_changes_of_one_press_are_there_before_anybody_hears(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hall that heard of the first would fetch twice."""
    if connection.vendor != "sqlite":
        pytest.skip("there the database itself rings when all is committed")
    row = in_hall(world)
    press(world, row, "go:s1c1")
    heard: list[tuple[str, list[int]]] = []

    def ring(_bell: Any, _topic: str, _event: int, _name: str) -> None:
        now = Meeting.objects.select_related("table").get(pk=row.pk)
        heard.append((now.step, now.table.laid_open))

    monkeypatch.setattr(Bell, "ring", ring)
    press(world, row, "open:1")
    press(world, row, "again:1")
    assert heard == [("s2c1", [1])] * 2 + [("s1c1", [])] * 2


def test_an_outsider_has_no_way_in_but_the_code(world: World) -> None:
    row = in_hall(world)
    press(world, row, "go:s1c1")
    for who in (Client(), signed_in(world.charlie)):
        assert who.get(phone(row)).status_code == 404
        assert give(row, who).status_code == 404
    assert not Response.objects.exists()

"""Handing in on the short way: the same outcome as by the page, for one and for many at once."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.collection import express
from lemniscaat.collection.carry import fresh
from lemniscaat.collection.codes import PERSONAL, used_token
from lemniscaat.collection.express import Express, Handed, take_in
from lemniscaat.collection.models import Invitation, Receipt, Response, RoundState, Segment
from lemniscaat.collection.places import Places
from lemniscaat.collection.sheets import instrument_of
from tests.cast import World
from tests.collection.doors import Asked, hidden, many_people, text_of, used_links
from tests.collection.doors import opened as opened_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world: World) -> Asked:
    many_people(world)
    return opened_round(world)


def sheet(asked: Asked, token: str) -> str:
    """An empty sheet as the page hands it out."""
    page = Client().get(reverse("answer:whole", args=[token]), {"rol": "student"})
    assert page.status_code == 200
    return hidden(text_of(page))


def form(asked: Asked, token: str, **more: str) -> Handed:
    instrument = instrument_of(asked.round)
    scales = [item for item in instrument.items if item.kind == "scale"]
    fields = {"blad": sheet(asked, token), "alles": "1"} | {item.key: item.options[0].key for item in scales}
    return Handed(token, urlencode(fields | more).encode())


def by_page(handed: Handed) -> object:
    return Client().post(
        reverse("answer:send", args=[handed.token]),
        handed.body,
        content_type="application/x-www-form-urlencoded",
    )


def stored() -> list[object]:
    return sorted((str(row.answers), row.segment_id, row.schema_version) for row in Response.objects.all())


def test_the_same_row_as_by_the_page(asked: Asked) -> None:
    one, other = asked.tokens()[:2]
    Invitation.objects.update(segment=Segment.objects.filter(round=asked.round).order_by("id")[0])
    assert take_in([form(asked, one)]) == [True]
    assert by_page(form(asked, other)).status_code == 303  # type: ignore[attr-defined]
    first, second = stored()
    assert first == second
    assert set(used_links().values_list("token", flat=True)) == {used_token(one), used_token(other)}
    assert Receipt.objects.count() == 2


def test_many_at_once_in_one_transaction(asked: Asked, django_assert_max_num_queries: object) -> None:
    link = asked.round.link_token
    handed = [form(asked, token) for token in [*asked.tokens()[:6], *[link] * 6]]
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert take_in(handed) == [True] * 12
    assert Response.objects.count() == 12
    mine = set(used_links().values_list("segment_id", flat=True))
    assert used_links().count() == 6
    theirs = {place for _name, place in Places.from_json(asked.round.places).segments}
    assert set(Response.objects.values_list("segment_id", flat=True)) <= mine | theirs


def test_the_same_sheet_twice_is_one(asked: Asked) -> None:
    handed = form(asked, asked.round.link_token)
    assert take_in([handed, handed]) == [True, True]
    assert take_in([handed]) == [True]
    assert Response.objects.count() == 1


def test_a_link_gives_one_sheet(asked: Asked) -> None:
    token = asked.tokens()[0]
    first, second = form(asked, token), form(asked, token)
    assert take_in([first, second]) == [True, False]
    assert take_in([second]) == [False]
    assert Response.objects.count() == 1


def test_what_is_not_plain_is_left_to_the_page(asked: Asked) -> None:
    link = asked.round.link_token
    good = form(asked, link)
    strange = [
        Handed(link, good.body.replace(b"alles=1&", b"alles=1&%FF=1&")),
        Handed(link, b"blad=onzin&alles=1"),
        Handed(link, b"alles=1"),
        Handed(link, form(asked, link).body.replace(b"=o", b"=x"))
        if b"=o" in good.body
        else Handed(link, b""),
        Handed("r-" + "x" * (len(link) - 2), good.body),
        Handed(asked.tokens()[0][:-1] + "~", form(asked, link).body),
        Handed(link, b"&".join(b"a%d=1" % n for n in range(2000))),
    ]
    assert take_in(strange) == [False] * len(strange)
    assert not Response.objects.exists()
    assert not Receipt.objects.exists()


def test_a_sheet_of_another_round_stays_out(asked: Asked, world: World) -> None:
    other = opened_round(world, by_mail=False, over_budget_because="Het is nodig.")
    foreign = fresh(round_id=other.round.pk, role="student", segment=1, language="nl").sealed()
    body = urlencode({"blad": foreign, "alles": "1"}).encode()
    assert take_in([Handed(asked.round.link_token, body), Handed(asked.tokens()[0], body)]) == [False, False]
    assert not Response.objects.exists()


def test_after_the_stop_nothing_comes_in(asked: Asked) -> None:
    handed = [form(asked, asked.round.link_token), form(asked, asked.tokens()[0])]
    asked.round.state = RoundState.STOPPED
    asked.round.save()
    assert take_in(handed) == [False, False]
    assert by_page(handed[0]).status_code == 410  # type: ignore[attr-defined]


def test_a_personal_link_is_known_by_its_length(asked: Asked) -> None:
    assert {len(token) for token in asked.tokens()} == {PERSONAL}
    assert len(asked.round.link_token) != PERSONAL


# the route


def scope(
    path: str, body: bytes = b"", method: str = "POST", kind: bytes = express.FORM
) -> dict[str, object]:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    return {"type": "http", "method": method, "path": path, "headers": headers}


def test_only_sheets_go_this_way() -> None:
    route, send = Express(), reverse("answer:send", args=["abc"])
    assert route.token(scope(send)) == "abc"
    assert route.token(scope(send, method="GET")) == ""
    assert route.token(scope(reverse("answer:check", args=["abc"]))) == ""
    assert route.token(scope(send, kind=b"multipart/form-data; boundary=x")) == ""
    assert route.token(scope(send, kind=express.FORM + b"; charset=UTF-8")) == "abc"
    assert route.token(scope(send, kind=express.FORM + b"; charset=latin-1")) == ""
    assert route.token(scope(send, body=b"x" * 700_000)) == ""
    assert route.token(scope("/mee/a/b/versturen/")) == ""
    assert route.token({**scope(send), "root_path": "/onder"}) == ""


def travel(handed: Handed, outcome: bool | Exception) -> tuple[list[dict[str, object]], list[bytes]]:
    """One request over the route, with the writing itself replaced; what was sent, and what the page got."""
    sent: list[dict[str, object]] = []
    page: list[bytes] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": handed.body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    async def otherwise(_scope: object, again: object, _send: object) -> None:
        page.append((await again())["body"])  # type: ignore[operator]

    def written(batch: list[Handed]) -> list[bool]:
        if isinstance(outcome, Exception):
            raise outcome
        return [outcome for _ in batch]

    async def run() -> None:
        route = Express()
        await route(scope(reverse("answer:send", args=[handed.token]), handed.body), receive, send, otherwise)  # type: ignore[arg-type]
        await asyncio.to_thread(route.close)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(express, "take_in", written)
        patch.setattr(express, "close_old_connections", lambda: None)
        asyncio.run(run())
    return sent, page


def test_thanks_read_the_same_as_those_of_the_page(asked: Asked) -> None:
    handed = form(asked, asked.round.link_token)
    sent, page = travel(handed, True)
    theirs = by_page(handed)
    assert page == []
    assert sent[0]["status"] == theirs.status_code == 303  # type: ignore[attr-defined]
    mine = {name.decode(): value.decode() for name, value in sent[0]["headers"]}  # type: ignore[attr-defined]
    assert mine.pop("content-length") == "0"
    known = {name.lower(): value for name, value in theirs.headers.items()}  # type: ignore[attr-defined]
    assert mine == {name: known[name] for name in mine}
    assert set(known) - set(mine) <= {"content-length", "content-security-policy", "vary", "content-language"}


@pytest.mark.parametrize("outcome", [False, RuntimeError("no room")])
def test_what_cannot_be_taken_in_reaches_the_page_whole(outcome: bool | Exception) -> None:
    handed = Handed("abc", b"blad=x&alles=1")
    sent, page = travel(handed, outcome)
    assert sent == []
    assert page == [handed.body]

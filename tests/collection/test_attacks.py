"""Somebody with an account, or with one copy of the database, who tries the ways in that are not figures."""

import io
import json
import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from lemniscaat.collection.actions import Sent, stop_round, submit
from lemniscaat.collection.codes import personal_token
from lemniscaat.collection.express import Handed, take_in
from lemniscaat.collection.inviting import guests
from lemniscaat.collection.models import (
    Block,
    FreeText,
    Invitation,
    ReadingState,
    Response,
    Round,
    Segment,
)
from lemniscaat.collection.outcome import participation
from lemniscaat.collection.queries import open_for
from lemniscaat.collection.reading import waiting
from lemniscaat.datapoints.queries import texts_for
from lemniscaat.people.models import Role
from tests import cast
from tests.collection.doors import Asked, fresh_device, hidden, many_people, opened, text_of, used_links
from tests.collection.released import linked, stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world: cast.World) -> Asked:
    many_people(world)
    return opened(world)


def rows_of(table: str) -> list[dict[str, object]]:
    """A table as somebody with a copy of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def shapes(rows: list[dict[str, object]], *, but: tuple[str, ...]) -> set[str]:
    """What can be told of rows by everything except keys, places and random texts."""
    return {json.dumps({k: v for k, v in row.items() if k not in but}, default=str) for row in rows}


def sent_by_express(asked: Asked, token: str) -> None:
    page = text_of(fresh_device().get(reverse("answer:whole", args=[token])))
    body = f"blad={hidden(page)}&alles=1"
    assert take_in([Handed(token, body.encode())]) == [True]


def test_one_copy_of_an_open_round_does_not_tell_who_took_part(asked: Asked) -> None:
    """One of the ten in a segment answered: whoever sees that he did, and the only sheet there, has his answers."""
    one, other = asked.tokens()[:2]
    submit(round_=asked.round, answers={}, receipt="r", token=one)
    sent_by_express(asked, other)
    rows = rows_of("collection_invitation")
    assert {len(str(row["token"])) for row in rows} == {64}
    assert len(shapes(rows, but=("id", "person_id", "segment_id", "token", "role", "wish"))) == 1
    assert {len(str(row["wish"])) for row in rows} == {64}
    # the link itself still knows, so that nobody gives two sheets by it
    assert used_links().count() == 2
    assert "al" in text_of(fresh_device().get(reverse("answer:start", args=[one])))
    assert fresh_device().get(reverse("answer:start", args=[other])).content
    assert Response.objects.count() == 2


def test_only_i_see_that_my_question_is_done(asked: Asked) -> None:
    world = asked.world
    samira = world.access(world.samira)
    assert [one.round for one in open_for(samira)] == [asked.round]
    submit(round_=asked.round, answers={}, receipt="r", token=asked.token_of(world.samira.email))
    assert open_for(samira) == ()
    stop_round(round_=asked.round)
    assert Invitation.objects.filter(round=asked.round).exists()
    assert open_for(samira) == ()


def test_who_uses_the_device_next_finds_nothing(asked: Asked) -> None:
    """Cards and the empty sheet stay until the browser closes; what shows answers or codes does not."""
    token, device = asked.tokens()[0], fresh_device()
    first = device.post(reverse("answer:card", args=[token, 1]))
    carried = {"blad": hidden(text_of(first))}
    pages = {
        "card": first,
        "check": device.post(reverse("answer:check", args=[token]), carried),
        "code": device.post(reverse("answer:save_code", args=[token]), {**carried, "hier": "1"}),
        "empty sheet": device.get(reverse("answer:whole", args=[token])),
        "sheet": device.post(reverse("answer:whole", args=[token]), carried),
        "sent": device.post(reverse("answer:send", args=[token]), carried),
        "thanks": device.get(reverse("answer:done", args=[token])),
        "return": device.get(reverse("returning:page", args=[asked.round.return_code])),
    }
    kept = {name for name, one in pages.items() if "no-store" not in one["Cache-Control"]}
    assert kept == {"card", "empty sheet"}
    assert {one["Referrer-Policy"] for one in pages.values()} == {"no-referrer"}
    assert all("private" in one["Cache-Control"] for one in pages.values())


def test_pages_of_members_are_kept_nowhere(asked: Asked) -> None:
    client = cast.signed_in(asked.world.noor)
    for address in (reverse("collection:round", args=[asked.round.pk]), reverse("datapoints:notes")):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_an_error_is_logged_without_the_link(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the moment of a log line, a link would say who answered when."""
    token, lines = asked.tokens()[0], io.StringIO()
    handler = logging.getLogger("django.request").handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    monkeypatch.setattr(handler, "stream", lines)

    def broken(*args: object) -> None:
        raise ValueError(f"nothing at /mee/{token}/ for {asked.world.samira.email}")

    monkeypatch.setattr("lemniscaat.collection.answer_views.instrument_for", broken)
    device = Client(raise_request_exception=False)
    assert device.post(reverse("answer:card", args=[token, 1])).status_code == 500
    assert "ValueError" in lines.getvalue()
    assert token not in lines.getvalue()
    assert asked.world.samira.email not in lines.getvalue()


def test_texts_of_a_withdrawn_item_are_gone(world: cast.World) -> None:
    given = stopped(world, {(Role.STUDENT, world.school): 14})
    linked(world, "vertel")
    FreeText.objects.update(state=ReadingState.RELEASED, agreed=1)
    noor = world.access(world.noor)
    assert texts_for(noor, world.criterion)
    Block.objects.filter(item="vertel_text").update(withdrawn_on=world.period.starts_on)
    assert texts_for(noor, world.criterion) == []
    assert waiting(given.round) == 0


def shape_of(round_: Round) -> list[tuple[str, int]]:
    """Which places and roles count together in the release of a round, and with how many people."""
    names = {s.pk: f"{s.role}/{s.school}" for s in Segment.objects.filter(round=round_)}
    rows = Block.objects.filter(release__round=round_, item="")
    return sorted(("+".join(sorted(names[m] for m in row.members)), row.people) for row in rows)


@pytest.mark.parametrize("came", [0, 1])
def test_nobody_took_part_looks_like_a_few(world: cast.World, came: int) -> None:
    """Of the mentors ten were asked. Were they in no block when none came, all ten would be known to be absent."""
    many_people(world)
    asked = opened(world, by_link=False)
    invited = Invitation.objects.filter(round=asked.round)
    students = [personal_token(pk) for pk in invited.filter(role=Role.STUDENT).values_list("pk", flat=True)]
    mentors = [personal_token(pk) for pk in invited.filter(role=Role.MENTOR).values_list("pk", flat=True)]
    assert Segment.objects.filter(round=asked.round).count() == 2
    for n, token in enumerate([*students[: 8 - came], *mentors[:came]]):
        assert submit(round_=asked.round, answers={}, receipt=f"r{n}", token=token) is Sent.IN
    stop_round(round_=asked.round)
    (together,) = shape_of(asked.round)
    assert together[1] == 8
    assert {"student", "mentor"} <= {part.split("/")[0] for part in together[0].split("+")}
    voices = participation(world.access(world.noor), asked.round)[1]
    assert {voice.n for voice in voices} == {None}


def test_who_makes_up_a_place_gets_no_segment_of_his_own(asked: Asked) -> None:
    """By the open link people say themselves where they stand; what the round does not know is left out."""
    link, device = asked.round.link_token, fresh_device()
    known = {row.pk for row in Segment.objects.filter(round=asked.round)}
    for n, place in enumerate(["", "0", "999999", "*", "school' OR 1=1"]):
        begun = device.post(reverse("answer:card", args=[link, 1]), {"rol": Role.STUDENT, "plek": place})
        sent = device.post(reverse("answer:send", args=[link]), {"blad": hidden(text_of(begun))})
        assert sent.status_code == 303
        assert Response.objects.count() == n + 1
    assert {row.segment_id for row in Response.objects.all()} <= known
    assert {row.pk for row in Segment.objects.filter(round=asked.round)} == known
    strange = device.post(reverse("answer:card", args=[link, 1]), {"rol": Role.BOARD_MEMBER})
    assert strange.status_code == 422


def test_four_people_hear_nothing_of_each_other(world: cast.World) -> None:
    """A round with a handful of people: one segment, no block, no text, no number, whoever looks."""
    assert (
        len(guests(world.access(world.noor), layer_id=world.team.pk, roles=[Role.STUDENT, Role.MENTOR])) < 6
    )
    asked = opened(world, by_link=False)
    for n, token in enumerate(asked.tokens()):
        assert submit(round_=asked.round, answers={}, receipt=f"r{n}", token=token) is Sent.IN
    assert Segment.objects.filter(round=asked.round).count() == 1
    stop_round(round_=asked.round)
    assert not Block.objects.exists()
    assert not FreeText.objects.exists()
    everybody, voices = participation(world.access(world.noor), asked.round)
    assert {one.n for one in (everybody, *voices)} == {None}

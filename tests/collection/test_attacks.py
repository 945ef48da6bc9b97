"""Somebody with an account, or with one copy of the database, who tries the ways in that are not figures."""

import json

import pytest
from django.db import connection
from django.urls import reverse

from lemniscaat.collection.actions import stop_round, submit
from lemniscaat.collection.express import Handed, take_in
from lemniscaat.collection.models import Invitation, Response
from lemniscaat.collection.queries import open_for
from tests import cast
from tests.collection.doors import Asked, fresh_device, hidden, many_people, opened, text_of, used_links

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
    assert len(shapes(rows, but=("id", "person_id", "segment_id", "token", "role"))) == 1
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

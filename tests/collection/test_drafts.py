"""A sheet that is put aside can be opened with its code alone, and is gone when it is sent."""

import re

import pytest
from django.urls import reverse

from lemniscaat.collection.actions import put_aside, stop_round, take_up
from lemniscaat.collection.carry import Carry, fresh
from lemniscaat.collection.carry import opened as unsealed
from lemniscaat.collection.models import Draft, Response
from lemniscaat.collection.sheets import instrument_of
from tests import cast
from tests.collection.doors import Asked, fresh_device, hidden, many_people, opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def asked(world: cast.World) -> Asked:
    many_people(world)
    return opened(world)


def begun(asked: Asked) -> Carry:
    return fresh(round_id=asked.round.pk, role="student", segment=0, language="nl").with_answers(
        {"leervraag": {"v": "o2"}, "proberen": {"v": "o1"}}
    )


def test_a_parcel_opens_only_unharmed() -> None:
    carry = Carry(round=1, receipt="r", answers={"a": {"v": "geheim"}})
    sealed = carry.sealed()
    assert unsealed(sealed) == carry
    assert unsealed(sealed[:-4]) is None
    assert unsealed("") is None
    assert unsealed("é!") is None
    assert sealed != carry.sealed()


def test_the_code_alone_opens_the_sheet(asked: Asked) -> None:
    aside = put_aside(round_=asked.round, token="t", carry=begun(asked))
    row = Draft.objects.get()
    assert b"leervraag" not in bytes(row.sealed)
    assert len(bytes(row.sealed)) == 16_384 + 28
    spoken = aside.code.upper().replace("-", " ")
    found = take_up(code=spoken)
    assert found is not None
    assert (found.token, found.carry.answers) == ("t", begun(asked).answers)
    assert found.carry.draft == row.pk
    assert take_up(code="aaa-bbb-ccc-ddd") is None
    assert take_up(code="") is None


def test_a_newer_code_replaces_the_older(asked: Asked) -> None:
    first = put_aside(round_=asked.round, token="t", carry=begun(asked))
    second = put_aside(round_=asked.round, token="t", carry=first.carry)
    assert Draft.objects.count() == 1
    assert take_up(code=first.code) is None
    assert take_up(code=second.code) is not None


def test_stopping_throws_sheets_away(asked: Asked) -> None:
    aside = put_aside(round_=asked.round, token="t", carry=begun(asked))
    stop_round(round_=asked.round)
    assert not Draft.objects.exists()
    assert take_up(code=aside.code) is None


def test_from_card_to_code_to_another_device_to_sent(asked: Asked) -> None:
    token = asked.token_of("student0@example.org")
    items = [item.key for item in instrument_of(asked.round).items]
    phone, laptop = fresh_device(), fresh_device()
    page = text_of(phone.post(reverse("answer:card", args=[token, 1])))
    page = text_of(
        phone.post(
            reverse("answer:save_code", args=[token]),
            {"blad": hidden(page), "van": 1, "hier": 1, items[0]: "o2"},
        )
    )
    code = re.search(r"([a-z0-9]{3}-){3}[a-z0-9]{3}", page)
    assert code
    wrong = laptop.post(reverse("answer:resume"), {"code": "nietgoed"})
    assert wrong.status_code == 422
    assert 'value="nietgoed"' in text_of(wrong)
    page = text_of(laptop.post(reverse("answer:resume"), {"code": code.group()}))
    assert "Vraag 2 van" in page
    laptop.post(reverse("answer:send", args=[token]), {"blad": hidden(page)})
    assert Response.objects.get().answers == {items[0]: {"v": "o2"}}
    assert not Draft.objects.exists()

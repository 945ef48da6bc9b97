"""Whoever reads the picture guesses nothing: he comes in when somebody at the same address has guessed too much."""

import logging
import re
from typing import Any

import pytest
import segno
from django.test import Client

from lemniscaat.base.limits import Limits, Rate
from lemniscaat.base.nameless import Nameless
from lemniscaat.meetings import doorway, grouping, joining
from lemniscaat.meetings.models import Chair, Group, Meeting, Table
from tests.cast import World, signed_in
from tests.meetings.talks import chair, code_of, guest, in_hall, leads, live, shown
from tests.meetings.test_sitting import started
from tests.meetings.test_table import page, press

pytestmark = pytest.mark.django_db
TRIES = 3


@pytest.fixture(autouse=True)
def _few_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorway, "limits", Limits())
    monkeypatch.setattr(doorway, "JOINING", Rate(burst=TRIES, seconds=3600))


def picture_of(row: Table | Group, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path in the picture."""
    drawn: list[str] = []
    make = segno.make
    with monkeypatch.context() as patch:
        patch.setattr(segno, "make", lambda text, **more: drawn.append(text) or make(text, **more))
        joining.qr_of(row)
    return "/" + drawn[0].split("/", 3)[3]


def status(path: str, **more: Any) -> int:
    return int(Client().get(path, **more).status_code)


def typed(row: Meeting) -> str:
    return f"/tafel/code/{code_of(row)}/"


def guessed_dry() -> None:
    for number in range(TRIES):
        assert status(f"/tafel/code/00000{number}/") == 404


def sits_down(path: str, **given: str) -> Client:
    """A phone that read the picture and fills in the form on the page it opens."""
    device = Client()
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown(device, path))
    assert ticket
    assert device.post(path, {"role": "", "ticket": ticket[1], **given}).status_code == 302
    return device


def test_whoever_scans_comes_in_when_somebody_guessed_too_much(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, hall, laid = live(world), in_hall(world), started(world)
    scanned = {one.pk: picture_of(one, monkeypatch) for one in (row.table, hall.table, laid)}
    guessed_dry()
    assert status(typed(row)) == 404, "who types waits with the guesser"
    assert Client().post("/tafel/", {"code": code_of(row)}).status_code == 422
    sits_down(scanned[row.table_id], who="Lotte")
    sits_down(scanned[hall.table_id])
    sits_down(scanned[laid.pk], who="Bram")
    assert chair(row, "Lotte").here
    assert Chair.objects.filter(table=laid, name="Bram").exists()
    assert status(typed(row)) == 404, "and nobody opened the door for him"


def test_to_scan_costs_no_try_and_gives_none_back(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = live(world)
    scanned = picture_of(row.table, monkeypatch)
    for number in range(TRIES):
        assert [status(scanned) for _ in range(5)] == [200] * 5
        assert status(typed(row)) == 200
        assert status(f"/tafel/code/00000{number}/") == 404
    assert status(typed(row)) == 404


def test_a_signature_that_is_not_of_this_code_is_as_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, other = live(world), live(world, appointment=world.later)
    own = picture_of(row.table, monkeypatch).partition("?")[2].partition("=")[2]
    theirs = picture_of(other.table, monkeypatch).partition("?")[2].partition("=")[2]
    seal = own.partition(".")[2]
    wrong = (
        theirs, own[:-1], f"{own}x", seal, f".{seal}", f"{other.table_id}.{seal}", own.upper(), "", "²", "\x00",
        "9" * 5000, f"0{own}", f" {own}",
    )  # fmt: skip
    for one in wrong:
        assert status(typed(row), data={"t": one}) == 200, "the code is right, so it counts as typed"
    for one in (*wrong, own)[:TRIES]:
        assert status("/tafel/code/000000/", data={"t": one}) == 404
    for one in wrong:
        assert status(typed(row), data={"t": one}) == 404, one
        assert Client().post("/tafel/?t=" + seal, {"code": code_of(row)}).status_code == 422
    assert status(typed(row), data={"t": own}) == 200


@pytest.mark.parametrize("guessing", [False, True])
def test_a_picture_of_a_talk_that_is_over_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, guessing: bool
) -> None:
    row, other = live(world), live(world, appointment=world.later)
    scanned = picture_of(row.table, monkeypatch)
    old = code_of(row)
    press(world, row, "finish")
    if guessing:
        guessed_dry()
    assert status(scanned) == 404
    # by chance another talk gets the same digits: the old paper does not lead there
    Table.objects.filter(pk=other.table_id).update(code=old)
    assert status(scanned) == 404
    assert Client().post(scanned, {"who": "Laat", "role": "", "ticket": "x"}).status_code == 404
    other.table.refresh_from_db()
    assert status(picture_of(other.table, monkeypatch)) == 200


def test_another_code_is_another_picture(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = live(world)
    scanned = picture_of(row.table, monkeypatch)
    Table.objects.filter(pk=row.table_id).update(code="123456")
    row.table.refresh_from_db()
    fresh = picture_of(row.table, monkeypatch)
    guessed_dry()
    assert (status(scanned), status(fresh)) == (404, 200)
    assert status(typed(row) + "?" + scanned.partition("?")[2]) == 404


def test_a_group_has_a_picture_of_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = live(world)
    guest(row, "Fatima")
    access = world.access(world.noor)
    grouping.move(access=access, meeting=row, chair_id=chair(row, "Fatima").pk, to=1)
    group = Group.objects.get(table=row.table)
    scanned = picture_of(group, monkeypatch)
    guessed_dry()
    sits_down(scanned, who="Lotte")
    assert chair(row, "Lotte").group == group
    grouping.dissolve(access=access, meeting=row)
    assert status(scanned) == 404


def test_the_picture_stays_small_and_the_wall_tells_the_plain_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = live(world)
    scanned = picture_of(row.table, monkeypatch)
    assert re.fullmatch(rf"/tafel/code/\d{{6}}/\?t={row.table_id}\.[\w-]{{10}}", scanned)
    seal = scanned.rpartition(".")[2]
    for name in ("beamer", "tafel", "leiden"):
        html = shown(leads(world), page(row, name))
        assert seal not in html, name
    assert seal not in shown(Client(), typed(row))
    assert signed_in(world.samira).get(page(row, "qr")).status_code == 200


def test_no_line_of_a_log_holds_what_stands_in_the_picture() -> None:
    told = Nameless("%(message)s")
    for path in ("/tafel/code/123456/?t=42.abcdefghij", "/tafel/code/123456?t=42.abcdefghij"):
        line = told.format(logging.LogRecord("x", 40, "x", 1, f"<WSGIRequest: GET '{path}'>", (), None))
        assert "abcdefghij" not in line
        assert "123456" not in line

"""Paper: a sheet like any other, read back before it goes in, taken out again, joined to nobody."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from lemniscaat.collection import paper
from lemniscaat.collection.actions import stop_round
from lemniscaat.collection.answering import Sent
from lemniscaat.collection.models import Receipt, Response, Round, Segment
from lemniscaat.collection.outcome import participation
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.people.models import TrailEntry
from tests import cast
from tests.cast import signed_in
from tests.collection.doors import Asked, fresh_device, hidden, many_people, opened, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def asked(world: cast.World) -> Asked:
    many_people(world)
    return opened(world, by_paper=True)


def url(asked: Asked) -> str:
    return reverse("collection:type_in", args=[asked.round.pk])


def typed(asked: Asked, client: Client, page: str = "", **more: str) -> str:
    """Fill in one sheet and press 'Lees na'; the page that comes."""
    page = page or text_of(client.get(url(asked)))
    # the first one of a page may be the sheet that just went in
    blank = re.findall(r'name="_blad" value="([^"]*)"', page)[-1]
    form = {"_blad": blank, "_rol": "student", **more}
    return text_of(client.post(url(asked), form))


def put_in(asked: Asked, client: Client, check: str) -> str:
    form = {name: hidden(check, name) for name in ("_blad", "_rol", "_plek")}
    return text_of(client.post(url(asked), {**form, "_doe": "neem"}))


def first_scale(asked: Asked) -> tuple[str, str]:
    item = next(item for item in instrument_of(asked.round).items if item.kind == "scale")
    return item.key, item.options[1].key


def test_a_sheet_is_read_back_and_then_goes_in(asked: Asked) -> None:
    client, (key, option) = signed_in(asked.world.noor), first_scale(asked)
    check = typed(asked, client, **{key: option})
    assert "Klopt dit blad?" in check
    assert instrument_of(asked.round).item(key).options[1].say("nl") in check
    assert not Response.objects.exists()
    after = put_in(asked, client, check)
    assert "1 blad opgenomen." in after
    row = Response.objects.get()
    assert row.answers == {key: {"v": option}}
    assert Segment.objects.get(pk=row.segment_id).role == "student"
    # the next paper of the pile: the same role, no answer left
    assert re.search(r'name="_rol" value="student" checked', after)
    assert f'name="{key}" value="{option}" checked' not in after


def test_pressing_twice_counts_once_and_a_new_sheet_counts_again(asked: Asked) -> None:
    client = signed_in(asked.world.noor)
    check = typed(asked, client)
    after = [put_in(asked, client, check) for _ in range(3)][-1]
    assert Response.objects.count() == 1
    put_in(asked, client, typed(asked, client, after))
    assert Response.objects.count() == 2


def test_what_was_read_back_can_be_changed(asked: Asked) -> None:
    client, (key, option) = signed_in(asked.world.noor), first_scale(asked)
    check = typed(asked, client, **{key: option})
    form = {name: hidden(check, name) for name in ("_blad", "_rol", "_plek")}
    again = text_of(client.post(url(asked), {**form, "_doe": "terug"}))
    assert re.search(rf'name="{key}" value="{option}" checked', again)
    assert not Response.objects.exists()


def test_the_last_sheet_can_be_taken_out_from_its_own_page_only(asked: Asked) -> None:
    client = signed_in(asked.world.noor)
    first = put_in(asked, client, typed(asked, client))
    last = put_in(asked, client, typed(asked, client, first))
    undo = re.search(r'name="_blad" value="([^"]+)"><input type="hidden" name="_doe" value="weg"', last)
    assert undo
    before = set(Response.objects.values_list("pk", flat=True))
    gone = text_of(client.post(url(asked), {"_blad": undo[1], "_doe": "weg"}))
    assert "Het blad is er weer uit." in gone
    (left,) = Response.objects.values_list("pk", flat=True)
    assert left in before
    again = text_of(client.post(url(asked), {"_blad": undo[1], "_doe": "weg"}))
    assert "kan er niet meer uit" in again
    # a sheet that was never on paper has no such page
    assert client.post(url(asked), {"_blad": "verzonnen", "_doe": "weg"}).status_code == 422
    assert Response.objects.count() == 1


def test_a_page_that_is_sent_again_does_not_bring_back_what_was_taken_out(asked: Asked) -> None:
    access, round_ = asked.world.access(asked.world.noor), asked.round
    sheet = paper.placed(round_, paper.blank(round_), role="student", place="")
    assert not isinstance(sheet, str)
    assert paper.take_in(access=access, round_=round_, sheet=sheet) is Sent.IN
    assert paper.take_out(access=access, round_=round_, sheet=paper.spent(sheet))
    assert paper.take_in(access=access, round_=round_, sheet=sheet) is Sent.BEFORE
    assert not Response.objects.exists()


def test_after_the_stop_no_page_leads_to_a_row(asked: Asked) -> None:
    access, round_ = asked.world.access(asked.world.noor), asked.round
    sheets = [paper.placed(round_, paper.blank(round_), role="student", place="") for _ in range(7)]
    for sheet in sheets:
        assert not isinstance(sheet, str)
        paper.take_in(access=access, round_=round_, sheet=sheet)
    before = set(Response.objects.values_list("pk", flat=True))
    stop_round(round_=round_)
    assert Response.objects.count() == 7
    assert not before & set(Response.objects.values_list("pk", flat=True))
    assert not any(paper.take_out(access=access, round_=round_, sheet=one) for one in sheets if one)  # type: ignore[arg-type]  # none is a sentence
    assert Response.objects.count() == 7


def test_nothing_tells_who_typed_or_when(asked: Asked) -> None:
    client = signed_in(asked.world.noor)
    client.get(url(asked))
    trail, session = TrailEntry.objects.count(), dict(client.session.items())
    sheet = put_in(asked, client, typed(asked, client))
    put_in(asked, client, typed(asked, client, sheet))
    assert TrailEntry.objects.count() == trail
    assert dict(client.session.items()) == session
    assert {field.name for field in Response._meta.fields} == {
        *("id", "round", "segment", "schema_version", "answers")
    }
    assert not {row.pk for row in Response.objects.all()} & {row.pk for row in Receipt.objects.all()}


def test_who_organises_nothing_here_does_not_type(asked: Asked) -> None:
    sheet = reverse("collection:paper", args=[asked.round.pk])
    for who in (asked.world.samira, asked.world.joost, asked.world.charlie, asked.world.dirk):
        assert signed_in(who).get(url(asked)).status_code == 404
        assert signed_in(who).post(url(asked), {"_blad": "x"}).status_code == 404
        assert signed_in(who).get(sheet).status_code == 404
        assert signed_in(who).post(sheet).status_code == 404


def test_a_round_without_paper_has_no_such_pages_until_it_is_let_in(world: cast.World) -> None:
    many_people(world)
    asked = opened(world, by_link=False)
    client, sheet = signed_in(world.noor), reverse("collection:paper", args=[asked.round.pk])
    assert client.get(url(asked)).status_code == 404
    assert client.get(sheet).status_code == 404
    assert client.post(sheet).status_code == 302
    asked.round.refresh_from_db()
    assert asked.round.by_paper
    assert TrailEntry.objects.filter(verb="opened_paper").count() == 1
    put_in(asked, client, typed(asked, client))
    assert Segment.objects.get(pk=Response.objects.get().segment_id).role == "student"


def test_paper_in_a_round_of_before_counts_with_everybody(world: cast.World) -> None:
    many_people(world)
    asked = opened(world, by_link=False)
    Round.objects.filter(pk=asked.round.pk).update(places={})
    asked.round.refresh_from_db()
    asked.round = paper.open_paper(access=world.access(world.noor), round_=asked.round)
    put_in(asked, signed_in(world.noor), typed(asked, signed_in(world.noor)))
    assert Segment.objects.get(pk=Response.objects.get().segment_id).role == "*"


def test_a_role_that_is_not_on_the_paper_is_said_so(asked: Asked) -> None:
    client = signed_in(asked.world.noor)
    assert "Kies de rol die op het blad staat" in typed(asked, client, _rol="")
    check = typed(asked, client, _rol="-")
    put_in(asked, client, check)
    assert Segment.objects.get(pk=Response.objects.get().segment_id).role == "*"


def test_a_stop_halfway_keeps_what_was_typed_on_the_screen(asked: Asked) -> None:
    client, (key, option) = signed_in(asked.world.noor), first_scale(asked)
    check = typed(asked, client, **{key: option})
    stop_round(round_=asked.round)
    page = put_in(asked, client, check)
    assert "De ronde is gestopt" in page
    assert instrument_of(asked.round).item(key).options[1].say("nl") in page
    assert not Response.objects.exists()


def test_the_sheet_on_paper_tells_what_one_must_know(asked: Asked) -> None:
    page = text_of(signed_in(asked.world.noor).get(reverse("collection:paper", args=[asked.round.pk])))
    code = asked.round.join_code
    for words in (
        *("Noor en Joost", "vijf anderen", "handschrift", "niet nog eens", "Teamoverleg onderbouw"),
        *(
            asked.round.return_code,
            f"{code[:3]}\u202f{code[3:]}" if "\u202f" in page else f"{code[:3]} {code[3:]}",
        ),
        *("student", "werkplekbegeleider", "Zit je ergens mee?"),
    ):
        assert words in page, words
    for item in instrument_of(asked.round).items:
        assert item.text.say("nl").split("&")[0][:20] in page


def test_mail_code_and_paper_in_one_round_count_right(asked: Asked) -> None:
    """Eight by mail, seven by the code, six on paper: twenty-one people, each once."""
    client, device, link = signed_in(asked.world.noor), fresh_device(), asked.round.link_token
    key, option = first_scale(asked)
    tokens = [asked.token_of(f"student{n}@example.org") for n in range(8)]
    for token in tokens:
        page = text_of(device.get(reverse("answer:whole", args=[token])))
        device.post(reverse("answer:send", args=[token]), {"blad": hidden(page), "alles": "1", key: option})
    found = device.post(reverse("answer:join"), {"code": asked.round.join_code})
    assert found["Location"] == reverse("answer:start", args=[link])
    for _phone in range(7):
        page = text_of(device.get(reverse("answer:whole", args=[link]), {"rol": "student"}))
        device.post(reverse("answer:send", args=[link]), {"blad": hidden(page), "alles": "1", key: option})
    page = ""
    for _sheet in range(6):
        page = put_in(asked, client, typed(asked, client, page, **{key: option}))
    assert Response.objects.count() == 21
    assert all(row.answers == {key: {"v": option}} for row in Response.objects.all())
    stop_round(round_=asked.round)
    everybody, _voices = participation(asked.world.access(asked.world.noor), asked.round)
    assert everybody.n == 21

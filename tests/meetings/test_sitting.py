"""An instrument at the table: filled in alone, hidden until it is laid open, looked at together, remembered."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lemniscaat.base.limits import Rate, limits
from lemniscaat.cli.ticking import tick
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.interpretation.models import DissentingVoice, Interpretation
from lemniscaat.meetings import doorway, laying_open, seating, tables
from lemniscaat.meetings.looking import look
from lemniscaat.meetings.models import Chair, Table, TableFile, TableState
from lemniscaat.meetings.places import Voice
from lemniscaat.meetings.tables import Chosen
from lemniscaat.people.erasure import NOBODY, erase_person
from lemniscaat.people.models import Person, TrailEntry
from tests.cast import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SECRET = "Ik durf het nooit te vragen"
BOTH = {"nl": "Tafel", "en": "Table"}
PROBE = Instrument.model_validate(
    {
        "key": "proef",
        "version": 1,
        "titles": BOTH,
        "maker": "Lemniscaat",
        "origin": "Proef",
        "known": "Niets.",
        "ours": "Alles.",
        "purpose": {"nl": "Om te proeven.", "en": "To taste."},
        "ways": ["table"],
        "sections": [
            {
                "title": "Eerst alleen",
                "script": [{"minutes": 5, "say": "Schrijf eerst zelf.", "do": "Wees stil."}],
                "items": [
                    {"kind": "text", "key": "wat", "text": "Wat gebeurt er?", "quick": True},
                    {
                        "kind": "statements",
                        "key": "mening",
                        "text": "Wat vind jij?",
                        "statements": [
                            {"key": "s1", "nl": "We kijken bij elkaar."},
                            {"key": "s2", "nl": "We wachten."},
                        ],
                    },
                ],
            },
            {
                "title": "Dan kiezen",
                "module": "kiezen",
                "items": [
                    {
                        "kind": "ranking",
                        "key": "eerst",
                        "text": "Wat gaat voor?",
                        "options": [{"key": "visie", "nl": "De visie"}, {"key": "tijd", "nl": "De tijd"}],
                        "bridges": {"visie": "vision"},
                    },
                    {"kind": "file", "key": "erbij", "text": "Voeg iets toe."},
                ],
            },
        ],
    }
)


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def started(world: World, who: Person | None = None, **more: Any) -> Table:
    given = {
        "access": world.access(who or world.noor),
        "layer_id": world.team.pk,
        "instrument": PROBE,
        "title": "Proeftafel",
        "chosen": Chosen(modules=None),
        "form_key": "een",
        **more,
    }
    return seating.start_table(**given)


def sat(table: Table, name: str = "Joost", role: str = "mentor") -> Client:
    """A phone without account that sat down at a table."""
    client = Client()
    page = client.get(f"/tafel/code/{table.code}/")
    found = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert found
    answer = client.post(f"/tafel/code/{table.code}/", {"who": name, "role": role, "ticket": found[1]})
    assert answer["Location"] == f"/tafel/{table.pk}/"
    return client


def fill(client: Client, table: Table, number: int = 1, **given: Any) -> Any:
    return client.post(f"/tafel/{table.pk}/deel/{number}/", given)


def pages(table: Table) -> list[str]:
    here, there = f"/tafel/{table.pk}/", f"/gesprek/tafel/{table.pk}/"
    return [
        here, f"{here}deel/1/", f"{here}deel/2/", f"{here}samen/", there, f"{there}samen/",
        f"{there}stoel/papier/", f"{there}verslag/", f"{there}qr/", "/tafel/", f"/tafel/code/{table.code or '000000'}/",
        f"/gesprek/laag/{table.organisation_id}/",
    ]  # fmt: skip


def seen_by(table: Table, *clients: Client) -> Iterator[str]:
    """Everything these people get to see of a table, in every kind of response."""
    for client in clients:
        for page in pages(table):
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(page, headers=headers)
                yield answer.content.decode() + str(answer.headers)


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def opened(world: World, table: Table, number: int = 1) -> None:
    answer = signed_in(world.noor).post(f"/gesprek/tafel/{table.pk}/doe/", {"do": f"open:{number}"})
    assert answer["Location"].endswith(f"#deel-{number}")


def test_starting_by_the_page_freezes_and_starts_once(world: World) -> None:
    client = signed_in(world.noor)
    path = f"/gesprek/laag/{world.team.pk}/tafel/?instrument=individueel-collectief"
    page = shown(client, path)
    assert "Niemand ziet iets van een ander" in page
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    given = {"title": "Samen", "point": world.point.pk, "form_key": key[1]}
    first, second = client.post(path, given), client.post(path, given)
    row = Table.objects.get()
    assert first["Location"] == second["Location"] == f"/gesprek/tafel/{row.pk}/"
    assert row.instrument.key == "individueel-collectief"
    assert row.instrument.frozen_on is not None
    assert len(row.code) == 6
    assert [chair.person for chair in Chair.objects.all()] == [world.noor]
    assert TrailEntry.objects.filter(noun="table", verb="started").count() == 1
    control = shown(client, f"/gesprek/tafel/{row.pk}/")
    assert world.point.title in control
    assert "<svg" in shown(client, f"/gesprek/tafel/{row.pk}/qr/")
    assert "Samen" in shown(client, f"/gesprek/laag/{world.team.pk}/")


def test_an_instrument_that_is_not_there_is_no_table(world: World) -> None:
    for path in ("tafel", "eigen-vel"):
        answer = signed_in(world.noor).get(f"/gesprek/laag/{world.team.pk}/{path}/?instrument=bestaat-niet")
        assert answer.status_code == 404


def test_who_may_not_lead_there_starts_nothing(world: World) -> None:
    path = "tafel/?instrument=individueel-collectief"
    assert signed_in(world.joost).get(f"/gesprek/laag/{world.school.pk}/{path}").status_code == 404
    assert signed_in(world.charlie).get(f"/gesprek/laag/{world.team.pk}/{path}").status_code == 404
    assert Client().get(f"/gesprek/laag/{world.team.pk}/{path}").status_code == 302


def test_sitting_down_without_account_tells_what_an_open_table_is(world: World) -> None:
    table = started(world)
    start = shown(Client(), f"/tafel/code/{table.code}/")
    assert "met jouw naam erbij" in start
    assert "nergens anders heen" in start
    spaced = Client().post("/tafel/", {"code": f"{table.code[:3]} {table.code[3:]}"})
    assert spaced["Location"] == f"/tafel/code/{table.code}/"
    client = sat(table)
    assert "Joost" in shown(client, f"/tafel/{table.pk}/")
    cookie = client.cookies[f"stoel-{table.pk}"]
    assert cookie["httponly"]
    assert cookie["path"] == "/tafel/"
    chair = Chair.objects.get(name="Joost")
    assert chair.person is None
    assert chair.token not in cookie.value


def test_the_same_form_twice_is_one_chair(world: World) -> None:
    table = started(world)
    client = Client()
    page = client.get(f"/tafel/code/{table.code}/").content.decode()
    given = {"who": "Joost", "role": "", "ticket": re.search(r'name="ticket" value="([^"]+)"', page)[1]}  # type: ignore[index]  # it is there
    client.post(f"/tafel/code/{table.code}/", given)
    Client().post(f"/tafel/code/{table.code}/", given)
    assert Chair.objects.filter(name="Joost").count() == 1
    forged = Client().post(f"/tafel/code/{table.code}/", {**given, "ticket": "zelf-bedacht"})
    assert forged.status_code == 422


def test_a_wrong_code_opens_nothing(world: World) -> None:
    started(world)
    assert Client().post("/tafel/", {"code": "12"}).status_code == 422
    assert Client().get("/tafel/code/abcdef/").status_code == 404


def test_guessing_codes_runs_dry_and_a_ticket_of_another_table_is_no_way_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "JOINING", Rate(burst=4, seconds=3600))
    table, other = started(world), started(world, form_key="twee")
    page = Client().get(f"/tafel/code/{other.code}/").content.decode()
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket
    for _try in range(4):
        Client().get("/tafel/code/000000/")
    assert Client().get(f"/tafel/code/{table.code}/").status_code == 404
    given = {"who": "Joost", "role": "", "ticket": ticket[1]}
    assert Client().post(f"/tafel/code/{table.code}/", given).status_code == 404
    assert Client().post(f"/tafel/code/{other.code}/", given).status_code == 302


def test_what_was_written_comes_back_and_can_be_taken_away(world: World) -> None:
    table = started(world)
    client = sat(table)
    answer = fill(client, table, wat=SECRET, **{"mening.s1.at": "agree"})
    assert answer["Location"] == f"/tafel/{table.pk}/deel/2/"
    page = shown(client, f"/tafel/{table.pk}/deel/1/")
    assert SECRET in page
    assert re.search(r'value="agree"[^>]* checked', page)
    fill(client, table, wat="")
    assert Chair.objects.get(name="Joost").answers == {}
    last = fill(client, table, 2, **{"eerst.visie": "1", "eerst.tijd": "2"})
    assert last["Location"] == f"/tafel/{table.pk}/"
    assert Chair.objects.get(name="Joost").done


def test_what_is_no_answer_keeps_the_rest(world: World) -> None:
    table = started(world)
    client = sat(table)
    answer = fill(client, table, wat=SECRET, **{"mening.s1.at": "misschien"})
    assert answer.status_code == 422
    assert SECRET in answer.content.decode()
    assert Chair.objects.get(name="Joost").answers == {"wat": {"v": SECRET}}


def test_nobody_sees_a_word_before_it_is_laid_open(world: World) -> None:
    table = started(world)
    writer, other = sat(table), sat(table, "Samira", "student")
    fill(writer, table, wat=SECRET, **{"mening.s1.at": "agree"})
    leader = signed_in(world.noor)
    for text in seen_by(table, leader, other, signed_in(world.willem), signed_in(world.petra), Client()):
        assert SECRET not in text
    assert "0 van 2 klaar" in shown(leader, f"/gesprek/tafel/{table.pk}/")
    assert "1 schreef hier iets" in shown(leader, f"/gesprek/tafel/{table.pk}/")
    assert "0 van 2 klaar" in shown(other, f"/tafel/{table.pk}/")
    writer.post(f"/tafel/{table.pk}/zeg/", {"do": "done"})
    assert "1 van 2 klaar" in shown(leader, f"/gesprek/tafel/{table.pk}/")
    opened(world, table)
    for page in (f"/tafel/{table.pk}/samen/",):
        assert SECRET in shown(other, page)
    assert SECRET in shown(leader, f"/gesprek/tafel/{table.pk}/samen/")


def test_only_the_part_that_was_laid_open_is_read(world: World) -> None:
    table = started(world)
    writer, other = sat(table), sat(table, "Samira", "student")
    fill(writer, table, wat=SECRET)
    fill(writer, table, 2, **{"eerst.visie": "1", "eerst.tijd": "2"})
    opened(world, table, 2)
    for text in seen_by(table, signed_in(world.noor), other):
        assert SECRET not in text


def test_a_part_that_lies_open_stays_as_it_was_read(world: World) -> None:
    table = started(world)
    writer = sat(table)
    fill(writer, table, wat=SECRET)
    opened(world, table)
    assert fill(writer, table, wat="Iets anders")["Location"] == f"/tafel/{table.pk}/samen/"
    assert Chair.objects.get(name="Joost").answers == {"wat": {"v": SECRET}}
    chair = Chair.objects.get(name="Joost")
    kept = seating.write_section(chair=chair, number=1, answers={"wat": {"v": "Iets anders"}})
    assert kept is seating.Kept.LAID_OPEN


def test_side_by_side_with_names_and_where_they_differ(world: World) -> None:
    table = started(world)
    one, two = sat(table), sat(table, "Samira", "student")
    fill(one, table, **{"mening.s1.at": "agree", "mening.s2.at": "agree"})
    fill(two, table, **{"mening.s1.at": "disagree", "mening.s2.at": "agree"})
    opened(world, table)
    page = shown(signed_in(world.noor), f"/gesprek/tafel/{table.pk}/samen/")
    assert "hier verschillen jullie" in page
    assert "Jullie verschillen het meest bij ‘we kijken bij elkaar’." in page
    told = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(
        r"We kijken bij elkaar\. .*Eens +Joost +Oneens +Samira .*We wachten\. .*Eens +Samira, Joost", told
    )
    assert "Schrijf eerst zelf." in page
    for guest in (one, two):
        mine = shown(guest, f"/tafel/{table.pk}/samen/")
        assert "Schrijf eerst zelf." not in mine, "the script is for the leader"
        assert "Oneens" in mine
    assert "gemiddeld" not in page


def test_what_came_first_leads_to_a_working_element(world: World) -> None:
    table = started(world)
    fill(sat(table), table, 2, **{"eerst.visie": "1", "eerst.tijd": "2"})
    opened(world, table, 2)
    page = shown(signed_in(world.noor), f"/gesprek/tafel/{table.pk}/samen/")
    assert "/kast/?element=vision" in page
    assert "Gedeelde doorleefde visie" in page


def test_the_chair_of_another_table_opens_nothing_here(world: World) -> None:
    here, there = started(world), started(world, form_key="twee")
    fill(sat(here), here, wat=SECRET)
    opened(world, here)
    stranger = sat(there, "Vreemde", "")
    for path in ("", "deel/1/", "samen/"):
        assert stranger.get(f"/tafel/{here.pk}/{path}").status_code == 404
    assert stranger.post(f"/tafel/{here.pk}/zeg/", {"do": "leave"}).status_code == 404
    # the cookie of the one table under the name of the other
    stranger.cookies[f"stoel-{here.pk}"] = stranger.cookies[f"stoel-{there.pk}"].value
    assert stranger.get(f"/tafel/{here.pk}/samen/").status_code == 404
    for text in seen_by(here, stranger, signed_in(world.joost), signed_in(world.charlie), Client()):
        assert SECRET not in text


def test_only_who_leads_gets_the_leaders_pages(world: World) -> None:
    table = started(world)
    for who in (world.joost, world.willem, world.charlie, world.dirk):
        client = signed_in(who)
        for path in ("", "samen/", "qr/", "stoel/papier/", "verslag/"):
            assert client.get(f"/gesprek/tafel/{table.pk}/{path}").status_code == 404
        assert client.post(f"/gesprek/tafel/{table.pk}/doe/", {"do": "open:1"}).status_code == 404
    assert Table.objects.get().laid_open == []
    assert signed_in(world.noor).post(f"/gesprek/tafel/{table.pk}/doe/", {"do": "open:9"}).status_code == 404


def test_a_member_sits_with_his_account_and_comes_back_elsewhere(world: World) -> None:
    table = started(world)
    client = signed_in(world.joost)
    page = shown(client, f"/tafel/code/{table.code}/")
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)
    assert ticket
    client.post(
        f"/tafel/code/{table.code}/", {"who": "Joost", "role": "mentor", "ticket": ticket[1], "me": "1"}
    )
    assert Chair.objects.get(name="Joost").person == world.joost
    fill(client, table, wat=SECRET)
    assert SECRET in shown(signed_in(world.joost), f"/tafel/{table.pk}/deel/1/")
    assert "Je zit aan deze tafel" in shown(client, f"/gesprek/laag/{world.team.pk}/")


def test_paper_is_typed_in_and_straight_to_the_next(world: World) -> None:
    table = started(world)
    leader = signed_in(world.noor)
    path = f"/gesprek/tafel/{table.pk}/stoel/papier/"
    page = shown(leader, path)
    ticket = re.search(r'name="_-ticket" value="([^"]+)"', page)
    assert ticket
    given = {
        "_-who": "Fatima",
        "_-role": "student",
        "_-ticket": ticket[1],
        "wat": SECRET,
        "mening.s1.at": "agree",
    }
    wrong = leader.post(path, {**given, "mening.s1.at": "misschien"})
    assert wrong.status_code == 422
    assert SECRET in wrong.content.decode(), "what was typed stays"
    for _twice in range(2):
        assert leader.post(path, given)["Location"] == path
    chair = Chair.objects.get(name="Fatima")
    assert chair.from_paper
    assert chair.done
    assert chair.answers["wat"] == {"v": SECRET}
    for text in seen_by(table, leader):
        assert SECRET not in text
    opened(world, table)
    assert SECRET in shown(leader, f"/gesprek/tafel/{table.pk}/samen/")
    assert leader.post(path, {"_-who": "", "wat": "x"}).status_code == 422


def test_parts_and_the_quick_scan_are_chosen(world: World) -> None:
    table = started(world, chosen=Chosen(modules=(), quick=True))
    instrument = tables.instrument_of(Table.objects.get(pk=table.pk))
    assert [item.key for item in instrument.items] == ["wat"]
    assert tables.asking(table) == (1,)


def test_a_private_sheet_is_for_its_owner_alone(world: World) -> None:
    client = signed_in(world.samira)
    path = f"/gesprek/laag/{world.school.pk}/eigen-vel/?instrument=individueel-collectief"
    assert "Alleen jij ziet dit vel" in shown(client, path)
    made = client.post(path, {"title": "Van mij", "form_key": "mijn"})
    sheet = Table.objects.get(private=True)
    assert made["Location"] == f"/tafel/{sheet.pk}/"
    assert sheet.code == ""
    assert not TrailEntry.objects.filter(noun="table").exists(), "not even that there is one"
    fill(client, sheet, wat=SECRET)
    assert SECRET in shown(client, f"/tafel/{sheet.pk}/samen/")
    for text in seen_by(
        sheet, *(signed_in(p) for p in (world.noor, world.willem, world.petra, world.ad)), Client()
    ):
        assert SECRET not in text
        assert "Van mij" not in text
    for who in (world.noor, world.willem):
        assert signed_in(who).post(f"/gesprek/tafel/{sheet.pk}/delen/").status_code == 404
    laying = signed_in(world.samira).post(f"/gesprek/tafel/{sheet.pk}/doe/", {"do": "open:1"})
    assert laying.status_code == 404


def test_a_private_sheet_is_shared_by_its_owner_only(world: World) -> None:
    sheet = started(world, world.samira, private=True, form_key="mijn")
    client = signed_in(world.samira)
    fill(client, sheet, wat=SECRET)
    for _twice in range(2):
        answer = client.post(f"/gesprek/tafel/{sheet.pk}/delen/")
    table = Table.objects.get(private=False)
    assert answer["Location"] == f"/gesprek/tafel/{table.pk}/"
    other = sat(table)
    assert SECRET not in shown(other, f"/tafel/{table.pk}/samen/")
    client.post(f"/gesprek/tafel/{table.pk}/doe/", {"do": "open:1"})
    assert SECRET in shown(other, f"/tafel/{table.pk}/samen/")


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def upload(client: Client, table: Table, name: str, data: bytes) -> Any:
    return fill(client, table, 2, **{"erbij.upload": SimpleUploadedFile(name, data, "text/html")})


def test_a_file_is_as_hidden_as_its_answer(world: World) -> None:
    table = started(world)
    writer, other = sat(table), sat(table, "Samira", "student")
    upload(writer, table, "../plan <b>.exe", b"%PDF-1.7 echt")
    row = TableFile.objects.get()
    assert (row.name, row.content_type) == ("plan b.pdf", "application/pdf")
    path = f"/tafel/{table.pk}/bestand/{row.slug}/"
    answer = writer.get(path)
    assert answer.content == b"%PDF-1.7 echt"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    leader = signed_in(world.noor)
    assert other.get(path).status_code == 404
    assert leader.get(path).status_code == 404
    for text in seen_by(table, leader, other):
        assert row.slug not in text
        assert row.name not in text
    opened(world, table, 2)
    assert other.get(path).status_code == 200
    assert row.name in shown(other, f"/tafel/{table.pk}/samen/")
    stranger = sat(started(world, form_key="twee"))
    assert stranger.get(path).status_code == 404
    assert Client().get(path).status_code == 404


def test_what_is_no_document_or_photo_is_refused(world: World) -> None:
    table = started(world)
    client = sat(table)
    for name, data in (
        ("bom.pdf", b"<script>alert(1)</script>"),
        ("leeg.docx", b"PK\x03\x04 maar geen zip"),
        ("groot.pdf", b"%PDF-" + b"x" * (5 * 1024 * 1024)),
    ):
        assert upload(client, table, name, data).status_code == 422
    assert not TableFile.objects.exists()
    assert upload(client, table, "plan.docx", docx()).status_code == 302
    assert TableFile.objects.get().name == "plan.docx"


def test_a_file_stays_is_replaced_and_goes(world: World) -> None:
    table = started(world)
    writer, other = sat(table), sat(table, "Samira", "student")
    upload(writer, table, "een.pdf", b"%PDF-1")
    row = TableFile.objects.get()
    kept = f"{row.slug}|{row.name}"
    fill(writer, table, 2, erbij=kept)
    assert TableFile.objects.get() == row
    fill(other, table, 2, erbij=kept)
    assert Chair.objects.get(name="Samira").answers == {}, "nobody lays down what is not his"
    upload(writer, table, "twee.png", b"\x89PNG\r\n\x1a\n..")
    assert TableFile.objects.get().name == "twee.png"
    row = TableFile.objects.get()
    fill(writer, table, 2, **{"erbij": f"{row.slug}|{row.name}", "erbij.away": "yes"})
    assert not TableFile.objects.exists()
    assert Chair.objects.get(name="Joost").answers == {}


def test_closing_leaves_what_was_found_together(world: World) -> None:
    table = started(world)
    guest = sat(table)
    fill(guest, table, wat=SECRET)
    given = {
        "together": "We vragen het als eerste.",
        "dissent": "Het ligt niet aan durven.",
        "next_step": "Noor belt.",
        "do": "close",
        "as_meaning": "1",
    }
    leader = signed_in(world.noor)
    answer = leader.post(f"/gesprek/tafel/{table.pk}/doe/", given)
    assert answer["Location"] == f"/gesprek/tafel/{table.pk}/verslag/"
    row = Table.objects.get()
    assert (row.state, row.code) == (TableState.CLOSED, "")
    assert row.meaning == Interpretation.objects.get()
    assert row.meaning.people == 2
    assert DissentingVoice.objects.get().text == "Het ligt niet aan durven."
    record = shown(signed_in(world.joost), f"/gesprek/tafel/{table.pk}/verslag/")
    assert "We vragen het als eerste." in record
    assert SECRET not in record
    assert "Joost" not in record.replace(">Joost</a>", "").replace('data-name="Joost"', ""), (
        "roles, no names: this page leaves the table"
    )
    assert "Noor belt." in shown(guest, f"/tafel/{table.pk}/samen/")
    assert fill(guest, table, wat="later")["Location"] == f"/tafel/{table.pk}/samen/"
    assert Client().get(f"/tafel/code/{table.code}/").status_code == 404
    leader.post(f"/gesprek/tafel/{table.pk}/doe/", given)
    assert Interpretation.objects.count() == 1
    assert signed_in(world.bea).get(f"/gesprek/tafel/{table.pk}/verslag/").status_code == 404
    assert signed_in(world.charlie).get(f"/gesprek/tafel/{table.pk}/verslag/").status_code == 404


def test_two_hands_at_the_outcome_keep_both(world: World) -> None:
    table = started(world)
    access = world.access(world.noor)
    laying_open.keep_outcome(access=access, table=table, words={"together": "Eén"}, base={"together": ""})
    met = laying_open.keep_outcome(
        access=access, table=table, words={"together": "Twee"}, base={"together": ""}
    )
    assert met
    assert Table.objects.get().together == "Eén\nTwee"


def test_a_chair_is_taken_away_or_left_with_all_that_lay_there(world: World) -> None:
    table = started(world)
    one, two = sat(table), sat(table, "Samira", "student")
    for client in (one, two):
        fill(client, table, wat=SECRET)
    opened(world, table)
    leader = signed_in(world.noor)
    gone = Chair.objects.get(name="Joost")
    leader.post(f"/gesprek/tafel/{table.pk}/doe/", {"do": f"away:{gone.pk}"})
    assert one.get(f"/tafel/{table.pk}/").status_code == 404
    two.post(f"/tafel/{table.pk}/zeg/", {"do": "leave"})
    assert SECRET not in shown(leader, f"/gesprek/tafel/{table.pk}/samen/")
    own = Chair.objects.get()
    leader.post(f"/gesprek/tafel/{table.pk}/doe/", {"do": f"away:{own.pk}"})
    assert Chair.objects.count() == 1, "who leads keeps a chair"


def test_an_erased_person_leaves_what_lay_open_without_name(world: World) -> None:
    table = started(world)
    chair = seating.sit(
        table=table, who=seating.Sitter("Joost", "mentor", person=world.joost), token="een-lang-bewijs"
    )
    assert chair
    seating.write_section(chair=chair, number=1, answers={"wat": {"v": "Dit lag open"}})
    client = signed_in(world.joost)
    upload(client, table, "joost.pdf", b"%PDF-1")
    fill(client, table, 1, wat="Dit lag open")
    sheet = started(world, world.joost, private=True, form_key="mijn")
    opened(world, table)
    erase_person(access=world.access(world.petra), person=world.joost)
    tick()
    chair.refresh_from_db()
    assert chair.name == NOBODY
    assert chair.answers == {"wat": {"v": "Dit lag open"}}
    assert not TableFile.objects.exists()
    assert not Table.objects.filter(pk=sheet.pk).exists()
    tick()
    assert Chair.objects.filter(table=table).count() == 2


def test_reading_a_table_costs_what_it_shows(world: World, django_assert_max_num_queries: Any) -> None:
    table = started(world)
    for name in ("Joost", "Samira", "Hans", "Fatima"):
        fill(sat(table, name, ""), table, wat=name)
    opened(world, table)
    client = signed_in(world.noor)
    with django_assert_max_num_queries(16):
        client.get(f"/gesprek/tafel/{table.pk}/samen/")


def test_two_days_in_one_month_are_two_answers() -> None:
    probe = {"kind": "date", "key": "dag", "text": "Wanneer?"}
    item = Instrument.model_validate(
        {**PROBE.definition(), "sections": [{"title": "Dag", "items": [probe]}]}
    ).item("dag")
    voices = [
        Voice(name, answers={"dag": {"v": day}})
        for name, day in (("Joost", "2026-03-02"), ("Samira", "2026-03-09"))
    ]
    seen = look([item], voices)[0]
    assert not seen.sentence
    told = seen.places[0].chosen or [(one.pieces[0][1], (one.who.name,)) for one in seen.places[0].said]
    assert sorted(told) == [("2 maart 2026", ("Joost",)), ("9 maart 2026", ("Samira",))]


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "0", ""])
def test_a_number_that_is_none_breaks_nothing_at_a_table(world: World, number: str) -> None:
    table = started(world)
    leader = signed_in(world.noor)
    for do in ("open", "away"):
        answer = leader.post(f"/gesprek/tafel/{table.pk}/doe/", {"do": f"{do}:{number}"})
        assert answer["Location"] == f"/gesprek/tafel/{table.pk}/", do
    given = {"who": "", "role": "", "claim": number, "ticket": "x"}
    assert Client().post(f"/tafel/code/{table.code}/", given).status_code == 422
    table.refresh_from_db()
    assert table.laid_open == []

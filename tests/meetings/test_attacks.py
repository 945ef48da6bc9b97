"""An attacker with a chair, with an account elsewhere, or with a code: at a table and in a hall he gets nothing more."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from lemniscaat.base import clock
from lemniscaat.base.limits import limits
from lemniscaat.base.nameless import Nameless
from lemniscaat.collection.models import Response
from lemniscaat.meetings import (
    agreeing,
    clearing,
    grouping,
    hall_urls,
    halls,
    lead_views,
    seating,
    table_urls,
    tables,
    urls,
)
from lemniscaat.meetings.actions import Laid
from lemniscaat.meetings.models import (
    Chair,
    Group,
    HallStep,
    Meeting,
    Table,
    TableEvent,
    TableFile,
)
from lemniscaat.people.erasure import erase_person
from tests.cast import World, person, signed_in
from tests.collection.halls import instrument
from tests.meetings.talks import (
    at,
    chair,
    code_of,
    crowd,
    give,
    guest,
    in_hall,
    key_of,
    lay_open,
    leads,
    live,
    nu,
    shown,
    ticket_of,
)
from tests.meetings.test_table import page, planned, press

pytestmark = pytest.mark.django_db

VERBS = (
    "go:tell", "open:1", "open:2", "shut:1", "unshut:1", "again:1", "cover:yes", "focus:zag", "out:together",
    "in:together", "hands:meaning", "hands:show", "hands:dots-briefje", "unknown:tell", "another", "take:0", "keep",
    "finish",
)  # fmt: skip
OTHERS = ("deal", "dissolve", "move:1", "start", "close", "away:1", "keep")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def addresses(patterns: list[Any], app: str, **kwargs: Any) -> Iterator[str]:
    """Every address of a list of patterns, filled in."""
    for one in patterns:
        assert isinstance(one, URLPattern)
        wanted = one.pattern.converters
        yield reverse(f"{app}:{one.name}", kwargs={name: kwargs[name] for name in wanted})


def doors_of_the_leader(world: World, row: Meeting) -> list[str]:
    found = []
    for one in urls.urlpatterns:
        pk = row.table_id if one.name.startswith(("table", "own")) else row.pk
        found += addresses([one], "meetings", pk=pk, layer=row.organisation_id, body=world.body.pk)
    return found


def state(row: Meeting) -> list[Any]:
    """Everything of a talk that somebody could have changed."""
    found: list[Any] = [Meeting.objects.filter(pk=row.pk).values().get()]
    found.append(Table.objects.filter(pk=row.table_id).values().get())
    found += [
        list(model.objects.filter(table=row.table_id).order_by("pk").values())
        for model in (Chair, Group, HallStep)
    ]
    found.append(TableEvent.objects.filter(table=row.table_id).count())
    return [*found, Meeting.objects.count(), Table.objects.count()]


def pressed_everything(client: Client, world: World, row: Meeting) -> list[int]:
    """Every press of a leader, at every address of a leader."""
    given = {
        "step": row.step,
        "deel": 1,
        "ticket": "t" * 22,
        "name": "Lotte",
        "meaning": "Van mij",
        "zag": "Van mij",
    }
    presses = [
        (path, do)
        for path in doors_of_the_leader(world, row)
        for do in (
            VERBS if path.endswith("stap/") else OTHERS if path.endswith(("groepen/", "doe/")) else ("",)
        )
    ]
    every = {"start": "1", "to": "table", **given}
    return [client.post(path, {**every, "do": do}).status_code for path, do in presses]


# who leads and who does not


def test_every_press_of_the_control_screen_is_tried() -> None:
    assert {one.partition(":")[0] for one in VERBS} == {*lead_views.VERBS, "keep", "finish"}


@pytest.mark.parametrize("hall", [False, True])
def test_without_account_no_press_of_a_leader_does_anything(world: World, hall: bool) -> None:
    row = in_hall(world) if hall else live(world)
    device = guest(row, "" if hall else "Lotte")
    at(world, row, "think", 1)
    before = state(row)
    for path in doors_of_the_leader(world, row):
        answer = device.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith("/inloggen/"), path
    assert set(pressed_everything(device, world, row)) == {302}
    assert state(row) == before


@pytest.mark.deep
def test_a_member_of_another_layer_or_partnership_finds_no_talk(world: World) -> None:
    row = live(world)
    at(world, row, "think", 1)
    before = state(row)
    at_the_layer = {f"/gesprek/laag/{row.organisation_id}/", f"/gesprek/overleg/{world.body.pk}/"}
    for outsider in (world.willem, world.hans, world.bea, world.charlie, world.dirk):
        client = signed_in(outsider)
        for path in doors_of_the_leader(world, row):
            if path not in at_the_layer and "/laag/" not in path:
                assert client.get(path).status_code in {404, 405}, (outsider.name, path)
        for path in addresses(
            table_urls.urlpatterns, "table", pk=row.table_id, code="000000", number=1, slug="s" * 20
        ):
            assert path == "/tafel/" or client.get(path).status_code in {404, 405}, (outsider.name, path)
    for outsider in (world.willem, world.charlie):
        assert set(pressed_everything(signed_in(outsider), world, row)) <= {404, 405}
    assert state(row) == before


def test_a_colleague_without_a_chair_reads_nothing_of_the_table(world: World) -> None:
    """He may plan and may take a chair, visibly; until then no press of his counts and no word reaches him."""
    row = live(world)
    mees = person("Mees", world.partnership, (world.team, "mentor"))
    at(world, row, "think", 1)
    give(signed_in(world.samira), row, 1, zag="geheim van samira", vond="gedeeld door samira")
    signed_in(world.samira).post(nu(row, "delen"), {"section": 1, "share": ["vond"]})
    lay_open(world, row, 1)
    client, before = signed_in(mees), state(row)
    for path in doors_of_the_leader(world, row):
        html = client.get(path).content.decode()
        assert "van samira" not in html, path
        assert "door samira" not in html, path
    for name in ("beamer", "groepen", "briefjes", "mee", "verslag/vooraf", "verslag/verbeter"):
        assert client.get(page(row, name)).status_code == 404, name
    assert client.get(page(row, "qr")).status_code == 200, "who may prepare it has the code in digits too"
    for do in VERBS:
        answer = client.post(
            page(row, "stap"), {"do": do, "meaning": "Van Mees", "section": 1, "zag": "Van Mees"}
        )
        assert answer["Location"] == page(row, "tafel"), do
    for name, given in (("briefjes", {"deel": 1, "name": "Lotte", "zag": "x"}), ("groepen", {"do": "deal"})):
        assert client.post(page(row, name), given).status_code == 404
    assert state(row) == before


# reading what does not lie open


SECRETS = (
    "geheim van lotte",
    "apart van lotte",
    "voor lotte zelf",
    "briefje van lotte",
    "bordje",
    "want lotte",
    "plan-van-lotte",
)


def everything_at_the_table(world: World, row: Meeting, *clients: Client) -> Iterator[tuple[str, str]]:
    slugs = list(TableFile.objects.values_list("slug", flat=True))
    for client in clients:
        for path in addresses(
            table_urls.urlpatterns,
            "table",
            pk=row.table_id,
            code=code_of(row) or "0",
            number=2,
            slug=slugs[0],
        ):
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(path, headers=headers)
                yield path, answer.content.decode() + str(answer.headers)
        for path in doors_of_the_leader(world, row):
            answer = client.get(path, headers={"HX-Request": "true"})
            yield path, answer.content.decode(errors="replace") + str(answer.headers)


def written_by_lotte(world: World, row: Meeting) -> Client:
    """One phone that leaves a secret in every place there is."""
    lotte = guest(row, "Lotte")
    give(lotte, row, 1, zag=SECRETS[0], vond=SECRETS[1], stil=SECRETS[2])
    seating_chair = chair(row, "Lotte")
    TableFile.objects.create(
        table=row.table,
        chair=seating_chair,
        key="erbij",
        slug="a" * 20,
        name=f"{SECRETS[6]}.pdf",
        content_type="x",
        data=b"x",
    )
    answers = {**seating_chair.answers, "erbij": {"v": {"id": "a" * 20, "name": f"{SECRETS[6]}.pdf"}}}
    Chair.objects.filter(pk=seating_chair.pk).update(answers=answers)
    give(lotte, row, 2, **{"briefje.1.text": SECRETS[3]})
    return lotte


@pytest.mark.deep
@pytest.mark.once
def test_what_is_hidden_reaches_no_other_at_the_table(world: World) -> None:
    """The leader, a member with a chair and a guest, at every step that hides something, at every address."""
    row = live(world)
    other = guest(row, "Fatima")
    lotte = written_by_lotte(world, row)
    access = world.access(world.noor)
    for name, number in (("Lotte", 1), ("Fatima", 2), ("Samira", 2), ("Noor", 2)):
        grouping.move(access=access, meeting=row, chair_id=chair(row, name).pk, to=number)
    lotte.post(nu(row, "groep"), {"text": SECRETS[4]})
    press(world, row, "keep", meaning="Wij vragen het.")
    press(world, row, "hands:meaning")
    lotte.post(nu(row, "hand"), {"at": "0", "because": SECRETS[5]})
    for kind, section in (("think", 1), ("share", 1), ("think", 2), ("write", 0), ("tell", 0)):
        at(world, row, kind, section)
        for path, html in everything_at_the_table(world, row, other, signed_in(world.samira), leads(world)):
            for secret in SECRETS:
                assert secret not in html, (kind, path, secret)


def test_laying_open_shows_what_was_shared_and_nothing_beside_it(world: World) -> None:
    row = live(world)
    other, lotte = guest(row, "Fatima"), written_by_lotte(world, row)
    lotte.post(nu(row, "delen"), {"section": 1, "share": ["vond", "stil"]})
    at(world, row, "think", 1)
    lay_open(world, row, 1)
    # too late: what lies open was read as it lay
    lotte.post(nu(row, "delen"), {"section": 1, "share": ["vond", "zag", "erbij"]})
    for client in (other, leads(world)):
        html = shown(client, nu(row))
        assert SECRETS[1] in html
        for path, words in everything_at_the_table(world, row, client):
            for secret in (*SECRETS[:1], *SECRETS[2:]):
                assert secret not in words, (path, secret)
        assert client.get(f"/tafel/{row.table_id}/bestand/{'a' * 20}/").status_code == 404


def test_the_choice_what_to_share_is_not_taken_back_by_the_leader(world: World) -> None:
    """Who was told 'what you do not tick stays yours' keeps that, whatever is done with the plan afterwards."""
    row = live(world)
    other, _lotte = guest(row, "Fatima"), written_by_lotte(world, row)
    at(world, row, "think", 1)
    press(world, row, f"out:{key_of(row, 'share')}")
    lay_open(world, row, 1)
    assert SECRETS[0] not in shown(other, nu(row))
    press(world, row, f"in:{key_of(row, 'share')}")
    press(world, row, f"out:{key_of(row, 'share')}")
    for client in (other, leads(world), signed_in(world.samira)):
        for path, html in everything_at_the_table(world, row, client):
            assert SECRETS[0] not in html, path


def test_before_the_talk_begins_the_plan_is_still_free(world: World) -> None:
    row = live(world)
    signed_in(world.noor).post(page(row, "tafel"), {"plan": f"out:{key_of(row, 'share')}"})
    row.table.refresh_from_db()
    assert row.table.by_choice == []
    signed_in(world.noor).post(page(row, "tafel"), {"plan": f"in:{key_of(row, 'share')}"})
    row.table.refresh_from_db()
    assert row.table.by_choice == [1]


def test_nobody_lays_down_the_file_of_another(world: World) -> None:
    row = live(world)
    other, _lotte = guest(row, "Fatima"), written_by_lotte(world, row)
    give(other, row, 1, zag="x", erbij=f"{'a' * 20}|{SECRETS[6]}.pdf")
    assert "erbij" not in chair(row, "Fatima").answers


def test_a_file_stays_when_the_sheet_is_saved_without_it(world: World) -> None:
    row = live(world)
    lotte = written_by_lotte(world, row)
    give(lotte, row, 1, zag="anders", erbij=f"{'a' * 20}|{SECRETS[6]}.pdf")
    assert TableFile.objects.count() == 1
    assert chair(row, "Lotte").answers["erbij"]


# chairs


def test_somebody_who_has_his_own_screen_open_cannot_be_claimed(world: World) -> None:
    row = live(world)
    joost = chair(row, "Joost")
    signed_in(world.joost).get(nu(row))
    stranger = Client()
    form = {"who": "", "role": "", "claim": joost.pk, "ticket": ticket_of(stranger, code_of(row))}
    assert stranger.post(f"/tafel/code/{code_of(row)}/", form).status_code == 422
    assert stranger.get(nu(row)).status_code == 404


def test_a_chair_on_which_something_was_written_cannot_be_claimed(world: World) -> None:
    """Whatever says that he is not there: what lies there was written by somebody."""
    row = live(world)
    give(signed_in(world.joost), row, 1, zag="van Joost zelf")
    Chair.objects.filter(table=row.table).update(here=False)
    joost = chair(row, "Joost")
    assert joost not in tables.waiting_chairs(row.table)
    taken = seating.sit(table=row.table, who=seating.Sitter("Vreemde", claim=joost.pk), token="t" * 22)
    assert taken is not None
    assert taken.pk != joost.pk


def test_a_chair_is_claimed_once_and_only_at_its_own_table(world: World) -> None:
    row, other = live(world), live(world, appointment=world.later)
    samira = chair(row, "Samira")
    one, two = Client(), Client()
    tickets = [ticket_of(client, code_of(row)) for client in (one, two)]
    form = {"who": "", "role": "", "claim": samira.pk}
    assert one.post(f"/tafel/code/{code_of(row)}/", {**form, "ticket": tickets[0]}).status_code == 302
    assert two.post(f"/tafel/code/{code_of(row)}/", {**form, "ticket": tickets[1]}).status_code == 422
    assert two.get(nu(row)).status_code == 404
    stranger = seating.sit(table=other.table, who=seating.Sitter("Vreemde", claim=samira.pk), token="u" * 22)
    assert stranger is not None
    assert (stranger.pk == samira.pk, stranger.table_id) == (False, other.table_id)
    samira.refresh_from_db()
    assert one.get(nu(row)).status_code == 200


def test_two_who_claim_one_chair_at_once_are_not_two_without_a_name(world: World) -> None:
    """Both forms were right when they were made; the second finds the chair taken."""
    row = live(world)
    claim = seating.Sitter(claim=chair(row, "Samira").pk)
    assert seating.sit(table=row.table, who=claim, token="t" * 22) is not None
    assert seating.sit(table=row.table, who=claim, token="u" * 22) is None
    assert not Chair.objects.filter(name="").exists()


def test_a_member_does_not_take_the_chair_of_another_member(world: World) -> None:
    row = live(world)
    willem, samira = signed_in(world.willem), chair(row, "Samira")
    guest(row, "", client=willem, claim=samira.pk, me="1")
    samira.refresh_from_db()
    assert not samira.here
    assert Chair.objects.get(table=row.table, person=world.willem).name == "Willem"
    assert willem.get(nu(row)).status_code == 200


def test_a_member_who_was_expected_by_name_finds_his_chair(world: World) -> None:
    row = live(world)
    made = seating.put_chair(table=row.table, name="Willem", role="school_leader")
    willem = guest(row, "", client=signed_in(world.willem), claim=made.pk, me="1")
    made.refresh_from_db()
    assert (made.here, made.person) == (True, world.willem)
    assert willem.get(nu(row)).status_code == 200


def test_a_token_opens_its_own_table_only(world: World) -> None:
    row, other = live(world), live(world, appointment=world.later)
    device = guest(row, "Lotte")
    device.cookies[f"stoel-{other.table_id}"] = device.cookies[f"stoel-{row.table_id}"].value
    for name in ("", "geef", "delen", "hand", "groep", "stip"):
        for answer in (device.get(nu(other, name)), device.post(nu(other, name), {"section": 1, "zag": "x"})):
            assert answer.status_code in {404, 405}, name
    assert not Chair.objects.filter(table=other.table).exclude(answers={}).exists()


def test_nobody_writes_on_the_chair_of_another(world: World) -> None:
    """No field says whose chair it is: only what the device holds."""
    row = live(world)
    one, two = guest(row, "Lotte"), guest(row, "Fatima")
    give(one, row, 1, zag="van Lotte")
    target = chair(row, "Lotte")
    more = {"chair": target.pk, "pk": target.pk, "seat": target.pk, "claim": target.pk, "group": 1}
    give(two, row, 1, zag="van Fatima", **more)
    two.post(nu(row, "delen"), {"section": 1, "share": ["zag"], **more})
    two.post(f"/tafel/{row.table_id}/zeg/", {"do": "done", **more})
    target.refresh_from_db()
    assert (target.answers["zag"]["v"], target.shares, target.done) == ("van Lotte", [], False)


# after the end


def test_after_the_end_no_code_ticket_or_press_counts(world: World) -> None:
    row = live(world)
    lotte, late = guest(row, "Lotte"), Client()
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, "Lotte").pk, to=1)
    group = Group.objects.get(table=row.table)
    codes = (code_of(row), group.code)
    tickets = [ticket_of(late, code) for code in codes]
    lotte.post(nu(row, "groep"), {"text": "Onze zin"})
    press(world, row, "finish")
    before = state(row)
    for code, ticket in zip(codes, tickets, strict=True):
        assert late.get(f"/tafel/code/{code}/").status_code == 404
        assert (
            late.post(f"/tafel/code/{code}/", {"who": "Laat", "role": "", "ticket": ticket}).status_code
            == 404
        )
        assert late.post("/tafel/", {"code": code}).status_code == 422
    assert seating.sit(table=row.table, who=seating.Sitter("Laat"), token="t" * 22) is None
    give(lotte, row, 1, zag="te laat")
    for do in ("show", "hide", "keeper", "keep"):
        lotte.post(nu(row, "groep"), {"text": "te laat", "do": do})
    lotte.post(nu(row, "hand"), {"at": "5"})
    lotte.post(nu(row, "delen"), {"section": 1, "share": ["zag"]})
    lotte.post(nu(row, "stip"), {"item": "briefje", "on": "1.1"})
    lotte.post(f"/tafel/{row.table_id}/deel/1/", {"zag": "te laat"})
    lotte.post(f"/tafel/{row.table_id}/groepen/", {"item": "briefje"})
    lotte.post(f"/tafel/{row.table_id}/zeg/", {"do": "done"})
    for do in VERBS:
        assert press(world, row, do, section=1, zag="te laat", meaning="te laat")["Location"] == page(row, "")
    for name, given in (
        ("groepen", {"do": "deal"}),
        ("briefjes", {"deel": 1, "name": "Lotte", "zag": "te laat"}),
    ):
        assert leads(world).post(page(row, name), given)["Location"] == page(row, "")
    assert leads(world).post(page(row, "tafel"), {"start": "1", "plan": "out:together"})["Location"] == page(
        row, ""
    )
    assert state(row) == before
    assert before[5] == 0, "no event is kept of when what moved"


def test_what_never_lay_open_is_gone_at_the_end(world: World) -> None:
    """Also the file beside it, the hand that was not shown, and the sentence that a group kept to itself."""
    row = live(world)
    lotte = written_by_lotte(world, row)
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, "Lotte").pk, to=1)
    lotte.post(nu(row, "groep"), {"text": SECRETS[4], "dissent": "anders"})
    press(world, row, "keep", meaning="Wij vragen het.")
    press(world, row, "hands:meaning")
    lotte.post(nu(row, "hand"), {"at": "0", "because": SECRETS[5]})
    press(world, row, "finish")
    left = chair(row, "Lotte")
    assert set(left.answers) == {"stil"}, "what is hers alone stays hers"
    assert left.hand == {}
    assert not TableFile.objects.exists()
    assert [(one.text, one.dissent) for one in Group.objects.all()] == [("", "")]


def test_what_lay_open_stays_with_its_file(world: World) -> None:
    row = live(world)
    lotte = written_by_lotte(world, row)
    lotte.post(nu(row, "delen"), {"section": 1, "share": ["vond", "erbij"]})
    lay_open(world, row, 1)
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, "Lotte").pk, to=1)
    lotte.post(nu(row, "groep"), {"text": "Onze zin", "do": "show"})
    press(world, row, "finish")
    assert set(chair(row, "Lotte").answers) == {"vond", "erbij", "stil"}
    assert TableFile.objects.count() == 1
    assert Group.objects.get().text == "Onze zin"


def test_who_leads_and_leaves_takes_all_along(world: World) -> None:
    row = live(world)
    give(leads(world), row, 1, zag="van Noor")
    press(world, row, "keep", meaning="Wij vragen het.")
    press(world, row, "hands:meaning")
    leads(world).post(nu(row, "hand"), {"at": "1", "because": "woorden van Noor"})
    leads(world).post(nu(row, "delen"), {"section": 1, "share": ["zag"]})
    leads(world).post(f"/tafel/{row.table_id}/zeg/", {"do": "leave"})
    own = chair(row, "Noor")
    assert (own.answers, own.hand, own.dots, own.shares) == ({}, {}, {}, [])


def test_who_is_erased_leaves_no_place_hand_or_unshared_word(world: World) -> None:
    row = live(world)
    joost = signed_in(world.joost)
    give(joost, row, 1, zag="deelde Joost", vond="hield Joost voor zich")
    joost.post(nu(row, "delen"), {"section": 1, "share": ["zag"]})
    lay_open(world, row, 1)
    Chair.objects.filter(person=world.joost).update(place="Het Waterrad", hand={"at": 0, "because": "Joost"})
    erase_person(access=world.access(world.petra), person=world.joost)
    clearing.forget_chairs()
    left = Chair.objects.get(table=row.table, person=world.joost)
    assert set(left.answers) == {"zag"}
    assert (left.place, left.hand) == ("", {})


# a hall


def test_the_address_for_a_hall_is_one_for_all_and_holds_for_a_day(world: World) -> None:
    row = in_hall(world)
    path = halls.shared_path(row.table, "student")
    assert path == halls.shared_path(Table.objects.get(pk=row.table_id), "student")
    assert path == halls.shared_path(row.table, "mentor"), "no question here is worded for a role"
    clock.move_to(1)
    assert Client().get(path).status_code == 200, "past midnight it goes on"
    clock.move_to(2)
    assert Client().get(path).status_code == 404


def test_no_other_door_puts_an_answer_on_a_chair_in_a_hall(world: World) -> None:
    """The pages of a table that an instrument has by itself, and the verbs of an open table."""
    row = in_hall(world)
    device = guest(row)
    at(world, row, "think", 1)
    before = state(row)
    here = f"/tafel/{row.table_id}/"
    for path, given in (
        (f"{here}deel/1/", {"vaak": "o1", "woord": "van mij"}),
        (f"{here}zeg/", {"do": "done"}),
        (f"{here}nu/delen/", {"section": 1, "share": ["vaak", "woord"]}),
        (f"{here}nu/hand/", {"at": "5", "because": "van mij"}),
        (f"{here}nu/groep/", {"text": "van mij", "do": "show"}),
        (f"{here}nu/groep/", {"do": "keeper"}),
        (f"{here}nu/stip/", {"item": "woord", "on": "1.1"}),
        (f"{here}stem/", {"item": "woord", "statement": "1.1", "vote": "agree"}),
        (f"{here}groepen/", {"item": "woord", "at:1.1": "x"}),
    ):
        assert device.post(path, given).status_code in {302, 404}, path
    for name in ("deel/1/", "samen/", ""):
        assert device.get(f"{here}{name}")["Location"] == nu(row), name
    assert state(row) == before
    assert not Response.objects.exists()


def test_no_action_puts_anything_on_a_chair_in_a_hall(world: World) -> None:
    row = in_hall(world)
    guest(row)
    at(world, row, "think", 1)
    mine, before = Chair.objects.filter(table=row.table, person=None).get(), state(row)
    access, given = world.access(world.noor), {"vaak": {"v": "o1"}}
    assert seating.write_section(chair=mine, number=1, answers=given) is not seating.Kept.IN
    seating.say_done(chair=mine)
    assert (
        seating.type_over(access=access, table=row.table, chair=mine, name="", role="", answers=given) is None
    )
    assert (
        seating.type_in(access=access, table=row.table, name="L", role="", token="t" * 22, answers=given)
        is None
    )
    grouping.move(access=access, meeting=row, chair_id=mine.pk, to=1)
    agreeing.move(access=access, meeting=row, to="meaning")
    assert state(row) == before


@pytest.mark.parametrize("again", [False, True])
def test_an_answer_in_a_hall_writes_a_sheet_and_nothing_beside_it(world: World, again: bool) -> None:
    """Whatever is written in the same breath can be found beside it: no mark on a chair, no event, no time."""
    row = in_hall(world)
    device = guest(row)
    at(world, row, "think", 1)
    if again:
        give(device, row, 1, vaak="o2", do="done")
    before = state(row)
    with CaptureQueriesContext(connection) as seen:
        assert give(device, row, 1, vaak="o1", woord="zin", do="done").status_code == 302
    wrote = [q["sql"] for q in seen if q["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [one for one in wrote if "collection_response" not in one] == []
    assert len(wrote) == 1
    assert state(row) == before


def test_a_slip_of_paper_in_a_hall_writes_a_sheet_and_nothing_beside_it(world: World) -> None:
    row = in_hall(world)
    at(world, row, "think", 1)
    client, before = leads(world), state(row)
    client.get(page(row, "briefjes"))
    with CaptureQueriesContext(connection) as seen:
        client.post(page(row, "briefjes"), {"deel": 1, "ticket": "b" * 22, "vaak": "o1"})
    wrote = [q["sql"] for q in seen if q["sql"].lstrip().startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [one for one in wrote if "collection_response" not in one] == []
    assert state(row) == before
    assert Response.objects.count() == 1
    assert not any("b" * 22 in str(one) for one in state(row))


def test_a_member_in_a_hall_leaves_no_person_on_his_chair(world: World) -> None:
    row = in_hall(world)
    device = guest(row, "Joost", client=signed_in(world.joost), me="1", claim="1", place="Het Waterrad")
    mine = Chair.objects.exclude(person=world.noor).get(table=row.table)
    assert (mine.person, mine.name, mine.place) == (None, "", "")
    at(world, row, "think", 1)
    give(device, row, 1, vaak="o1")
    html = shown(device, nu(row))
    assert "Je antwoord is binnen" in html
    for path in ("mee", "beamer"):
        assert device.get(page(row, path)).status_code == 404, "he does not sit there by name"


def test_a_hall_keeps_its_people_when_the_talk_begins(world: World) -> None:
    """The leader's page to begin names no chairs there, so it sends nobody away; and nobody sits by name."""
    row = in_hall(world)
    crowd(row, 3)
    given = {"start": "1", "seats": [], "shown": ["s1"], "guest_0": "Lotte", "role_0": "student"}
    assert leads(world).post(page(row, "tafel"), given)["Location"] == page(row, "leiden")
    assert Chair.objects.filter(table=row.table, person=None, name="").count() == 3
    assert Chair.objects.filter(table=row.table).count() == 4


def test_the_page_of_a_hall_shows_nothing_of_others(world: World) -> None:
    row = in_hall(world)
    devices = [guest(row, role=role) for role in ("student", "mentor", "school_leader")]
    at(world, row, "think", 1)
    give(devices[1], row, 1, vaak="o1", woord="zin van een ander")
    for step in ("think", "show"):
        at(world, row, step, 1)
        html = shown(devices[0], nu(row))
        assert "zin van een ander" not in html
        assert "1 van" not in html


def test_asking_again_twice_is_once(world: World) -> None:
    """Nor while people are still answering: what they sent would lie in a round that nobody sees."""
    row = in_hall(world)
    at(world, row, "think", 1)
    press(world, row, "again:1")
    assert HallStep.objects.count() == 1
    lay_open(world, row, 1)
    for who in (world.noor, world.noor):
        press(world, row, "again:1", who)
    assert HallStep.objects.count() == 2


def test_an_address_for_a_whole_hall_cannot_be_made_up(world: World) -> None:
    row, table = in_hall(world), live(world)
    at(world, row, "think", 1)
    good = halls.shared_path(row.table, "student")
    assert Client().get(good).status_code == 200
    for bad in (good[:-3] + "xx/", "/samen/x/", halls.shared_path(table.table, "student")):
        assert Client().get(bad).status_code == 404, bad
    assert Client().get(good)["Cache-Control"] == "private, no-store"
    for role in ("", "admin", "<script>"):
        answer = Client().get(halls.shared_path(row.table, role))
        html = answer.content.decode()
        assert "<script" not in html
        # a page that asks for a cookie is about one person, and would be drawn for each of a thousand
        assert "csrfmiddlewaretoken" not in html
        assert not answer.cookies
        assert 'id="nu"' in html
    for path in addresses(hall_urls.urlpatterns, "hall", topic="tafel-1", token="t"):
        assert Client().post(path).status_code == 405


def test_no_line_of_a_log_holds_a_way_in() -> None:
    told = Nameless("%(message)s")
    for path, secret in (
        ("/tafel/code/123456/", "123456"),
        ("/samen/WzEsIiJd:1abc:xyz/", "1abc:xyz"),
        ("/stroom/InRhZmVsIg:1abc:xyz?sinds=4", "1abc:xyz"),
    ):
        line = told.format(logging.LogRecord("x", 40, "x", 1, f"Internal Server Error: {path}", (), None))
        assert secret not in line
        assert "…" in line


def test_the_same_subject_as_a_hall_is_another_talk(world: World) -> None:
    """Who plans a hall does not get the open table that was planned under the same name."""
    table = planned(world, laid=Laid(instrument()), title="Studiedag")
    hall = planned(world, laid=Laid(instrument(), hall=True), title="Studiedag")
    assert (table.table.hall, hall.table.hall) == (False, True)
    assert planned(world, laid=Laid(instrument(), hall=True), title="Studiedag").pk == hall.pk


def test_a_hall_is_asked_only_what_can_be_asked_apart(world: World) -> None:
    """A part that hangs on the answer to another has no step there; the others all begin."""
    row = in_hall(world)
    steps = [one for one in Meeting.objects.get(pk=row.pk).script["steps"] if one["section"]]
    assert {one["section"] for one in steps} == {1, 3, 4}
    for one in steps:
        press(world, row, f"go:{one['key']}")
    assert set(HallStep.objects.values_list("section", flat=True)) == {1, 3, 4}


# what a machine sends


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("hand", {"at": "1", "because": "mel\x00k"}),
        ("groep", {"text": "mel\x00k", "dissent": "\x00"}),
        ("geef", {"section": 1, "zag": "mel\x00k"}),
        ("geef", {"section": "9" * 5000}),
        ("geef", {"section": "²"}),
        ("delen", {"section": 1, "share": ["\x00"]}),
        ("delen", {"section": "9" * 5000}),
        ("stip", {"item": "\x00", "on": "\x00"}),
    ],
)
def test_signs_that_no_database_keeps_break_nothing_on_a_phone(world: World, name: str, given: Any) -> None:
    row = live(world)
    device = guest(row, "Lotte")
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, "Lotte").pk, to=1)
    press(world, row, "keep", meaning="Wij vragen het.")
    press(world, row, "hands:meaning")
    assert device.post(nu(row, name), given).status_code in {302, 404}
    left = str(state(row))
    assert "\x00" not in left
    assert ("melk" in left) == ("mel\x00k" in given.values())


def test_signs_that_no_database_keeps_break_nothing_for_who_leads(world: World) -> None:
    row = live(world)
    press(world, row, "keep", meaning="mel\x00k")
    assert Meeting.objects.get(pk=row.pk).notes["meaning"] == "melk"
    for do in ("focus:\x00", "go:\x00", "out:\x00", "hands:dots-\x00", "hands:dots-bestaat-niet"):
        press(world, row, do)
    assert Meeting.objects.get(pk=row.pk).asking == {}
    slip = {"deel": 3, "name": "Bra\x00m", "role": "x" * 99, "hoe": "o1"}
    leads(world).post(page(row, "briefjes"), slip)
    assert chair(row, "Bram").role == ""


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 2000, "²", "٣x", "-1", ""])
def test_a_number_that_is_none_breaks_nothing_for_who_leads(world: World, number: str) -> None:
    """More digits than Python reads as a number, and signs that are digits and no number."""
    row = live(world)
    client = leads(world)
    press(world, row, "keep", sentence="Wij vragen het.", owner_text="Noor", notice="We merken het.")
    for verb in lead_views.VERBS:
        assert press(world, row, f"{verb}:{number}").status_code == 302, verb
    chosen = {"section": number, "returns_at": number, "share_with": number}
    assert press(world, row, "keep", **chosen).status_code == 302
    for do, more in (("deal", {"size": number}), (f"move:{number}", {f"to-{number}": number})):
        # the name of a field has an end as well
        assert client.post(page(row, "groepen"), {"do": do, **more}).status_code in {302, 400}, do
    assert client.get(page(row, "briefjes"), {"deel": number}).status_code == 200
    assert client.post(page(row, "briefjes"), {"deel": number, "name": "Bram"}).status_code == 302
    for path in (f"/gesprek/overleg/{world.body.pk}/", page(row, "leiden")):
        assert client.get(path, {"jaar": number}).status_code == 200, path
    planning = f"/gesprek/laag/{world.team.pk}/klaarzetten/"
    for asked in ("lat", "moment"):
        assert client.get(planning, {asked: number}).status_code == 200, asked
    assert press(world, row, "finish", no_return_because="Geen moment.").status_code == 302


def test_a_promise_kept_with_a_number_that_is_none_still_ends_the_talk(world: World) -> None:
    """What was kept before nonsense was refused at the door."""
    row = live(world)
    press(world, row, "keep", sentence="Wij vragen het.", owner_text="Noor", notice="We merken het.")
    notes = Meeting.objects.get(pk=row.pk).notes
    huge = "9" * 5000
    chosen = {"course": "sustain", "returns_at": huge, "share_with": huge}
    old = {**notes, "meaning": "Wij vragen door.", "no_return_because": "Geen moment.", **chosen}
    Meeting.objects.filter(pk=row.pk).update(notes=old)
    press(world, row, f"go:{Meeting.objects.get(pk=row.pk).script['steps'][-1]['key']}")
    assert "Wij vragen het." in shown(leads(world), page(row, "verslag/vooraf"))
    assert press(world, row, "finish")["Location"] == page(row, "")
    fix = page(row, "verslag/verbeter")
    assert leads(world).post(fix, {f"version_{n}": huge for n in range(9)}).status_code in {200, 302}

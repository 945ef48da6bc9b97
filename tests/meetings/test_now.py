"""The talk on one's own phone: what one gives and sees at every step, by plain forms and without an account."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lemniscaat.base import clock
from lemniscaat.base.limits import limits
from lemniscaat.concerns.models import Contact
from lemniscaat.meetings import grouping
from lemniscaat.meetings.models import Chair, Group, Meeting, TableFile
from tests.cast import World, signed_in
from tests.meetings.talks import (
    at,
    chair,
    code_of,
    give,
    guest,
    key_of,
    lay_open,
    leads,
    live,
    nu,
    saved,
    shown,
)
from tests.meetings.test_sitting import sat, started
from tests.meetings.test_table import page, planned, press, written_out

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ACTS = ("geef", "delen", "hand", "groep", "stip")


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    limits.forget("table", "127.0.0.1")


def told(client: Client, row: Meeting, act: str, **given: Any) -> str:
    """The page that comes back after a press."""
    answer = client.post(nu(row, act), given, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


# thinking alone


def test_what_is_given_alone_is_kept_and_comes_back_to_its_giver(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    at(world, row, "think", 1)
    assert 'name="zag"' in shown(lotte, nu(row))
    answer = give(lotte, row, 1, zag="Een open deur", stil="voor mezelf", do="done")
    assert answer["Location"] == nu(row)
    html = shown(lotte, nu(row))
    assert "Een open deur" in html
    assert "voor mezelf" in html
    assert "Je antwoord is binnen" in html
    assert chair(row, "Lotte").done
    give(lotte, row, 1, zag="")
    assert set(chair(row, "Lotte").answers) == set(), "left blank is taken away"


def test_a_script_hears_whether_it_is_in(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    at(world, row, "think", 3)
    assert saved(lotte, row, "geef", section=3, hoe="o1") == 204
    assert saved(lotte, row, "geef", section=3, hoe="bestaat-niet") == 422
    assert chair(row, "Lotte").answers["hoe"] == {"v": "o1"}
    press(world, row, "shut:3")
    assert saved(lotte, row, "geef", section=3, hoe="o2") == 409
    press(world, row, "unshut:3")
    assert saved(lotte, row, "geef", section=3, hoe="o2") == 204
    lay_open(world, row, 3)
    assert saved(lotte, row, "geef", section=3, hoe="o3") == 409
    press(world, row, "finish")
    assert saved(lotte, row, "geef", section=1, zag="te laat") == 409
    assert saved(lotte, row, "groep", text="te laat") == 409
    assert chair(row, "Lotte").answers["hoe"] == {"v": "o2"}


def test_what_is_no_answer_stays_on_the_page_and_the_rest_is_kept(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    at(world, row, "think", 3)
    answer = give(lotte, row, 3, hoe="bestaat-niet")
    assert answer.status_code == 422
    assert "Kijk nog even" in answer.content.decode()
    at(world, row, "think", 1)
    answer = give(lotte, row, 1, zag="dit wel", vond="x" * 9000)
    assert answer.status_code == 422
    assert "dit wel" in answer.content.decode()
    assert chair(row, "Lotte").answers == {"zag": {"v": "dit wel"}}


def test_a_section_that_is_not_there_is_not_written(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    for section in ("", "0", "9", "x", "-1"):
        assert lotte.post(nu(row, "geef"), {"section": section, "zag": "x"}).status_code == 404, section
    assert chair(row, "Lotte").answers == {}


def test_too_late_is_told_in_words(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    at(world, row, "think", 3)
    lay_open(world, row, 3)
    assert "Dit deel is al gesloten" in told(lotte, row, "geef", section=3, hoe="o1")


def test_a_file_is_laid_down_from_a_phone(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    at(world, row, "think", 1)
    assert "multipart/form-data" in shown(lotte, nu(row))
    give(lotte, row, 1, zag="x", **{"erbij.upload": SimpleUploadedFile("plan.pdf", b"%PDF-1.4 x")})
    assert TableFile.objects.get().chair == chair(row, "Lotte")
    row_of_it = TableFile.objects.get()
    bad = {"erbij": f"{row_of_it.slug}|plan.pdf", "erbij.upload": SimpleUploadedFile("plan.pdf", b"<script>")}
    assert give(lotte, row, 1, zag="y", **bad).status_code == 422
    assert TableFile.objects.count() == 1


# coming in


def test_who_comes_late_lands_in_the_step_of_this_moment(world: World) -> None:
    row = live(world)
    at(world, row, "think", 2)
    late = guest(row, "Lotte")
    html = shown(late, nu(row))
    assert "Eén briefje." in html
    assert 'name="briefje.1.text"' in html
    lay_open(world, row, 2)
    later = guest(row, "Fatima")
    assert 'name="briefje.1.text"' not in shown(later, nu(row))
    press(world, row, "go:tell")
    assert "<form" in shown(later, nu(row)), "also the last step has its page"


def test_before_it_begins_a_phone_waits(world: World) -> None:
    row = live(world)
    html = shown(guest(row, "Lotte"), nu(row))
    assert "Je zit." in html
    assert "Het gesprek is op" in html
    clock.move_to(4)
    assert "Het gesprek begint zo" in shown(guest(row, "Fatima"), nu(row))
    assert "Noor" in html
    assert world.criterion.sentence in html


def test_who_comes_by_the_code_of_a_group_sits_in_it(world: World) -> None:
    row = live(world)
    at(world, row, "think", 2)
    grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, "Noor").pk, to=1)
    group = Group.objects.get()
    assert "Je gaat naar groep 1" in shown(Client(), f"/tafel/code/{group.code}/")
    guest(row, "Lotte", code=group.code)
    guest(row, "Fatima")
    assert chair(row, "Lotte").group == group
    assert chair(row, "Fatima").group is None


def test_a_member_is_there_once_he_has_his_own_screen_open(world: World) -> None:
    """Then he counts, is dealt into a group, and nobody else takes his chair."""
    row = live(world)
    assert not chair(row, "Joost").here
    joost = signed_in(world.joost)
    assert joost.get(page(row, "mee"))["Location"] == nu(row)
    joost.get(nu(row))
    assert chair(row, "Joost").here
    assert not chair(row, "Samira").here
    assert "2" in shown(leads(world), page(row, "beamer"))


# sharing by choice


def test_everybody_chooses_what_he_shares_and_may_change_his_mind(world: World) -> None:
    row = live(world)
    lotte, fatima = guest(row, "Lotte"), guest(row, "Fatima")
    at(world, row, "think", 1)
    give(lotte, row, 1, zag="zag van lotte", vond="vond van lotte", stil="stil van lotte")
    at(world, row, "share", 1)
    html = shown(lotte, nu(row))
    assert "zag van lotte" in html
    assert "stil van lotte" not in html, "what is hers alone is not even offered"
    assert "Je schreef niets op" in shown(fatima, nu(row))
    told(lotte, row, "delen", section=1, share=["zag", "vond", "bestaat-niet", "hoe"])
    assert chair(row, "Lotte").shares == ["vond", "zag"]
    assert told(lotte, row, "delen", section=1, share=["vond"]).count("checked") == 1
    lay_open(world, row, 1)
    at(world, row, "show", 1)
    html = shown(fatima, nu(row))
    assert "vond van lotte" in html
    assert "zag van lotte" not in html
    assert lotte.post(nu(row, "delen"), {"section": "x"}).status_code == 302
    assert lotte.post(nu(row, "delen"), {"section": "9"}).status_code == 404


# hands


def test_a_hand_is_given_changed_and_closed_when_the_hands_are_shown(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    assert "De handen liggen al open" in told(lotte, row, "hand", at="5"), "nothing is asked yet"
    press(world, row, "keep", meaning="Wij vragen het eerst.")
    press(world, row, "hands:meaning")
    html = shown(lotte, nu(row))
    assert "Wij vragen het eerst." in html
    assert "0 van de 2 gaven een hand" in html
    assert "1 van de 2 gaven een hand" in told(lotte, row, "hand", at="5")
    told(lotte, row, "hand", at="1", because="Ik mis tijd.\r\nEcht.")
    assert chair(row, "Lotte").hand == {"at": 1, "because": "Ik mis tijd.\nEcht."}
    for wrong in ("6", "-1", "", "x"):
        told(lotte, row, "hand", at=wrong)
    assert chair(row, "Lotte").hand["at"] == 1
    press(world, row, "hands:show")
    html = told(lotte, row, "hand", at="5")
    assert chair(row, "Lotte").hand["at"] == 1
    assert "De handen liggen al open" in html
    assert "Ik mis tijd." in shown(signed_in(world.samira), nu(row))


# groups


def grouped(world: World, row: Meeting, **groups: int) -> None:
    for name, number in groups.items():
        grouping.move(access=world.access(world.noor), meeting=row, chair_id=chair(row, name).pk, to=number)


def test_a_group_writes_one_text_and_shows_it_when_it_likes(world: World) -> None:
    row = live(world)
    lotte, fatima, bram = (guest(row, name) for name in ("Lotte", "Fatima", "Bram"))
    grouped(world, row, Lotte=1, Fatima=1, Bram=2)
    at(world, row, "write")
    assert saved(lotte, row, "groep", text="Wij vragen het", was_text="") == 204
    assert "Wij vragen het" in shown(fatima, nu(row))
    # she wrote on the page from before
    assert saved(fatima, row, "groep", text="Wij wachten", was_text="") == 205
    text = Group.objects.get(number=1).text
    assert "Wij vragen het" in text
    assert "Wij wachten" in text
    assert "Wij vragen het" not in shown(bram, nu(row))
    html = told(fatima, row, "groep", text="Wij vragen door", was_text=text, dissent="Ik niet", do="show")
    assert "Haal onze zin terug" in html
    html = shown(bram, nu(row))
    assert "Wij vragen door" in html
    assert "Ik niet" in html
    told(lotte, row, "groep", do="hide")
    assert "Wij vragen door" not in shown(bram, nu(row))
    told(fatima, row, "groep", do="keeper")
    assert Group.objects.get(number=1).keeper == chair(row, "Fatima")


def test_in_groups_everybody_has_what_his_own_group_gave(world: World) -> None:
    row = live(world)
    lotte, bram = guest(row, "Lotte"), guest(row, "Bram")
    give(lotte, row, 2, **{"briefje.1.text": "briefje van lotte"})
    give(bram, row, 2, **{"briefje.1.text": "briefje van bram"})
    grouped(world, row, Lotte=1, Bram=2)
    lay_open(world, row, 2)
    at(world, row, "show", 2)
    html = shown(lotte, nu(row))
    assert "briefje van lotte" in html
    assert "briefje van bram" not in html
    assert "briefje van lotte" not in shown(signed_in(world.samira), nu(row)), "she sits in no group yet"
    press(world, row, "go:tell")
    press(world, row, f"go:{key_of(row, 'show', 3)}")
    assert "briefje van bram" not in shown(lotte, nu(row)), "another part lies on the table"


def test_looking_together_shows_in_groups_no_more_than_the_page_of_the_talk(world: World) -> None:
    row = live(world)
    lotte, bram, samira = guest(row, "Lotte"), guest(row, "Bram"), signed_in(world.samira)
    together = f"/tafel/{row.table_id}/samen/"
    for client, name in ((lotte, "lotte"), (bram, "bram")):
        give(client, row, 1, zag=f"gezien door {name}", vond="", stil="")
        give(client, row, 2, **{"briefje.1.text": f"briefje van {name}"})
    for section in (1, 2):
        lay_open(world, row, section)
    at(world, row, "show", 2)
    assert "briefje van bram" in shown(lotte, together), "no groups were made, so all sit at one table"
    grouped(world, row, Lotte=1, Bram=2)
    assert "briefje van lotte" in shown(lotte, together)
    for client in (lotte, samira, leads(world)):
        html = shown(client, together)
        assert "Je ziet hier alleen wat je eigen groep schreef" in html
        assert ("briefje van lotte" in html) == (client is lotte)
        for words in ("briefje van bram", "gezien door bram"):
            assert words not in html
    at(world, row, "show", 3)
    assert "briefje van bram" in shown(lotte, together), "the whole table looks again"
    at(world, row, "show", 2)
    press(world, row, "finish")
    assert "briefje van bram" in shown(lotte, together), "after the end there are no groups that talk"


# dots


def test_dots_are_laid_where_they_are_asked_three_at_most(world: World) -> None:
    row = live(world)
    lotte, fatima = guest(row, "Lotte"), guest(row, "Fatima")
    give(lotte, row, 2, **{"briefje.1.text": "tijd", "briefje.2.text": "ruimte"})
    lay_open(world, row, 2)
    first, second = (f"{chair(row, 'Lotte').pk}.{n}" for n in (1, 2))

    def laid() -> dict[str, int]:
        return dict(chair(row, "Fatima").dots.get("briefje", {}).get("on", {}))

    def lay(on: str, do: str = "more", item: str = "briefje") -> None:
        assert fatima.post(nu(row, "stip"), {"item": item, "on": on, "do": do}).status_code == 302

    lay(first)
    assert laid() == {}, "nobody asked for dots"
    press(world, row, "hands:dots-briefje")
    for on in (first, first, second, second, "999.1", ""):
        lay(on)
    lay(first, item="zag")
    assert laid() == {first: 2, second: 1}
    lay(first, "less")
    lay(second)
    assert laid() == {first: 1, second: 2}
    press(world, row, "hands:stop")
    lay(first)
    assert laid() == {first: 1, second: 2}


# the end


def test_at_the_end_everybody_who_was_there_reads_what_was_agreed(world: World) -> None:
    row = planned(world)
    lotte = guest(row, "Lotte")
    written_out(world, row)
    press(world, row, "finish")
    html = shown(lotte, nu(row))
    assert "Wij beginnen zelf niet." in html
    assert "Joost vraagt als eerste." in html
    assert page(row, "") not in html, "the record asks for an account"
    assert page(row, "") in shown(signed_in(world.joost), nu(row))
    assert lotte.get(f"/tafel/{row.table_id}/")["Location"] == nu(row)


def test_a_talk_without_outcome_says_so_at_the_end(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    press(world, row, "finish")
    assert "spraken we niets nieuws af" in shown(lotte, nu(row))


# who is not there


def test_who_has_no_chair_gets_a_way_in_and_nothing_else(world: World) -> None:
    row = live(world)
    guest(row, "Lotte")
    at(world, row, "think", 1)
    for client in (Client(), signed_in(world.charlie), signed_in(world.willem), signed_in(world.dirk)):
        answer = client.get(nu(row))
        assert answer.status_code == 404
        assert "Levend" not in answer.content.decode()
        for act in ACTS:
            assert client.post(nu(row, act), {"section": 1, "zag": "x"}).status_code == 404, act
    assert not Chair.objects.filter(table=row.table).exclude(answers={}).exists()


def test_what_is_pressed_is_not_asked_by_an_address(world: World) -> None:
    row = live(world)
    lotte = guest(row, "Lotte")
    for act in ACTS:
        assert lotte.get(nu(row, act)).status_code == 405, act
    answer = lotte.get(nu(row))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_sheet_that_lies_by_itself_has_no_talk(world: World) -> None:
    table = started(world)
    device = sat(table)
    assert device.get(f"/tafel/{table.pk}/nu/")["Location"] == f"/tafel/{table.pk}/"


@pytest.mark.parametrize("step", ["think", "show", "write"])
def test_the_screens_cost_no_more_queries_with_thirty_people(world: World, step: str) -> None:
    """Measured against a table of five, with answers that lie open and groups that wrote."""
    asked: dict[int, list[int]] = {}
    for people in (5, 30):
        row = live(world, title=f"Met {people}")
        made = [
            Chair(
                table=row.table, name=f"Gast {n}", role="mentor", token=f"{people}-{n}", here=True,
                answers={"zag": {"v": f"zag {n}"}, "briefje": {"v": [{"text": f"briefje {n}"}]}}, shares=["zag"],
                hand={"at": 4}, dots={},
            )
            for n in range(people - 3)
        ]  # fmt: skip
        Chair.objects.bulk_create(made)
        Chair.objects.filter(table=row.table).update(here=True)
        access = world.access(world.noor)
        grouping.deal(access=access, meeting=row, size=5)
        Group.objects.filter(table=row.table).update(text="Onze zin", shown=True)
        for number in (1, 2):
            lay_open(world, row, number)
        press(world, row, "keep", meaning="Onze betekenis")
        press(world, row, "hands:meaning")
        press(world, row, "hands:show")
        at(world, row, step, {"think": 3, "show": 2, "write": 0}[step])
        counts = []
        joost = signed_in(world.joost)
        for client, path in (
            (joost, nu(row)),
            (leads(world), page(row, "leiden")),
            (joost, page(row, "beamer")),
        ):
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            counts.append(len(seen))
        asked[people] = counts
    assert asked[30] == asked[5]
    assert max(asked[30]) <= 45, asked


def test_a_code_stands_on_no_phone_of_somebody_who_sits(world: World) -> None:
    row = live(world)
    assert code_of(row) not in shown(guest(row, "Lotte"), nu(row))


def test_a_guest_finds_the_names_of_this_place_from_his_phone(world: World) -> None:
    """Who has no account reaches the people of where the table stands, not a page that asks where he belongs."""
    Contact.objects.create(
        partnership=world.partnership, organisation=world.school, name="Lotte", task="vertrouwenspersoon"
    )
    meeting = live(world)
    device = guest(meeting, "Ilse")
    found = re.search(r'href="(/ergens-mee/\?plek=[^"]+)"', shown(device, nu(meeting)))
    assert found
    assert "Lotte" in shown(Client(), found[1])
    wall = shown(leads(world), f"/gesprek/{meeting.pk}/beamer/?fase=join")
    assert "Zit je ergens mee?" in wall

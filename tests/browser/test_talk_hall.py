"""A hall of strangers in a real browser: one question, a wall, phones without a name, and the difference on the wall.

Pictures of each screen go to var/screenshots, for people to look at.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sheets
from tests.browser.conftest import Visitor
from tests.browser.looking import looked_at, on_the_wall
from tests.browser.tables import Person
from tests.browser.talks import ONCE, STEP, Talk, planned, press, still_the_same
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser
ASKED = "Sluit en toon de uitkomst"


def test_a_hall_sees_where_it_differs_and_nobody_who(visit: Visit) -> None:
    petra = visit(width=1280).be("petra")
    talk = _a_hall_is_laid_ready(petra)
    wall = visit(width=1280, height=720).be("petra").go(talk.wall)
    phone, plain = visit(), visit(scripts=False)
    for visitor in (phone, plain):
        _come_in(visitor, talk)
    others = [Person(f"iemand {seat}", seat, visit(), real=False) for seat in range(6)]
    for person in others:
        _come_in_over_the_wire(person, talk)
    petra.page.reload()
    petra.page.get_by_role("button", name="Begin het gesprek").click()
    expect(wall.page.locator("html.join")).to_have_count(0)
    wall.page.evaluate(ONCE)
    _all_answer(petra, talk, phone.page, plain.page, others)
    _nobody_sees_anything_yet([petra.page, wall.page, phone.page], wall)
    petra.page.get_by_role("button", name=ASKED).click()
    for page in (wall.page, phone.page):
        expect(page.get_by_text("Hier verschillen we het meest").first).to_be_visible()
        still_the_same(page)
    on_the_wall(wall, "hall-05-wall-outcome")
    looked_at(phone, "hall-06-phone-outcome")
    looked_at(petra, "hall-07-control-outcome")
    plain.page.get_by_role("link", name="Kijk of het gesprek verder is").click()
    expect(plain.page.get_by_text("Hier verschillen we het meest")).to_be_visible()


def _a_hall_is_laid_ready(petra: Visitor) -> Talk:
    page = petra.go("/kast/uitdagingen/").page
    page.get_by_role("link", name="Leid als gesprek").first.click()
    page.get_by_label("Hoe noemen jullie dit gesprek?").fill("Waar lopen we op vast?")
    page.get_by_label(re.compile("^Een zaal")).check(force=True)
    looked_at(petra, "hall-01-laid-ready")
    page.get_by_role("button", name="Verder: wie zit er aan tafel?").click()
    return planned(page)


def _come_in(visitor: Visitor, talk: Talk) -> None:
    page = visitor.go(f"/tafel/code/{talk.code}/").page
    expect(page.get_by_text("Dit is een zaal. Je naam vragen we niet.")).to_be_visible()
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_text("Je doet mee zonder naam")).to_be_visible()
    talk.table = int(page.url.split("/tafel/")[1].split("/")[0])
    page.evaluate(ONCE)


def _come_in_over_the_wire(person: Person, talk: Talk) -> None:
    path = f"/tafel/code/{talk.code}/"
    html = person.get(path).text()
    ticket = re.search(r'name="ticket" value="([^"]+)"', html)
    assert ticket
    assert "Je doet mee zonder naam" in person.post(path, html, [("ticket", ticket[1])]).text()


def _all_answer(petra: Visitor, talk: Talk, phone: Page, plain: Page, others: list[Person]) -> None:
    ask = petra.page.get_by_role("button", name=ASKED)
    expect(petra.page.locator(STEP)).to_be_visible()
    for _ in range(6):
        if ask.count():
            break
        press(petra.page, "ArrowRight")
    looked_at(petra, "hall-02-control-asks")
    expect(phone.locator("form.sheet-whole")).to_be_visible()
    plain.get_by_role("link", name="Kijk of het gesprek verder is").click()
    for page in (phone, plain):
        for place, field in enumerate(page.locator("form.sheet-whole select").all(), 1):
            field.select_option(index=place)
        page.get_by_role("button", name="Stuur mijn antwoord").click()
        expect(page.get_by_text("Je antwoord is binnen.")).to_be_visible()
    for person in others:
        _ranks(person, talk)


def _ranks(person: Person, talk: Talk) -> None:
    """One half the other way round than the rest."""
    html = person.get(talk.phone).text()
    controls = sheets.blank(html).controls
    places = [one for one in controls if one.kind == "select"]
    order = places if person.seat % 2 else places[::-1]
    ranked = [(one, str(place)) for place, one in enumerate(order, 1)]
    hidden = [(one, one.value) for one in controls if one.kind == "hidden"]
    answer = person.post(f"{talk.phone}geef/", html, sheets.as_post(sheets.Filled(given=[*hidden, *ranked])))
    assert "Je antwoord is binnen." in answer.text(), person.name


def _nobody_sees_anything_yet(pages: list[Page], wall: Visitor) -> None:
    expect(wall.page.locator("#strook")).to_contain_text("8 van")
    for page in pages:
        expect(page.get_by_text("Hier verschillen we het meest")).to_have_count(0)
    on_the_wall(wall, "hall-04-wall-waits")

"""The ledger in a browser: found without scripts, written and changed by its giver, an exit ticket on the wall."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.looking import faults, looked_at, on_the_wall

pytestmark = pytest.mark.browser


def test_something_is_found_without_scripts(visit: Callable[..., Visitor]) -> None:
    noor = visit(width=390, scripts=False).be("noor")
    page = noor.page
    page.get_by_role("link", name="Wat we weten").first.click()
    page.get_by_role("link", name="En alles daarboven").click()
    page.get_by_label("Zoek in wat we weten").fill("bezoeken")
    page.keyboard.press("Enter")
    expect(page.locator("mark").first).to_be_visible()
    assert "ook=boven" in page.url
    page.get_by_text("Kies preciezer").click()
    page.get_by_label("Wiens stem?").select_option(index=1)
    page.get_by_role("button", name="Toon").click()
    assert re.search(r"stem=\w+", page.url)
    assert "zoek=bezoeken" in page.url
    page.locator(".entry h3 a").first.click()
    expect(page.get_by_role("heading", name="Waar het vandaan komt")).to_be_visible()


def test_a_reflection_from_writing_to_a_wider_use(visit: Callable[..., Visitor]) -> None:
    samira = visit(width=390).be("samira")
    page = samira.page
    page.goto(f"{samira.site}/weten/laag/{_team(samira)}/verslag/?soort=reflection")
    looked_at(samira, "reflection")
    page.get_by_label("Waar ging het over?").fill("Een kring die stilviel")
    page.get_by_label("Wat gebeurde er?").fill("Niemand wist het antwoord, ik ook niet.")
    page.get_by_role("button", name="Bewaar het verslag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Een kring die stilviel")
    page.get_by_text("Pas aan").click()
    looked_at(samira, "own-data-point")
    page.get_by_text("Om op te beslissen").click()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("er mag ook een besluit op rusten").first).to_be_visible()


def _team(visitor: Visitor) -> str:
    found = re.search(r"/laag/(\d+)/", visitor.page.content())
    assert found
    return found[1]


def test_an_exit_ticket_on_the_wall(visit: Callable[..., Visitor]) -> None:
    noor = visit(width=1280).be("noor")
    page = noor.page
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{noor.site}/ronde/laag/{_team(noor)}/exitticket/")
    assert not faults(noor)
    page.get_by_label("Waarover?").fill("Exitticket teammiddag")
    page.get_by_role("button", name="Open het exitticket").click()
    on_the_wall(noor, "ticket-wall")
    code = page.locator(".ticket-code").inner_text().replace(" ", "")
    student = visit(width=390, scripts=False)
    student.page.goto(f"{student.site}/mee/?code={code}")
    student.page.get_by_role("button", name=re.compile("^Begin")).first.click()
    expect(student.page.get_by_text("Hoe was dit voor jouw leren?").first).to_be_visible()

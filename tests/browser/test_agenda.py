"""The agenda of a school as people use it: four looks on a phone and wide, moved by keyboard alone, and on paper."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.looking import looked_at
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser
LOOKS = ("Lijst", "Boom", "Tijdlijn", "Bord")


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_four_looks_without_a_barrier(visit: Visit, width: int, dark: bool) -> None:
    noor = visit(width=width, dark=dark).be("noor")
    page = noor.page
    page.get_by_role("link", name="Ontwikkelagenda").first.click()
    for name in LOOKS:
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator(".agenda-nav [aria-current=page]")).to_have_text(name)
        looked_at(noor, f"agenda-{name.lower()}-{width}")
    if dark:
        return
    there = page.url.split("?")[0]
    stop = page.get_by_role("link", name="Liever niet?").get_attribute("href") or ""
    for name, path in (("a4", f"{there}a4/"), ("druk", f"{there}?druk=1"), ("stop", urlsplit(stop).path)):
        noor.go(path.removeprefix(noor.site))
        looked_at(noor, f"agenda-{name}-{width}")


def test_a_card_moves_by_keyboard_without_scripts(visit: Visit) -> None:
    noor = visit(width=390, scripts=False).be("noor")
    page = noor.page
    page.get_by_role("link", name="Ontwikkelagenda").first.click()
    page.get_by_role("link", name="Bord", exact=True).click()
    card = page.locator("[aria-labelledby=fase-do] .cards li").first
    sentence = card.get_by_role("heading").inner_text()
    card.get_by_role("button").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[aria-labelledby=fase-check]")).to_contain_text(sentence)
    expect(page.get_by_text("ligt nu bij: We kijken of het helpt")).to_be_visible()


def test_each_look_and_the_wall_are_one_sheet(visit: Visit) -> None:
    noor = visit(width=1280).be("noor")
    page = noor.page
    page.get_by_role("link", name="Ontwikkelagenda").first.click()
    there = page.url.split("?")[0]
    for path in ("a4/", *(f"?druk=1&vorm={name.lower()}" for name in LOOKS)):
        page.goto(there + path)
        sheet = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1, path

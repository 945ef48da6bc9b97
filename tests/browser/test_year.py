"""The year of a layer as people use it: read on a phone, planned, dropped, taken over, and on one sheet of A4."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.looking import looked_at
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser


def test_from_a_silent_voice_to_a_round_without_scripts(visit: Visit) -> None:
    noor = visit(width=390, scripts=False).be("noor")
    page = noor.page
    page.get_by_role("link", name="Het jaar").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Het jaar")
    page.locator("main").get_by_role("link", name="Wie horen we nog niet?").first.click()
    page.get_by_role("link", name=re.compile("nog niet$")).first.click()
    page.get_by_role("link", name="Begin een ronde").click()
    assert page.locator("input[name=roles]:checked").count() == 1
    assert page.locator("input[name=title]").input_value()


def test_a_line_is_planned_dropped_and_read(visit: Visit) -> None:
    petra = visit(width=1280).be("petra")
    page = petra.page
    page.get_by_role("link", name="Het jaar").first.click()
    looked_at(petra, "jaar")
    year = urlsplit(page.url).path
    page.get_by_role("link", name="Zet iets in het jaar").click()
    page.get_by_label("Titel").fill("Panel met starters")
    page.get_by_label("Een panel", exact=True).check()
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Panel met starters").click()
    looked_at(petra, "jaar-regel")
    page.get_by_text("Dit gaat niet door").click()
    page.get_by_label("Waarom gaat dit niet door?").fill("De starters zijn al gevraagd.")
    page.get_by_role("button", name="Haal het uit het jaar").click()
    expect(page.get_by_text("De starters zijn al gevraagd.")).to_have_count(1)
    petra.go(f"{year}stil/")
    looked_at(petra, "jaar-stil")
    petra.go(f"{year}overnemen/?van=klaar")
    looked_at(petra, "jaar-overnemen")


def test_the_year_fits_on_one_sheet(visit: Visit) -> None:
    noor = visit(width=1280).be("noor")
    page = noor.page
    page.get_by_role("link", name="Het jaar").first.click()
    page.get_by_role("link", name="Op één vel").click()
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1

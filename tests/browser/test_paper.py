"""A talk on paper is one sheet of A4, with the data below the fold."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser


def test_the_talk_fits_on_one_sheet(visit: Visit) -> None:
    noor = visit(width=1280).be("noor")
    page = noor.page
    page.get_by_role("link", name="Gesprekken").first.click()
    talks = [link.get_attribute("href") or "" for link in page.locator("main a").all()]
    first = next(found for talk in talks if (found := re.match(r"/gesprek/\d+/", talk)))
    noor.go(f"{first[0]}papier/")
    expect(page.get_by_text("vouw hier naar achteren")).to_be_visible()
    fold = page.locator(".fold").bounding_box()
    data = page.locator(".dist").first.bounding_box()
    assert fold
    assert data
    assert data["y"] > fold["y"]
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1

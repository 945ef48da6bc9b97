"""Answering a round in a building of concrete: the network goes, the server falls over, nothing is lost and it counts once."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visitor, serving
from tests.browser.looking import looked_at
from tests.browser.test_story import Visit, answer_cards

pytestmark = pytest.mark.browser

NO_NETWORK = ("net::ERR_", "Failed to load resource", "Failed to fetch")
PATIENCE = 30_000
BETWEEN = "Geen netwerk. Wat je invulde staat op deze telefoon."
AWAY = "Geen netwerk. Laat deze pagina open"
LAST = "Geen netwerk. Je inbreng staat klaar op deze telefoon"


@pytest.fixture(scope="module")
def server(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be killed."""
    with serving(loaded, tmp_path_factory.mktemp("round")) as made:
        yield made


@pytest.fixture(scope="module")
def site(server: Server) -> str:
    return server.url


def sheets(server: Server) -> int:
    """How many sheets came in, in all rounds."""
    with sqlite3.connect(f"file:{server.var / 'lemniscaat.sqlite3'}?mode=ro", uri=True) as base:
        return int(base.execute("SELECT count(*) FROM collection_response").fetchone()[0])


def link_of(visit: Visit, slug: str) -> str:
    """The personal link that this member was sent."""
    page = visit().be(slug).page
    link = page.get_by_role("link", name="Een vraag aan jou").first.get_attribute("href")
    assert link
    return link


def invited(visit: Visit, slug: str) -> Visitor:
    """Somebody with that link on a telephone of his own, who never signed in."""
    visitor = visit().go(link_of(visit, slug))
    visitor.page.get_by_role("button", name="Begin").click()
    expect(which(visitor.page)).to_contain_text("Vraag 1 van")
    return visitor


def which(page: Page) -> object:
    return page.locator(".card-nav [role=status]")


def test_the_network_goes_in_the_middle_of_the_cards(visit: Visit, server: Server) -> None:
    visitor = invited(visit, "samira")
    page, before = visitor.page, sheets(server)
    page.locator("main input[type=radio]").first.check(force=True)
    chosen = page.locator("main input[type=radio]:checked").get_attribute("value")
    visitor.context.set_offline(True)
    page.get_by_role("button", name="Volgende").click()
    expect(page.get_by_text(BETWEEN)).to_be_visible()
    expect(which(page)).to_contain_text("Vraag 1 van")
    looked_at(visitor, "offline-round-01-between")
    server.kill()
    visitor.context.set_offline(False)
    expect(page.get_by_text(BETWEEN)).to_be_visible()
    server.start()
    expect(which(page)).to_contain_text("Vraag 2 van", timeout=PATIENCE)
    expect(page.get_by_text(BETWEEN)).to_be_hidden()
    # the button of the browser leads to the card before, as it always did
    page.go_back()
    expect(which(page)).to_contain_text("Vraag 1 van")
    expect(page.locator("main input[type=radio]:checked")).to_have_value(str(chosen))
    page.go_forward()
    expect(which(page)).to_contain_text("Vraag 2 van")
    answer_cards(page)
    visitor.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Verstuur")).click()
    expect(page.get_by_text(LAST)).to_be_visible()
    looked_at(visitor, "offline-round-02-last")
    server.kill()
    server.start()
    assert sheets(server) == before
    visitor.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank je", timeout=PATIENCE)
    assert sheets(server) == before + 1
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('ronde-'))") == []
    assert visitor.context.cookies() == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    looked_at(visitor, "offline-round-03-thanks")
    visitor.expected(*NO_NETWORK)


def test_who_was_elsewhere_without_a_network_finds_the_first_page(visit: Visit) -> None:
    """A phone puts a page away while one reads a mail. There is no worker and no cookie, only what a browser keeps itself."""
    visitor = invited(visit, "mariam")
    page = visitor.page
    page.locator("main input[type=radio]").first.check(force=True)
    page.get_by_role("button", name="Volgende").click()
    expect(which(page)).to_contain_text("Vraag 2 van")
    visitor.context.set_offline(True)
    # said at the moment it matters, before anything is pressed
    expect(page.get_by_text(AWAY)).to_be_visible()
    page.get_by_role("link", name="Zit je ergens mee?").click()
    expect(which(page)).to_contain_text("Vraag 2 van")
    visitor.context.set_offline(False)
    expect(page.get_by_text(AWAY)).to_be_hidden()
    page.goto("about:blank")
    visitor.context.set_offline(True)
    page.go_back()
    expect(page.get_by_text("Je was al begonnen op deze telefoon.")).to_be_visible()
    expect(page.get_by_text(AWAY)).to_be_visible()
    looked_at(visitor, "offline-round-04-back")
    page.get_by_role("button", name="Ga verder waar je was").click()
    expect(page.get_by_text(BETWEEN)).to_be_visible()
    visitor.context.set_offline(False)
    expect(which(page)).to_contain_text("Vraag 2 van", timeout=PATIENCE)
    assert visitor.context.cookies() == []
    visitor.expected(*NO_NETWORK)


def test_who_closes_the_page_sends_when_he_opens_the_link_again(visit: Visit, server: Server) -> None:
    """The answer of the server got lost as well: what came in already still counts once, and he hears so."""
    visitor = invited(visit, "tijmen")
    page, before = visitor.page, sheets(server)
    link = page.url.split("kaart/")[0]
    answer_cards(page)
    # the form arrives, what comes back does not
    page.route("**/versturen/", lambda route: (route.fetch(max_redirects=0), route.abort())[1])
    page.get_by_role("button", name=re.compile("^Verstuur")).click()
    expect(page.get_by_text(LAST)).to_be_visible()
    assert sheets(server) == before + 1
    page.unroute("**/versturen/")
    page.close()
    visitor.page = visitor.context.new_page()
    visitor.go(link)
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(re.compile("Dank je|al binnen"))
    assert sheets(server) == before + 1
    visitor.expected(*NO_NETWORK)


def test_all_on_one_page_waits_as_well(visit: Visit, server: Server) -> None:
    visitor = visit().go(link_of(visit, "joost"))
    page, before = visitor.page, sheets(server)
    page.get_by_role("button", name="Alles op één pagina").click()
    page.locator("main input[type=radio]").first.check(force=True)
    visitor.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Verstuur")).click()
    expect(page.get_by_text(LAST)).to_be_visible()
    # changed while it waited: what stands there is what goes
    page.locator("main input[type=radio]").nth(1).check(force=True)
    visitor.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank je", timeout=PATIENCE)
    assert sheets(server) == before + 1
    visitor.expected(*NO_NETWORK)

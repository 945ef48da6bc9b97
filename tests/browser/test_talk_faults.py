"""What goes wrong in a room: a line that is blocked, a network that drops, a server that falls over, a phone that slept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Server, serving
from tests.browser.looking import looked_at
from tests.browser.tables import Person
from tests.browser.talks import CRITERION, STEP, Talk, come_in, laid_ready, still_the_same
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser

SAVED = "Bewaard. Niemand ziet het nog."
PATIENCE = 20_000
"""A page that lost its line asks by itself every few seconds, and tries again after a pause by chance."""
NO_NETWORK = ("net::ERR_", "htmx:sendError", "htmx:afterRequest")
"""What the console says of a line that was cut on purpose."""
THINK, SHOW, LOOK = "go:s1c2", "go:s1c3", "go:s2c1"


@pytest.fixture(scope="module")
def server(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be killed."""
    with serving(loaded, tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.fixture(scope="module")
def site(server: Server) -> str:
    return server.url


@pytest.fixture
def noor(visit: Visit) -> Person:
    """Who leads, over the wire."""
    return Person("Noor", 0, visit(width=1280).be("noor"), real=False)


@pytest.fixture
def talk(noor: Person) -> Talk:
    """A talk in which everybody writes alone now."""
    made = laid_ready(noor.visitor, "datadialoog", title="Het hapert", middle=CRITERION)
    noor.visitor.page.get_by_role("button", name="Begin het gesprek").click()
    _lead(noor, made, THINK)
    return made


def _lead(noor: Person, talk: Talk, do: str) -> str:
    """One press on the control; the page that comes back."""
    html = noor.get(talk.control).text()
    return noor.post(f"/gesprek/{talk.pk}/stap/", html, [("do", do)]).text()


def test_a_phone_behind_a_blocked_line_follows_all_the_same(visit: Visit, noor: Person, talk: Talk) -> None:
    visitor = visit()
    visitor.page.route("**/stroom/**", lambda route: route.abort())
    page = come_in(visitor, talk, "Fenna")
    expect(page.locator(STEP)).to_have_text("Eerst alleen")
    page.locator("form.sheet-whole textarea").first.fill("Zonder lijn.")
    expect(page.locator("[data-autosave-note]")).to_have_text(SAVED)
    _lead(noor, talk, "open:1")
    _lead(noor, talk, LOOK)
    expect(page.locator(STEP)).to_have_text("Uitkomst open: wat staat er?", timeout=PATIENCE)
    still_the_same(page)
    visitor.expected(*NO_NETWORK)


def test_what_is_typed_while_the_network_is_gone_comes_in_later(
    visit: Visit, noor: Person, talk: Talk
) -> None:
    visitor = visit()
    page = come_in(visitor, talk, "Fenna")
    field = page.locator("form.sheet-whole textarea").first
    expect(field).to_be_visible()
    visitor.context.set_offline(True)
    field.fill("Tussen twee masten.")
    expect(page.locator("[data-autosave-note]")).to_contain_text("Nog niet bewaard")
    expect(page.get_by_text("Geen verbinding. Wat je typt, blijft staan.")).to_be_visible(timeout=PATIENCE)
    expect(field).to_have_value("Tussen twee masten.")
    visitor.shot("faults-01-no-network")
    visitor.context.set_offline(False)
    expect(page.locator("[data-autosave-note]")).to_have_text(SAVED, timeout=PATIENCE)
    expect(page.get_by_text("Geen verbinding.")).to_be_hidden(timeout=PATIENCE)
    still_the_same(page)
    assert "Tussen twee masten." in _lead(noor, talk, "open:1")
    visitor.expected(*NO_NETWORK)


def test_a_server_that_fell_over_goes_on_where_everybody_was(
    visit: Visit, noor: Person, talk: Talk, server: Server
) -> None:
    """Nobody comes in again, nothing that was written is lost, and the talk goes on in the same step."""
    fenna, karim = visit(), visit()
    pages = [come_in(fenna, talk, "Fenna"), come_in(karim, talk, "Karim")]
    pages[0].locator("form.sheet-whole textarea").first.fill("Voor de klap.")
    expect(pages[0].locator("[data-autosave-note]")).to_have_text(SAVED)
    server.kill()
    field = pages[1].locator("form.sheet-whole textarea").first
    field.fill("Tijdens de klap.")
    expect(pages[1].locator("[data-autosave-note]")).to_contain_text("Nog niet bewaard")
    server.start()
    expect(pages[1].locator("[data-autosave-note]")).to_have_text(SAVED, timeout=PATIENCE)
    expect(field).to_have_value("Tijdens de klap.")
    control = noor.get(talk.control).text()
    assert "2 van de" in control
    assert "Voor de klap." not in control
    _lead(noor, talk, "open:1")
    for page in pages:
        for words in ("Voor de klap.", "Tijdens de klap."):
            expect(page.get_by_text(words)).to_be_visible(timeout=PATIENCE)
        still_the_same(page)
    for visitor in (fenna, karim, noor.visitor):
        visitor.expected(*NO_NETWORK)


def test_a_phone_that_slept_wakes_up_in_the_right_step(visit: Visit, noor: Person, talk: Talk) -> None:
    """Frozen and without a network, while the talk goes on: what was typed before comes in, and the step is right."""
    visitor = visit()
    page = come_in(visitor, talk, "Fenna")
    page.locator("form.sheet-whole textarea").first.fill("Voor het slapen.")
    expect(page.locator("[data-autosave-note]")).to_have_text(SAVED)
    phone = visitor.context.new_cdp_session(page)
    visitor.context.set_offline(True)
    phone.send("Page.setWebLifecycleState", {"state": "frozen"})
    for do in ("open:1", SHOW, LOOK):
        _lead(noor, talk, do)
    phone.send("Page.setWebLifecycleState", {"state": "active"})
    visitor.context.set_offline(False)
    expect(page.locator(STEP)).to_have_text("Uitkomst open: wat staat er?", timeout=PATIENCE)
    expect(page.get_by_text("Voor het slapen.").first).to_be_visible()
    still_the_same(page)
    visitor.expected(*NO_NETWORK)


def test_the_laptop_of_who_leads_dies_and_a_phone_takes_over(visit: Visit, noor: Person, talk: Talk) -> None:
    """Somebody else at the table goes on where it was; whoever has no account there finds no such door."""
    fenna, joost = visit(), visit().be("joost")
    page = come_in(fenna, talk, "Fenna")
    page.locator("form.sheet-whole textarea").first.fill("Voor de laptop uitging.")
    expect(page.locator("[data-autosave-note]")).to_have_text(SAVED)
    noor.visitor.page.close()
    phone = joost.go(f"/gesprek/{talk.pk}/mee/").page
    phone.get_by_text("Je zit hier als Joost").click()
    looked_at(joost, "faults-02-phone-takes-over")
    phone.get_by_role("link", name="Leid verder op deze telefoon").click()
    expect(phone.locator(STEP)).to_have_text("Eerst alleen")
    assert "Voor de laptop uitging." not in phone.content()
    looked_at(joost, "faults-03-control-on-a-phone")
    phone.get_by_role("button", name="Leg open").click()
    expect(page.get_by_text("Voor de laptop uitging.")).to_be_visible(timeout=PATIENCE)
    still_the_same(page)
    page.get_by_text("Je zit hier als Fenna").click()
    expect(page.get_by_role("link", name="Leid verder")).to_have_count(0)

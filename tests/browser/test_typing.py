"""Papers typed in without a mouse, and without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.looking import looked_at

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def to_the_papers(visitor: Visitor) -> str:
    """The page of the demo's open round, paper let in; returns its address."""
    page = visitor.page
    for number in range(1, 12):
        answer = visitor.context.request.get(f"{visitor.site}/ronde/{number}/")
        if answer.ok and ">Stop de ronde<" in answer.text():
            break
    visitor.go(f"/ronde/{number}/")
    if page.get_by_role("button", name="Laat ook papier toe").count():
        page.get_by_role("button", name="Laat ook papier toe").click()
    return f"/ronde/{number}/papier/"


def test_a_pile_of_papers_by_the_keys(visit: Visit) -> None:
    petra = visit(width=1280).be("petra")
    papers, page = to_the_papers(petra), petra.page
    petra.go(papers)
    looked_at(petra, "paper-sheet")
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) <= 2
    petra.go(f"{papers}typen/")
    looked_at(petra, "paper-typing")
    # the role once, with the arrows' own keys; then digits only
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    questions = page.locator(".typing-card").count()
    for _each in range(questions):
        page.keyboard.press("2")
    expect(page.locator("[data-typing-end]")).to_be_focused()
    assert page.locator(".typing-card input[type=radio]:checked").count() == questions
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Klopt dit blad?")).to_be_visible()
    looked_at(petra, "paper-check")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_contain_text("1 blad opgenomen.")
    assert "_rol" not in page.url
    # the next paper of the pile: same role, and the first question has the keys
    assert page.locator("input[name=_rol]:checked").get_attribute("value") == "student"
    assert page.evaluate("document.activeElement.closest('.typing-card') !== null")
    assert page.locator(".typing-card input:checked").count() == 0
    looked_at(petra, "paper-next")
    page.get_by_role("button", name="Haal dit blad er weer uit").click()
    expect(page.locator("main [role=status]")).to_contain_text("Het blad is er weer uit.")


def test_a_paper_without_scripts(visit: Visit) -> None:
    petra = visit(width=390, scripts=False).be("petra")
    papers, page = to_the_papers(petra), petra.page
    petra.go(f"{papers}typen/")
    page.get_by_role("button", name="Lees na").click()
    expect(page.locator("main")).to_contain_text("Kies de rol die op het blad staat")
    page.locator("input[name=_rol]").first.check()
    page.locator(".typing-card input[type=radio]").nth(2).check()
    page.get_by_role("button", name="Lees na").click()
    page.get_by_role("button", name="Neem dit blad op").click()
    expect(page.locator("main")).to_contain_text("1 blad opgenomen.")
    petra.expected("422")

"""Asking, without scripts: whom, by what letter, how it looks, and the way out of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.looking import faults

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, pytest.param(1280, marks=pytest.mark.deep)])
def test_a_round_is_prepared_without_scripts(visit: Callable[..., Visitor], width: int) -> None:
    visitor = visit(width=width, scripts=False).be("petra")
    page = visitor.page
    page.goto(f"{visitor.site}/ronde/laag/1/")
    page.get_by_role("link", name=re.compile("voorjaarsvakantie")).first.click()
    round_url = page.url
    page.get_by_role("link", name="Kies aan wie").click()
    page.get_by_label("Plak je lijst").fill(
        "Samira <samira.haddou@debrug.example>\nmariam.yidirim@debrug.example"
    )
    page.get_by_role("button", name="Kijk de lijst na").click()
    page.get_by_role("button", name="Bedoel je mariam.yildirim@debrug.example? Neem dat").click()
    expect(page.get_by_text("Nu gekozen: een lijst, 2 mensen.")).to_be_visible()
    page.get_by_role("button", name="Vraag deze mensen").click()
    expect(page.get_by_text("120 mensen met deze rollen")).to_be_visible()
    page.goto(f"{round_url}brief/")
    page.get_by_role("button", name="Bewaar de brief").click()
    page.get_by_role("button", name="Stuur mij een proef").click()
    expect(page.get_by_text("De proef gaat binnen een minuut naar")).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(390, False), pytest.param(1280, True, marks=pytest.mark.deep)])
def test_the_pages_can_be_used_by_everybody(visit: Callable[..., Visitor], width: int, dark: bool) -> None:
    visitor = visit(width=width, dark=dark).be("petra")
    page = visitor.page
    page.goto(f"{visitor.site}/ronde/laag/1/")
    page.get_by_role("link", name=re.compile("voorjaarsvakantie")).first.click()
    draft = page.url
    page.goto(f"{visitor.site}/demo/post/")
    page.get_by_role("link", name=re.compile("Nog even")).first.click()
    stop = page.get_by_role("link", name=re.compile("geen-post")).first.get_attribute("href")
    wrong = []
    for url in (
        *(f"{draft}{name}" for name in ("", "aan-wie/", "brief/", "voorproef/")),
        f"{visitor.site}/mensen/adressen/",
        f"{visitor.site}{stop}",
    ):
        answer = page.goto(url)
        assert answer
        assert answer.status == 200, url
        wrong += [f"{url}: {fault}" for fault in faults(visitor)]
    assert not wrong, "\n".join(wrong)

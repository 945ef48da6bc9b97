"""Every page that can be walked to: no barrier that axe finds, nothing wider than the screen, at 390 and 1280."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LEFT_OUT = re.compile(r"^/(static|demo/(als|opnieuw)|taal|inloggen/uit)|\.(ics|svg|csv|json)$|/tabel/$")
MOST = 45


def kind(url: str) -> str:
    """The page without its numbers and codes: one of each kind is enough."""
    path = urlsplit(url).path
    return re.sub(r"/(\d+|[A-Za-z0-9_-]{16,}|[A-Z]{3,}[ %0-9]+)(?=/|$)", "/#", path)


def walk(visitor: Visitor, seen: set[str]) -> list[str]:
    """Visit one page of each kind by following links; returns what is wrong, in words."""
    wrong: list[str] = []
    queue = [visitor.page.url]
    while queue and len(seen) < MOST:
        url = queue.pop(0)
        if kind(url) in seen or LEFT_OUT.search(urlsplit(url).path):
            continue
        seen.add(kind(url))
        answer = visitor.page.goto(url)
        if answer is None or answer.status >= 400:
            wrong.append(f"{url}: {answer.status if answer else 'nothing'}")
            continue
        # the fragments that a page asks for when it opens
        expect(visitor.page.locator("[hx-trigger=load]")).to_have_count(0)
        wrong += [f"{kind(url)}: {fault}" for fault in faults(visitor)]
        links = visitor.page.eval_on_selector_all(
            "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location).href)"
        )
        queue += [link.split("#")[0] for link in links if link.startswith(visitor.site)]
    return wrong


def faults(visitor: Visitor) -> list[str]:
    page = visitor.page
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, rules)", RULES)["violations"]
    told = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*told, f"{width} px too wide"] if width > 0 else told


@pytest.mark.parametrize(
    ("slug", "width", "dark"),
    [("noor", 390, False), ("petra", 1280, True)],
)
def test_every_page_can_be_used_by_everybody(
    visit: Callable[..., Visitor], slug: str, width: int, dark: bool
) -> None:
    visitor = visit(width=width, dark=dark).be(slug)
    seen: set[str] = set()
    wrong = walk(visitor, seen)
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 8


def test_a_participant_needs_no_scripts_and_no_mouse(visit: Callable[..., Visitor]) -> None:
    """From the link to the thanks by keyboard alone, with scripts off."""
    student = visit(scripts=False).be("tijmen")
    page = student.page
    press(page.get_by_role("link", name="Een vraag aan jou").first)
    press(page.get_by_role("button", name=re.compile("^Begin")).first)
    for _ in range(40):
        send = page.get_by_role("button", name=re.compile("^(Verstuur|Stuur)"))
        if send.count():
            press(send.first)
            break
        page.locator("main input[type=radio]").first.focus()
        page.keyboard.press("Space")
        press(page.get_by_role("button", name=re.compile("^(Volgende|Nakijken|Verder)")).first)
    assert page.get_by_role("heading", level=1).inner_text().startswith("Dank je")


def press(control: Locator) -> None:
    """Enter on a control, and wait for the page it leads to."""
    control.focus()
    with control.page.expect_navigation():
        control.page.keyboard.press("Enter")

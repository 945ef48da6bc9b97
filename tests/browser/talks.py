"""A talk as it goes on, in a browser: who leads, the projector, phones in a real page, and phones over the wire."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser import sheets
from tests.browser.conftest import Visitor
from tests.browser.tables import Person

STEP = "[data-step-heading]"
POINT = "Veilig om te proberen (het hele punt)"
CRITERION = (
    "In de eerste drie weken komt iemand bij elke student kijken, en kijkt elke student bij een ander."
)
ONCE = "window.once = true"
"""Said to a page that is to be renewed by the stream alone: whoever loads it anew forgets this."""


@dataclass
class Talk:
    """One talk: its number, that of its table, and the code with which one comes in."""

    pk: int
    code: str
    table: int = 0

    @property
    def control(self) -> str:
        return f"/gesprek/{self.pk}/leiden/"

    @property
    def wall(self) -> str:
        return f"/gesprek/{self.pk}/beamer/"

    @property
    def phone(self) -> str:
        return f"/tafel/{self.table}/nu/"

    @property
    def groups(self) -> str:
        return f"/gesprek/{self.pk}/groepen/"

    def pages(self, person: Person) -> list[str]:
        """Every page on which this person could look for what others wrote."""
        led = ("leiden", "beamer", "briefjes", "papier", "tafel", "groepen", "verslag/vooraf")
        mine = [self.phone, f"/tafel/{self.table}/samen/"]
        return [*mine, *(f"/gesprek/{self.pk}/{name}/" for name in led if person.name == "Noor")]


def laid_ready(
    noor: Visitor, instrument: str, *, title: str, middle: str = "niets: een vrij gesprek"
) -> Talk:
    """From its page in the cabinet to a talk that is laid ready, without the parts one may take in. `middle`: what
    lies there, as it is called in the list."""
    page = noor.go(f"/kast/{instrument}/").page
    page.get_by_role("link", name="Leid als gesprek").first.click()
    page.get_by_label("Hoe noemen jullie dit gesprek?").fill(title)
    page.get_by_label("Wat leg je in het midden?").select_option(label=middle)
    page.get_by_role("button", name="Verder: wie zit er aan tafel?").click()
    return planned(page)


def planned(page: Page) -> Talk:
    """The talk of which the table is being set on this page."""
    found = re.search(r"/gesprek/(\d+)/tafel/", page.url)
    assert found, page.url
    return Talk(int(found[1]), re.sub(r"\D", "", page.locator(".way-in .code").inner_text()))


def come_in(visitor: Visitor, talk: Talk, name: str, *, expected: bool = False, qr: bool = False) -> Page:
    """Sit down with a phone: by the code or by the address behind the picture; in the chair that stands ready or as
    somebody new."""
    page = visitor.page
    if qr:
        visitor.go(f"/tafel/code/{talk.code}/")
    else:
        visitor.go("/tafel/")
        page.get_by_label("De code van zes cijfers").fill(talk.code)
        page.get_by_role("button", name="Ga verder").click()
    if expected:
        page.get_by_label(name, exact=True).check(force=True)
    else:
        page.locator("input[name=who]").fill(name)
    page.get_by_role("button", name="Ga zitten").click()
    expect(page.get_by_text(f"Je zit hier als {name}")).to_be_visible()
    # its scripts as well: who goes on without a network has them
    page.wait_for_load_state()
    talk.table = int(page.url.split("/tafel/")[1].split("/")[0])
    page.evaluate(ONCE)
    return page


def come_over_the_wire(person: Person, talk: Talk, *, expected: bool = False) -> None:
    """The same without a page."""
    path = f"/tafel/code/{talk.code}/"
    html = person.get(path).text()
    ready = re.search(rf'name="claim" value="(\d+)"[^>]*>\s*(?:<span>)?\s*{person.name}\b', html)
    assert ready or not expected, f"no chair stands ready for {person.name}"
    ticket = re.search(r'name="ticket" value="([^"]+)"', html)
    assert ticket
    who = ("claim", ready[1]) if ready and expected else ("who", person.name)
    answer = person.post(path, html, [who, ("ticket", ticket[1])])
    assert f"Je zit hier als {person.name}" in answer.text()
    talk.table = int(urlsplit(answer.url).path.split("/")[2])


def write(person: Person, talk: Talk) -> None:
    """Write alone, at the step of this moment: in a page that stands open, or over the wire."""
    page = person.visitor.page
    html = page.content() if person.real else person.get(talk.phone).text()
    sheet = sheets.blank(html)
    assert sheet.items, f"{person.name} has nothing to write on"
    given = sheets.filled(sheet, who=person.name, seat=person.seat, numbers=person.numbers)
    for key, words in given.words.items():
        person.words.setdefault(key, []).extend(words)
    if person.real:
        sheets.write(page, given, brisk=True)
    else:
        answer = person.post(f"{talk.phone}geef/", html, sheets.as_post(given))
        assert "Je antwoord is binnen." in answer.text(), person.name


def nothing_leaks(people: list[Person], talk: Talk, hidden: list[str]) -> None:
    """Of what was written alone no word is on any page of anybody else."""
    assert hidden
    for person in people:
        own = set(person.all_words)
        for path in talk.pages(person):
            html = person.get(path).text()
            early = [one for one in hidden if one not in own and one in html]
            assert not early, f"{person.name} reads too early at {path}: {early}"


def press(page: Page, key: str) -> None:
    """One key on the control, once that is there, and the page it leads to."""
    expect(page.locator(STEP)).to_be_visible()
    page.wait_for_load_state()
    with page.expect_navigation():
        page.keyboard.press(key)


def steps_to(page: Page, heading: str, key: str = "ArrowRight") -> None:
    """Go on by the key until this step is on the control."""
    for _ in range(12):
        if page.locator(STEP).inner_text() == heading:
            return
        press(page, key)
    raise AssertionError(f"never came to {heading}")


def still_the_same(page: Page) -> None:
    """Nobody loaded this page anew."""
    assert page.evaluate("window.once") is True, page.url


def reach(control: Locator) -> None:
    """Come to a control by Tab alone, from wherever the focus is. A group of circles is one stop, whichever of them
    has it."""
    expect(control).to_be_attached()
    there = "one => one === document.activeElement || (one.type === 'radio' && one.name === document.activeElement.name)"
    for _ in range(120):
        if control.evaluate(there):
            return
        control.page.keyboard.press("Tab")
    raise AssertionError(f"cannot be reached by keyboard: {control}")


def by_keyboard(control: Locator) -> None:
    """Come to a link or a button by Tab, press it, and wait for the page it leads to."""
    reach(control)
    with control.page.expect_navigation():
        control.page.keyboard.press("Enter")


def pick(circle: Locator) -> None:
    """Choose one of a group of circles by keyboard."""
    reach(circle)
    circle.page.keyboard.press("Space")
    for _ in range(12):
        if circle.is_checked():
            return
        circle.page.keyboard.press("ArrowDown")
    raise AssertionError(f"cannot be chosen by keyboard: {circle}")


def choose(field: Locator, which: int | str) -> None:
    """Choose in a list by keyboard: by its place, or by typing its name."""
    reach(field)
    if isinstance(which, str):
        field.page.keyboard.type(which)
        return
    for _ in range(which):
        field.page.keyboard.press("ArrowDown")

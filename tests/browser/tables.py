"""People at a table where an instrument lies, and what they do there: in a real page or over the wire."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

from playwright.sync_api import APIResponse, expect

from lemniscaat.instruments.writing import as_yaml
from tests.browser import sheets
from tests.browser.conftest import Visitor
from tests.browser.sheets import Blank, Pairs
from tests.instruments.examples import INSTRUMENT


@dataclass
class Person:
    """Somebody at the table. `real` says whether he works in a page or over the wire."""

    name: str
    seat: int
    visitor: Visitor
    real: bool = True
    brisk: bool = False
    numbers: count[int] = field(default_factory=count)
    words: dict[str, list[str]] = field(default_factory=dict)

    @property
    def all_words(self) -> list[str]:
        """Everything this person typed at this table."""
        return [one for words in self.words.values() for one in words]

    def get(self, path: str) -> APIResponse:
        """Ask for an address with what is in the pocket of this browser."""
        return self._sound(self.visitor.context.request.get(self._url(path)))

    def html(self, path: str) -> str:
        """The page at an address: seen, or only read."""
        if not self.real:
            return self.get(path).text()
        self.visitor.go(path)
        return self.visitor.page.content()

    def post(self, path: str, html: str, given: Pairs) -> APIResponse:
        """Send what a form on this page would send."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
        assert token, path
        sent = urlencode([("csrfmiddlewaretoken", token[1]), *given])
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        request = self.visitor.context.request
        return self._sound(request.post(self._url(path), data=sent, headers=kind))

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else self.visitor.site + path

    def _sound(self, answer: APIResponse) -> APIResponse:
        assert answer.status < 400, f"{self.name}: {answer.status} at {answer.url}"
        return answer


@dataclass
class Sitting:
    """One instrument on one table."""

    key: str
    pk: int
    code: str
    parts: dict[int, Blank] = field(default_factory=dict)

    @property
    def leading(self) -> str:
        return f"/gesprek/tafel/{self.pk}/"

    @property
    def mine(self) -> str:
        return f"/tafel/{self.pk}/"

    @property
    def private(self) -> set[str]:
        return set().union(*(part.private for part in self.parts.values()))


def bring_everything(noor: Person) -> str:
    """Bring in one item of every kind; the key under which it stands in the cabinet."""
    form = noor.get("/kast/erbij/").text()
    text = as_yaml(INSTRUMENT.model_copy(update={"key": "alles", "ways": ("table", "alone")}))
    given = [(name, text if name == "text" else value) for name, value in sheets.standing(form)]
    return noor.post("/kast/erbij/", form, given).url.strip("/").rpartition("/")[2]


def put_to_use(noor: Person, key: str) -> Sitting:
    """Set it on the table."""
    if noor.real:
        page = noor.visitor.page
        page.get_by_role("link", name="Gebruik aan tafel").click()
        page.get_by_role("button", name="Zet de tafel klaar").click()
        url, html = page.url, page.content()
    else:
        door = re.search(r'href="(/gesprek/laag/\d+/tafel/[^"]+)"', noor.get(f"/kast/{key}/").text())
        assert door, f"{key} has no door to a table"
        form = noor.get(door[1]).text()
        answer = noor.post(door[1], form, sheets.standing(form))
        url, html = answer.url, answer.text()
    pk = re.search(r"/gesprek/tafel/(\d+)/$", url)
    code = re.search(r'class="code large">([^<]+)<', html)
    assert pk, url
    assert code
    return Sitting(key, int(pk[1]), re.sub(r"\D", "", code[1]))


def fill_in(people: list[Person], table: Sitting) -> None:
    """Each fills in every part, alone."""
    for guest in people[1:]:
        sit_down(guest, table)
    for person in people:
        html = person.html(table.mine)
        while begin := re.search(rf'<a class="button main" href="({table.mine}deel/\d+/)"', html):
            html = _write_on(person, table, begin[1])
        assert "Jouw vel is klaar." in html, f"{table.key}: {person.name}"
        assert person.words, f"{table.key}: nothing to write for {person.name}"


def sit_down(guest: Person, table: Sitting) -> None:
    """Come with the code; a name is enough."""
    if guest.real:
        page = guest.visitor.go("/tafel/").page
        page.get_by_label("De code van zes cijfers").fill(table.code)
        page.get_by_role("button", name="Ga verder").click()
        page.get_by_label("Je voornaam").fill(guest.name)
        page.get_by_role("button", name="Ga zitten").click()
        expect(page.get_by_text(f"Je zit hier als {guest.name}")).to_be_visible()
        return
    door = guest.get("/tafel/").text()
    start = guest.post("/tafel/", door, [("code", table.code)])
    given = [(name, guest.name if name == "who" else value) for name, value in sheets.standing(start.text())]
    sheet = guest.post(start.url, start.text(), given)
    assert f"Je zit hier als {guest.name}" in sheet.text()


def _write_on(person: Person, table: Sitting, path: str) -> str:
    """Fill in part after part from this one on; the page on which it ends."""
    html = person.html(path)
    for _ in range(20):
        part = re.search(r"/deel/(\d+)/$", path)
        if part is None:
            return html
        sheet = table.parts[int(part[1])] = sheets.blank(html)
        given = sheets.filled(sheet, who=person.name, seat=person.seat, numbers=person.numbers)
        person.words |= given.words
        if person.real:
            sheets.write(person.visitor.page, given, brisk=person.brisk)
            with person.visitor.page.expect_navigation():
                person.visitor.page.locator("form.sheet-whole button.main").click()
            path, html = person.visitor.page.url, person.visitor.page.content()
        else:
            answer = person.post(path, html, sheets.as_post(given))
            path, html = answer.url, answer.text()
        assert "Kijk nog naar" not in html, f"{table.key}: {person.name} gave what is no answer at {path}"
    raise AssertionError(f"{table.key}: no end to the parts")


def lay_open(people: list[Person], table: Sitting) -> None:
    """Part by part; what is not open yet is still nowhere, and neither is what stays with whoever wrote it."""
    noor, guest = people[0], people[-1]
    parts = [n for n, part in table.parts.items() if set(part.items) - part.private]
    assert parts, table.key
    for number in parts:
        if noor.real:
            page = noor.visitor.go(table.leading).page
            page.locator(f'button[value="open:{number}"]').click()
            expect(page.locator(f"#deel-{number}")).to_be_visible()
        else:
            html = noor.get(table.leading).text()
            assert f'value="open:{number}"' in html
            noor.post(f"{table.leading}doe/", html, [("do", f"open:{number}")])
        if number == parts[0] != parts[-1]:
            later = {key for n in parts[1:] for key in table.parts[n].items}
            html = guest.get(f"{table.mine}samen/").text()
            early = [w for p in people for key in later for w in p.words.get(key, []) if w in html]
            assert not early, f"{table.key}: {early}"


def close(noor: Person, table: Sitting) -> None:
    """Write what came out, close, and read it back."""
    html = noor.get(table.leading).text()
    outcome = [("together", f"Dit vonden we bij {table.key}."), ("next_step", "Joost vraagt het na.")]
    record = noor.post(f"{table.leading}doe/", html, [*outcome, ("do", "close")])
    assert record.url.endswith("/verslag/")
    assert f"Dit vonden we bij {table.key}." in record.text()

"""A walk through the cabinet: every row of the matrix opened, put to use, filled in by three, looked at, printed.

Noor leads and has an account, Joost has one as well and comes with the code, Fenna has none and her phone runs no
scripts. A third of the rows goes through a real browser; at the others the same requests go over the wire.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

import pytest
from playwright.sync_api import APIResponse, expect

from tests.browser import sheets
from tests.browser.conftest import Visitor
from tests.browser.sheets import Blank, Pairs
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser

IN_A_BROWSER = {2, 6, 7, 8, 9, 16, 18}
"""Rows that together ask every kind of the eighteen: a road, a picture, phases, a table, cards, a list, own words."""
THEME = "passietool-leeromgeving"
SERIES = 7
WHOLE_PDF = {7}


@dataclass
class Person:
    """Somebody at the table. `real` says whether he works in a page or over the wire."""

    name: str
    seat: int
    visitor: Visitor
    real: bool = True
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


@pytest.fixture
def people(visit: Visit) -> list[Person]:
    noor = Person("Noor", 0, visit(width=1280).be("noor"))
    joost = Person("Joost", 1, visit().be("joost"))
    return [noor, joost, Person("Fenna", 2, visit(scripts=False))]


def test_every_row_of_the_matrix(people: list[Person]) -> None:
    noor = people[0]
    for number, address in _rows(noor).items():
        for person in people:
            person.real, person.words = number in IN_A_BROWSER, {}
        key = _open(noor, number, address)
        table = _put_to_use(noor, key)
        _fill_in(people, table)
        _nothing_is_seen(people, table)
        _lay_open(people, table)
        _look_together(people, table)
        _close(noor, table)
        _print(noor, key, whole=number in WHOLE_PDF)


def _rows(noor: Person) -> dict[int, str]:
    """The link in each row of the matrix."""
    noor.visitor.go("/kast/matrix/")
    rows = noor.visitor.page.locator("table.matrix tbody tr")
    found = {}
    for row in rows.all():
        link = row.locator("th a")
        expect(link).to_have_count(1)
        found[int(row.locator(".matrix-number").inner_text())] = link.get_attribute("href") or ""
    assert list(found) == list(range(1, 19))
    return found


def _open(noor: Person, number: int, address: str) -> str:
    """From the matrix to the page of the instrument; of a series one theme is walked and the others are opened."""
    if noor.real:
        noor.visitor.go("/kast/matrix/")
        noor.visitor.page.locator(f'table.matrix a[href="{address}"]').click()
    if number == SERIES:
        address = _theme(noor)
    page = noor.visitor.page.content() if noor.real else noor.get(address).text()
    for words in ("Wat eruit komt", "Voor wie en hoe", "Waar het vandaan komt", "Druk af"):
        assert words in page, f"{address}: {words}"
    return address.strip("/").split("/")[1]


def _theme(noor: Person) -> str:
    """Of a series every theme is opened, and one is walked on with."""
    links = noor.visitor.page.locator("ul.books a.title")
    expect(links).to_have_count(10)
    for theme in links.evaluate_all("all => all.map(a => a.pathname)"):
        assert "Gebruik aan tafel" in noor.get(theme).text(), theme
    links.and_(noor.visitor.page.locator(f'[href*="{THEME}"]')).click()
    return f"/kast/{THEME}/"


def _put_to_use(noor: Person, key: str) -> Sitting:
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


def _fill_in(people: list[Person], table: Sitting) -> None:
    """Each fills in every part, alone."""
    _noor, joost, fenna = people
    for guest in (joost, fenna):
        _sit_down(guest, table)
    for person in people:
        html = person.html(table.mine)
        while begin := re.search(rf'<a class="button main" href="({table.mine}deel/\d+/)"', html):
            html = _write_on(person, table, begin[1])
        assert "Jouw vel is klaar." in html, f"{table.key}: {person.name}"
        assert person.words, f"{table.key}: nothing to write for {person.name}"


def _sit_down(guest: Person, table: Sitting) -> None:
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
            sheets.write(person.visitor.page, given)
            with person.visitor.page.expect_navigation():
                person.visitor.page.locator("form.sheet-whole button.main").click()
            path, html = person.visitor.page.url, person.visitor.page.content()
        else:
            answer = person.post(path, html, sheets.as_post(given))
            path, html = answer.url, answer.text()
        assert "Kijk nog naar" not in html, f"{table.key}: {person.name} gave what is no answer at {path}"
    raise AssertionError(f"{table.key}: no end to the parts")


def _pages(person: Person, table: Sitting) -> list[str]:
    """Every page on which one could look for what others wrote."""
    led = [table.leading, f"{table.leading}samen/"] if person.name == "Noor" else []
    return [person.get(path).text() for path in (table.mine, f"{table.mine}samen/", *led)]


def _nothing_is_seen(people: list[Person], table: Sitting) -> None:
    """Before it is laid open nobody reads a word of anybody, whoever leads."""
    words = [one for person in people for one in person.all_words]
    assert words
    for person in people:
        for html in _pages(person, table):
            assert not [one for one in words if one in html], f"{table.key}: {person.name} reads too early"


def _lay_open(people: list[Person], table: Sitting) -> None:
    """Part by part; what is not open yet is still nowhere, and neither is what stays with whoever wrote it."""
    noor, _joost, fenna = people
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
            html = fenna.get(f"{table.mine}samen/").text()
            early = [w for p in people for key in later for w in p.words.get(key, []) if w in html]
            assert not early, f"{table.key}: {early}"


def _look_together(people: list[Person], table: Sitting) -> None:
    """All three find all three back: their words, and where there was something to choose, a drawing or their names."""
    asked = [key for part in table.parts.values() for key in part.items if key not in table.private]
    for person in people:
        where = f"{table.leading}samen/" if person.name == "Noor" else f"{table.mine}samen/"
        html = person.html(where)
        seen = sheets.questions(html)
        for key in asked:
            for other in people:
                at = f"{table.key}, {key}: {person.name} looks for {other.name}"
                assert other.name in seen[key], at
                assert all(words in seen[key] for words in other.words.get(key, [])), at
        kept = [w for p in people for key in table.private for w in p.words.get(key, []) if w in html]
        assert not kept, f"{table.key}: {kept}"


def _close(noor: Person, table: Sitting) -> None:
    """Write what came out, close, and read it back."""
    html = noor.get(table.leading).text()
    outcome = [("together", f"Dit vonden we bij {table.key}."), ("next_step", "Joost vraagt het na.")]
    record = noor.post(f"{table.leading}doe/", html, [*outcome, ("do", "close")])
    assert record.url.endswith("/verslag/")
    assert f"Dit vonden we bij {table.key}." in record.text()


def _print(noor: Person, key: str, *, whole: bool) -> None:
    """The page for paper has every part it offers; as PDF it has pages, where a PDF can be made."""
    html = noor.html(f"/kast/{key}/papier/")
    nav, _end, body = html.partition("</nav>")
    offered = re.findall(r"\?deel=(\w+)", nav)
    looks = {"gids": "guide", "poster": "poster", "werkblad": "worksheet", "kaarten": "cards"}
    assert {"gids", "werkblad"} <= set(offered)
    for part in offered:
        assert f'class="sheet-of {looks[part]}' in body, f"{key}: {part}"
    answer = noor.get(f"/kast/{key}/papier.pdf{'' if whole else '?deel=gids'}")
    if answer.headers["content-type"] == "application/pdf":
        assert _leaves(answer.body()) >= (2 if whole else 1), key
    else:
        assert "Hier ligt nu geen PDF klaar" in answer.text()


def _leaves(held: bytes) -> int:
    """How many pages a PDF has; they may be packed together."""
    packed = re.findall(rb"/Type\s*/ObjStm.*?stream\r?\n(.*?)\r?\nendstream", held, re.DOTALL)
    loose = held + b"".join(zlib.decompress(one) for one in packed)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", loose))

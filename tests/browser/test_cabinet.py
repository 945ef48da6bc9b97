"""A walk through the cabinet: every row of the matrix opened, put to use, filled in by three, looked at, printed.

Noor leads and has an account, Joost has one as well and comes with the code, Fenna has none and her phone runs no
scripts. Some rows go through a real browser; at the others the same requests go over the wire.
"""

from __future__ import annotations

import re
import zlib

import pytest
from playwright.sync_api import expect

from tests.browser import sheets
from tests.browser.tables import Person, Sitting, bring_everything, close, fill_in, lay_open, put_to_use
from tests.browser.test_story import Visit
from tests.instruments.examples import ITEMS

pytestmark = pytest.mark.browser

IN_A_BROWSER = {2, 7, 9}
"""Rows that are walked in real pages: a road, a worksheet with phases, cards. Every kind is, in the other test."""
THEME = "passietool-leeromgeving"
SERIES = 7
WHOLE_PDF = {7}
AS_PDF = {2, 7, 9}
"""Making a PDF takes a second or more: of the other rows the page for paper is read."""


@pytest.fixture
def people(visit: Visit) -> list[Person]:
    noor = Person("Noor", 0, visit(width=1280).be("noor"))
    joost = Person("Joost", 1, visit().be("joost"))
    return [noor, joost, Person("Fenna", 2, visit(scripts=False))]


@pytest.mark.deep
def test_every_row_of_the_matrix(people: list[Person]) -> None:
    noor = people[0]
    for number, address in _rows(noor).items():
        for person in people:
            person.real, person.brisk, person.words = number in IN_A_BROWSER, True, {}
        key = _open(noor, number, address)
        table = put_to_use(noor, key)
        # who leads types over the wire here: the two phones are real
        noor.real = False
        fill_in(people, table)
        noor.real = number in IN_A_BROWSER
        # over the wire the pages of who leads and of who has no account tell it all
        looking = people if noor.real else [noor, people[2]]
        _nothing_is_seen(people, table, looking)
        lay_open(people, table)
        _look_together(people, table, looking)
        close(noor, table)
        _print(noor, key)
        if number in AS_PDF:
            _as_pdf(noor, key, whole=number in WHOLE_PDF)


@pytest.mark.deep
def test_every_kind_of_question(people: list[Person]) -> None:
    """A file of somebody else with everything in it is brought in, and asked of three in a real browser."""
    noor = people[0]
    key = bring_everything(noor)
    noor.visitor.go(f"/kast/{key}/")
    table = put_to_use(noor, key)
    fill_in(people, table)
    _nothing_is_seen(people, table, people)
    lay_open(people, table)
    _look_together(people, table, people)
    asked = {one.item for part in table.parts.values() for one in part.controls}
    assert asked >= set(ITEMS)
    file = re.search(r'href="(/tafel/\d+/bestand/[^"]+)"', people[2].html(f"{table.mine}samen/"))
    assert file
    assert people[2].get(file[1]).body() == sheets.PICTURE["buffer"]


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


def _pages(person: Person, table: Sitting) -> list[str]:
    """Every page on which one could look for what others wrote."""
    led = [table.leading, f"{table.leading}samen/"] if person.name == "Noor" else []
    return [person.get(path).text() for path in (table.mine, f"{table.mine}samen/", *led)]


def _nothing_is_seen(people: list[Person], table: Sitting, looking: list[Person]) -> None:
    """Before it is laid open nobody reads a word of anybody, whoever leads."""
    words = [one for person in people for one in person.all_words]
    assert words
    for person in looking:
        for html in _pages(person, table):
            assert not [one for one in words if one in html], f"{table.key}: {person.name} reads too early"


def _look_together(people: list[Person], table: Sitting, looking: list[Person]) -> None:
    """All three find all three back: their words, and where there was something to choose, a drawing or their names."""
    asked = [key for part in table.parts.values() for key in part.items if key not in table.private]
    for person in looking:
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


def _print(noor: Person, key: str) -> None:
    """The page for paper has every part it offers."""
    html = noor.html(f"/kast/{key}/papier/")
    nav, _end, body = html.partition("</nav>")
    offered = re.findall(r"\?deel=(\w+)", nav)
    looks = {"gids": "guide", "poster": "poster", "werkblad": "worksheet", "kaarten": "cards"}
    assert {"gids", "werkblad"} <= set(offered)
    for part in offered:
        assert f'class="sheet-of {looks[part]}' in body, f"{key}: {part}"


def _as_pdf(noor: Person, key: str, *, whole: bool) -> None:
    """As PDF it has pages, where a PDF can be made."""
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

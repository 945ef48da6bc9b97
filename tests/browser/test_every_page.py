"""Every page that can be walked to: no barrier that axe finds, nothing wider than the screen, at 390 and 1280."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import sheets
from tests.browser.conftest import Visitor
from tests.browser.looking import faults
from tests.browser.tables import Person, bring_everything, close, fill_in, lay_open, put_to_use

pytestmark = pytest.mark.browser
LEFT_OUT = re.compile(
    r"^/(static|demo/(als|opnieuw)|taal|inloggen/uit|kast|tafel)|\.(ics|svg|csv|json|pdf|docx)$|/(tabel|bestand)/$"
)
MOST = 45


def kind(url: str) -> str:
    """The page without its numbers and codes: one of each kind is enough."""
    path = urlsplit(url).path
    return re.sub(r"/(\d+|[a-z]+(?:-\d+)+|[A-Za-z0-9_-]{16,}|[A-Z]{3,}[ %0-9]+)(?=/|$)", "/#", path)


def walk(visitor: Visitor, seen: set[str], most: int) -> list[str]:
    """Visit one page of each kind by following links; returns what is wrong, in words."""
    wrong: list[str] = []
    queue = [visitor.page.url]
    while queue and len(seen) < most:
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


@pytest.mark.parametrize(
    ("slug", "width", "dark"),
    [("noor", 390, False), pytest.param("petra", 1280, True, marks=pytest.mark.deep)],
)
def test_every_page_can_be_used_by_everybody(
    visit: Callable[..., Visitor], slug: str, width: int, dark: bool
) -> None:
    visitor = visit(width=width, dark=dark).be(slug)
    seen: set[str] = set()
    # the dark differs in colour only: fewer pages tell as much
    wrong = walk(visitor, seen, 18 if dark else MOST)
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 8


@pytest.mark.deep
@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_every_page_of_the_cabinet(visit: Callable[..., Visitor], width: int, dark: bool) -> None:
    """The pages that need something to stand there first: an instrument of everybody's own, a table, a sheet."""
    noor = Person("Noor", 0, visit(width=width, dark=dark).be("noor"))
    guest = Person("Fenna", 1, visit(width=width, dark=dark), real=False)
    key = bring_everything(noor) if not dark else "polariteit"
    # the pages differ in width and colour only: in the dark a few of each sort are enough
    pages = _pages_to_read(noor, key) if not dark else _a_few(noor, key)
    wrong = _looked_at(noor, pages)
    if not dark:
        wrong += _a_table(noor, guest, key)
    assert not wrong, "\n".join(wrong)


def _pages_to_read(noor: Person, key: str) -> list[str]:
    """The cabinet, and what can be done with an instrument."""
    paths = noor.get("/kast/paden/").text()
    copied = _made(noor, "/kast/scan-school/kopie/")
    return [
        *("/kast/?wat=newcomer", "/kast/?reeks=passietool", "/kast/?mensen=9999", "/kast/matrix/"),
        *("/kast/paden/", *re.findall(r'href="(/kast/paden/[^"/]+/)"', paths)[:1], "/kast/kies/?v1=1&v2=1"),
        *(
            f"/kast/{key}/",
            f"/kast/{key}/proberen/",
            f"/kast/{key}/papier/",
            "/kast/kwaliteitswaaier/papier/",
        ),
        *(f"/kast/{one}/" for one in ("werkplekleren", "zek")),
        *("/kast/erbij/", "/kast/zek/vullen/", "/kast/scan-school/kopie/", f"/kast/{copied}/"),
        *(f"/kast/{copied}/{page}/" for page in ("aanpassen", "verschil", "weg")),
        *_through_the_years(noor),
    ]


def _a_few(noor: Person, key: str) -> list[str]:
    return [
        *("/kast/", "/kast/matrix/", "/kast/kies/?v1=1&v2=1", f"/kast/{key}/", "/kast/visiepraatplaat/"),
        *(f"/kast/{key}/proberen/", f"/kast/{key}/papier/", *_through_the_years(noor)),
    ]


def _made(noor: Person, path: str) -> str:
    """Send a form as it stands; the key of the instrument it leads to."""
    form = noor.get(path).text()
    return noor.post(path, form, sheets.standing(form)).url.strip("/").split("/")[4]


def _through_the_years(noor: Person) -> list[str]:
    """The page that lays rounds of several years side by side, where the demo has one."""
    for number in range(1, 12):
        outcome = noor.visitor.context.request.get(f"{noor.visitor.site}/ronde/{number}/uitkomst/")
        found = re.search(r"/ronde/\d+/uitkomst/door-de-tijd/", outcome.text())
        if found:
            return [found[0]]
    raise AssertionError("no rounds of several years")


def _a_table(noor: Person, guest: Person, key: str) -> list[str]:
    """Every page of a table, for who leads and for who came with the code, and a sheet of one's own."""
    noor.real = False
    door = re.search(r'href="(/gesprek/laag/(\d+)/tafel/[^"]+)"', noor.get(f"/kast/{key}/").text())
    assert door
    own = f"/gesprek/laag/{door[2]}/eigen-vel/?instrument={key}"
    wrong = _looked_at(noor, [door[1], own])
    table = put_to_use(noor, key)
    paper = f"{table.leading}stoel/papier/"
    wrong += _looked_at(noor, [table.leading, f"{table.leading}samen/", paper, table.mine])
    wrong += _looked_at(guest, ["/tafel/", f"/tafel/code/{table.code}/"])
    fill_in([noor, guest], table)
    wrong += _looked_at(guest, [table.mine, f"{table.mine}deel/1/", f"{table.mine}samen/"])
    lay_open([noor, guest], table)
    wrong += _looked_at(guest, [table.mine, f"{table.mine}samen/"])
    wrong += _looked_at(noor, [table.leading, f"{table.leading}samen/"])
    close(noor, table)
    wrong += _looked_at(guest, [table.mine, f"{table.mine}samen/"])
    wrong += _looked_at(noor, [f"{table.leading}verslag/", f"/gesprek/laag/{door[2]}/"])
    form = noor.get(own).text()
    sheet = urlsplit(noor.post(own, form, sheets.standing(form)).url).path
    return wrong + _looked_at(noor, [sheet, f"{sheet}deel/1/", f"{sheet}samen/"])


def _looked_at(person: Person, paths: list[str]) -> list[str]:
    """What is wrong with these pages, in words."""
    wrong = []
    for path in paths:
        answer = person.visitor.page.goto(person.visitor.site + path)
        if answer is None or answer.status >= 400:
            wrong.append(f"{path}: {answer.status if answer else 'nothing'}")
        wrong += [f"{path}: {fault}" for fault in faults(person.visitor)]
    return wrong


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

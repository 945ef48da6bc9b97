"""Figures from a file, in a browser: with scripts and without, on a phone and on a laptop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.looking import looked_at

pytestmark = pytest.mark.browser
FILE = """Uitstroom 2025-2026;;;
School;Schooljaar;Gestart;Gestopt
Het Waterrad;2021-2022;19;2
Het Waterad;2020-2021;18;1
De Brug;2021-2022;4;1
Totaal;;100;5
"""


@pytest.mark.parametrize(("width", "scripts"), [(390, False), (1280, True)])
def test_from_file_to_line_and_back(visit: Callable[..., Visitor], width: int, scripts: bool) -> None:
    petra = visit(width=width, scripts=scripts).be("petra")
    page = petra.page
    name = f"cijfers-{width}"

    def look(step: str) -> None:
        if scripts:
            looked_at(petra, f"{name}-{step}")

    page.goto(f"{petra.site}/cijfers/")
    look("lijst")
    page.get_by_role("link", name="Lees een bestand in").click()
    look("kies")
    page.set_input_files(
        "input[type=file]",
        {"name": f"uitstroom {width}.csv", "mimeType": "text/csv", "buffer": FILE.encode()},
    )
    page.get_by_role("button", name="Kijk wat erin staat").click()
    look("kolommen")
    page.get_by_role("button", name="Verder").click()
    title = page.get_by_label("Hoe heet dit cijfer?")
    # as the ready-made table calls it, or as it was called last time
    expect(title).to_have_value(re.compile("Gestopt met de opleiding|Proef 390"))
    title.fill(f"Proef {width}")
    page.get_by_label("Waar komt het vandaan?").fill("administratie")
    page.get_by_label("Wie houdt het bij?").fill("kwaliteitsmedewerker")
    look("betekenis")
    page.get_by_role("button", name="Kijk na").click()
    expect(page.get_by_label("Het Waterad", exact=True)).to_contain_text("Het Waterrad")
    look("kijk-na")
    page.get_by_role("button", name="Kijk opnieuw na").click()
    expect(page.locator(".lead")).to_contain_text("2 nieuwe cijfers.")
    page.get_by_role("button", name="Lees dit in").click()
    expect(page.locator("main")).to_contain_text("2 nieuw, 0 veranderd")
    look("ingelezen")
    noor = visit(width=width, scripts=scripts).be("noor")
    noor.page.goto(f"{noor.site}/cijfers/")
    noor.page.get_by_role("link", name=f"Proef {width}").click()
    expect(noor.page.locator("main")).to_contain_text("2 van de 19 studenten")
    if scripts:
        looked_at(noor, f"{name}-door-de-jaren")
    page.get_by_role("button", name="Neem dit bestand terug").click()
    expect(page.locator("main")).to_contain_text(re.compile("Teruggenomen"))
    assert noor.context.request.get(noor.page.url).status == 404

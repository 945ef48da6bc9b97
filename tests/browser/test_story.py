"""The acceptance story, as one visitor after another: from a note to an agreement that comes back.

Pictures of each step go to var/screenshots, for people to look at.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

SENTENCE = "Studenten wachten tot wij beginnen met kijken."
AGREEMENT = "De begeleider vraagt in week 1 zelf een student in de les."


def answer_cards(page: Page) -> int:
    """Answer each card with its first possible answer until the check page; returns how many cards there were."""
    for number in range(1, 40):
        if page.get_by_role("button", name=re.compile("^(Verstuur|Stuur)")).count():
            return number - 1
        first = page.locator("main input[type=radio], main input[type=checkbox]").first
        if first.count() and not page.locator("main select").count():
            first.check(force=True)
        area = page.locator("main textarea").first
        if area.count():
            area.fill("Na een les samen terugkijken.")
        place = page.locator("form[data-place]").get_attribute("data-place")
        page.get_by_role("button", name=re.compile("^(Volgende|Nakijken|Naar nakijken|Verder)")).first.click()
        expect(page.locator("form[data-place]")).not_to_have_attribute("data-place", str(place))
    raise AssertionError("no end to the cards")


def test_from_a_note_to_an_agreement_that_comes_back(visit: Visit) -> None:
    _samira_answers(visit())
    _joost_sticks_a_note(visit())
    _the_team_talks(visit(width=1280), visit())
    _the_agreement_comes_back(visit(width=1280))
    _those_who_gave_hear_back(visit(width=1280), visit())
    _the_steering_group_answers(visit(width=1280))
    _the_year_is_accounted_for(visit(width=1280))


def _samira_answers(samira: Visitor) -> None:
    page = samira.be("samira").page
    expect(page.get_by_role("heading", level=1)).to_have_text("Dag Samira")
    samira.shot("01-home-student")
    page.get_by_role("link", name="Een vraag aan jou").first.click()
    expect(page.get_by_text("naast jou vijf anderen")).to_be_visible()
    samira.shot("02-answer-start")
    page.get_by_role("button", name=re.compile("Begin")).or_(
        page.get_by_role("link", name=re.compile("^Begin"))
    ).first.click()
    samira.shot("03-answer-card")
    assert answer_cards(page) >= 3
    samira.shot("04-answer-check")
    page.get_by_role("button", name=re.compile("^(Verstuur|Stuur)")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dank je")
    expect(page.locator(".code")).to_be_visible()
    samira.shot("05-answer-done")


def _joost_sticks_a_note(joost: Visitor) -> None:
    page = joost.be("joost").page
    page.get_by_role("link", name="Plak een geeltje").first.click()
    page.get_by_label("Wat zag of hoorde je?").fill(
        "Een student durfde pas te vragen toen ik eerst bij mij liet kijken."
    )
    joost.shot("06-note")
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_text("Een student durfde pas te vragen")).to_be_visible()


def _the_team_talks(noor: Visitor, samira: Visitor) -> None:
    page = noor.be("noor").page
    noor.shot("07-home-educator")
    page.get_by_role("link", name=re.compile("Teamoverleg onderbouw")).first.click()
    noor.shot("08-table")
    talk = re.search(r"/gesprek/(\d+)/", page.url)
    assert talk
    page.get_by_role("button", name="Begin het gesprek").click()
    noor.shot("09-talk-arrive")
    onward = re.compile("^Verder")
    _until(page, "Betekenis: eerst alleen", onward)
    phone = samira.be("samira").go(f"/gesprek/{talk[1]}/mee/").page
    phone.locator("form.sheet-whole textarea").fill(
        "Wij wachten tot iemand het eerst bij zichzelf laat zien."
    )
    phone.get_by_role("button", name="Klaar").click()
    expect(phone.get_by_text("Je antwoord is binnen.")).to_be_visible()
    samira.shot("10-own-phone")
    page.reload()
    expect(page.get_by_text("Wij wachten tot iemand")).to_have_count(0)
    noor.shot("11-talk-alone")
    page.get_by_role("button", name="Leg open").click()
    expect(page.get_by_text("Wij wachten tot iemand")).to_be_visible()
    noor.shot("12-talk-open")
    _until(page, "Betekenis: samen", onward)
    page.get_by_label("Onze betekenis").fill(SENTENCE)
    page.get_by_label("Het andere geluid").fill("Op dinsdag is er niemand vrij om te komen.")
    noor.shot("13-talk-together")
    _until(page, "Houden of verleggen", onward)
    page.get_by_text("We verleggen", exact=True).first.click()
    page.get_by_label("Onze afspraak").fill(AGREEMENT)
    page.get_by_label("Wie let erop?").fill("Joost")
    page.get_by_label("Waaraan merken we het?").fill("Studenten vragen in week 3 terug.")
    page.get_by_label("Waar komt het terug?").select_option(index=1)
    noor.shot("14-talk-direct")
    _until(page, "Wie hoort dit?", onward)
    noor.shot("15-talk-tell")
    page.get_by_role("button", name=re.compile("^Sluit")).click()
    expect(page.get_by_text(AGREEMENT).first).to_be_visible()
    expect(page.get_by_text(SENTENCE).first).to_be_visible()
    noor.shot("16-record")


def _until(page: Page, heading: str, onward: re.Pattern[str]) -> None:
    """Go on until a step is on the screen."""
    for _ in range(8):
        if page.get_by_role("heading", level=1).inner_text() == heading:
            return
        page.get_by_role("button", name=onward).first.click()
    raise AssertionError(f"never came to {heading}")


def _the_agreement_comes_back(noor: Visitor) -> None:
    page = noor.be("noor").go("/demo/").page
    page.get_by_role("button", name=re.compile("[Dd]rie maanden later")).click()
    noor.be("noor")
    page.get_by_role("link", name="Een afspraak komt terug").first.click()
    page.get_by_label("Wat hielp?").fill("Dat het op het rooster stond.")
    page.locator("input[value=sustain]").check(force=True)
    page.locator("input[name=difference][value=yes]").check(force=True)
    noor.shot("17-look-back")
    page.get_by_role("button", name="Noteer").click()
    expect(page.get_by_text("Dat het op het rooster stond.").first).to_be_visible()
    noor.shot("18-agreement")


def _those_who_gave_hear_back(petra: Visitor, student: Visitor) -> None:
    page = petra.be("petra").page
    page.get_by_role("link", name=re.compile("wachten op een antwoord")).first.click()
    page.get_by_label("Dit hoorden we").fill(
        "Veel studenten vragen niemand in hun les. Ze wachten tot iemand begint."
    )
    page.get_by_label("Dit doen we niet").first.fill("Vaste bezoekuren in het rooster.")
    page.get_by_label("want", exact=True).first.fill("Er is dit jaar geen vervanging.")
    petra.shot("19-write-return")
    page.get_by_role("button", name="Lees het over").click()
    page.get_by_role("button", name="Geef het terug").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit deden we met jouw inbreng")
    student.go(page.url)
    expect(student.page.get_by_text("Vaste bezoekuren in het rooster.")).to_be_visible()
    student.shot("20-return")
    student.page.get_by_text("Deels", exact=True).click()
    student.page.get_by_role("button", name="Stuur je antwoord").click()
    expect(student.page.get_by_text("We tellen alleen het aantal")).to_be_visible()


def _the_steering_group_answers(stef: Visitor) -> None:
    page = stef.be("stef").page
    page.get_by_role("link", name="Gedeeld", exact=True).click()
    page.get_by_text("We reageren alleen in woorden", exact=True).first.click()
    page.get_by_role("textbox").first.fill("Dit nemen we mee in de begroting van mei.")
    stef.shot("21-shared")
    page.get_by_role("button", name=re.compile("antwoord")).first.click()
    expect(page.get_by_text("Dit nemen we mee in de begroting van mei.").first).to_be_visible()


def _the_year_is_accounted_for(noor: Visitor) -> None:
    page = noor.be("noor").page
    page.get_by_role("link", name="Verantwoording", exact=True).first.click()
    page.get_by_role("button", name=re.compile("^Stel")).click()
    expect(page.get_by_text(AGREEMENT).first).to_be_visible()
    page.get_by_role("button", name=re.compile("leg vast")).click()
    expect(page.get_by_text("Vastgelegd").first).to_be_visible()
    noor.shot("22-account")

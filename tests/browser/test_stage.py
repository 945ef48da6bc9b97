"""The ten minutes on a stage, played in one go from a fresh demo: who leads and the wall at 1280, phones at 390.

The script for whoever stands there is docs/stage.md. Pictures of each step go to var/screenshots, for people to look at.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sheets
from tests.browser.conftest import Visitor
from tests.browser.looking import looked_at, on_the_wall
from tests.browser.tables import Person
from tests.browser.talks import ONCE, STEP, Talk, press, steps_to, still_the_same
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser
MINE = "Dat ik een les mag stoppen en opnieuw beginnen, ook als er iemand kijkt."
OURS = "Bij ons mag je iets laten zien wat nog niet af is, en opnieuw beginnen."
EXPECTED = "Ik denk dat bijna elke student al om een bezoek vroeg."
MEANING = "Studenten wachten tot wij vragen, en wij wachten op hen."
OTHER = "Bij mij kwam de vraag al in week 1. Het kan dus wel."
AGREED = "In week 2 vraagt elke begeleider een student bij een les die nog niet af is."
HELPED = "Dat het op het rooster stond."
ANSWER = "Dit nemen we over. In juni staat het in het voorstel voor de begroting."
NOTE = "Een student vroeg vandaag zelf of ik wilde komen kijken."
"""How the note of Joost begins that lies on the table, and lies under the last sentence again."""


def test_ten_minutes_on_a_stage(visit: Visit) -> None:
    laptop = visit(width=1280)
    laptop.go("/demo/podium/")
    looked_at(laptop, "stage-00-doors")
    code = _a_hall_puts_in_order(visit, laptop)
    _for_me_then_for_us(visit(), laptop)
    wall, samira = visit(width=1280, height=720), visit()
    _an_expectation_that_was_wrong(laptop, wall, samira)
    _a_meaning_with_another_voice_and_an_agreement(laptop, wall, samira)
    _three_months_later(laptop)
    _shared_with_the_steering_group(laptop)
    _what_was_done_with_a_voice(samira, code)
    _one_sentence_back_to_its_note(laptop)


def door(visitor: Visitor, step: int, label: str) -> Page:
    """Come in by a door of a step on the page for the stage, in the same window."""
    page = visitor.go("/demo/podium/").page
    visitor.go(
        str(page.locator(f"#stap-{step} a", has_text=re.compile(f"^{label}")).first.get_attribute("href"))
    )
    return page


def _a_hall_puts_in_order(visit: Visit, laptop: Visitor) -> str:
    """Six people rank, one on a real phone, each by the code; the wall shows where they differ."""
    wall = visit(width=1280, height=720)
    door(wall, 1, "Beamer")
    page = door(laptop, 1, "Leid de zaal")
    talk = Talk(int(page.url.split("/")[4]), re.sub(r"\D", "", page.locator(".way-in .code").inner_text()))
    wall.shot("stage-10-hall-join", whole=False)
    phone = visit()
    phone.go(f"/tafel/code/{talk.code}/").page.get_by_role("button", name="Doe mee").click()
    expect(phone.page.get_by_text("Je doet mee zonder naam")).to_be_visible()
    talk.table = int(phone.page.url.split("/tafel/")[1].split("/")[0])
    others = [Person(f"iemand {seat}", seat, visit(), real=False) for seat in range(5)]
    for person in others:
        html = person.get(f"/tafel/code/{talk.code}/").text()
        ticket = re.search(r'name="ticket" value="([^"]+)"', html)
        assert ticket
        person.post(f"/tafel/code/{talk.code}/", html, [("ticket", ticket[1])])
    page.get_by_role("button", name="Begin het gesprek").click()
    press(page, "ArrowRight")
    fields = phone.page.locator("form.sheet-whole select")
    expect(fields.first).to_be_visible()
    for place, field in enumerate(fields.all(), 1):
        field.select_option(index=place)
    phone.shot("stage-11-hall-phone-ranks")
    phone.page.get_by_role("button", name="Stuur mijn antwoord").click()
    for person in others:
        _ranks(person, talk)
    page.get_by_role("button", name="Sluit en toon de uitkomst").click()
    for screen in (wall.page, phone.page):
        expect(screen.get_by_text("Hier verschillen we het meest").first).to_be_visible()
    on_the_wall(wall, "stage-12-hall-wall")
    laptop.shot("stage-13-hall-control")
    phone.shot("stage-14-hall-phone")
    code = laptop.go("/demo/podium/").page.locator(".code").inner_text()
    assert re.fullmatch(r"[A-Z]+ \d{4}", code)
    return code


def _ranks(person: Person, talk: Talk) -> None:
    html = person.get(talk.phone).text()
    controls = sheets.blank(html).controls
    places = [one for one in controls if one.kind == "select"]
    ranked = [(one, str(at)) for at, one in enumerate(places if person.seat % 2 else places[::-1], 1)]
    hidden = [(one, one.value) for one in controls if one.kind == "hidden"]
    person.post(f"{talk.phone}geef/", html, sheets.as_post(sheets.Filled(given=[*hidden, *ranked])))


def _for_me_then_for_us(tijmen: Visitor, laptop: Visitor) -> None:
    page = door(tijmen, 2, "Voor mij")
    page.locator("textarea").fill(MINE)
    looked_at(tijmen, "stage-20-for-me")
    page.get_by_role("button", name="Genoeg voor nu").click()
    page.locator("input[name=shared]").check(force=True)
    tijmen.shot("stage-21-share")
    page.locator("main form button").first.click()
    ours = door(laptop, 2, "Voor ons")
    expect(ours.get_by_text(MINE)).to_be_visible()
    ours.locator("textarea").first.fill(OURS)
    laptop.shot("stage-22-for-us")
    ours.get_by_role("button", name="Dit zijn onze woorden").click()
    expect(ours.get_by_text(OURS)).to_be_visible()
    tijmen.page.reload()
    expect(tijmen.page.get_by_text(OURS)).to_be_visible()
    tijmen.shot("stage-23-side-by-side")


def _an_expectation_that_was_wrong(laptop: Visitor, wall: Visitor, samira: Visitor) -> None:
    """She expects that nearly everybody asked; then the figure is opened, right under her words."""
    page = door(laptop, 3, "Leid het gesprek")
    door(wall, 3, "Beamer")
    phone = door(samira, 3, "Aan tafel")
    page.get_by_role("button", name="Begin het gesprek").click()
    steps_to(page, "Eerst alleen")
    expect(wall.page.locator("html.join")).to_have_count(0)
    wall.page.evaluate(ONCE)
    phone.locator("form.sheet-whole textarea").first.fill(EXPECTED)
    phone.get_by_role("button", name="Klaar").click()
    expect(phone.get_by_text("Je antwoord is binnen.")).to_be_visible()
    samira.shot("stage-30-expects")
    assert EXPECTED not in wall.page.content()
    page.get_by_role("button", name="Leg open").click()
    expect(wall.page.get_by_text(EXPECTED)).to_be_visible()
    press(page, "ArrowRight")
    expect(wall.page.get_by_text("Dit verwachtten jullie")).to_be_visible()
    expect(wall.page.get_by_text("De laatste drie weken vroeg ik")).to_be_visible()
    still_the_same(wall.page)
    on_the_wall(wall, "stage-31-wall-differs")
    expect(phone.get_by_text("Dit verwachtten jullie")).to_be_visible()
    expect(phone.get_by_text(NOTE)).to_be_visible()
    looked_at(samira, "stage-32-phone-differs")
    looked_at(laptop, "stage-33-control-differs")


def _a_meaning_with_another_voice_and_an_agreement(laptop: Visitor, wall: Visitor, samira: Visitor) -> None:
    page = laptop.page
    steps_to(page, "Schrijf samen")
    page.get_by_label("Onze betekenis").fill(MEANING)
    page.get_by_label("Het andere geluid").fill(OTHER)
    for screen in (wall.page, samira.page):
        expect(screen.get_by_text(OTHER)).to_be_visible()
    wall.shot("stage-40-wall-meaning", whole=False)
    laptop.shot("stage-41-control-meaning")
    _onward(page, "Spreek af")
    page.locator("input[name=course][value=adjust]").check(force=True)
    page.get_by_label("Onze afspraak").fill(AGREED)
    page.get_by_label("Wie let erop?").fill("Joost")
    page.get_by_label("Waaraan merken we het?").fill("Studenten vragen in week 4 zelf terug.")
    page.get_by_label("Waar komt het terug?").select_option(index=1)
    laptop.shot("stage-42-control-agrees")
    expect(wall.page.get_by_text(AGREED)).to_be_visible()
    wall.shot("stage-43-wall-agreed", whole=False)
    _onward(page, "Wie hoort dit?")
    page.get_by_role("button", name="Sluit het gesprek en bewaar").click()
    expect(page.get_by_text(AGREED).first).to_be_visible()
    laptop.shot("stage-44-record")
    samira.shot("stage-45-phone-done")


def _onward(page: Page, heading: str) -> None:
    """By the button, for the cursor stands in a field."""
    for _ in range(4):
        if page.locator(STEP).inner_text() == heading:
            return
        with page.expect_navigation():
            page.get_by_role("button", name=re.compile("^Verder")).first.click()
    raise AssertionError(f"never came to {heading}")


def _three_months_later(laptop: Visitor) -> None:
    laptop.go("/demo/podium/").page.get_by_role("button", name="Drie maanden later").click()
    looked_at(laptop, "stage-50-doors-later")
    page = door(laptop, 5, "De afspraak")
    expect(page.get_by_text(AGREED).first).to_be_visible()
    page.get_by_label("Wat hielp?").fill(HELPED)
    page.locator("input[value=sustain]").check(force=True)
    page.locator("input[name=difference][value=yes]").check(force=True)
    laptop.shot("stage-51-look-back")
    page.get_by_role("button", name="Noteer").click()
    expect(page.get_by_text("houden we vast").first).to_be_visible()
    laptop.shot("stage-52-sustained")


def _shared_with_the_steering_group(laptop: Visitor) -> None:
    """The one step that follows how sharing and answering look."""
    page = door(laptop, 6, "Deel de betekenis")
    page.get_by_role("link", name="Deel deze betekenis").click()
    page.get_by_label("De Brug", exact=True).check(force=True)
    page.get_by_role("button", name="Bekijk wat zij lezen").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zo leest De Brug het")
    for words in (MEANING, OTHER):
        expect(page.get_by_text(words)).to_be_visible()
    looked_at(laptop, "stage-60-who-will-read-what")
    page.get_by_role("button", name="Deel met De Brug").click()
    page = door(laptop, 6, "Antwoord als stuurgroep")
    article = page.locator("article", has_text=MEANING)
    expect(article.get_by_text(OTHER)).to_be_visible()
    if article.locator("summary").count():
        article.locator("summary").first.click()
    article.get_by_label("We pakken dit op").check(force=True)
    article.get_by_role("textbox").fill(ANSWER)
    looked_at(laptop, "stage-61-steering-answers")
    article.get_by_role("button", name=re.compile("antwoord")).click()
    looked_at(laptop, "stage-62-taken-up")
    page = door(laptop, 6, "Antwoord als stuurgroep")
    expect(page.get_by_text(ANSWER).first).to_be_visible()


def _what_was_done_with_a_voice(student: Visitor, code: str) -> None:
    """By the code of the hall, on a phone that is nobody's."""
    student.context.clear_cookies()
    page = student.go("/terug/").page
    page.get_by_label("Jouw code").fill(code.lower().replace(" ", ""))
    page.get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit deden we met jouw inbreng")
    expect(page.get_by_text("Dit doen we niet, want").first).to_be_visible()
    student.shot("stage-70-phone-returned")


def _one_sentence_back_to_its_note(laptop: Visitor) -> None:
    """Composed, read on one page, and one press to the note of Joost; one more to the note itself."""
    page = door(laptop, 8, "De verantwoording")
    page.get_by_role("button", name=re.compile("^Stel")).first.click()
    page.get_by_role("link", name="Lees het op één bladzijde").click()
    looked_at(laptop, "stage-80-one-page")
    page.get_by_role("link", name="Kies de zinnen").click()
    looked_at(laptop, "stage-83-choose")
    page.get_by_role("button", name="Zet dit op de bladzijde").click()
    page.locator(".lines a", has_text=HELPED).click()
    for words in (AGREED, MEANING, OTHER, NOTE):
        expect(page.locator(".traced").get_by_text(words).first).to_be_visible()
    looked_at(laptop, "stage-81-what-it-rests-on")
    page.get_by_role("link", name=re.compile(NOTE)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Geeltje")
    laptop.shot("stage-82-the-note")

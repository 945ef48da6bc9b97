"""Talks as they go on: who leads with a phone, a wall, and people who write, each in a real page or over the wire.

Pictures of each screen go to var/screenshots, for people to look at.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.looking import looked_at, on_the_wall
from tests.browser.tables import Person
from tests.browser.talks import (
    CRITERION,
    ONCE,
    POINT,
    STEP,
    Talk,
    by_keyboard,
    choose,
    come_in,
    come_over_the_wire,
    laid_ready,
    nothing_leaks,
    pick,
    planned,
    press,
    reach,
    steps_to,
    still_the_same,
    write,
)
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser


SENTENCE = "Wij wachten op studenten die vragen, en zij wachten op ons."
OTHER = "Bij mij vragen ze het al in week 1."
AGREED = "Elke begeleider vraagt in week 1 zelf een student in de les."


@pytest.mark.deep
def test_a_data_dialogue_with_a_wall_and_eight_phones(visit: Visit) -> None:
    noor = Person("Noor", 0, visit().be("noor"), real=False)
    talk = laid_ready(noor.visitor, "datadialoog", title="Durven vragen", middle=CRITERION)
    looked_at(noor.visitor, "live-01-laid-ready")
    wall = visit(width=1280, height=720).be("noor").go(talk.wall)
    people = _eight_sit_down(visit, talk, noor.visitor, wall)
    _it_begins(noor.visitor, people, wall)
    _each_writes_unseen(noor, talk, people, wall)
    _it_lies_open(noor.visitor, people, wall)
    _notes_are_put_in_groups(noor, talk, people, wall)
    _one_sentence_with_all_hands(noor.visitor, talk, people, wall)
    _an_agreement_that_comes_back(noor.visitor, people, wall)


def _eight_sit_down(visit: Visit, talk: Talk, noor: Visitor, wall: Visitor) -> list[Person]:
    """Three with a phone in their hand: in a chair that stood ready, by the picture, and without scripts."""
    for seat in noor.page.locator("input[name=seats]").all():
        name = seat.locator("xpath=ancestor::label").inner_text().split(",")[0].strip()
        seat.set_checked(name in {"Noor", "Samira", "Joost", "Tijmen"}, force=True)
    noor.page.get_by_role("button", name="Bewaar de tafel").click()
    samira = Person("Samira", 1, visit())
    come_in(samira.visitor, talk, "Samira", expected=True)
    fenna = Person("Fenna", 2, visit())
    come_in(fenna.visitor, talk, "Fenna", qr=True)
    looked_at(fenna.visitor, "live-03-phone-waits")
    lotte = Person("Lotte", 3, visit(scripts=False))
    come_in(lotte.visitor, talk, "Lotte")
    people = [samira, fenna, lotte]
    for seat_of, name in enumerate(("Joost", "Tijmen", "Karim", "Ilse", "Daan"), 4):
        light = Person(name, seat_of, visit(), real=False)
        come_over_the_wire(light, talk, expected=name in {"Joost", "Tijmen"})
        people.append(light)
    expect(wall.page.locator("#strook")).to_contain_text("9 mensen zijn er")
    on_the_wall(wall, "live-02-wall-join")
    return people


def _it_begins(noor: Visitor, people: list[Person], wall: Visitor) -> None:
    noor.page.reload()
    noor.page.get_by_role("button", name="Begin het gesprek").click()
    expect(wall.page.locator("#scherm .vision")).to_be_visible()
    wall.page.evaluate(ONCE)
    for person in people[:2]:
        expect(person.visitor.page.get_by_text("Het gesprek begint zo")).to_have_count(0)
    looked_at(noor, "live-04-control-arrive")
    on_the_wall(wall, "live-05-wall-arrive")
    looked_at(people[0].visitor, "live-06-phone-arrive")


def _each_writes_unseen(noor: Person, talk: Talk, people: list[Person], wall: Visitor) -> None:
    control = noor.visitor.page
    for key, heading in (
        ("ArrowRight", "Uitkomst dicht: wat verwacht je?"),
        ("ArrowRight", "Eerst alleen"),
        ("ArrowLeft", "Uitkomst dicht: wat verwacht je?"),
        ("PageDown", "Eerst alleen"),
    ):
        press(control, key)
        expect(control.locator(STEP)).to_have_text(heading)
    strip = wall.page.locator("#strook")
    expect(strip).to_have_text("0 van de 9 schreven iets")
    _all_write(people, talk)
    expect(strip).to_have_text("8 van de 9 schreven iets")
    hidden = [one for person in people for one in person.all_words]
    nothing_leaks([noor, *people], talk, hidden)
    for page in (wall.page, control):
        assert not [one for one in hidden if one in page.content()]
    looked_at(noor.visitor, "live-07-control-think")
    on_the_wall(wall, "live-08-wall-think")
    looked_at(people[1].visitor, "live-09-phone-think")


def _all_write(people: list[Person], talk: Talk) -> None:
    """One types and is kept by himself, one presses the button, one has no scripts, the others come over the wire."""
    for person in people:
        if person.real:
            page = person.visitor.page
            if person.name == "Lotte":
                page.get_by_role("link", name="Kijk of het gesprek verder is").click()
            expect(page.locator("form.sheet-whole")).to_be_visible()
            write(person, talk)
            if person.name == "Samira":
                expect(page.locator("[data-autosave-note]")).to_have_text("Bewaard. Niemand ziet het nog.")
                still_the_same(page)
            else:
                page.get_by_role("button", name="Klaar").click()
                expect(page.get_by_text("Je antwoord is binnen.")).to_be_visible()
                page.evaluate(ONCE)
        else:
            write(person, talk)


def _it_lies_open(noor: Visitor, people: list[Person], wall: Visitor) -> None:
    """Closed with the space bar, opened again, laid open with Enter: the phones and the wall follow by themselves."""
    control, fenna = noor.page, people[1].visitor.page
    press(control, " ")
    expect(fenna.get_by_text("Het schrijven is gesloten.")).to_be_visible()
    press(control, " ")
    expect(fenna.get_by_role("button", name="Verander mijn antwoord")).to_be_visible()
    press(control, "Enter")
    for person in people:
        for page in (wall.page, fenna, people[0].visitor.page):
            expect(page.get_by_text(person.all_words[0]).first).to_be_attached()
    for page in (wall.page, fenna, people[0].visitor.page):
        still_the_same(page)
    on_the_wall(wall, "live-11-wall-open")
    looked_at(noor, "live-10-control-open")
    looked_at(people[1].visitor, "live-12-phone-open")
    press(control, "Enter")
    expect(wall.page.get_by_text(people[0].all_words[0])).to_have_count(0)
    press(control, "Enter")
    expect(wall.page.get_by_text(people[0].all_words[0])).to_be_visible()


def _notes_are_put_in_groups(noor: Person, talk: Talk, people: list[Person], wall: Visitor) -> None:
    """By menu: who leads makes a group and puts a note in it, a phone puts another one beside it."""
    control, fenna = noor.visitor.page, people[1].visitor.page
    steps_to(control, "Uitkomst open: wat staat er?")
    on_the_wall(wall, "live-13-wall-look")
    looked_at(noor.visitor, "live-14-control-look")
    steps_to(control, "Eerst alleen")
    _all_write(people, talk)
    press(control, "Enter")
    steps_to(control, "Naast elkaar")
    control.get_by_text("Maak groepen van deze briefjes").click()
    control.get_by_label("Nieuwe groep").fill("Wachten op elkaar")
    control.locator(".sort-list select").nth(0).select_option("new")
    control.get_by_role("button", name="Bewaar de groepen").click()
    for page in (wall.page, fenna):
        expect(page.get_by_role("heading", name="Wachten op elkaar")).to_be_visible()
    fenna.get_by_text("Zet een briefje in een groep").click()
    fenna.locator(".sort-list select").nth(1).select_option(label="Wachten op elkaar")
    fenna.get_by_role("button", name="Bewaar de groepen").click()
    expect(wall.page.locator(".walls section").first.locator("li")).to_have_count(2)
    still_the_same(wall.page)
    on_the_wall(wall, "live-15-wall-notes")
    looked_at(noor.visitor, "live-16-control-notes")
    looked_at(people[1].visitor, "live-17-phone-notes")


def _one_sentence_with_all_hands(noor: Visitor, talk: Talk, people: list[Person], wall: Visitor) -> None:
    control, samira, fenna = noor.page, people[0].visitor.page, people[1].visitor.page
    steps_to(control, "Schrijf samen")
    control.get_by_label("Onze betekenis").fill(SENTENCE)
    control.get_by_label("Het andere geluid").fill(OTHER)
    # kept while it is written, so that the room reads along
    for page in (wall.page, samira):
        expect(page.get_by_text(OTHER)).to_be_visible()
    looked_at(noor, "live-18-control-write")
    on_the_wall(wall, "live-19-wall-write")
    control.get_by_role("button", name="Vraag de handen").click()
    for fingers, page, because in ((0, samira, "Ik durf het dan niet meer."), (3, fenna, "")):
        page.locator(f"input[name=at][value='{fingers}']").check(force=True)
        page.get_by_label("Wat houdt je tegen").fill(because)
        looked_at(people[0].visitor, "live-20-phone-hand") if because else None
        page.get_by_role("button", name="Geef mijn hand").click()
        expect(page.get_by_role("button", name="Verander mijn hand")).to_be_visible()
    for place, person in enumerate(people[2:]):
        html = person.get(talk.phone).text()
        person.post(f"{talk.phone}hand/", html, [("at", str(2 + place % 4))])
    strip = wall.page.locator("#strook")
    expect(strip).to_have_text("8 van de 9 gaven een hand")
    on_the_wall(wall, "live-21-wall-hands-asked")
    for page in (wall.page, fenna, control):
        assert "Ik durf het dan niet meer." not in page.content()
    control.get_by_role("button", name="Leg de handen open").click()
    for page in (wall.page, fenna):
        expect(page.get_by_text("Ik durf het dan niet meer.")).to_be_visible()
    on_the_wall(wall, "live-22-wall-hands")
    looked_at(people[1].visitor, "live-23-phone-hands")
    looked_at(noor, "live-24-control-hands")
    control.get_by_role("button", name="Klaar", exact=True).click()


def _an_agreement_that_comes_back(noor: Visitor, people: list[Person], wall: Visitor) -> None:
    control, samira, fenna = noor.page, people[0].visitor.page, people[1].visitor.page
    steps_to(control, "Spreek af")
    control.get_by_text("We verleggen", exact=True).click()
    control.get_by_label("Onze afspraak").fill(AGREED)
    control.get_by_label("Wie let erop?").fill("Joost")
    control.get_by_label("Waaraan merken we het?").fill("Studenten vragen in week 3 terug.")
    control.get_by_label("Wiens zorg of bezwaar").fill("Samira wil eerst zelf kiezen bij wie.")
    control.get_by_label("Waar komt het terug?").select_option(index=1)
    expect(wall.page.get_by_text(AGREED)).to_be_visible()
    looked_at(noor, "live-25-control-decide")
    on_the_wall(wall, "live-26-wall-decide")
    # a key has its own meaning in a field: so by the button
    control.get_by_role("button", name="Verder", exact=True).click()
    steps_to(control, "Wie hoort dit?")
    looked_at(noor, "live-27-control-tell")
    control.get_by_role("button", name="Sluit het gesprek en bewaar").click()
    expect(control.get_by_role("heading", level=1)).to_have_text("Durven vragen")
    for words in (SENTENCE, OTHER, AGREED, "Joost", "Studenten vragen in week 3 terug.", "Samira wil eerst"):
        expect(control.get_by_text(words).first).to_be_visible()
    looked_at(noor, "live-28-record")
    for page in (samira, fenna):
        expect(page.get_by_role("heading", level=1)).to_have_text("Klaar. Dit nemen we mee.")
        for words in (SENTENCE, OTHER, AGREED):
            expect(page.get_by_text(words)).to_be_visible()
        left = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('lemniscaat:nu-'))")
        assert not left, "what was written alone stays nowhere"
    looked_at(people[0].visitor, "live-29-phone-end")
    expect(wall.page.get_by_text(AGREED).first).to_be_visible()


GROUP_SENTENCE = "Vragen mag hier altijd."
KEPT = "goed-genoeg"
"""The answer that Samira keeps back."""


@pytest.mark.deep
def test_from_individual_to_collective_in_two_groups(visit: Visit) -> None:
    noor = Person("Noor", 0, visit(width=1280).be("noor"), real=False)
    talk = laid_ready(noor.visitor, "individueel-collectief", title="Veilig proberen", middle=POINT)
    names = ("Samira", "Joost", "Tijmen", "Karim", "Ilse")
    people = [Person(name, seat, visit(), real=seat < 3) for seat, name in enumerate(names, 1)]
    for person in people[:2]:
        come_in(person.visitor, talk, person.name, expected=True)
    for person in people[2:]:
        come_over_the_wire(person, talk)
    noor.visitor.page.reload()
    noor.visitor.page.get_by_role("button", name="Begin het gesprek").click()
    wall = visit(width=1280, height=720).be("noor").go(talk.wall)
    wall.page.evaluate(ONCE)
    groups = _dealt_in_two(noor.visitor, people)
    kept = _each_alone_and_shares_by_choice(noor, talk, people)
    _side_by_side_in_the_own_group(noor, talk, people, groups)
    _two_hands_in_one_text(noor.visitor, talk, people, groups, wall)
    _all_together(noor.visitor, people, wall)
    nothing_leaks([noor, *people], talk, kept)


def _dealt_in_two(noor: Visitor, people: list[Person]) -> dict[str, set[str]]:
    """Two groups of three, of whom one is put in the other group, so that Samira and Joost sit together."""
    page = noor.page
    page.get_by_role("link", name="Verdeel in groepen").click()
    page.get_by_label("Hoeveel mensen in een groep?").select_option("3")
    page.get_by_role("button", name="Stel groepen voor").click()
    groups = _groups_on(page)
    assert sorted(map(len, groups.values())) == [3, 3]
    looked_at(noor, "groups-01-dealt")
    home = next(name for name, members in groups.items() if "Samira" in members)
    there = next(name for name in groups if name != home)
    who, to = ("Joost", home) if "Joost" not in groups[home] else ("Ilse", _other(groups, "Ilse"))
    page.get_by_label(f"Naar welke groep gaat {who}?").select_option(label=to.lower())
    page.get_by_role("button", name=f"Verzet {who}").click()
    groups = _groups_on(page)
    assert who in groups[to]
    assert {"Samira", "Joost"} <= groups[home]
    assert groups[there]
    page.get_by_role("link", name="Terug naar het gesprek").click()
    return groups


def _groups_on(page: Page) -> dict[str, set[str]]:
    """The names in each group, by the name of the group."""
    found = {}
    for board in page.locator(".boards section").all():
        members = board.locator("li > span:first-child").all_inner_texts()
        found[board.locator("h2").inner_text()] = {line.split(",")[0].strip() for line in members}
    return found


def _other(groups: dict[str, set[str]], name: str) -> str:
    return next(group for group, members in groups.items() if name not in members)


def _each_alone_and_shares_by_choice(noor: Person, talk: Talk, people: list[Person]) -> list[str]:
    """What is written stays with whoever wrote it until he chooses; one answer is kept back. Out come its words."""
    control = noor.visitor.page
    press(control, "ArrowRight")
    press(control, "ArrowRight")
    for person in people:
        if person.real:
            expect(person.visitor.page.locator("form.sheet-whole")).to_be_visible()
        write(person, talk)
        if person.real:
            expect(person.visitor.page.locator("[data-autosave-note]")).to_have_text(
                "Bewaard. Niemand ziet het nog."
            )
    hidden = [one for person in people for one in person.all_words]
    nothing_leaks([noor, *people], talk, hidden)
    press(control, "ArrowRight")
    expect(control.locator(STEP)).to_have_text("Dan samen")
    looked_at(noor.visitor, "groups-02-control-share")
    for person in people:
        _share(person, talk)
    nothing_leaks([noor, *people], talk, hidden)
    return people[0].words[KEPT]


def _share(person: Person, talk: Talk) -> None:
    """Everything, but Samira keeps one answer to herself."""
    keep = {KEPT} if person.name == "Samira" else set()
    if not person.real:
        html = person.get(talk.phone).text()
        keys = re.findall(r'name="share" value="([^"]+)"', html)
        given = [("section", "1"), *(("share", key) for key in keys if key not in keep)]
        person.post(f"{talk.phone}delen/", html, given)
        return
    page = person.visitor.page
    expect(page.get_by_text("Wat mogen de anderen lezen?")).to_be_visible()
    boxes = page.locator("input[name=share]")
    assert boxes.count() == len(person.words)
    assert not page.locator("input[name=share]:checked").count(), "nobody shares by accident"
    for box in boxes.all():
        box.set_checked(box.get_attribute("value") not in keep, force=True)
    looked_at(person.visitor, "groups-03-phone-share") if keep else None
    page.get_by_role("button", name="Deel wat ik aanvinkte").click()


def _side_by_side_in_the_own_group(
    noor: Person, talk: Talk, people: list[Person], groups: dict[str, set[str]]
) -> None:
    control = noor.visitor.page
    press(control, "ArrowRight")
    press(control, "Enter")
    samira = people[0].visitor.page
    expect(samira.get_by_text("samira-schreef-0.")).to_be_visible()
    expect(samira.get_by_label("Onze zin")).to_be_visible()
    for person in people:
        html = person.get(talk.phone).text()
        own = next(members for members in groups.values() if person.name in members)
        for other in people:
            shared = [
                w
                for key, words in other.words.items()
                for w in words
                if (other.name, key) != ("Samira", KEPT)
            ]
            seen = [one for one in shared if one in html]
            assert seen == (shared if other.name in own else []), f"{person.name} looks at {other.name}"
    looked_at(people[0].visitor, "groups-04-phone-side-by-side")
    looked_at(noor.visitor, "groups-05-control-side-by-side")


def _two_hands_in_one_text(
    noor: Visitor, talk: Talk, people: list[Person], groups: dict[str, set[str]], wall: Visitor
) -> None:
    """Two of one group write at the same moment, from the same empty page: no word is lost."""
    samira, joost = people[0].visitor.page, people[1].visitor.page
    expect(joost.get_by_label("Onze zin")).to_be_visible()
    for page, words in ((samira, "Wij vragen het elkaar."), (joost, "Wij laten het eerst zien.")):
        page.get_by_label("Onze zin").fill(words)
    for page in (samira, joost):
        page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(joost.get_by_text("Iemand schreef tegelijk.")).to_be_visible()
    for page in (samira, joost):
        for words in ("Wij vragen het elkaar.", "Wij laten het eerst zien."):
            expect(page.get_by_label("Onze zin")).to_have_value(re.compile(words))
    looked_at(people[1].visitor, "groups-06-phone-two-hands")
    # made one again, in two goes: what was kept in between does not stand twice
    ours = samira.get_by_label("Onze zin")
    ours.fill("Vragen mag hier")
    expect(samira.locator(".board [data-autosave-note]")).to_have_text("Bewaard")
    ours.press_sequentially(" altijd.")
    expect(samira.locator(".board [data-autosave-note]")).to_have_text("Bewaard")
    expect(joost.get_by_label("Onze zin")).to_have_value(GROUP_SENTENCE)
    nothing = wall.page.content()
    assert GROUP_SENTENCE not in nothing
    samira.get_by_role("button", name="Leg onze zin bij de andere").click()
    other = next(p for p in people if p.name in groups[_other(groups, "Samira")])
    html = other.get(talk.phone).text()
    theirs = [("text", "Bij ons is een fout gewoon werk."), ("was_text", ""), ("do", "show")]
    other.post(f"{talk.phone}groep/", html, theirs)
    for page in (wall.page, joost):
        expect(page.get_by_text("Bij ons is een fout gewoon werk.")).to_be_visible()
    expect(wall.page.get_by_text(GROUP_SENTENCE)).to_be_visible()
    still_the_same(wall.page)
    on_the_wall(wall, "groups-07-wall-boards")
    looked_at(people[1].visitor, "groups-08-phone-boards")


def _all_together(noor: Visitor, people: list[Person], wall: Visitor) -> None:
    control, joost = noor.page, people[1].visitor.page
    press(control, "ArrowRight")
    steps_to(control, "Schrijf samen")
    control.get_by_label("Onze betekenis").fill("Wie iets probeert, hoort van ons wat lukte.")
    expect(wall.page.get_by_text("Wie iets probeert, hoort van ons wat lukte.")).to_be_visible()
    looked_at(noor, "groups-09-control-write")
    control.get_by_role("button", name="Vraag de handen").click()
    joost.locator("input[name=at][value='4']").check(force=True)
    joost.get_by_role("button", name="Geef mijn hand").click()
    expect(control.locator("#handen")).to_contain_text("1 van de 6 gaven een hand")
    control.get_by_role("button", name="Leg de handen open").click()
    expect(joost.get_by_text("Ik sta erachter")).to_be_visible()
    control.get_by_role("button", name="Klaar", exact=True).click()
    steps_to(control, "Spreek af")
    steps_to(control, "Wie hoort dit?")
    control.get_by_role("button", name="Sluit het gesprek en bewaar").click()
    expect(control.get_by_text("Wie iets probeert, hoort van ons wat lukte.").first).to_be_visible()
    looked_at(noor, "groups-10-record")
    expect(joost.get_by_role("heading", level=1)).to_have_text("Klaar. Dit nemen we mee.")


def test_three_people_in_twenty_minutes_by_keyboard(visit: Visit) -> None:
    """From home to the record: one phone, two slips of paper, and no mouse for who leads."""
    noor = visit(width=1280).be("noor")
    page = noor.page
    by_keyboard(page.get_by_role("link", name="Zet het gesprek klaar"))
    talk = planned(page)
    expect(page.locator(".vision")).to_be_visible()
    for box in page.locator("input[name=seats]").all():
        name = box.locator("xpath=ancestor::label").inner_text().split(",")[0].strip()
        if name not in {"Noor", "Samira", "Joost", "Tijmen"}:
            reach(box)
            page.keyboard.press("Space")
    by_keyboard(page.get_by_role("button", name="Begin het gesprek"))
    samira = visit()
    phone = come_in(samira, talk, "Samira", expected=True)
    _first_what_comes_back(noor)
    _slips_beside_a_phone(noor, phone)
    _meaning_from_three(noor, samira)
    _kept_on_one_page(noor, phone)


def _first_what_comes_back(noor: Visitor) -> None:
    page = noor.page
    expect(page.get_by_role("heading", name="Eerst wat terugkomt")).to_be_visible()
    waiting = page.get_by_role("link", name=re.compile("^Wat hielp"))
    before = waiting.count()
    looked_at(noor, "three-01-comes-back")
    by_keyboard(waiting.first)
    reach(page.get_by_label("Wat hielp?"))
    page.keyboard.type("Dat het op het rooster stond.")
    pick(page.locator("input[value=sustain]"))
    pick(page.locator("input[name=difference][value=yes]"))
    by_keyboard(page.get_by_role("button", name="Noteer"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Aankomen")
    expect(waiting).to_have_count(before - 1)


def _slips_beside_a_phone(noor: Visitor, phone: Page) -> None:
    page = noor.page
    # this talk enters at another door: the step that it passes by is taken after all
    reach(page.get_by_text("Papier, een gast of een andere stap"))
    page.keyboard.press("Enter")
    by_keyboard(page.get_by_role("button", name="Naar ‘Eerst zelf verwachten’"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Eerst zelf verwachten")
    phone.locator("form.sheet-whole textarea").fill("Dat ik de enige ben.")
    expect(phone.locator("[data-autosave-note]")).to_have_text("Bewaard. Niemand ziet het nog.")
    expect(page.locator("#stand")).to_contain_text("1 van de 2")
    reach(page.get_by_text("Papier, een gast of een andere stap"))
    page.keyboard.press("Enter")
    by_keyboard(page.get_by_role("link", name="Typ briefjes van papier in"))
    for name, words in (("Joost", "De helft vraagt niets."), ("Tijmen", "Bijna iedereen vraagt iets.")):
        choose(page.get_by_label("Van wie?"), name)
        reach(page.locator("form.sheet-whole textarea"))
        page.keyboard.type(words)
        looked_at(noor, "three-02-slip") if name == "Joost" else None
        by_keyboard(page.get_by_role("button", name="Bewaar, en het volgende briefje"))
        expect(page.get_by_text(f"Het briefje van {name} ligt erbij.")).to_be_visible()
        assert words not in page.content()
    by_keyboard(page.get_by_role("link", name="Terug naar het gesprek"))
    expect(page.locator("#stand")).to_contain_text("3 van de 4")
    assert "De helft vraagt niets." not in phone.content()


def _meaning_from_three(noor: Visitor, samira: Visitor) -> None:
    page, phone = noor.page, samira.page
    press(page, "ArrowRight")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat zien we?")
    looked_at(noor, "three-03-see")
    press(page, "ArrowRight")
    phone.locator("form.sheet-whole textarea").fill("Wij wachten tot iemand begint.")
    expect(phone.locator("[data-autosave-note]")).to_have_text("Bewaard. Niemand ziet het nog.")
    press(page, "Enter")
    expect(page.get_by_text("Wij wachten tot iemand begint.")).to_be_visible()
    press(page, "ArrowRight")
    reach(page.get_by_label("Onze betekenis"))
    page.keyboard.type(SENTENCE)
    reach(page.get_by_label("Het andere geluid"))
    page.keyboard.type(OTHER)
    expect(phone.get_by_text(OTHER)).to_be_visible()
    looked_at(noor, "three-04-together")
    looked_at(samira, "three-05-phone-together")
    by_keyboard(page.get_by_role("button", name=re.compile("^Verder")))


def _kept_on_one_page(noor: Visitor, phone: Page) -> None:
    page = noor.page
    pick(page.locator("input[name=course][value=adjust]"))
    for label, words in (
        ("Onze afspraak", AGREED),
        ("Wie let erop?", "Joost"),
        ("Waaraan merken we het?", "Studenten vragen in week 3 terug."),
    ):
        reach(page.get_by_label(label))
        page.keyboard.type(words)
    choose(page.get_by_label("Waar komt het terug?"), 1)
    looked_at(noor, "three-06-direct")
    by_keyboard(page.get_by_role("button", name=re.compile("^Verder")))
    by_keyboard(page.get_by_role("button", name="Sluit het gesprek en bewaar"))
    for words in (SENTENCE, OTHER, AGREED, "Dat het op het rooster stond."):
        expect(page.get_by_text(words).first).to_be_visible()
    assert "Wij wachten tot iemand begint." not in page.content(), "what was written alone is gone"
    looked_at(noor, "three-07-record")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Klaar. Dit nemen we mee.")

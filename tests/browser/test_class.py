"""A class of thirty: a round by code with QR, thirty phones in every way people use them, and what comes out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from lemniscaat.base import clock
from tests.browser.conftest import Visitor
from tests.browser.looking import looked_at

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]
BUTTON = "button.main"
FILL = """form => {
  const groups = {};
  form.querySelectorAll('input[type=radio]').forEach(one => (groups[one.name] ||= []).push(one));
  Object.values(groups).forEach((some, n) => { some[n % Math.min(some.length, 5)].checked = true; });
}"""
# the same three forms, filled in and sent without drawing them: what counts is that they come in
UNSEEN = (
    "const fill = "
    + FILL
    + """;
const read = async answer => {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  page.came = answer.url;
  return page;
};
const send = async (page, form, button) => {
  const given = new URLSearchParams(new FormData(form, button));
  const to = new URL(button.getAttribute('formaction') || form.getAttribute('action') || '', page.came);
  return read(await fetch(to, {method: 'POST', body: given}));
};
const start = await read(await fetch(link));
start.querySelectorAll('input[name=rol][value=student]').forEach(one => { one.checked = true; });
const all = start.querySelector("button[formaction$='/alles/']");
const sheet = await send(start, all.form, all);
const form = sheet.querySelector('form.sheet-whole');
fill(form);
const thanks = await send(sheet, form, form.querySelector('button.main'));
return thanks.querySelectorAll('[data-draft-clear]').length;"""
)
# what a thumb must hit: fields, buttons and their labels; a link within a sentence may be smaller
SMALL = """() => [...document.querySelectorAll('main button:not([hidden]), main label.choice, main select, main textarea,'
  + 'main input[type=text], main a.button, main summary')].filter(one => one.getClientRects().length)
  .map(one => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html, box]) => `${html}: ${box.width} x ${box.height}`)"""


def the_round(visit: Visit) -> tuple[Visitor, str, str]:
    """Noor opens it for her school by code; returns her, the address of the round and the link behind the QR."""
    noor = visit(width=1280).be("noor")
    page = noor.page
    page.get_by_role("link", name="Rondes").first.click()
    page.get_by_role("link", name=re.compile("Begin een ronde|Nieuwe ronde")).first.click()
    page.locator("input[name=instrument][value=werkplekleren]").check()
    page.locator("input[name=title]").fill("Een klas van dertig")
    for role in page.locator("input[name=roles]").all():
        role.set_checked(role.get_attribute("value") == "student")
    page.locator("input[name=by_mail]").uncheck()
    page.locator("input[name=by_link]").check()
    page.locator("textarea[name=no_appointment_because]").fill("We kijken direct na de les.")
    page.locator("input[name=return_by]").fill((clock.today() + timedelta(days=20)).isoformat())
    page.get_by_role("button", name="Zet de ronde klaar").click()
    because = page.locator("textarea[name=over_budget_because]")
    if because.count():
        noor.expected("422")
        because.fill("Eén keer, met de hele klas.")
        page.get_by_role("button", name="Zet de ronde klaar").click()
    page.get_by_role("button", name="Open de ronde").click()
    expect(page.locator("img.qr")).to_be_visible()
    looked_at(noor, "class-round")
    digits = page.locator(".code.large").inner_text()
    assert re.fullmatch(r"\d{3}\s\d{3}", digits), "the code stands in groups of three"
    link = page.locator(".way-in a[href*='/mee/']").first.get_attribute("href") or ""
    return noor, page.url, re.sub(r"^https?://[^/]+", "", link)


def begin(page: Page) -> None:
    """Role and place, where they are asked."""
    if page.locator("input[name=rol]").count():
        page.locator("input[name=rol][value=student]").check()


def give(page: Page, n: int) -> None:
    """Something on this card, another thing on the next."""
    radios = page.locator("main input[type=radio]")
    if radios.count():
        radios.nth(n % min(radios.count(), 5)).check()
    elif page.locator("main textarea").count():
        page.locator("main textarea").first.fill("Ik mocht het zelf proberen.")


def onward(page: Page, button: str) -> None:
    """Press, and wait until the next card has come in the place of this one."""
    page.evaluate("document.querySelector('main form').dataset.seen = 'yes'")
    page.locator(button).click()
    expect(page.locator("main form[data-seen]")).to_have_count(0)


def through_cards(phone: Visitor, *, name: str = "", back_at: int = 0, english_at: int = 0) -> None:
    """Card after card to the thanks."""
    page, n = phone.page, 0
    begin(page)
    onward(page, BUTTON)
    while page.locator(".card-nav [role=status]").count():
        n += 1
        if name and n in {1, 3}:
            assert page.evaluate(SMALL) == []
            looked_at(phone, f"class-{name}-{n}")
        give(page, n)
        if n == english_at:
            page.get_by_role("button", name="English").click()
            expect(page.locator("html")).to_have_attribute("lang", "en")
            assert page.locator("main input:checked").count() == 1
        if n == back_at:
            onward(page, ".card-nav button")
            assert page.locator("main input:checked").count() == 1, "what was given is still there"
            onward(page, BUTTON)
            give(page, n)
        onward(page, BUTTON)
    if name:
        looked_at(phone, f"class-{name}-check")
    onward(page, BUTTON)
    expect(page.locator("[data-draft-clear]")).to_be_visible()


def by_keys(phone: Visitor) -> None:
    """Tab, arrows, space and Enter; nothing else."""
    page = phone.page
    page.locator(BUTTON).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".card-nav")
    while page.locator(".card-nav [role=status]").count():
        before = page.locator(".card-nav [role=status]").inner_text()
        field = page.locator("main input[type=radio], main textarea").first
        # from the button backwards one comes to the last choice; the first is as far as the keys say
        for _press in range(12):
            page.keyboard.press("Tab")
            if field.evaluate(
                "one => one === document.activeElement || (one.type === 'radio' && one.name === document.activeElement.name)"
            ):
                break
        assert page.evaluate("document.activeElement.closest('main') !== null")
        page.keyboard.press("Space")
        page.keyboard.press("Enter") if page.evaluate(
            "document.activeElement.type === 'radio'"
        ) else page.locator(BUTTON).press("Enter")
        page.wait_for_function(
            "before => { const now = document.querySelector('.card-nav [role=status]'); return !now || now.innerText !== before }",
            arg=before,
        )
    page.locator(BUTTON).press("Enter")
    expect(page.locator("[data-draft-clear]")).to_be_visible()


def on_one_page(page: Page) -> None:
    """Everything under each other, and send."""
    begin(page)
    page.locator("button[formaction$='/alles/']").click()
    page.locator("form.sheet-whole").evaluate(FILL)
    page.locator(BUTTON).click()
    expect(page.locator("[data-draft-clear]")).to_be_visible()


def without_scripts(phone: Visitor) -> None:
    """The same page where no script runs: each question by hand."""
    page = phone.page
    begin(page)
    page.locator("button[formaction$='/alles/']").click()
    for key in ("1", "2", "3"):
        page.locator(f"main fieldset >> nth={key} >> input[type=radio] >> nth=1").check()
    page.locator(BUTTON).click()
    expect(page.locator("[data-draft-clear]")).to_be_visible()


def test_a_class_of_thirty(visit: Visit) -> None:
    noor, address, link = the_round(visit)
    came = 0

    def phone(**how: object) -> Visitor:
        nonlocal came
        came += 1
        made = visit(**{"width": 390, **how})
        return made.go(link)

    first = phone()
    for words in ("Noor", "ongeveer", "vijf anderen", "overslaan", "Zit je ergens mee?", "hoor je wat ermee"):
        expect(first.page.locator("main")).to_contain_text(words)
    assert first.page.evaluate(SMALL) == []
    looked_at(first, "class-start")
    through_cards(first, name="card", back_at=3)
    expect(first.page.locator("h1")).to_contain_text("Dank je")
    expect(first.page.locator(".code.large")).to_be_visible()
    assert first.page.evaluate(SMALL) == []
    looked_at(first, "class-thanks")
    # the code and the addresses of people wrap, where words are twice as large
    first.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert first.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    through_cards(phone(), english_at=2)
    by_keys(phone())
    large = phone()

    large.page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert large.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    large.shot("class-200")
    on_one_page(large.page)
    for _nobody in range(3):
        without_scripts(phone(scripts=False))
    # few phones, one after another: whoever hands one on leaves nothing on it
    shared = [phone(), phone()]
    came -= 2
    while came < 30:
        came += 1
        one = shared[came % 2]
        if came > 12:
            assert one.page.evaluate("async link => {" + UNSEEN + "}", link) == 1
            continue
        one.go(link)
        assert one.page.locator("form[data-continue]:not([hidden])").count() == 0
        on_one_page(one.page)

    noor.go(address)
    expect(noor.page.locator("main")).to_contain_text("Zeker 30 mensen deden mee")
    noor.page.get_by_role("link", name="Stop de ronde").click()
    noor.page.get_by_role("button", name="Stop de ronde nu").click()
    noor.page.get_by_role("link", name="Bekijk de uitkomst").click()
    looked_at(noor, "class-outcome")
    expect(noor.page.locator(".voices-in li.all b")).to_have_text("30")
    counts = [text for text in noor.page.locator(".voices-in b").all_inner_texts() if text.isdecimal()]
    assert all(int(text) >= 6 for text in counts)
    said = noor.page.locator("main").inner_text()
    assert not re.search(r"\b[1-5] van de [1-5]\b", said)

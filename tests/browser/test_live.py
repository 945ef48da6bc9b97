"""The scripts of a live page in a real Chromium: events, a line that fails, polling, typing, and the leader's keys.

The page's own clock is moved by hand, so that a minute costs nothing.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hall import Hall, until

pytestmark = pytest.mark.browser


# counts what a page does not show: that the line greeted, and that it said it is there
COUNT = """
window.told = {hallo: 0, hier: 0};
window.EventSource = class extends EventSource {
  constructor(url) {
    super(url);
    for (const name in window.told) this.addEventListener(name, () => { window.told[name] += 1; });
  }
};"""


@pytest.fixture
def hall() -> Iterator[Hall]:
    with Hall() as made:
        yield made


@pytest.fixture
def page(chromium: Browser, hall: Hall) -> Iterator[Page]:
    """A phone in the hall; an error in a script or a breach of the rules for scripts fails the test."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(8000)
    faults: list[str] = []
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    page.clock.install()
    page.add_init_script(COUNT)
    yield page
    context.close()
    assert not faults, faults


def come_in(page: Page, hall: Hall, port: int = 0) -> None:
    page.goto(f"http://127.0.0.1:{port or hall.port}/")


def told(page: Page, name: str, number: int = 1) -> None:
    """The page has heard this of the line, so often."""
    until(lambda: page.evaluate(f"window.told.{name}") >= number)


def in_time(page: Page, true: Callable[[], object]) -> None:
    """Let the page's clock go on, in steps that leave an answer time to arrive, until something is so."""
    for _ in range(60):
        if true():
            return
        page.clock.run_for(2000)
        settled(page)
    raise AssertionError("it did not happen")


def settled(page: Page) -> None:
    """A request that was begun before this has reached the server."""
    page.evaluate("fetch('/merk').then(r => r.text())")


def asks(page: Page, hall: Hall) -> None:
    """The page asks by itself for both parts."""
    deel, stand = hall.count("/deel"), hall.count("/stand")
    in_time(page, lambda: hall.count("/deel") > deel and hall.count("/stand") > stand)


def is_quiet(page: Page, hall: Hall, seconds: int) -> bool:
    """Whether the page asks nothing by itself, for so many seconds of its clock."""
    settled(page)
    before = hall.count("/deel"), hall.count("/stand")
    page.clock.run_for(seconds * 1000)
    settled(page)
    return before == (hall.count("/deel"), hall.count("/stand"))


# --- the line ---------------------------------------------------------------------------------------


def test_an_event_asks_for_its_own_part_and_the_number_is_remembered(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    assert hall.streams == [("sinds=4", "")]
    hall.say("stand", 5)
    expect(page.locator("#stand")).to_have_text("1")
    assert hall.count("/deel") == 0
    hall.say("stap", 6)
    expect(page.locator("#keer")).to_have_text("1")
    hall.hang_up()
    told(page, "hallo", 2)
    assert hall.streams[1] == ("sinds=4", "6")
    assert is_quiet(page, hall, 12)


def test_look_again_asks_for_everything(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    hall.say("opnieuw")
    expect(page.locator("#stand")).to_have_text("1")
    expect(page.locator("#keer")).to_have_text("1")


def test_behind_a_proxy_that_holds_streams_up_a_page_asks_by_itself(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    come_in(page, hall, hall.behind_a_proxy())
    until(lambda: len(hall.streams) == 2)
    page.clock.run_for(4100)
    expect(page.locator("#stand")).to_have_text("1")
    expect(page.locator("#keer")).to_have_text("1")
    asks(page, hall)
    asks(page, hall)
    expect(page.locator("[data-live-note]")).to_be_hidden()
    in_time(page, lambda: len(hall.streams) == 3)


@pytest.mark.parametrize(("mode", "tries"), [("cut", 3), ("refused", 1)])
def test_a_line_that_fails_is_given_up_and_tried_again_after_a_minute(
    page: Page, hall: Hall, mode: str, tries: int
) -> None:
    hall.mode = mode
    come_in(page, hall)
    expect(page.locator("#stand")).not_to_have_text("0")
    assert len(hall.streams) == tries
    asks(page, hall)
    hall.mode = "good"
    in_time(page, lambda: page.evaluate("window.told.hallo"))
    assert is_quiet(page, hall, 20)
    hall.say("stap", 9)
    before = hall.count("/deel")
    until(lambda: hall.count("/deel") > before)


def test_a_line_that_falls_silent_is_dead(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    for number in range(1, 5):
        hall.say("hier")
        told(page, "hier", number)
        assert is_quiet(page, hall, 30)
    before = hall.count("/deel")
    page.clock.run_for(41_000)
    until(lambda: hall.count("/deel") > before)
    asks(page, hall)


def test_without_any_connection_one_calm_line_says_so(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    note = page.locator("[data-live-note]")
    expect(note).to_be_hidden()
    page.context.set_offline(True)
    expect(note).to_be_visible()
    page.context.set_offline(False)
    told(page, "hallo", 2)
    expect(note).to_be_hidden()
    expect(page.locator("#stand")).not_to_have_text("0")
    assert is_quiet(page, hall, 12)


def test_who_wakes_up_looks_at_everything_and_takes_the_line_up_where_it_was(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    hall.say("stand", 8)
    expect(page.locator("#stand")).to_have_text("1")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#stand")).to_have_text("2")
    expect(page.locator("#keer")).to_have_text("1")
    told(page, "hallo", 2)
    assert hall.streams[1] == ("sinds=8", "")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#stand")).to_have_text("3")
    assert len(hall.streams) == 2  # the line was fresh


def test_a_line_that_comes_back_without_a_number_may_have_missed_something(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    hall.number = 0
    hall.hang_up()
    told(page, "hallo", 2)
    expect(page.locator("#stand")).to_have_text("1")
    expect(page.locator("#keer")).to_have_text("1")


# --- what is renewed --------------------------------------------------------------------------------


def test_the_same_step_leaves_what_is_unfolded_or_under_a_finger(page: Page, hall: Hall) -> None:
    """A press that began before the page was renewed still counts, and Enter on a link is no key of the leader."""
    come_in(page, hall)
    told(page, "hallo")
    page.get_by_text("Meer", exact=True).click()
    onward = page.get_by_role("link", name="Verder")
    onward.focus()
    onward.evaluate("link => { window.pressed = link; link.onclick = () => false; }")
    hall.say("stap", 5)
    expect(page.locator("#keer")).to_have_text("1")
    expect(onward).to_be_focused()
    assert page.evaluate("window.pressed === document.activeElement")
    page.keyboard.press("Enter")
    settled(page)
    assert hall.pressed == []


def test_another_step_stands_on_its_own(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    page.get_by_text("Meer", exact=True).click()
    hall.step = 2
    hall.say("stap", 5)
    expect(page.locator("h2")).to_have_text("Stap 2")
    expect(page.get_by_role("link", name="Verder")).to_be_hidden()


def test_who_sends_a_form_is_not_overtaken_by_the_page_that_it_changes(page: Page, hall: Hall) -> None:
    """A page that has nothing more to show sends its readers on, and two journeys at once are one that fails."""
    come_in(page, hall)
    told(page, "hallo")
    page.get_by_role("button", name="Klaar").click()  # answered with nothing, as a download is
    until(lambda: hall.saved)
    hall.say("stap", 5)
    assert is_quiet(page, hall, 3)
    page.clock.run_for(2000)
    until(lambda: hall.count("/deel") == 1)


# --- typing -----------------------------------------------------------------------------------------


def typed(page: Page, text: str) -> None:
    page.locator("#zin-1").press_sequentially(text)


def freeze(page: Page) -> None:
    """From now on the page's clock goes on by hand only."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 2)


def hide(page: Page) -> None:
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'));"
        "delete document.hidden"
    )


def test_what_is_typed_is_saved_and_the_same_step_waits_for_it(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    typed(page, "Ik durfde het")
    hall.say("stap", 5)
    until(lambda: hall.count("/deel") == 1)
    settled(page)
    expect(page.locator("#zin-1")).to_have_value("Ik durfde het")
    page.clock.run_for(1300)
    expect(page.locator("[data-autosave-note]")).to_have_text("Bewaard")
    assert hall.saved == [{"csrfmiddlewaretoken": ["geheim"], "zin": ["Ik durfde het"]}]
    expect(page.locator("#keer")).to_have_text("0")  # somebody is still busy here
    hall.text = "Ik durfde het"
    page.locator("#elders").focus()
    expect(page.locator("#keer")).to_have_text("2")  # and is asked for again afterwards
    expect(page.locator("#zin-1")).to_have_value("Ik durfde het")


def test_an_answer_older_than_what_was_saved_does_not_come_in(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    typed(page, "nieuw")
    hall.hold.clear()  # the server has drawn the page, and it takes long to arrive
    hall.say("stap", 5)
    until(lambda: hall.count("/deel") == 1)
    page.locator("#elders").focus()
    page.clock.run_for(1300)
    expect(page.locator("[data-autosave-note]")).to_have_text("Bewaard")
    hall.hold.set()
    until(lambda: hall.count("/deel") == 2)
    expect(page.locator("#keer")).to_have_text("2")


def test_what_is_not_saved_yet_stays_also_when_nobody_is_in_the_field(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    freeze(page)
    typed(page, "nog niet")
    page.locator("#elders").focus()
    hall.say("stap", 5)
    deel_asked(page, hall)
    page.clock.run_for(100)
    expect(page.locator("#zin-1")).to_have_value("nog niet")
    expect(page.locator("#keer")).to_have_text("0")
    assert hall.saved == []


def test_who_is_about_to_type_is_not_thrown_out_of_the_field(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    page.locator("#zin-1").focus()
    freeze(page)
    hall.say("stap", 5)
    deel_asked(page, hall)
    page.clock.run_for(100)
    expect(page.locator("#keer")).to_have_text("0")
    page.locator("#elders").focus()
    page.clock.run_for(100)
    expect(page.locator("#keer")).to_have_text("2")


def deel_asked(page: Page, hall: Hall) -> None:
    """The part was asked for, on a clock that stands still, and has come."""
    for _ in range(20):
        page.clock.run_for(5)
        settled(page)
        if hall.count("/deel"):
            return
    raise AssertionError("it did not happen")


def test_another_step_comes_after_the_form_was_sent(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    freeze(page)
    typed(page, "nog net")
    hall.step = 2
    hall.say("stap", 5)
    deel_asked(page, hall)
    page.clock.run_for(100)
    expect(page.locator("h2")).to_have_text("Stap 2")
    until(lambda: hall.saved)
    assert hall.saved[0]["zin"] == ["nog net"]
    page.clock.run_for(100)
    expect(page.locator("[data-live-announce]")).to_have_text("Stap 2")
    expect(page.locator("h2")).to_be_focused()


def test_a_form_that_has_gone_is_sent_until_it_is_in(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    typed(page, "nog net")
    hall.step, hall.save_status = 2, 503
    hall.say("stap", 5)
    until(lambda: len(hall.saved) == 1)
    hall.save_status = 204
    page.clock.run_for(1100)
    until(lambda: len(hall.saved) == 2)
    assert hall.saved[1] == hall.saved[0]


def test_a_save_that_fails_is_tried_again_and_the_text_stays(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    hall.save_status = 503
    freeze(page)
    page.locator("#zin-1").fill("Eerst kijken")
    note = page.locator("[data-autosave-note]")
    for number, pause in enumerate([1200, 1000, 2000, 4000]):
        page.clock.run_for(pause - 10)
        settled(page)
        assert len(hall.saved) == number
        page.evaluate("document.querySelector('[data-autosave-note]').textContent = ''")
        page.clock.run_for(20)
        expect(note).to_have_text("Nog niet bewaard")
        assert len(hall.saved) == number + 1
    hall.save_status = 204
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(note).to_have_text("Bewaard")
    assert hall.saved[-1]["zin"] == ["Eerst kijken"]
    expect(page.locator("#zin-1")).to_have_value("Eerst kijken")


@pytest.mark.parametrize("status", [409, 423])
def test_what_came_too_late_is_told_and_not_sent_again(page: Page, hall: Hall, status: int) -> None:
    come_in(page, hall)
    hall.save_status = status
    typed(page, "te laat")
    page.clock.run_for(1300)
    expect(page.locator("[data-autosave-note]")).to_have_text("De ronde is dicht")
    page.clock.run_for(60_000)
    settled(page)
    assert len(hall.saved) == 1
    expect(page.locator("#zin-1")).to_have_value("te laat")


def test_who_puts_the_phone_away_has_saved(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    freeze(page)
    page.locator("#zin-1").fill("half")
    hide(page)
    until(lambda: hall.saved)
    assert hall.saved[0]["zin"] == ["half"]


def test_sending_by_hand_is_the_last_word(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    typed(page, "klaar")
    hall.save_status = 204
    page.locator("#klaar").click()
    until(lambda: hall.saved)
    page.clock.run_for(5000)
    hide(page)
    settled(page)
    assert len(hall.saved) == 1


def test_the_focus_stays_where_it_was(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    told(page, "hallo")
    page.locator("#meer").focus()
    hall.say("stand", 5)
    expect(page.locator("#stand")).to_have_text("1")
    expect(page.locator("#meer")).to_be_focused()


# --- the keys of whoever leads ------------------------------------------------------------------------


def test_a_clicker_and_a_keyboard_press_the_buttons(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    keys = ["Enter", "ArrowRight", "PageDown", "ArrowLeft", "PageUp", "Space"]
    for number, key in enumerate(keys, start=1):
        page.locator("body").press(key)
        until(lambda seen=number: len(hall.pressed) == seen)
    assert hall.pressed == ["show", "next", "next", "back", "back", "stop"]


@pytest.mark.parametrize("where", ["#elders", "#zin-1", "#meer", "[data-key=show]"])
def test_keys_keep_their_own_meaning_where_somebody_is_busy(page: Page, hall: Hall, where: str) -> None:
    come_in(page, hall)
    page.locator(where).focus()
    for key in ("ArrowRight", "PageDown"):
        page.keyboard.press(key)
    page.locator("body").press("Control+ArrowRight")
    settled(page)
    assert hall.pressed == []


def test_after_a_press_with_the_mouse_the_clicker_still_works(page: Page, hall: Hall) -> None:
    come_in(page, hall)
    page.locator("[data-key=show]").click()
    until(lambda: hall.pressed == ["show"])
    expect(page.locator("[data-key=show]")).not_to_be_focused()
    page.keyboard.press("PageDown")
    until(lambda: hall.pressed == ["show", "next"])

"""In a school of concrete: without a network one writes, takes a photo and answers; it is sent later, and once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, Visitor, serving
from tests.browser.looking import looked_at
from tests.browser.test_story import Visit

pytestmark = pytest.mark.browser

NO_NETWORK = ("net::ERR_", "Failed to load resource", "Failed to fetch")
"""What the console says of a line that was cut on purpose."""
PATIENCE = 45_000
SNEL = "/weten/snel/"
FOLLOWED = """() => new Promise((done, fail) => {
  setTimeout(() => fail(new Error("no worker looks after this page")), 30000);
  const look = () => navigator.serviceWorker.controller ? done() : setTimeout(look, 50);
  look();
})"""


@pytest.fixture(scope="module")
def server(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be killed."""
    with serving(loaded, tmp_path_factory.mktemp("offline")) as made:
        yield made


@pytest.fixture(scope="module")
def site(server: Server) -> str:
    return server.url


def stored(server: Server, text: str) -> list[tuple[int, str, int]]:
    """(number, sort, how much is attached) of what stands in the ledger with these words in it."""
    with sqlite3.connect(f"file:{server.var / 'lemniscaat.sqlite3'}?mode=ro", uri=True) as base:
        found: list[tuple[int, str, int]] = base.execute(
            "SELECT p.id, p.source, (SELECT count(*) FROM datapoints_attachment a WHERE a.data_point_id = p.id)"
            " FROM datapoints_datapoint p WHERE p.text LIKE ? OR p.title LIKE ?",
            (f"%{text}%", f"%{text}%"),
        ).fetchall()
    return found


def photo() -> dict[str, object]:
    """A large photo that tells where it was taken and with what."""
    image, out = Image.new("RGB", (2400, 1800), "#7787DD"), BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Geheime Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 5.0, 7.0)
    image.save(out, "JPEG", exif=exif)
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def ready(visitor: Visitor) -> Page:
    """On the page to write on, with everything kept that is needed without a network."""
    page = visitor.go(SNEL).page
    page.evaluate(FOLLOWED)
    return page


def without_network(visitor: Visitor) -> None:
    visitor.context.set_offline(True)


def waiting(page: Page, number: int) -> None:
    expect(page.locator("#wacht-titel")).to_have_text(f"Wacht op netwerk ({number})")


def test_it_can_be_put_beside_the_other_programs_of_a_phone(visit: Visit) -> None:
    visitor = visit().be("joost")
    page = ready(visitor)
    address = page.locator("link[rel=manifest]").get_attribute("href")
    assert address
    told = visitor.context.request.get(visitor.site + address).json()
    assert (told["display"], told["start_url"], told["scope"]) == ("standalone", SNEL, "/")
    for icon in told["icons"]:
        found = visitor.context.request.get(visitor.site + icon["src"])
        width = Image.open(BytesIO(found.body())).width
        assert f"{width}x{width}" == icon["sizes"]
    assert page.evaluate("navigator.serviceWorker.controller.scriptURL").endswith("/werker.js")
    kept = page.evaluate(
        """async () => {
          const all = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) {
              const text = await (await (await caches.open(name)).match(request)).text();
              all.push([new URL(request.url).pathname, text.includes("Joost")]);
            }
          }
          return all;
        }"""
    )
    paths = [path for path, _ in kept]
    assert "/weten/snel/zonder-netwerk/exitticket/" in paths
    assert not [path for path, personal in kept if personal]
    assert all(
        path.startswith(("/static/", "/weten/snel/zonder-netwerk/", "/zonder-netwerk/")) for path in paths
    )


def test_a_note_a_photo_and_a_ticket_wait_for_the_network(visit: Visit, server: Server) -> None:
    """The network goes, the page opens all the same, the server falls over and comes back: both are there, once."""
    visitor = visit().be("joost")
    page = ready(visitor)
    without_network(visitor)
    visitor.go(SNEL)
    expect(page.get_by_text("Je schrijft als Joost.")).to_be_visible()
    page.get_by_label("Wat zag of hoorde je?").fill("Zonder netwerk zag ik haar vragen.")
    page.get_by_label("Foto", exact=True).set_input_files(files=[photo()])  # type: ignore[list-item]  # as Playwright reads it
    expect(page.get_by_alt_text("Je foto, klein")).to_be_visible()
    page.get_by_label("Geen leerling of collega herkenbaar").check()
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_text("Geen netwerk. Het staat op dit apparaat")).to_be_visible()
    waiting(page, 1)
    page.get_by_role("link", name="Exitticket").click()
    page.get_by_label("Na welke les of welk gesprek?").fill("Intervisie in de kelder")
    page.get_by_label("Wat neem ik mee?").fill("Eerst vragen, dan pas raden.")
    page.get_by_role("button", name="Leg het vast").click()
    waiting(page, 2)
    expect(page.get_by_text("Eerst vragen, dan pas raden.").first).to_be_visible()
    looked_at(visitor, "offline-01-waiting")
    visitor.go("/mensen/ik/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Geen netwerk")
    looked_at(visitor, "offline-02-no-page")
    server.kill()
    visitor.context.set_offline(False)
    visitor.go(SNEL)
    waiting(page, 2)
    server.start()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox-told]")).to_have_text("Verstuurd.", timeout=PATIENCE)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert [(sort, files) for _, sort, files in stored(server, "Zonder netwerk zag ik")] == [("note", 1)]
    assert [(sort, files) for _, sort, files in stored(server, "Intervisie in de kelder")] == [("ticket", 0)]
    visitor.expected(*NO_NETWORK)


def test_the_photo_that_is_kept_tells_nothing_of_the_camera(visit: Visit, server: Server) -> None:
    visitor = visit().be("joost")
    page = ready(visitor)
    page.get_by_label("Foto", exact=True).set_input_files(files=[photo()])  # type: ignore[list-item]  # as Playwright reads it
    expect(page.get_by_alt_text("Je foto, klein")).to_be_visible()
    sent = bytes(
        page.evaluate(
            "document.querySelector('#id_photo').files[0].arrayBuffer().then(b => [...new Uint8Array(b)])"
        )
    )
    small = Image.open(BytesIO(sent))
    assert max(small.size) == 1600
    assert not small.getexif()
    assert b"Geheime" not in sent
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_text("Vink dit aan, of haal de foto of opname weg.").first).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    looked_at(visitor, "offline-03-tick-first")
    page.get_by_label("Geen leerling of collega herkenbaar").check()
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn geeltjes")
    expect(page.get_by_text("Een foto.").first).to_be_visible()
    expect(page.get_by_alt_text("Foto bij deze notitie.").first).to_be_visible()
    looked_at(visitor, "offline-05-my-notes")


def test_two_pages_at_once_send_what_waits_once(visit: Visit, server: Server) -> None:
    visitor = visit().be("joost")
    page = ready(visitor)
    without_network(visitor)
    visitor.go(SNEL)
    page.get_by_label("Wat zag of hoorde je?").fill("Twee tabbladen, één geeltje.")
    page.get_by_role("button", name="Plak het op").click()
    waiting(page, 1)
    items = page.evaluate("self.Outbox.all()")
    visitor.context.set_offline(False)
    other = visitor.context.new_page()
    other.goto(visitor.site + SNEL)
    for one in (page, other):
        one.evaluate("window.dispatchEvent(new Event('online'))")
    for one in (page, other):
        expect(one.locator("[data-waiting]")).to_be_hidden()
    assert len(stored(server, "Twee tabbladen")) == 1
    # the answer got lost on the way, so the very same form comes again, twice at the same moment
    again = """async ([item, sender]) => {
      await Promise.all([1, 2].map(() => self.Outbox.put(item)));
      const who = await (await fetch(sender)).json();
      const post = () => {
        const data = new FormData();
        item.fields.forEach(([name, value]) => data.append(name, value));
        data.set("form_key", item.key);
        data.set("mark", who.mark);
        return fetch(item.url, { method: "POST", body: data, headers: { "X-Requested-With": "outbox", "X-CSRFToken": who.token } });
      };
      const told = await Promise.all([post(), post(), self.Outbox.send(sender)]);
      return told.slice(0, 2).map(one => one.status);
    }"""
    assert page.evaluate(again, [items[0], "/weten/snel/wie/"]) == [200, 200]
    assert len(stored(server, "Twee tabbladen")) == 1
    visitor.expected(*NO_NETWORK)


def test_nothing_goes_out_under_another_name(visit: Visit, server: Server) -> None:
    """A shared tablet: Joost writes, Samira signs in. It waits for Joost, and she does not read it."""
    visitor = visit().be("joost")
    page = ready(visitor)
    without_network(visitor)
    visitor.go(SNEL)
    page.get_by_label("Wat zag of hoorde je?").fill("Dit schreef Joost op de tablet.")
    page.get_by_role("button", name="Plak het op").click()
    waiting(page, 1)
    # the page is still that of Joost, but somebody else signed in meanwhile
    visitor.context.request.get(f"{visitor.site}/demo/als/samira/")
    visitor.context.set_offline(False)
    page.evaluate("self.Outbox.send('/weten/snel/wie/')")
    visitor.go(SNEL)
    expect(page.get_by_text("Van iemand anders op dit apparaat.")).to_be_visible()
    expect(page.get_by_text("Dit schreef Joost")).to_have_count(0)
    expect(page.locator("[data-waiting] button:visible")).to_have_count(0)
    looked_at(visitor, "offline-04-of-another")
    assert stored(server, "Dit schreef Joost") == []
    # sent from the first page that is opened, whichever that is
    visitor.be("joost")
    expect(page.locator("[data-outbox-told]")).to_have_text("Verstuurd.")
    assert len(stored(server, "Dit schreef Joost")) == 1
    visitor.expected(*NO_NETWORK)


def test_who_is_out_comes_in_first(visit: Visit, server: Server) -> None:
    visitor = visit().be("joost")
    page = ready(visitor)
    visitor.context.clear_cookies()
    page.get_by_label("Wat zag of hoorde je?").fill("Mijn sessie was verlopen.")
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_text("Nog niet verstuurd. Kom eerst binnen.")).to_be_visible()
    waiting(page, 1)
    link = page.get_by_role("link", name="Kom eerst binnen").get_attribute("href")
    assert link
    assert urlsplit(link).path == "/inloggen/"
    visitor.go(link)
    # signing out makes the device forget who it was; what waits stays
    assert page.evaluate("localStorage.getItem('lemniscaat:wie')") is None
    visitor.be("joost")
    expect(page.locator("[data-outbox-told]")).to_have_text("Verstuurd.")
    assert len(stored(server, "Mijn sessie was verlopen")) == 1


def test_what_the_server_refuses_is_mended(visit: Visit, server: Server) -> None:
    """Whoever left a team meanwhile: it comes back with a sentence, with its photo, and goes once mended."""
    visitor = visit().be("joost")
    page = ready(visitor)
    without_network(visitor)
    visitor.go(SNEL)
    page.get_by_label("Wat zag of hoorde je?").fill("Voor een team waar ik niet meer zit.")
    page.evaluate("document.querySelector('#id_circle').selectedOptions[0].value = '999999'")
    page.get_by_label("Foto", exact=True).set_input_files(files=[photo()])  # type: ignore[list-item]  # as Playwright reads it
    page.get_by_label("Geen leerling of collega herkenbaar").check()
    page.get_by_role("button", name="Plak het op").click()
    waiting(page, 1)
    visitor.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("[data-problem]")).to_have_text("Kies opnieuw wie dit mag lezen.")
    visitor.go(SNEL)
    page.get_by_role("button", name="Bekijk en verbeter").click()
    expect(page.get_by_label("Wat zag of hoorde je?")).to_have_value("Voor een team waar ik niet meer zit.")
    expect(page.get_by_alt_text("Je foto, klein")).to_be_visible()
    page.get_by_label("Wie leest dit?").select_option("ik")
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn geeltjes")
    assert [(sort, files) for _, sort, files in stored(server, "Voor een team waar")] == [("note", 1)]
    visitor.expected(*NO_NETWORK, "422")


def test_what_waits_can_be_thrown_away(visit: Visit, server: Server) -> None:
    visitor = visit().be("joost")
    page = ready(visitor)
    without_network(visitor)
    visitor.go(SNEL)
    page.get_by_label("Wat zag of hoorde je?").fill("Toch maar niet.")
    page.get_by_role("button", name="Plak het op").press("Enter")
    waiting(page, 1)
    page.get_by_role("button", name="Haal weg").press("Enter")
    page.get_by_role("button", name="Echt weg? Druk nog eens").press("Enter")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    visitor.expected(*NO_NETWORK)


def test_a_voice_is_recorded_and_kept(visit: Visit, server: Server) -> None:
    visitor = visit().be("joost")
    page = ready(visitor)
    page.get_by_label("Wat zag of hoorde je?").fill("Ik zeg het liever.")
    page.get_by_role("button", name="Neem op").click()
    expect(page.get_by_role("button", name="Stop 0:01")).to_be_visible()
    looked_at(visitor, "offline-06-recording")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Je opname")).to_be_visible()
    page.get_by_label("Geen leerling of collega herkenbaar").check()
    looked_at(visitor, "offline-07-recorded")
    page.get_by_role("button", name="Plak het op").click()
    expect(page.get_by_label("Opname bij deze notitie").first).to_be_visible()
    # what was stored plays: a browser can tell how long it takes
    length = page.evaluate(
        """() => new Promise((done, fail) => {
          const player = document.querySelector("audio.attached");
          player.onloadedmetadata = () => done(player.duration);
          player.onerror = () => fail(new Error("it does not play"));
          player.preload = "metadata";
          player.load();
        })"""
    )
    assert length != 0
    assert [(sort, files) for _, sort, files in stored(server, "Ik zeg het liever")] == [("note", 1)]


def test_without_scripts_it_is_a_form(visit: Visit, server: Server) -> None:
    """By keyboard alone, and with a photo that the server has to clean."""
    visitor = visit(scripts=False).be("joost").go(f"{SNEL}observatie/")
    page = visitor.page
    expect(page.get_by_label("Wat zag ik?")).to_be_focused()
    page.keyboard.type("Zij liet het bord leeg.")
    page.get_by_label("Welke vraag neem ik mee?").fill("Wat als ik dat ook doe?")
    page.get_by_label("Foto", exact=True).set_input_files(files=[photo()])  # type: ignore[list-item]  # as Playwright reads it
    page.get_by_label("Geen leerling of collega herkenbaar").press("Space")
    visitor.shot("offline-08-without-scripts")
    page.get_by_role("button", name="Leg het vast").press("Enter")
    expect(page.get_by_text("Wat zag ik? Zij liet het bord leeg.")).to_be_visible()
    assert [(sort, files) for _, sort, files in stored(server, "Zij liet het bord leeg")] == [
        ("observation", 1)
    ]


@pytest.mark.parametrize(
    ("kind", "dark"),
    [
        *(("", False), ("", True), ("observatie/", False), ("exitticket/", False)),
        # the dark differs in colour only
        *(pytest.param(kind, True, marks=pytest.mark.deep) for kind in ("observatie/", "exitticket/")),
    ],
)
def test_it_does_for_everybody(visit: Visit, kind: str, dark: bool) -> None:
    visitor = visit(width=390, dark=dark).be("samira").go(SNEL + kind)
    looked_at(visitor, f"offline-{kind.strip('/') or 'geeltje'}-{'dark' if dark else 'light'}")
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    looked_at(visitor, f"offline-{kind.strip('/') or 'geeltje'}-wide-{'dark' if dark else 'light'}")

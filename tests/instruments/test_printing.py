"""Paper: what goes on which sheet, the pages and the PDFs, and that nothing is fetched from outside."""

import builtins
import os
import re

import pytest
from django.core.exceptions import SuspiciousFileOperation

from lemniscaat.instruments import pdf, sheets
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.instruments.measures import FACES
from lemniscaat.instruments.printing import PER_PAGE, decks, guide, offered, poster, worksheet
from tests.cast import World, signed_in

try:
    import weasyprint
except (ImportError, OSError):  # Pango is a package of the system, and an extra
    weasyprint = None
needs_pango = pytest.mark.skipif(
    weasyprint is None and os.environ.get("CI") != "true", reason="WeasyPrint finds no Pango here"
)
pytestmark = pytest.mark.once
ALL = list(library())
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def length(instrument: Instrument, part: str, **more: object) -> int:
    """How many pages WeasyPrint lays this part out on."""
    html = sheets.page_html([sheets.bundle(instrument, [part], **more)], title="x")  # type: ignore[arg-type]
    return pages_of(html)


def pages_of(html: str) -> int:
    class Ours(weasyprint.urls.URLFetcher):  # type: ignore[misc,name-defined]
        def fetch(self, url: str, headers: object = None) -> object:
            body, kind = pdf.ours(url)
            return weasyprint.urls.URLFetcherResponse(url, body, {"Content-Type": kind})

    return len(weasyprint.HTML(string=html, base_url=f"{pdf.HERE}/", url_fetcher=Ours()).render().pages)


def test_what_is_offered_follows_what_is_in_the_file() -> None:
    found = {one.key: offered(one) for one in ALL}
    assert found["passietool-leeromgeving"] == ("gids", "poster", "werkblad", "kaarten")
    assert found["polariteit"] == ("gids", "poster", "werkblad")
    assert found["werkplekleren"] == ("werkblad",)


@needs_pango
@pytest.mark.parametrize(
    "key", ["passietool-visie", "zelfevaluatie-waarborgen", "narratieve-interviews", "terugblik"]
)
def test_guide_and_poster_are_one_page(key: str) -> None:
    one = library().get(key)
    assert length(one, "gids") == 1
    assert length(one, "poster") == 1


@needs_pango
def test_a_guide_too_long_for_a_page_is_set_in_readable_type() -> None:
    long = library().get("werkplekleren-panel")
    assert guide(long).size == "t95"
    assert length(long, "gids") == 2


def test_every_card_is_printed_once_eight_to_a_page() -> None:
    for one in ALL:
        for deck, item in zip(decks(one), [i for i in one.items if i.kind == "cards"], strict=True):
            assert all(len(page) == PER_PAGE for page in deck.pages)
            faces = [face for page in deck.pages for face in page if face]
            assert [f.title for f in faces if not f.pile] == [card.nl for card in item.cards]  # type: ignore[attr-defined]
            assert len({f.size for f in faces if not f.pile}) == 1
            assert {f.size for f in faces} <= set(FACES)


@needs_pango
def test_a_back_lies_behind_its_own_card() -> None:
    deck = decks(library().get("kwaliteitswaaier"))[0]
    front, back = deck.pages[0], deck.backs[0]
    assert [back[at ^ 1] for at in range(PER_PAGE)] == list(front), "turned over the long side"
    assert length(library().get("kwaliteitswaaier"), "kaarten", backs=True) == 2


def test_a_worksheet_has_every_item_in_the_words_of_a_role() -> None:
    one = library().get("polariteit")
    items = [item for sheet in worksheet(one, "student") for item in sheet.items]
    assert [item.number for item in items] == [1, 2, 3]
    assert items[1].card.text == one.items[1].wording["student"].nl  # type: ignore[index]
    assert poster(one).stages[0].question == one.items[0].text.nl


def test_a_question_that_hangs_on_another_says_on_which() -> None:
    one = library().get("werkplekleren")
    hanging = [item for sheet in worksheet(one) for item in sheet.items if item.only]
    assert hanging, "the questionnaire has questions that only some get"
    html = sheets.page_html([sheets.bundle(one, ["werkblad"])], title="x")
    number, answers = hanging[0].only  # type: ignore[misc]
    assert f"bij {number} ‘{answers[0]}" in html


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.key)
def test_every_instrument_prints_whole(one: Instrument) -> None:
    html = sheets.page_html([sheets.bundle(one, offered(one), backs=True)], title=one.titles.nl)
    assert html.count('rel="stylesheet"') == len(set(re.findall(r'stylesheet" href="([^"]+)"', html)))
    assert "Lemniscaat" in html
    assert "style=" not in html
    for item in one.items:
        assert f'class="item item-{item.kind} ' in html


def test_words_of_an_instrument_are_never_markup() -> None:
    one = library().get("terugblik")
    loud = one.model_copy(update={"maker": 'A & "B" <i'})
    html = sheets.page_html([sheets.bundle(loud, ["gids"])], title="x")
    assert "A &amp; &quot;B&quot; &lt;i" in html


# nothing from outside


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a.png",
        "http://127.0.0.1:8000/static/base/type.css",
        "file:///etc/passwd",
        "ftp://example.org/a",
        f"{pdf.HERE}/mensen/",
        f"{pdf.HERE}/static/../settings.py",
        f"{pdf.HERE}/static/%2e%2e/settings.py",
        f"{pdf.HERE}/static/niets.css",
        "https://paper.invalid.example.org/static/base/type.css",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:text/css,*{}",
    ],
)
def test_what_is_not_ours_is_refused(url: str) -> None:
    with pytest.raises((pdf.NotOursError, SuspiciousFileOperation)):
        pdf.ours(url)


def test_our_files_and_pictures_in_the_page_are_read() -> None:
    body, kind = pdf.ours(f"{pdf.HERE}/static/instruments/print-page.css")
    assert b"@page" in body
    assert kind == "text/css"
    assert pdf.ours(f"data:image/png;base64,{PIXEL}")[1] == "image/png"


def test_a_drawing_is_black_and_white_on_paper() -> None:
    body, _kind = pdf.ours(f"{pdf.HERE}/static/instruments/landschap.svg")
    assert set(re.findall(rb'(?:fill|stroke)="(#\w+)"', body)) <= {b"#000000", b"#ffffff"}


@needs_pango
def test_a_pdf_with_addresses_in_it_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def no(*_args: object, **_more: object) -> object:
        raise AssertionError("somebody went outside")

    monkeypatch.setattr(socket.socket, "connect", no)
    monkeypatch.setattr(socket, "getaddrinfo", no)
    html = (
        '<link rel="stylesheet" href="https://example.org/a.css"><style>@import "http://127.0.0.1/b.css"; '
        "@font-face { font-family: x; src: url(https://example.org/c.woff2) } p { font-family: x }</style>"
        '<img src="https://example.org/d.png"><img src="file:///etc/hostname"><p>Hier</p>'
    )
    assert pdf.pdf_bytes(html).startswith(b"%PDF")


# the pages


def test_the_page_offers_what_can_be_printed(world: World) -> None:
    client = signed_in(world.noor)
    page = client.get("/kast/passietool-leeromgeving/papier/")
    html = page.content.decode()
    assert page.status_code == 200
    for words in (
        "Gids voor de gespreksleider",
        "deel=poster",
        "deel=werkblad",
        "achterkant=1",
        "papier.pdf",
    ):
        assert words in html
    only = client.get("/kast/passietool-leeromgeving/papier/?deel=poster").content.decode()
    assert "Dit leggen we in het midden" in only
    assert 'class="sheet-of worksheet' not in only
    assert client.get("/kast/passietool-leeromgeving/papier/?deel=onzin").status_code == 200
    assert client.get("/kast/bestaat-niet/papier/").status_code == 404


def test_the_page_speaks_to_a_role(world: World) -> None:
    client = signed_in(world.noor)
    words = library().get("polariteit").items[1].wording["student"].nl  # type: ignore[index]
    assert words not in client.get("/kast/polariteit/papier/?deel=werkblad").content.decode()
    assert words in client.get("/kast/polariteit/papier/?deel=werkblad&rol=student").content.decode()


def test_paper_is_for_members(world: World, client: object) -> None:
    for address in ("polariteit/papier/", "polariteit/papier.pdf", "boekje/", "boekje.pdf"):
        assert client.get(f"/kast/{address}").status_code == 302  # type: ignore[attr-defined]


@needs_pango
def test_a_pdf_comes_back(world: World) -> None:
    answer = signed_in(world.noor).get("/kast/terugblik/papier.pdf?deel=gids")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="terugblik-gids.pdf"'
    assert answer.content.startswith(b"%PDF")


def test_without_the_library_the_page_says_how(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    there = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango'")
        return there(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    answer = signed_in(world.noor).get("/kast/terugblik/papier.pdf")
    assert answer.status_code == 200
    assert "Opslaan als PDF" in answer.content.decode()

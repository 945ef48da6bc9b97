"""The whole cabinet as one booklet, and printing from the command line."""

import json
from pathlib import Path

import pytest

from lemniscaat.cli.main import main
from lemniscaat.instruments import pdf, sheets
from lemniscaat.instruments.library import library
from lemniscaat.instruments.shelf import Entry
from tests.cast import World, signed_in

ALL = list(library())


@pytest.fixture
def own_folder(tmp_path: Path, settings: object) -> Path:
    settings.VAR = tmp_path  # type: ignore[attr-defined]
    return tmp_path / "pdf"


def test_the_booklet_has_every_instrument_and_the_matrix() -> None:
    entries = [Entry(one.key, one) for one in ALL]
    html = sheets.booklet_html(entries)
    for one in ALL:
        assert f'href="#{one.key}"' in html
        assert html.count(f'id="{one.key}"') == 1
    assert html.count("<tr>") >= 18


def test_the_booklet_has_another_name_when_a_word_changes() -> None:
    one, other = ALL[0], ALL[1]
    name = sheets.booklet_name([Entry(one.key, one), Entry(other.key, other)])
    assert name == sheets.booklet_name([Entry(other.key, other), Entry(one.key, one)])
    assert name == sheets.booklet_name(
        [Entry(one.key, one), Entry(other.key, other), Entry("k", one, "copy")]
    )
    again = one.model_copy(update={"maker": "Iemand"})
    assert name != sheets.booklet_name([Entry(one.key, again), Entry(other.key, other)])


def test_the_booklet_is_offered_when_it_lies_ready(world: World, own_folder: Path) -> None:
    client = signed_in(world.noor)
    page = client.get("/kast/boekje/").content.decode()
    assert "/kast/boekje.pdf" not in page
    asked = client.get("/kast/boekje.pdf")
    assert "Opslaan als PDF" in asked.content.decode()
    name = sheets.booklet_name([Entry(one.key, one) for one in ALL])
    own_folder.mkdir(parents=True)
    (own_folder / "boekje-nl-oud.pdf").write_bytes(b"old")
    pdf.keep(name, b"%PDF-ready", sheets.stale_booklets())
    assert [path.name for path in own_folder.iterdir()] == [name], "whole, and the old one is gone"
    assert "/kast/boekje.pdf" in client.get("/kast/boekje/").content.decode()
    ready = client.get("/kast/boekje.pdf")
    assert ready.content == b"%PDF-ready"


# the command


@pytest.mark.usefixtures("_hung_in")
def test_the_command_prints_one_instrument(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "t.pdf"
    assert main(["instrument", "print", "terugblik", "--out", str(out), "--part", "gids"]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert "kB" in capsys.readouterr().out
    assert main(["instrument", "print", "terugblk", "--out", str(out)]) == 1
    assert "terugblik" in capsys.readouterr().err
    assert main(["instrument", "print", "terugblik", "--out", str(out), "--part", "kaarten"]) == 1
    assert "gids, poster, werkblad" in capsys.readouterr().err


@pytest.mark.usefixtures("_hung_in")
def test_the_command_makes_the_booklet_once(
    tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(pdf, "pdf_bytes", lambda html: made.append(html) or b"%PDF-booklet")
    for name in ("one.pdf", "two.pdf"):
        assert main(["instrument", "booklet", "--out", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_bytes() == b"%PDF-booklet"
    assert len(made) == 1
    assert len(list(own_folder.iterdir())) == 1


@pytest.fixture
def _hung_in() -> None:
    """Skipped as long as the command is not on the parser."""
    from lemniscaat.cli.main import parser

    if "booklet" not in json.dumps(_names(parser())):
        pytest.skip("the lead hangs it in")


def _names(top: object) -> list[object]:
    found: list[object] = []
    for action in getattr(top, "_actions", []):
        for name, below in (
            (getattr(action, "choices", None) or {}).items()
            if isinstance(getattr(action, "choices", None), dict)
            else ()
        ):
            found += [name, _names(below)]
    return found

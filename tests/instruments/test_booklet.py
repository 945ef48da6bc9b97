"""The whole cabinet as one booklet, and printing from the command line."""

import argparse
from pathlib import Path

import pytest

from lemniscaat.cli import printing
from lemniscaat.cli.refusal import Refusal
from lemniscaat.instruments import pdf, sheets
from lemniscaat.instruments.library import library
from lemniscaat.instruments.shelf import Entry
from tests.cast import World, signed_in
from tests.instruments.test_printing import needs_pango

pytestmark = pytest.mark.once
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


def run(*words: str) -> None:
    top = argparse.ArgumentParser()
    printing.add(top.add_subparsers())
    chosen = top.parse_args(words)
    chosen.run(chosen)


@needs_pango
def test_the_command_prints_one_instrument(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "deep" / "t.pdf"
    run("print", "terugblik", "--out", str(out), "--part", "gids")
    assert out.read_bytes().startswith(b"%PDF")
    assert "kB" in capsys.readouterr().out
    with pytest.raises(Refusal, match="terugblik"):
        run("print", "terugblk", "--out", str(out))
    with pytest.raises(Refusal, match="gids, poster, werkblad"):
        run("print", "terugblik", "--out", str(out), "--part", "kaarten")
    with pytest.raises(Refusal, match="hoort niet"):
        run("print", "polariteit", "--out", str(out), "--role", "koning")
    with pytest.raises(Refusal, match="niet te schrijven"):
        run("print", "terugblik", "--out", str(out / "in-a-file.pdf"), "--part", "gids")


def test_the_command_makes_the_booklet_once(
    tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def fake(html: str) -> bytes:
        made.append(html)
        return b"%PDF-booklet"

    monkeypatch.setattr(pdf, "pdf_bytes", fake)
    for name in ("one.pdf", "two.pdf"):
        run("booklet", "--out", str(tmp_path / name))
        assert (tmp_path / name).read_bytes() == b"%PDF-booklet"
    assert len(made) == 1
    assert len(list(own_folder.iterdir())) == 1


def test_without_the_library_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(html: str) -> bytes:
        raise pdf.NoPdfError("geen Pango.")

    monkeypatch.setattr(pdf, "pdf_bytes", missing)
    with pytest.raises(Refusal, match="geen Pango"):
        run("print", "terugblik", "--out", str(tmp_path / "t.pdf"))

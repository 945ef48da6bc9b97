"""Taking in a folder: all of it or nothing, newer before older, and never a copy that somebody adapted."""

from __future__ import annotations

from pathlib import Path

import pytest

from lemniscaat.cli.main import main
from lemniscaat.instruments.faults import InstrumentError
from lemniscaat.instruments.library import FOLDER, library, received, refresh
from lemniscaat.instruments.models import InstrumentCopy
from tests.cast import World


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEMNISCAAT_VAR", str(tmp_path / "var"))


def sent(tmp_path: Path, *, version: int = 2, title: str = "Twee minuten terug") -> Path:
    folder = tmp_path / "post"
    folder.mkdir(exist_ok=True)
    text = (FOLDER / "terugblik.yaml").read_text()
    lines = [f"version: {version}" if line.startswith("version:") else line for line in text.splitlines()]
    lines = [
        f"titles: {{nl: {title}, en: Two minutes back}}" if line.startswith("titles:") else line
        for line in lines
    ]
    (folder / "terugblik.yaml").write_text("\n".join(lines))
    return folder


def test_a_newer_file_goes_before_ours(tmp_path: Path) -> None:
    refresh(sent(tmp_path, version=9))
    assert library().get("terugblik").titles.nl == "Twee minuten terug"
    assert library().get("terugblik").version == 9


def test_an_older_file_does_not(tmp_path: Path) -> None:
    ours = library().get("terugblik")
    folder = sent(tmp_path, version=1)
    shelf = received()
    shelf.mkdir(parents=True)
    (shelf / "terugblik.yaml").write_text(
        (folder / "terugblik.yaml").read_text().replace("version: 1", "version: 1")
    )
    assert library().get("terugblik").version >= ours.version


def test_one_faulty_file_keeps_all_out(tmp_path: Path) -> None:
    folder = sent(tmp_path, version=9)
    (folder / "kapot.yaml").write_text("key: kapot\n")
    with pytest.raises(InstrumentError, match=r"kapot\.yaml"):
        refresh(folder)
    assert not received().exists()


def test_a_folder_without_files_says_so(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match="geen enkel"):
        refresh(tmp_path)


def test_a_copy_stays_as_it_is(tmp_path: Path, world: World) -> None:
    ours = library().get("terugblik").definition()
    copy = InstrumentCopy.objects.create(
        partnership=world.partnership,
        organisation=world.school,
        key="terugblik-van-ons",
        definition=ours,
        base=ours,
        changed_on="2026-11-01",
    )
    refresh(sent(tmp_path, version=9))
    copy.refresh_from_db()
    assert copy.definition == ours


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["instrument", "refresh", str(sent(tmp_path, version=9))]) in (0, None)
    assert "Opgenomen: 1 instrumenten" in capsys.readouterr().out

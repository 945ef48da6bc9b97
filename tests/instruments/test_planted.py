"""Adding an item kind touches one file and its templates: a kind nobody knew goes through every room."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def test_a_kind_of_one_file_and_its_templates_goes_everywhere(tmp_path: Path) -> None:
    folder = tmp_path / "instruments" / "kinds"
    folder.mkdir(parents=True)
    for name in ("stars.html", "stars_shown.html", "stars_paper.html"):
        (folder / name).write_text("<p>{{ card.text }}</p>")
    run = subprocess.run(
        [sys.executable, str(HERE / "walk_with_a_plant.py"), str(tmp_path)],
        env={
            **os.environ,
            "PYTHONPATH": str(HERE.parents[1]),
            "DJANGO_SETTINGS_MODULE": "lemniscaat.settings",
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "one file" in run.stdout

"""The house's own rules, and the proof that breaking one is seen."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

HOUSE = Path(__file__).resolve().parents[2]
PACKAGE = HOUSE / "lemniscaat"
LINES, FUNCTION = 300, 40
FORBIDDEN_NAMES = {"utils", "helpers", "services", "common", "mixins"}


def sources() -> list[Path]:
    return [p for p in sorted(PACKAGE.rglob("*.py")) if "migrations" not in p.parts]


def longest_function(path: Path) -> tuple[int, str]:
    """The length in lines, without decorators and docstring, and the name of the longest function."""
    best = (0, "")
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = ast.get_docstring(node, clean=False)
            length = (node.end_lineno or 0) - node.lineno + 1 - (told.count("\n") + 1 if told else 0)
            best = max(best, (length, node.name))
    return best


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_and_functions_stay_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LINES
    length, name = longest_function(path)
    assert length <= FUNCTION, name


def test_no_room_for_odds_and_ends() -> None:
    assert not [p for p in PACKAGE.rglob("*") if p.stem in FORBIDDEN_NAMES]


def test_long_templates_styles_and_scripts_are_cut() -> None:
    found = [
        p
        for pattern in ("*.html", "*.css", "*.js")
        for p in PACKAGE.rglob(pattern)
        if "vendor" not in p.parts and len(p.read_text().splitlines()) > LINES
    ]
    assert not found


def test_references_point_down_only() -> None:
    """A reverse name would let a lower room reach up in a query."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("lemniscaat.")]
    for model in ours:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField):
                # Django gives a hidden many-to-many a longer name that still ends so
                assert str(field.remote_field.related_name).endswith("+"), field


def test_no_magic() -> None:
    for path in sources():
        text = path.read_text()
        assert "django.dispatch" not in text or path.name == "apps.py", path
        assert "def save(self" not in text, path


def test_suppressions_give_a_reason() -> None:
    for path in sources():
        for line in path.read_text().splitlines():
            for mark in ("# noqa", "# type: ignore"):
                if mark in line:
                    after = line.split(mark, 1)[1]
                    reason = after.partition("  #")[2] or after.partition(" - ")[2]
                    assert reason.strip(), f"{path}: {line}"


FAULTS = {
    "upstairs": ("people/plant.py", "from lemniscaat.vision.models import Period\n"),
    "no floor": ("attic/__init__.py", ""),
    "inside": ("vision/models.py", "\nimport lemniscaat.vision.views\n"),
    "views": ("home/plant.py", "from lemniscaat.vision import views\n"),
    "thinking": ("collection/release.py", "\nimport django\n"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str, tmp_path: Path) -> None:
    """Each law breaks when it is broken; the clean house is checked by `make house`."""
    shutil.copytree(
        PACKAGE, tmp_path / "lemniscaat", ignore=shutil.ignore_patterns("static", "templates", "locale")
    )
    shutil.copy(HOUSE / "pyproject.toml", tmp_path)
    name, line = FAULTS[fault]
    target = tmp_path / "lemniscaat" / name
    target.parent.mkdir(exist_ok=True)
    target.write_text((target.read_text() if target.exists() else "") + line)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert run.returncode == 1, run.stdout
    assert "BROKEN" in run.stdout


def test_a_long_function_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "long.py"
    path.write_text("def f():\n" + "    x = 1\n" * 60)
    assert longest_function(path)[0] > FUNCTION


def test_every_view_file_is_protected() -> None:
    """Law 3 names its files; a new one may not be forgotten."""
    told = (HOUSE / "pyproject.toml").read_text()
    for path in PACKAGE.rglob("*_views.py"):
        assert ".".join(path.relative_to(HOUSE).with_suffix("").parts) in told, path

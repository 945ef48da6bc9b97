"""What the files of the look may weigh and may hold."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "lemniscaat"
STATIC = PACKAGE / "base" / "static"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.*"))


def test_css_is_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in STATIC.glob("base/*.css")) < 14_336


def test_first_visit_of_a_participant_leaves_room_for_the_page() -> None:
    head = (PACKAGE / "base/templates/base/head.html").read_text()
    files = [*re.findall(r"static '([^']+)'", head), "base/draft.js"]
    sizes = [len(gzip.compress((STATIC / name).read_bytes())) for name in set(files)]
    assert sum(sizes) < 86_000


def test_css_files_stay_short() -> None:
    assert all(len(path.read_text().splitlines()) <= 300 for path in STATIC.glob("base/*.*s"))


def test_css_asks_no_other_host() -> None:
    for path in STATIC.glob("base/*.css"):
        assert "//" not in re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


def test_vendored_files_are_what_the_list_says() -> None:
    listed = (STATIC / "vendor/VENDOR.md").read_text()
    for path in (*STATIC.glob("vendor/*.js"), *STATIC.glob("base/fonts/*.woff2")):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in listed


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_inline_style_or_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "a style attribute: use a class"
    assert "<style" not in text, "a style element: use a file"
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), "an inline script: use a file"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an inline handler: use a file"
    assert "hx-on" not in text, "hx-on needs eval"
    assert "javascript:" not in text

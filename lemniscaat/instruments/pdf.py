"""HTML as PDF. WeasyPrint reads our own static files and pictures that lie in the page, and nothing else."""

from __future__ import annotations

import logging
import mimetypes
import os
import re
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from lemniscaat.instruments.pictures import picture_bytes

HERE = "https://paper.invalid"
"""Where the page says it comes from; nobody can live at this address."""
COLOUR = re.compile(rb'(stroke|fill)="#([0-9A-Fa-f]{6})"')
_ONE_AT_A_TIME = Lock()


class NoPdfError(RuntimeError):
    """There is no PDF to be made here: WeasyPrint or Pango is not installed."""


class NotOursError(ValueError):
    """The page asked for something that is not ours."""


def pdf_bytes(html: str) -> bytes:
    """A page of ours as PDF. Raises NoPdfError where it cannot be made here."""
    try:
        import weasyprint  # noqa: PLC0415  # an optional extra that needs Pango: everything else works without
        from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  # as above
    except (ImportError, OSError) as missing:
        raise NoPdfError(str(missing)) from missing

    class Ours(URLFetcher):  # type: ignore[misc]  # the library carries no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            body, kind = ours(url)
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it also tells which CSS of a screen it skips
    with _ONE_AT_A_TIME:  # one page takes a whole core
        made: bytes = weasyprint.HTML(string=html, base_url=f"{HERE}/", url_fetcher=Ours()).write_pdf()
    return made


def can_make_pdf() -> bool:
    """Whether this machine can make a PDF."""
    try:
        pdf_bytes("<p>.</p>")
    except NoPdfError:
        return False
    return True


def ours(url: str) -> tuple[bytes, str]:
    """What lies at an address in a page, and what kind it is. Raises NotOursError for all that is not ours."""
    if url.startswith("data:image/"):
        held = picture_bytes(url)
        if held is None:
            raise NotOursError("a picture that is none")
        return held
    root = HERE + static("")
    if not url.startswith(root):
        raise NotOursError(url)
    return _static_file(url.removeprefix(root).partition("?")[0].partition("#")[0])


@lru_cache(maxsize=64)
def _static_file(name: str) -> tuple[bytes, str]:
    found = finders.find(name)
    if not isinstance(found, str):
        raise NotOursError(name)
    raw = Path(found).read_bytes()
    if name.endswith(".svg"):
        raw = COLOUR.sub(_in_ink, raw)
    return raw, mimetypes.guess_type(name)[0] or "application/octet-stream"


def _in_ink(drawn: re.Match[bytes]) -> bytes:
    """A colour as it is on paper. A line is black unless it is white; a field is white unless it is dark: a grey
    copier turns anything between to dirt."""
    red, green, blue = (int(drawn[2][at : at + 2], 16) for at in (0, 2, 4))
    light = (2 * red + 5 * green + blue) / 8
    dark = light < (235 if drawn[1] == b"stroke" else 110)
    return drawn[1] + (b'="#000000"' if dark else b'="#ffffff"')


def shelf_of_pdfs() -> Path:
    """The folder in which a PDF is kept that took long to make."""
    return Path(settings.VAR) / "pdf"


def kept(name: str) -> Path | None:
    """The PDF that was kept under this name; None where there is none."""
    path = shelf_of_pdfs() / name
    return path if path.is_file() else None


def keep(name: str, content: bytes, stale: str) -> Path:
    """Keep a PDF: it is there whole or not at all. Older ones that fit the pattern `stale` go."""
    folder = shelf_of_pdfs()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    write_whole(path, content)
    for old in folder.glob(stale):
        if old != path:
            old.unlink(missing_ok=True)
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one go: whoever opens it sees the old one or the new one."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".new", delete=False) as fresh:
        fresh.write(content)
    Path(fresh.name).chmod(0o644)
    os.replace(fresh.name, path)  # noqa: PTH105  # the name of a temporary file is a text

"""What somebody lays on the table as a file: what is in it counts, not what it says it is."""

from __future__ import annotations

import re
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from lemniscaat.instruments.answers import Problem
from lemniscaat.instruments.items import BaseItem
from lemniscaat.instruments.kinds.file import LONGEST_NAME, MOST_BYTES, UPLOAD
from lemniscaat.instruments.kinds.registry import kind_of
from lemniscaat.instruments.language import gettext_noop

TOO_LARGE = gettext_noop("Dit bestand is groter dan 5 MB. Kies een kleiner bestand.")
STRANGE = gettext_noop(
    "Dit soort bestand nemen we niet aan. Kies een PDF, een foto (JPG of PNG) of een Word-document."
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SORTS: Mapping[bytes, tuple[str, str]] = {
    b"%PDF-": ("pdf", "application/pdf"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("png", "image/png"),
    b"PK\x03\x04": ("docx", DOCX),
}
UNFIT = re.compile(r'[\x00-\x1f\x7f\ud800-\udfff/\\|<>:"?*]+')


@dataclass(frozen=True)
class Taken:
    """A file that was taken in, for the item with this key. `slug` is its unguessable name in an address."""

    key: str
    slug: str
    name: str
    content_type: str
    data: bytes


def take(key: str, upload: UploadedFile[bytes]) -> Taken | Problem:
    """A posted file, or why it is none. Its ending becomes that of what is in it."""
    if (upload.size or 0) > MOST_BYTES:
        return Problem(TOO_LARGE)
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return Problem(TOO_LARGE)
    sort = next((sort for magic, sort in SORTS.items() if data.startswith(magic)), None)
    if sort is None or (sort[0] == "docx" and not _is_word(data)):
        return Problem(STRANGE)
    return Taken(key, secrets.token_hex(16), _name(upload.name or "", sort[0]), sort[1], data)


def taken_in(
    items: Sequence[BaseItem], files: MultiValueDict[str, UploadedFile[bytes]]
) -> tuple[list[Taken], dict[str, Problem]]:
    """The files that were posted for these items, and what could not be taken in, by key."""
    taken: list[Taken] = []
    problems: dict[str, Problem] = {}
    for item in items:
        upload = files.get(f"{item.key}.{UPLOAD}") if kind_of(item).uploads else None
        if upload is None:
            continue
        found = take(item.key, upload)
        if isinstance(found, Problem):
            problems[item.key] = found
        else:
            taken.append(found)
    return taken, problems


def _is_word(data: bytes) -> bool:
    """Whether a zip holds a document, and no program."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return False
    return "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names)


def _name(given: str, ending: str) -> str:
    stem = " ".join(
        UNFIT.sub(" ", given.replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")[0]).split()
    ).strip(" .")
    return f"{stem[: LONGEST_NAME - 6].strip() or 'bestand'}.{ending}"

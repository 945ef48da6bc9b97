"""A file of figures between choosing it and the yes: its sheets, how it is read, and what was said about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.collection.models import PermittedUse
from lemniscaat.datapoints.models import FigureReading
from lemniscaat.figures.amounts import Span, span
from lemniscaat.figures.columns import Choice, Holds, fingerprint, from_stored, recognise, stored
from lemniscaat.figures.grids import GridError, Sheet, sheets_of
from lemniscaat.people.access import Access
from lemniscaat.people.intake import forget_uploads
from lemniscaat.people.models import Role, Upload
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.tables import plain

KIND = "figures"


@dataclass(frozen=True)
class Meaning:
    """What one figure in the file means."""

    definition: str = ""
    unit: str = ""
    about: str = ""


@dataclass(frozen=True)
class Told:
    """What the wizard asked about the file as a whole, and about each figure by its name."""

    title: str = ""
    period: str = ""
    place: int = 0
    source: str = ""
    owner: str = ""
    use: str = PermittedUse.POOL
    criterion: int = 0
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """What a figure is called instead of its heading."""
    aliases: Mapping[str, int] = field(default_factory=dict)
    """Which layer is meant by a word in the file, in plain letters; 0 leaves its rows out."""

    @property
    def span(self) -> Span | None:
        return span(self.period) if self.period else None


@dataclass(frozen=True)
class File:
    """A file that waits."""

    sheets: tuple[Sheet, ...]
    choice: Choice
    told: Told

    @property
    def sheet(self) -> Sheet:
        return self.sheets[min(self.choice.sheet, len(self.sheets) - 1)]


def may_bring(access: Access) -> frozenset[int]:
    """The layers for which I may bring figures: where I may put figures, and where I may hold a round.

    Who runs a programme, or keeps its quality, also brings for every layer below the counts that institutes and boards
    send; it opens nothing: what stands at those layers stays unseen.
    """
    kept = {place.layer for place in access.places if place.role == Role.QUALITY}
    below = frozenset(one for layer in kept for one in access.tree.below(layer))
    return access.where(Verb.DO, Noun.FIGURE) | access.where(Verb.DO, Noun.ROUND) | below


def need_to_bring(access: Access) -> frozenset[int]:
    """The same, or 404 where there is none."""
    found = may_bring(access)
    if not found:
        raise Http404
    return found


def keep_file(*, access: Access, name: str, raw: bytes) -> Upload:
    """Keep a file for a day at most; it takes the place of the one I had waiting. Raises GridError.

    A sheet in which somebody is named or numbered is not kept, not even for a day.
    """
    need_to_bring(access)
    sheets = tuple(one for one in sheets_of(raw) if recognise(one).one(Holds.PERSON) is None)
    if not sheets:
        raise GridError("people in rows")
    choice, told = _remembered(access, sheets)
    with writing():
        Upload.objects.filter(person=access.person, kind=KIND).delete()
        forget_uploads()
        return Upload.objects.create(
            partnership=access.partnership,
            person=access.person,
            kind=KIND,
            name=name[:200],
            text=_text(File(sheets, choice, told)),
            uploaded_on=clock.today(),
        )


def waiting(access: Access, pk: int) -> Upload:
    """A file that I put here and did not say yes to yet; 404 otherwise."""
    need_to_bring(access)
    mine = Upload.objects.filter(kind=KIND, person=access.person, partnership=access.partnership)
    found = mine.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _remembered(access: Access, sheets: tuple[Sheet, ...]) -> tuple[Choice, Told]:
    """How the largest sheet is read: as last time when its headings are the same, else as it looks."""
    at = max(range(len(sheets)), key=lambda one: len(sheets[one].rows))
    return read_as(access, sheets[at], at)


def read_as(access: Access, sheet: Sheet, at: int, head: int | None = None) -> tuple[Choice, Told]:
    """How this sheet was read last time, or a first guess."""
    layers = access.tree.layers.values()
    places = {plain(word) for layer in layers for word in (layer.name, layer.code) if word}
    guess = recognise(sheet, at=at, head=head, places=places)
    key = fingerprint(sheet, guess.head)
    known = FigureReading.objects.filter(partnership=access.partnership, fingerprint=key).first()
    if known is None:
        return guess, Told()
    before = from_stored(known.choice["choice"])
    if len(before.columns) != len(guess.columns):
        return guess, Told()
    told = told_from(known.choice["told"])
    return replace(before, sheet=at, head=guess.head, sign=guess.sign), replace(told, period="")


def remember(access: Access, file: File) -> None:
    """Read the next file with these headings in the same way."""
    FigureReading.objects.update_or_create(
        partnership=access.partnership,
        fingerprint=fingerprint(file.sheet, file.choice.head),
        defaults={
            "choice": {"choice": stored(file.choice), "told": asdict(replace(file.told, meanings={}))},
            "used_on": clock.today(),
        },
    )


def save(*, upload: Upload, file: File) -> None:
    """Keep what was chosen."""
    with writing():
        upload.text = _text(file)
        upload.save(update_fields=["text"])


def file_of(upload: Upload) -> File:
    """What waits."""
    found = json.loads(upload.text)
    sheets = tuple(
        Sheet(one["name"], tuple(tuple(row) for row in one["rows"]), tuple(one["lines"]))
        for one in found["sheets"]
    )
    return File(sheets, from_stored(found["choice"]), told_from(found["told"]))


def told_from(found: Mapping[str, Any]) -> Told:
    """What was told, from its JSON."""
    meanings = {name: Meaning(**one) for name, one in found.get("meanings", {}).items()}
    rest = {name: value for name, value in found.items() if name != "meanings"}
    return Told(**rest, meanings=meanings)


def _text(file: File) -> str:
    sheets = [{"name": one.name, "rows": one.rows, "lines": one.lines} for one in file.sheets]
    return json.dumps(
        {"v": 1, "sheets": sheets, "choice": stored(file.choice), "told": asdict(file.told)},
        ensure_ascii=False,
    )

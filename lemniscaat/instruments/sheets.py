"""Pages of paper as HTML, for a browser and for a PDF: one instrument, or the whole cabinet as a booklet."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import pi
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lemniscaat.base.drawings.curve import Curve
from lemniscaat.instruments import wording
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import library
from lemniscaat.instruments.matrix import COLUMNS, Row, matrix
from lemniscaat.instruments.printing import (
    Deck,
    Guide,
    Poster,
    Sheet,
    decks,
    guide,
    offered,
    poster,
    worksheet,
)
from lemniscaat.instruments.shelf import Entry
from lemniscaat.people.models import Partnership
from lemniscaat.people.queries import role_name

ROOM = Path(__file__).parent
STYLE = re.compile(r'\s*<link rel="stylesheet" href="([^"]+)">')
LOOP = Curve(364, 0.98)
VOICES = (-2, -1, 0, 1, 2)
IN_BOOKLET = ("gids", "werkblad", "kaarten")
"""The posters stay out: who needs one prints it for the table."""


@dataclass(frozen=True)
class Bundle:
    """Everything one instrument prints; what was not asked for is None or empty."""

    instrument: Instrument
    facts: tuple[tuple[str, str], ...]
    ready: tuple[str, ...]
    source: str
    after: str
    role: str
    guide: Guide | None = None
    poster: Poster | None = None
    sheets: tuple[Sheet, ...] = ()
    decks: tuple[Deck, ...] = ()
    backs: bool = False


def bundle(
    instrument: Instrument,
    parts: Sequence[str],
    *,
    role: str = "",
    backs: bool = False,
    partnership: Partnership | None = None,
) -> Bundle:
    """What these parts of an instrument hold, in the language of the page and the words of this partnership."""
    where, language = partnership or Partnership(), wording.language()
    asked = set(parts) & set(offered(instrument))
    return Bundle(
        instrument=instrument,
        facts=tuple(_facts(instrument, where)),
        ready=tuple(_ready(instrument)),
        source=_source(instrument),
        after=_after(instrument),
        role=role_name(where, role) if role else "",
        guide=guide(instrument, language) if "gids" in asked else None,
        poster=poster(instrument, language) if "poster" in asked else None,
        sheets=worksheet(instrument, role, language) if "werkblad" in asked else (),
        decks=decks(instrument, language) if "kaarten" in asked else (),
        backs=backs,
    )


def _facts(instrument: Instrument, where: Partnership) -> Iterable[tuple[str, str]]:
    if instrument.yields:
        yield _("Wat eruit komt"), instrument.yields.say(wording.language().code)
    yield _("Voor wie"), wording.for_whom(where, instrument.roles)
    yield _("Met hoeveel"), wording.group_in_words(instrument.group_size)
    yield _("Hoe lang"), _how_long(instrument)


def _how_long(instrument: Instrument) -> str:
    """The minutes; also those with every part that may be left out, where that is longer."""
    script = sum(cue.minutes for section in instrument.sections for cue in section.script)
    words = wording.minutes_in_words(instrument.minutes)
    if script <= instrument.minutes:
        return words
    return _("%(short)s, met alle delen %(long)s") % {
        "short": words,
        "long": wording.minutes_in_words(script),
    }


def _ready(instrument: Instrument) -> Iterable[str]:
    """What lies ready before people come in."""
    parts = offered(instrument)
    if "werkblad" in parts:
        yield _("een werkblad voor ieder")
    if "kaarten" in parts:
        yield _("de uitgeknipte kaarten")
    if "poster" in parts:
        yield _("de poster in het midden")
    yield _("pennen")


def _source(instrument: Instrument) -> str:
    """Who made it and where it comes from, and that the words are ours."""
    version = _("Versie %(n)d.") % {"n": instrument.version}
    if instrument.maker == "Lemniscaat":
        return _("Eigen uitwerking van Lemniscaat.") + f" {version}"
    words = {"maker": instrument.maker, "origin": instrument.origin.rstrip(".")}
    if instrument.root not in library().instruments:
        return _("Van %(maker)s (%(origin)s).") % words + f" {version}"
    if instrument.maker == "Onbekend":
        return (
            _("Maker onbekend. Herkomst: %(origin)s. Eigen uitwerking van Lemniscaat.") % words
            + f" {version}"
        )
    return _("Naar %(maker)s (%(origin)s). Eigen uitwerking van Lemniscaat.") % words + f" {version}"


def _after(instrument: Instrument) -> str:
    """What becomes of what is written on the worksheet."""
    if instrument.round:
        return _("Lever je dit blad in? Dan leest wie het overtypt jouw handschrift. Zet er geen naam op.")
    return _(
        "Om van te leren. Aan tafel deel je wat je wilt delen. Staan er namen op? Laat dit blad dan niet liggen."
    )


def page_html(bundles: Sequence[Bundle], *, title: str) -> str:
    """The sheets of these instruments as the page from which a PDF is made."""
    return _once(render_to_string("instruments/paper/document.html", paper(bundles, title=title, pdf=True)))


def paper(bundles: Sequence[Bundle], *, title: str, pdf: bool = False) -> dict[str, Any]:
    """What the templates of `instruments/paper/` need."""
    return {"bundles": bundles, "title": title, "pdf": pdf, "threads": threads()}


@lru_cache(maxsize=1)
def threads() -> tuple[str, ...]:
    """The loop as five lines side by side, one for each voice."""
    return tuple(LOOP.path(1.5 * pi, -0.5 * pi, offset * 8.5, 24) for offset in VOICES)


def _once(html: str) -> str:
    """The page with each stylesheet asked for once: an item brings its own along, again and again."""
    seen: set[str] = set()

    def first(found: re.Match[str]) -> str:
        if found[1] in seen:
            return ""
        seen.add(found[1])
        return found[0]

    return STYLE.sub(first, html)


# the booklet


@dataclass(frozen=True)
class Chapter:
    title: str
    bundles: tuple[Bundle, ...]


def booklet(entries: Iterable[Entry]) -> dict[str, Any]:
    """The whole cabinet in chapters, with the matrix; copies that somebody adapted stay out."""
    ours = [entry for entry in entries if entry.source == "ours"]
    code = wording.language().code
    ours.sort(key=lambda entry: (entry.instrument.number or 99, entry.instrument.titles.say(code)))
    chapters: dict[str, list[Bundle]] = {
        _("De achttien"): [],
        _("Vragenlijsten en peilingen"): [],
        _("En verder"): [],
    }
    eighteen, rounds, others = chapters
    for entry in ours:
        one = entry.instrument
        name = eighteen if one.number else rounds if one.round else others
        chapters[name].append(bundle(one, IN_BOOKLET))
    found = [Chapter(title, tuple(bundles)) for title, bundles in chapters.items() if bundles]
    rows: tuple[Row, ...] = matrix(ours)
    return {
        **paper([one for chapter in found for one in chapter.bundles], title=_("De instrumentenkast")),
        "chapters": found,
        "count": len(ours),
        "columns": [wording.label(wording.ELEMENTS, key) for key in COLUMNS],
        "rows": rows,
        "series_titles": wording.SERIES,
    }


def booklet_html(entries: Iterable[Entry]) -> str:
    """The page from which the PDF of the booklet is made."""
    return _once(
        render_to_string("instruments/paper/booklet_document.html", {**booklet(entries), "pdf": True})
    )


def booklet_name(entries: Iterable[Entry]) -> str:
    """The name of the file that holds this very booklet: another word in an instrument is another name."""
    print_of = sha256(_shapes())
    for entry in sorted(entries, key=lambda entry: entry.key):
        if entry.source == "ours":
            print_of.update(json.dumps(entry.instrument.definition(), sort_keys=True).encode())
    return f"boekje-{wording.language().code[:2]}-{print_of.hexdigest()[:20]}.pdf"


STALE = "boekje-{code}-*.pdf"


def stale_booklets() -> str:
    """The pattern of the names of booklets in this language."""
    return STALE.format(code=wording.language().code[:2])


@lru_cache(maxsize=1)
def _shapes() -> bytes:
    """All that gives the booklet its look."""
    files = sorted(
        [
            *(ROOM / "templates/instruments/paper").glob("*.html"),
            *(ROOM / "templates/instruments/kinds").glob("*paper.html"),
            *(ROOM / "static/instruments").glob("*.css"),
            *(ROOM / name for name in ("printing.py", "staging.py", "measures.py")),
        ]
    )
    return b"".join(path.read_bytes() for path in files)

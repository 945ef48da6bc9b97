"""Filling an empty frame from a table: a line an indicator, under its part. Pasted from a spreadsheet or saved as CSV.

Columns: part; indicator; and, where wanted, an x in a third for the quick scan. What comes out is a self-evaluation
with a current and a wanted position per indicator.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lemniscaat.instruments.faults import Fault, InstrumentError
from lemniscaat.instruments.grammar import Instrument

MOST_LINES = 150
HEADS = {"onderdeel", "component", "deel", "waarborg", "part"}
QUICK = {"x", "ja", "snel", "quick", "1"}
POSITIONS = (
    ("begin", "Hier zijn we nog niet aan begonnen", "We have not begun on this"),
    ("soms", "Hier en daar gebeurt het", "It happens here and there"),
    ("vaak", "Op de meeste plekken gebeurt het", "It happens in most places"),
    ("overal", "Overal gebeurt het", "It happens everywhere"),
)


@dataclass(frozen=True)
class Indicator:
    """One line of the table."""

    part: str
    text: str
    quick: bool


def indicators(text: str) -> tuple[Indicator, ...]:
    """The lines of a table. Raises InstrumentError with every line that cannot be read."""
    found: list[Indicator] = []
    faults: list[Fault] = []
    part = ""
    for number, cells in enumerate(_cells(text), 1):
        if number == 1 and cells and cells[0].strip().lower() in HEADS:
            continue
        if not any(cells):
            continue
        part = cells[0] or part
        indicator = cells[1] if len(cells) > 1 else ""
        if not part or not indicator:
            message = "Zet op elke regel eerst het onderdeel en dan de indicator."
            faults.append(Fault("kader", number, message))
        else:
            found.append(Indicator(part, indicator, len(cells) > 2 and cells[2].lower() in QUICK))
    if not found and not faults:
        faults.append(Fault("kader", 0, "Hier staat nog geen indicator. Plak eerst de tabel."))
    if len(found) > MOST_LINES:
        message = f"Dit zijn {len(found)} indicatoren. Meer dan {MOST_LINES} in één kader houdt niemand vol."
        faults.append(Fault("kader", 0, message))
    if faults:
        raise InstrumentError(faults)
    return tuple(found)


def filled(frame: Instrument, lines: tuple[Indicator, ...]) -> Instrument:
    """The frame with its indicators as questions, part by part. Raises InstrumentError where words do not fit."""
    parts: dict[str, list[dict[str, Any]]] = {}
    for number, line in enumerate(lines, 1):
        item = {
            "kind": "wanted",
            "key": f"i{number}-{_slug(line.text)}",
            "text": line.text,
            "scale": "posities",
            "cannot_judge": True,
            "quick": line.quick,
        }
        parts.setdefault(line.part, []).append(item)
    empty = frame.definition()
    plain = empty | {
        "frame": False,
        "titles": {code: words.partition(":")[0] for code, words in empty["titles"].items()},
        "purpose": {
            "nl": "Samen zien waar we staan en waar we heen willen, per indicator van dit kader.",
            "en": "See together where we stand and where we want to be, per indicator of this framework.",
        },
        "ours": "De vorm, met nu en gewenst. De tekst is van de makers en hier in het kader gezet.",
        "situations": ["good-enough", "account"],
        "elements": {"data": "yes"},
        "yields": "Per indicator waar we staan en waar we heen willen, met wat we zagen.",
        "scales": {"posities": [{"key": k, "nl": nl, "en": en} for k, nl, en in POSITIONS]},
        "sections": [{"title": title, "items": items} for title, items in parts.items()],
    }
    try:
        return Instrument.model_validate(plain)
    except ValueError as bad:
        message = "Een regel is te lang of bevat opmaak. Schrijf gewone, korte zinnen."
        raise InstrumentError([Fault("kader", 0, message)]) from bad


def _cells(text: str) -> Iterator[list[str]]:
    tabbed = "\t" in text
    separator = "\t" if tabbed else ";" if text.count(";") >= text.count(",") else ","
    try:
        for row in csv.reader(io.StringIO(text), delimiter=separator):
            yield [cell.strip() for cell in row]
    except csv.Error:
        raise InstrumentError(
            [Fault("kader", 0, "Deze tabel kunnen we niet lezen. Bewaar hem als CSV.")]
        ) from None


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "vraag"

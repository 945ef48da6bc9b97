"""`lemniscaat instrument print|booklet`: instruments as PDF."""

import argparse
from pathlib import Path
from typing import Any

from lemniscaat.cli.refusal import Refusal, command
from lemniscaat.instruments import pdf, sheets
from lemniscaat.instruments.library import NoInstrumentError, library
from lemniscaat.instruments.printing import PARTS, offered
from lemniscaat.instruments.shelf import Entry

MISSING = "Een PDF maken kan hier niet: {reason} Druk af vanuit de browser, of installeer het onderdeel 'documents'."


def add(below: Any) -> None:
    """Hang the subcommands under `lemniscaat instrument`."""
    printing = command(
        below,
        "print",
        help="Maak een PDF van één instrument.",
        example="lemniscaat instrument print polariteit --out polariteit.pdf",
    )
    printing.add_argument("key")
    printing.add_argument("--out", type=Path, required=True)
    printing.add_argument("--part", choices=tuple(PARTS), help="Alleen dit deel.")
    printing.add_argument("--role", default="", help="Het werkblad in de woorden voor deze rol.")
    printing.add_argument("--backs", action="store_true", help="Ook de achterkant van de kaarten.")
    printing.set_defaults(run=_print)
    binding = command(
        below,
        "booklet",
        help="Maak één PDF van de hele kast.",
        example="lemniscaat instrument booklet --out kast.pdf",
    )
    binding.add_argument("--out", type=Path, required=True)
    binding.set_defaults(run=_booklet)


def _print(chosen: argparse.Namespace) -> None:
    try:
        instrument = library().get(chosen.key)
    except NoInstrumentError as unknown:
        raise Refusal(str(unknown)) from unknown
    parts = offered(instrument)
    if chosen.part and chosen.part not in parts:
        raise Refusal(f"{instrument.titles.nl} heeft geen {chosen.part}. Wel: {', '.join(parts)}.")
    if chosen.role and chosen.role not in instrument.roles:
        raise Refusal(
            f"De rol '{chosen.role}' hoort niet bij dit instrument. Kies: {', '.join(instrument.roles)}."
        )
    one = sheets.bundle(
        instrument, (chosen.part,) if chosen.part else parts, role=chosen.role, backs=chosen.backs
    )
    _write(chosen.out, _made(sheets.page_html([one], title=instrument.titles.nl)))


def _booklet(chosen: argparse.Namespace) -> None:
    entries = [Entry(one.key, one) for one in library()]
    name = sheets.booklet_name(entries)
    ready = pdf.kept(name)
    content = ready.read_bytes() if ready else _made(sheets.booklet_html(entries))
    if ready is None:
        # the page of the booklet offers it from here
        pdf.keep(name, content, sheets.stale_booklets())
    _write(chosen.out, content)


def _made(html: str) -> bytes:
    try:
        return pdf.pdf_bytes(html)
    except pdf.NoPdfError as missing:
        raise Refusal(MISSING.format(reason=missing)) from missing


def _write(out: Path, content: bytes) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        pdf.write_whole(out, content)
    except OSError as refused:
        raise Refusal(f"{out} is niet te schrijven. Kies een andere plek.") from refused
    print(f"{out}: {len(content) // 1024} kB.")

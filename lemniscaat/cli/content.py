"""`lemniscaat instrument list|check|schema|refresh|print|booklet`."""

import argparse
import json
from pathlib import Path
from typing import Any

from lemniscaat.cli import printing
from lemniscaat.cli.refusal import Refusal, command
from lemniscaat.instruments import library, schema
from lemniscaat.instruments.faults import InstrumentError


def add(commands: Any) -> None:
    """Hang the subcommands on the parser."""
    top = command(commands, "instrument", help="De instrumentenkast.", example="lemniscaat instrument list")
    below = top.add_subparsers(dest="what", required=True)
    listing = command(
        below, "list", help="Noem alle instrumenten.", example="lemniscaat instrument list --json"
    )
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=_list)
    checking = command(
        below, "check", help="Kijk een instrument na.", example="lemniscaat instrument check eigen.yaml"
    )
    checking.add_argument("file", type=Path)
    checking.set_defaults(run=_check)
    taking = command(
        below,
        "refresh",
        help="Neem een map met instrumenten op.",
        example="lemniscaat instrument refresh map/",
    )
    taking.add_argument("folder", type=Path)
    taking.set_defaults(run=_refresh)
    printing.add(below)
    telling = command(
        below, "schema", help="Het JSON Schema van een instrument.", example="lemniscaat instrument schema"
    )
    telling.set_defaults(run=_schema)


def _list(chosen: argparse.Namespace) -> None:
    rows = [
        {
            "key": i.key,
            "version": i.version,
            "title": i.titles.nl,
            "maker": i.maker,
            "origin": i.origin,
            "elements": dict(i.elements),
            "core_activities": list(i.core_activities),
            "waarborgen": list(i.waarborgen),
            "ways": list(i.ways),
            "minutes": i.minutes,
            "items": len(i.items),
        }
        for i in library.instruments()
    ]
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        print(f"{row['key']:<28} {row['minutes']:>3} min  {row['items']:>2} kaarten  {row['title']}")


def _check(chosen: argparse.Namespace) -> None:
    if not chosen.file.exists():
        raise Refusal(f"{chosen.file} bestaat niet. Geef het pad van een YAML-bestand.")
    try:
        found = library.load(chosen.file)
    except InstrumentError as error:
        raise Refusal(str(error)) from error
    print(f"{found.key} versie {found.version}: in orde, {len(found.items)} kaarten.")


def _refresh(chosen: argparse.Namespace) -> None:
    if not chosen.folder.is_dir():
        raise Refusal(f"{chosen.folder} is geen map. Geef een map met .yaml-bestanden.")
    try:
        found = library.refresh(chosen.folder)
    except InstrumentError as error:
        raise Refusal(f"Er is niets opgenomen.\n{error}") from error
    print(f"Opgenomen: {len(found)} instrumenten. Eigen kopieën bleven zoals ze zijn.")


def _schema(_chosen: argparse.Namespace) -> None:
    print(schema.as_text())

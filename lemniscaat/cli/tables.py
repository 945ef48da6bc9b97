"""`lemniscaat import people|responses` and `lemniscaat export summaries`."""

import argparse
import sys
from pathlib import Path
from typing import Any, cast

from lemniscaat.base.writing import WriterBusyError, sole_writer
from lemniscaat.cli.refusal import Refusal, command
from lemniscaat.collection import exports, imports
from lemniscaat.collection.models import Release, Round
from lemniscaat.people.import_words import line
from lemniscaat.people.intake import import_people
from lemniscaat.people.models import Partnership
from lemniscaat.people.tables import TableError


def add(commands: Any) -> None:
    """Hang the subcommands on the parser."""
    top = command(
        commands,
        "import",
        help="Lees een tabel in.",
        example="lemniscaat import responses antwoorden.csv --mapping m.yaml",
    )
    below = top.add_subparsers(dest="what", required=True)
    people = command(
        below,
        "people",
        help="Lees mensen of organisaties in.",
        example="lemniscaat import people mensen.csv --partnership de-brug",
    )
    people.add_argument("file", type=Path)
    people.add_argument("--partnership", help="nodig als er meer dan één is")
    people.add_argument("--skip-invalid", action="store_true", help="sla regels over die niet kloppen")
    people.set_defaults(run=_people)
    sheets = command(
        below,
        "responses",
        help="Lees ingevulde vragenlijsten van elders in.",
        example="lemniscaat import responses antwoorden.csv --mapping mapping.yaml --partnership de-brug",
    )
    sheets.add_argument("file", type=Path)
    sheets.add_argument("--mapping", type=Path, required=True, help="YAML: welke kolom is wat")
    sheets.add_argument("--partnership", help="nodig als er meer dan één is")
    sheets.add_argument("--skip-invalid", action="store_true", help="sla regels over die niet kloppen")
    sheets.set_defaults(run=_responses)
    _add_export(commands)


def _add_export(commands: Any) -> None:
    out = command(
        commands,
        "export",
        help="Geef uit wat getoond mag worden.",
        example="lemniscaat export summaries --round halverwege-1 --by role --format csv",
    )
    lower = out.add_subparsers(dest="what", required=True)
    summaries = command(
        lower,
        "summaries",
        help="De uitkomst van een ronde.",
        example="lemniscaat export summaries --round halverwege-1 --by organisation --format json",
    )
    summaries.add_argument("--round", required=True, help="de sleutel van de ronde")
    summaries.add_argument("--partnership")
    summaries.add_argument("--by", choices=["organisation", "role"], default="organisation")
    summaries.add_argument("--format", choices=["csv", "json"], default="csv")
    summaries.set_defaults(run=_summaries)


def partnership_of(slug: str | None) -> Partnership:
    """The partnership that was named, or the only one."""
    found = list(Partnership.objects.filter(slug=slug) if slug else Partnership.objects.all()[:2])
    if len(found) == 1:
        return found[0]
    known = ", ".join(Partnership.objects.values_list("slug", flat=True)) or "nog geen"
    raise Refusal(f"Kies een partnerschap met --partnership. Er is: {known}.")


def _responses(chosen: argparse.Namespace) -> None:
    partnership = partnership_of(chosen.partnership)
    try:
        mapping = imports.read_mapping(chosen.mapping)
        with sole_writer():
            done = imports.import_responses(
                partnership=partnership,
                table=chosen.file,
                mapping=mapping,
                skip_invalid=chosen.skip_invalid,
                progress=lambda n: print(f"\r{n} rijen geteld", end="", file=sys.stderr, flush=True),
            )
    except (imports.TableError, OSError, WriterBusyError) as error:
        faults = getattr(error, "faults", ())
        lines = [f"  {fault}" for fault in faults[: imports.MOST_SHOWN]]
        more = [f"  ... en nog {len(faults) - len(lines)}"] if len(faults) > len(lines) else []
        raise Refusal("\n".join([str(error), *lines, *more])) from error
    print(file=sys.stderr)
    if done.known:
        print(f"‘{done.round.title}’ was al ingelezen; er is niets verdubbeld.")
        return
    for fault in done.left_out[: imports.MOST_SHOWN]:
        print(f"overgeslagen: {fault}", file=sys.stderr)
    print(f"‘{done.round.title}’: {done.taken} rijen ingelezen, {len(done.left_out)} waarden overgeslagen.")


def _people(chosen: argparse.Namespace) -> None:
    partnership = partnership_of(chosen.partnership)
    try:
        with sole_writer():
            done = import_people(
                partnership=partnership, raw=chosen.file.read_bytes(), skip_invalid=chosen.skip_invalid
            )
    except TableError as error:
        lines = [f"  {line(fault)}" for fault in error.faults]
        raise Refusal("\n".join(["Er is niets ingelezen.", *lines])) from error
    except (OSError, WriterBusyError) as error:
        raise Refusal(str(error)) from error
    for fault in done.left_out:
        print(f"overgeslagen: {line(fault)}", file=sys.stderr)
    print(
        f"{done.added} regels ingelezen, {done.known} kenden we al, {len(done.left_out)} keer klopte iets niet."
    )


def _summaries(chosen: argparse.Namespace) -> None:
    partnership = partnership_of(chosen.partnership)
    round_ = Round.objects.filter(partnership=partnership, key=chosen.round).first()
    if round_ is None:
        known = ", ".join(Round.objects.filter(partnership=partnership).values_list("key", flat=True)[:20])
        raise Refusal(f"Een ronde ‘{chosen.round}’ is er niet. Wel: {known or 'nog geen'}.")
    if not Release.objects.filter(round=round_).exists():
        raise Refusal(f"‘{round_.title}’ is nog niet gestopt; er is nog niets om te tonen.")
    found = exports.rows(round_, cast(exports.By, chosen.by))
    write = exports.write_csv if chosen.format == "csv" else exports.write_json
    write(found, sys.stdout)

"""`lemniscaat serve|demo|check|tick`."""

import argparse
import os
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lemniscaat import server
from lemniscaat.base.writing import WriterBusyError, sole_writer
from lemniscaat.cli.refusal import Refusal, command
from lemniscaat.cli.ticking import tick
from lemniscaat.demo import actions as demo
from lemniscaat.instruments import library
from lemniscaat.vision.lenses import load_shipped


def add(commands: Any) -> None:
    """Hang the subcommands on the parser."""
    serving = command(commands, "serve", help="Zet de deur open.", example="lemniscaat serve --port 8000")
    _address(serving)
    serving.set_defaults(run=_serve)
    showing = command(
        commands,
        "demo",
        help="Laad het voorbeeldpartnerschap en zet de deur open.",
        example="lemniscaat demo --port 8000",
    )
    _address(showing)
    showing.add_argument("--load-only", action="store_true", help="alleen laden, niet openen")
    showing.set_defaults(run=_demo)
    checking = command(commands, "check", help="Kijk na of alles klopt.", example="lemniscaat check")
    checking.set_defaults(run=_check)
    ticking = command(
        commands, "tick", help="Doe wat op tijd moet: post, rondes die stoppen.", example="lemniscaat tick"
    )
    ticking.set_defaults(run=_tick)


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)


def _serve(chosen: argparse.Namespace) -> None:
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    try:
        with sole_writer():
            call_command("migrate", verbosity=0)
            load_shipped()
        if settings.DEMO:
            demo.restore_clock()
        server.serve(host=chosen.host, port=chosen.port, tick=tick)
    except (WriterBusyError, OSError) as error:
        raise Refusal(str(error)) from error


def _demo(chosen: argparse.Namespace) -> None:
    if not settings.DEMO:
        raise Refusal("Dit is geen voorbeeldopstelling. Gebruik `lemniscaat demo` of zet LEMNISCAAT_DEMO=1.")
    started = time.monotonic()
    address = f"http://{chosen.host}:{chosen.port}"
    if "SITE_URL" not in os.environ:
        settings.SITE_URL = address  # so that links in the demo's mail lead to the port that was chosen
    try:
        with sole_writer():
            call_command("migrate", verbosity=0)
            if demo.needs_loading():
                print("Het voorbeeldpartnerschap wordt gemaakt; dat duurt even ...", flush=True)
                demo.load()
    except WriterBusyError as error:
        raise Refusal(str(error)) from error
    print(f"Klaar in {time.monotonic() - started:.0f} s.")
    print(f"\n  {address}\n\nBinnenkomen als (alleen in het voorbeeld):")
    for link in demo.links():
        print(f"  {link.who:<54} {address}{link.path}")
    if not chosen.load_only:
        _serve(chosen)


def _check(_chosen: argparse.Namespace) -> None:
    try:
        call_command("check", "--fail-level", "WARNING", verbosity=0)
    except SystemCheckError as error:
        raise Refusal(str(error)) from error
    plan = MigrationExecutor(connection)
    waiting = plan.migration_plan(plan.loader.graph.leaf_nodes())
    if waiting:
        raise Refusal(
            f"De database loopt {len(waiting)} stappen achter. Start `lemniscaat serve` of draai migrate."
        )
    if not settings.DEMO and "console" in settings.EMAIL_BACKEND:
        print(
            "Let op: post gaat nu naar het scherm, met persoonlijke links erin. Zet EMAIL_BACKEND en EMAIL_HOST."
        )
    print(f"In orde: de database is bij, {len(library.instruments())} instrumenten kloppen.")


def _tick(_chosen: argparse.Namespace) -> None:
    try:
        with sole_writer():
            for line in tick():
                print(line)
    except WriterBusyError as error:
        raise Refusal(str(error)) from error

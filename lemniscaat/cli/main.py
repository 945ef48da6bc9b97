"""One command, thin subcommands; each calls one action and says in Dutch what happened."""

import argparse
import sys
from collections.abc import Sequence

from lemniscaat.cli import bouncing, content, keeping, running, tables
from lemniscaat.cli.refusal import Refusal


def parser() -> argparse.ArgumentParser:
    """All subcommands with their help and an example each."""
    top = argparse.ArgumentParser(prog="lemniscaat", description="Een gesprek met een geheugen.")
    commands = top.add_subparsers(dest="command", required=True)
    for room in (running, tables, content, keeping, bouncing):
        room.add(commands)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; returns the exit code (1 with a sentence when something is refused)."""
    chosen = parser().parse_args(argv)
    try:
        return int(chosen.run(chosen) or 0)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())

"""How a command says no."""

import argparse
from typing import Any


class Refusal(Exception):  # noqa: N818  # a no is not an error of the program
    """A Dutch sentence that says what is wrong and what to do."""


def command(commands: Any, name: str, *, help: str, example: str) -> argparse.ArgumentParser:  # noqa: A002  # argparse's own word
    """Add a subcommand whose help ends with an example."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help,
        description=help,
        epilog=f"Voorbeeld: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made

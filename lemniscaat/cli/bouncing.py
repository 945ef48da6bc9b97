"""`lemniscaat bounce`: mail that came back, from a pipe of the mail server or from a mailbox."""

import argparse
import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lemniscaat.base.writing import WriterBusyError, sole_writer
from lemniscaat.cli.refusal import Refusal, command
from lemniscaat.people import bounces


def add(commands: Any) -> None:
    """Hang the subcommand on the parser."""
    made = command(
        commands,
        "bounce",
        help="Lees post die terugkwam: één mail van de invoer, of een postbus (Maildir of mbox).",
        example="lemniscaat bounce < mail, of lemniscaat bounce /var/mail/lemniscaat",
    )
    made.add_argument(
        "mailbox", type=Path, nargs="?", help="een Maildir of mbox; leeg: één mail van de invoer"
    )
    made.set_defaults(run=_bounce)


def _bounce(chosen: argparse.Namespace) -> None:
    reports = _mails(chosen.mailbox) if chosen.mailbox else iter([sys.stdin.buffer.read()])
    addresses = [address for raw in reports for address in bounces.for_good(raw)]
    try:
        with sole_writer():
            noted = sum(bounces.note_bounce(address) for address in addresses)
    except WriterBusyError:
        # a running server takes them up within a minute
        bounces.leave(addresses)
        print(f"{len(addresses)} adressen klaargelegd voor de server.")
        return
    print(f"{noted} adressen werken niet." if noted != 1 else "1 adres werkt niet.")


def _mails(path: Path) -> Iterator[bytes]:
    """The mails in a mailbox; those of a Maildir are marked as seen, and not read a second time."""
    if not path.exists():
        raise Refusal(f"{path} bestaat niet. Geef het pad van een Maildir of mbox.")
    if path.is_file():
        yield from (one.as_bytes() for one in mailbox.mbox(path, create=False))
        return
    box = mailbox.Maildir(path, create=False)
    for key, mail in box.items():
        if "S" not in mail.get_flags():
            yield mail.as_bytes()
            mail.add_flag("S")
            mail.set_subdir("cur")
            box[key] = mail

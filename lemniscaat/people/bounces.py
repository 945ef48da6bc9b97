"""Addresses that do not work: a mail server says so at once, or in a mail that comes back later.

Nothing is kept but the address itself, with the person whose it is. A reminder goes only to who did not answer yet, so
that it came back may be kept nowhere: whatever is not surely another mail is passed over.
"""

from __future__ import annotations

import fcntl
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db.models import F

from lemniscaat.base.writing import writing
from lemniscaat.people.envelopes import POST
from lemniscaat.people.models import Person

# x.7: the message or the sender was not wanted, x.1.7 and x.1.8: our own address; that says nothing of theirs
_FOR_GOOD = re.compile(r"\b5\.(?!7\.|1\.[78]\b)\d{1,3}\.\d{1,3}\b")
_NOT_THE_ADDRESS = re.compile(r"\b5\.(?:7\.\d{1,3}|1\.[78])\b")
# after a day of 'later': there is no such address or no room in its box. Anything else may be their trouble, or ours
_IN_THE_END = re.compile(r"\b4\.(?:1\.(?![78]\b)|2\.)\d{1,3}\b")
_OURS = re.compile(rf"<{POST}\.[0-9a-f]+@")


@dataclass(frozen=True)
class Report:
    """What a mail that came back tells: the addresses that do not work, and whether it was surely no reminder."""

    addresses: tuple[str, ...]
    surely_post: bool


def refused_for_good(error: SMTPRecipientsRefused) -> bool:
    """Whether a mail server says that the address itself does not work."""
    answers = list(error.recipients.values())
    return bool(answers) and all(
        code >= 500 and not _NOT_THE_ADDRESS.search(_text(said)) for code, said in answers
    )


def refused_in_the_end(error: SMTPRecipientsRefused) -> bool:
    """Whether a mail server that said 'later' at every try said so of the address itself."""
    answers = list(error.recipients.values())
    return bool(answers) and all(_IN_THE_END.search(_text(said)) for _, said in answers)


def read_report(raw: bytes) -> Report:
    """Read a mail; one that is no report of delivery (RFC 3464) names no addresses. Never raises."""
    mail = message_from_bytes(raw, policy=policy.default)
    found, ours = [], False
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            found += list(_addresses(part))
        elif kind in {"text/rfc822-headers", "message/rfc822"}:
            ours = ours or bool(_OURS.search(_inner(part)))
    return Report(tuple(dict.fromkeys(found)), ours)


def for_good(raw: bytes) -> tuple[str, ...]:
    """The addresses that a mail which came back says do not work; none where it may have been a reminder."""
    report = read_report(raw)
    return report.addresses if report.surely_post else ()


def leave(addresses: Iterable[str]) -> None:
    """Lay addresses ready for the process that may write; only addresses, and no moment but that of the file."""
    lines = [json.dumps(address) for address in addresses]
    if lines:
        _left().parent.mkdir(parents=True, exist_ok=True)
        with _left().open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write("".join(f"{line}\n" for line in lines))


def take_left() -> int:
    """Note what was laid ready; returns how many people have an address that does not work."""
    if not _left().exists():
        return 0
    with _left().open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = [line for line in file.read().splitlines() if line.strip()]
        noted = sum(note_bounce(json.loads(line)) for line in lines)
        file.truncate(0)
    return noted


def _left() -> Path:
    return Path(settings.VAR) / "bounced.jsonl"


def note_bounce(address: str) -> bool:
    """Remember that this address does not work; False where nobody has it."""
    with writing():
        return bool(Person.objects.filter(email__iexact=address, is_active=True).update(bounced=F("email")))


def _addresses(part: EmailMessage) -> Iterator[str]:
    """Of each recipient in a report whose mail failed for good: the address it was sent to."""
    for block in part.get_payload() if part.is_multipart() else ():
        action, status = str(block.get("action", "")), str(block.get("status", ""))  # type: ignore[union-attr]  # a block of headers
        if action.strip().lower() != "failed" or not _FOR_GOOD.search(status):
            continue
        # as it was sent; the final one may be what an alias stands for
        named = block.get("original-recipient") or block.get("final-recipient") or ""  # type: ignore[union-attr]  # a block of headers
        address = parseaddr(str(named).partition(";")[2].strip() or str(named))[1]
        if "@" in address:
            yield address.lower()


def _inner(part: EmailMessage) -> str:
    """The headers of the mail that came back, or as much of it as is there."""
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return str(first.get("message-id", "")) if first is not None else ""  # type: ignore[union-attr]  # a message
    raw = part.get_payload(decode=True)
    named = re.search(r"^message-id:\s*(\S+)", _text(raw), re.IGNORECASE | re.MULTILINE)
    return named[1] if named else ""


def _text(said: object) -> str:
    return said.decode("utf-8", errors="replace") if isinstance(said, bytes) else str(said)

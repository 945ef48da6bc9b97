"""Where the demo's mail goes: one line on the console, and a row that a page shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from lemniscaat.base import clock
from lemniscaat.base.writing import writing
from lemniscaat.demo.models import Letter

_LINK = re.compile(r"(https?://\S+)")


class LetterBox(BaseEmailBackend):
    """Keeps a mail instead of sending it; for the demo only."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep these mails; returns how many."""
        with writing():
            for mail in email_messages:
                Letter.objects.create(
                    to=", ".join(mail.to)[:200],
                    subject=mail.subject[:200],
                    body=str(mail.body),
                    day=clock.today(),
                )
                print(f"Post voor {', '.join(mail.to)}: {mail.subject} (te lezen op /demo/post/)", flush=True)
        return len(email_messages)


@dataclass(frozen=True)
class Part:
    """A piece of a mail: words, or a link into the demo itself."""

    text: str
    path: str = ""


def paragraphs(letter: Letter) -> list[list[Part]]:
    """A mail as it can be read on a page; its links lead into this demo, whatever port it runs on."""
    return [
        [Part(piece, _path(piece)) for piece in _LINK.split(text) if piece]
        for text in re.split(r"\n{2,}", letter.body.strip())
    ]


def _path(piece: str) -> str:
    parts = urlsplit(piece) if _LINK.fullmatch(piece) else None
    return (f"{parts.path}?{parts.query}" if parts.query else parts.path) if parts else ""

"""What somebody filled in so far, carried by the page itself: nothing is stored at the server between cards.

The parcel is sealed with the server's key, so that it can be neither read on a shared device nor changed.
"""

import base64
import hashlib
import json
import secrets
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from lemniscaat.instruments.answers import Stored

SCHEMA_VERSION = 1
_NONCE = 12


@dataclass(frozen=True)
class Carry:
    """One unfinished sheet. `segment` is 0 with a personal link, which knows its own; `draft` names a sheet that
    was put aside with a resume code and is to be deleted at submit."""

    round: int
    receipt: str
    role: str = ""
    segment: int = 0
    language: str = "nl"
    draft: int = 0
    answers: Mapping[str, Stored] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def with_answers(self, answers: Mapping[str, Stored]) -> "Carry":
        return replace(self, answers=dict(answers))

    def sealed(self) -> str:
        """This sheet as text for a hidden field."""
        plain = json.dumps(asdict(self), separators=(",", ":"), ensure_ascii=False).encode()
        nonce = secrets.token_bytes(_NONCE)
        return base64.urlsafe_b64encode(nonce + _lock().encrypt(nonce, zlib.compress(plain), None)).decode()


def fresh(*, round_id: int, role: str, segment: int, language: str) -> Carry:
    """An empty sheet with a random number of its own."""
    return Carry(round_id, secrets.token_urlsafe(16), role, segment, language)


def opened(sealed: str) -> Carry | None:
    """The sheet in a hidden field; None when it is not one of ours or was meddled with."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
        plain = zlib.decompress(_lock().decrypt(raw[:_NONCE], raw[_NONCE:], None))
    except (ValueError, InvalidTag, zlib.error):
        return None
    values: dict[str, Any] = json.loads(plain)
    return Carry(**values) if values.get("schema_version") == SCHEMA_VERSION else None


@cache
def _lock() -> AESGCM:
    return AESGCM(hashlib.sha256(b"lemniscaat carry\0" + settings.SECRET_KEY.encode()).digest())

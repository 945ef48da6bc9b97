"""An own picture of an instrument: its bytes, and what it is by its first bytes and not by its word. No drawings
that can hold a script."""

from __future__ import annotations

import binascii
from base64 import b64decode

SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


def picture_bytes(data: object) -> tuple[bytes, str] | None:
    """The bytes and the content type of a base64 text; None where it is no picture we serve."""
    if not isinstance(data, str):
        return None
    # a data address carries its own idea of what it is; only what comes after it counts
    packed = data.partition("base64,")[2] if data.startswith("data:") else data
    try:
        raw = b64decode("".join(packed.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return raw, "image/webp"
    return next(((raw, kind) for start, kind in SIGNATURES if raw.startswith(start)), None)

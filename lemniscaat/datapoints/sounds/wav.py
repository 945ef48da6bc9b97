"""WAV: a row of chunks with a name and a length."""

from __future__ import annotations

_NEEDED = {b"fmt ", b"fact", b"data"}


def only_chunks(data: bytes) -> bytes:
    """The form of the sound and the sound; ValueError without sound."""
    kept, at, names = bytearray(), 12, set()
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        # who records live does not know the length yet: then it is all there is
        body = data[at + 8 : at + 8 + size]
        if name in _NEEDED:
            kept += name + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
            names.add(name)
        at += 8 + size + size % 2
    if not {b"fmt ", b"data"} <= names:
        raise ValueError("no sound")
    return b"RIFF" + (4 + len(kept)).to_bytes(4, "little") + b"WAVE" + bytes(kept)

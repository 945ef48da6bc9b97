"""MP4 and M4A: boxes in boxes. A box that sound does not need becomes free space of the same length."""

from __future__ import annotations

_INTO = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl", b"edts", b"mvex", b"moof", b"traf", b"mfra"}
_NEEDED = _INTO | {
    *(b"ftyp", b"styp", b"mdat", b"sidx", b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"smhd", b"nmhd", b"dref"),
    *(b"elst", b"stsd", b"stts", b"ctts", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"stss", b"sgpd"),
    *(b"sbgp", b"mehd", b"trex", b"mfhd", b"tfhd", b"tfdt", b"trun", b"tfra", b"mfro"),
}
_DATED = {b"mvhd", b"tkhd", b"mdhd"}


def only_boxes(data: bytes) -> bytes:
    """The same boxes, without names, places, moments and tags; ValueError where something else than sound is in it."""
    out = bytearray(data)
    handlers = _walk(out, 0, len(out))
    if not handlers or set(handlers) != {b"soun"}:
        raise ValueError("not only sound")
    return bytes(out)


def _walk(out: bytearray, at: int, end: int) -> list[bytes]:
    """Clean the boxes between two positions; what kinds of track were there."""
    handlers: list[bytes] = []
    while at < end:
        size, head = int.from_bytes(out[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(out[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise ValueError("a box beyond its end")
        handlers += _clean(out, at, at + head, at + size)
        at += size
    return handlers


def _blank_addresses(out: bytearray, at: int, end: int) -> None:
    """Where the sound lies: in this file. The address or path of another stays behind."""
    while at + 12 <= end:
        size = int.from_bytes(out[at : at + 4], "big")
        if size < 12 or at + size > end:
            raise ValueError("an address beyond its end")
        out[at + 12 : at + size] = bytes(size - 12)
        at += size


def _clean(out: bytearray, start: int, body: int, end: int) -> list[bytes]:
    name = bytes(out[start + 4 : start + 8])
    if name not in _NEEDED:
        out[start + 4 : start + 8] = b"free"
        out[body:end] = bytes(end - body)
    elif name in _INTO:
        return _walk(out, body, end)
    elif name in _DATED:
        # made on and changed on: two numbers after the version, long ones in version 1
        long = 16 if out[body] == 1 else 8
        if end - body < 4 + long:
            raise ValueError("a date beyond its end")
        out[body + 4 : body + 4 + long] = bytes(long)
    elif name == b"dref":
        _blank_addresses(out, body + 8, end)
    elif name == b"hdlr":
        # what kind, and after that a name in words
        out[body + 12 : end] = bytes(max(0, end - body - 12))
        return [bytes(out[body + 8 : body + 12])]
    return []

"""WebM: elements in elements. What sound does not need becomes an empty element of the same length."""

from __future__ import annotations

_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER, _GROUP = (
    0x18538067,
    0x1549A966,
    0x1654AE6B,
    0xAE,
    0x1F43B675,
    0xA0,
)
_HEADER, _SEEK, _CUES, _VOID, _BLANKED = 0x1A45DFA3, 0x114D9B74, 0x1C53BB6B, 0xEC, {0x4D80, 0x5741}
_KIND, _PRIVATE, _SOUND = 0x83, 0x63A2, 2
_TOP = 0
_INSIDE: dict[int, set[int]] = {
    _TOP: {_HEADER, _SEGMENT},
    # versions, longest numbers, and which kind of file this is
    _HEADER: {0x4286, 0x42F7, 0x42F2, 0x42F3, 0x4282, 0x4287, 0x4285},
    _SEGMENT: {_SEEK, _INFO, _TRACKS, _CLUSTER, _CUES},
    # how long a tick is, how long it takes, and two names that must be there and are blanked
    _INFO: {0x2AD7B1, 0x4489, *_BLANKED},
    _TRACKS: {_TRACK},
    # number, kind, flags, length of a block, language, codec with its settings, delay, the form of the sound
    _TRACK: {0xD7, 0x73C5, _KIND, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x55EE, 0x22B59C, 0x86, _PRIVATE}
    | {0x56AA, 0x56BB, 0xE1},
    _CLUSTER: {0xE7, 0xA7, 0xAB, 0xA3, _GROUP},
    _GROUP: {0xA1, 0x9B, 0xFB, 0x75A2},
}
_ENDLESS_TOO = {_SEGMENT, _CLUSTER}


def only_elements(data: bytes) -> bytes:
    """The same elements, without titles, dates, programs and tags; ValueError where something else than sound is in it."""
    out = bytearray(data)
    kinds: list[int] = []
    _walk(out, 0, len(out), _TOP, kinds)
    if not kinds or set(kinds) != {_SOUND}:
        raise ValueError("not only sound")
    return bytes(out)


def _walk(out: bytearray, at: int, end: int, parent: int, kinds: list[int]) -> int:
    """Clean the elements of `parent` from here on; where they end. A recording that was made live has parts without a
    length: those end where something begins that stands higher."""
    while at < end:
        name, size_at = _number(out, at, marked=True)
        if parent == _CLUSTER and name in _INSIDE[_SEGMENT]:
            return at
        size, body = _number(out, size_at, marked=False)
        endless = size == (1 << 7 * (body - size_at)) - 1
        if endless and name not in _ENDLESS_TOO:
            raise ValueError("an element without an end")
        stop = end if endless else body + size
        if stop > end and name not in _ENDLESS_TOO:
            raise ValueError("an element beyond its end")
        at = _clean(out, (at, body, min(stop, end)), (name, parent), kinds)
    return at


def _clean(out: bytearray, span: tuple[int, int, int], names: tuple[int, int], kinds: list[int]) -> int:
    """Clean one element, which spans from, its body, to; where the next begins."""
    (start, body, stop), (name, parent) = span, names
    if name not in _INSIDE[parent]:
        _void(out, start, stop)
    elif name in _INSIDE:
        return _walk(out, body, stop, name, kinds)
    elif name in _BLANKED:
        out[body:stop] = bytes(stop - body)
    elif name == _KIND:
        kinds.append(int.from_bytes(out[body:stop], "big"))
    elif name == _PRIVATE and out[body : body + 8] != b"OpusHead":
        # another codec keeps its comments in here
        raise ValueError("not Opus")
    return stop


def _void(out: bytearray, start: int, stop: int) -> None:
    room = stop - start
    head = (
        bytes([_VOID, 0x80 | room - 2]) if room < 129 else bytes([_VOID, 1]) + (room - 9).to_bytes(7, "big")
    )
    out[start:stop] = head.ljust(room, b"\0")


def _number(out: bytearray, at: int, *, marked: bool) -> tuple[int, int]:
    """A number of which the first bits tell the length, with or without those bits; and where it ends."""
    width = 9 - out[at].bit_length()
    if width > 8 or at + width > len(out):
        raise ValueError("not a number")
    value = int.from_bytes(out[at : at + width], "big")
    return (value if marked else value & (1 << 7 * width) - 1), at + width

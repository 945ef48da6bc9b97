"""MP3 and AAC: a row of frames that each tell their own length; tags stand before, between or after them."""

from __future__ import annotations

# kilobits a second by the number in a frame, per (version 1, layer)
_BITRATES = {
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44100, 48000, 32000)
_SLOWER = {3: 1, 2: 2, 0: 4}
_IN_A_ROW = 3
"""So many frames after each other are sound; fewer may be chance, in a tag or a picture."""
_MOST_MISSED = 100_000
_SIGNED = (b"Xing", b"Info", b"VBRI")
"""A first frame without sound, in which the program that made it signs."""


def only_frames(data: bytes) -> bytes:
    """The frames alone; ValueError where there are none."""
    kept, at, missed = bytearray(), _after_tag(data), 0
    while at + 7 <= len(data):
        end = _row(data, at)
        if end:
            kept += data[at:end]
            at = end
        else:
            missed += 1
            following = data.find(b"\xff", at + 1)
            at = following if following > 0 and missed < _MOST_MISSED else len(data)
    if any(mark in kept[:48] for mark in _SIGNED):
        del kept[: _frame(kept[:7])]
    if not kept:
        raise ValueError("no sound")
    return bytes(kept)


def _row(data: bytes, start: int) -> int:
    """Where the row of frames that begins here ends; 0 where none begins."""
    at, count = start, 0
    while (size := _frame(data[at : at + 7])) and at + size <= len(data):
        at, count = at + size, count + 1
    return at if count >= _IN_A_ROW else 0


def _after_tag(data: bytes) -> int:
    """Where the tag at the beginning ends; it may hold a picture with anything in it."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for seven in data[6:10]:
        size = size << 7 | seven & 0x7F
    return 10 + size + (10 if data[5] & 0x10 else 0)


def _frame(head: bytes | bytearray) -> int:
    """The length of the frame with this head; 0 where it is none."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    layer = 4 - (head[1] >> 1 & 3)
    if layer == 4:
        return _aac(head)
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _SLOWER or bits in (0, 15) or rate == 3:
        return 0
    first = version == 3
    speed = _BITRATES[first, layer][bits] * 1000
    beat, padded = _RATES[rate] // _SLOWER[version], head[2] >> 1 & 1
    if layer == 1:
        return (12 * speed // beat + padded) * 4
    return (144 if first or layer == 2 else 72) * speed // beat + padded


def _aac(head: bytes | bytearray) -> int:
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return size if head[1] & 0xF0 == 0xF0 and size >= 7 else 0

"""Ogg with Opus in it: pages with a sum over each; the second packet holds what was said about the sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class _Page:
    """One page: where it begins, where its body begins, where it ends, and its pieces."""

    start: int
    body: int
    end: int
    pieces: bytes


def only_pages(data: bytes) -> bytes:
    """The same pages, with comments, names and pictures blanked; ValueError where it is not one voice in Opus."""
    pages = list(_pages(data))
    # they follow each other without a gap: what comes after the last is no page
    out = bytearray(data[: pages[-1].end if pages else 0])
    if len(pages) < 2 or data[pages[0].body : pages[0].body + 8] != b"OpusHead":
        raise ValueError("not Opus")
    if len({data[page.start + 14 : page.start + 18] for page in pages}) > 1:
        raise ValueError("more than one stream")
    _blank_comments(out, pages[1:])
    return bytes(out)


def _pages(data: bytes) -> Iterator[_Page]:
    at = 0
    while data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        pieces = data[at + 27 : at + 27 + data[at + 26]]
        body = at + 27 + data[at + 26]
        end = body + sum(pieces)
        if end > len(data):
            # the end of what was cut off cannot be heard
            return
        yield _Page(at, body, end, pieces)
        at = end


def _blank_comments(out: bytearray, pages: list[_Page]) -> None:
    """An empty list of comments, and nothing up to the length that it had."""
    empty, at = b"OpusTags" + bytes(8), 0
    if out[pages[0].body : pages[0].body + 8] != b"OpusTags":
        raise ValueError("no comments where they stand")
    for page in pages:
        size = done = 0
        for piece in page.pieces:
            size += piece
            if piece < 255:
                done = 1
                break
        out[page.body : page.body + size] = empty[at : at + size].ljust(size, b"\0")
        at += size
        out[page.start + 22 : page.start + 26] = bytes(4)
        out[page.start + 22 : page.start + 26] = _sum(out[page.start : page.end]).to_bytes(4, "little")
        if done:
            return
    raise ValueError("comments without an end")


def _table() -> list[int]:
    sums = []
    for number in range(256):
        value = number << 24
        for _ in range(8):
            value = value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)
        sums.append(value & 0xFFFFFFFF)
    return sums


_SUMS = _table()


def _sum(page: bytes | bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _SUMS[value >> 24 ^ byte]
    return value

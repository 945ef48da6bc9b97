"""A part of a file that a browser asks for, to play from the middle."""

import re

_PART = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def part_asked(header: str, size: int) -> range | None:
    """The bytes that one Range header asks for of a file of this size; None for the whole of it."""
    found = _PART.fullmatch(header.strip())
    if found is None or not size:
        return None
    first, last = found.groups()
    if not first:
        return range(max(0, size - int(last)), size) if last and int(last) else None
    start, stop = int(first), min(size, int(last) + 1 if last else size)
    return range(start, stop) if start < stop else None

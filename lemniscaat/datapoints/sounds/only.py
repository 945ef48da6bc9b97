"""The door: a recording in, the same recording without anything beside its sound out."""

from __future__ import annotations

from lemniscaat.datapoints.sounds.frames import only_frames
from lemniscaat.datapoints.sounds.mp4 import only_boxes
from lemniscaat.datapoints.sounds.ogg import only_pages
from lemniscaat.datapoints.sounds.wav import only_chunks
from lemniscaat.datapoints.sounds.webm import only_elements

_WAYS = {
    "audio/webm": only_elements,
    "audio/mp4": only_boxes,
    "audio/ogg": only_pages,
    "audio/wav": only_chunks,
    "audio/mpeg": only_frames,
}


def only_sound(data: bytes, content_type: str) -> bytes:
    """The recording without anything beside its sound. ValueError where the two cannot be told apart."""
    if content_type not in _WAYS:
        raise ValueError("no kind of ours")
    try:
        return _WAYS[content_type](data)
    except (IndexError, OverflowError, RecursionError) as cut_short:
        raise ValueError("not a whole recording") from cut_short

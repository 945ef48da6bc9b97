"""A photo keeps its picture and nothing else; a recording is a recording."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lemniscaat.datapoints.attaching import LONGEST_SIDE, UnfitError, sound_of, take_photo, take_voice
from lemniscaat.datapoints.ranges import part_asked
from tests.datapoints.photos import SECRET, WEBM, photo, upload


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_of_a_photo_only_the_picture_stays(kind: str) -> None:
    given_ = photo(kind=kind)
    assert SECRET.encode() in given_
    taken = take_photo(upload(given_))
    image = Image.open(BytesIO(taken.data))
    assert (image.format, max(image.size), taken.content_type) == ("JPEG", LONGEST_SIDE, "image/jpeg")
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)
    for marker in (SECRET.encode(), b"Exif", b"http://ns.adobe.com", b"\xff\xfe"):
        assert marker not in taken.data[:2000], marker


def test_a_photo_on_its_side_is_put_upright() -> None:
    image, out = Image.new("RGB", (40, 20), "white"), BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    assert Image.open(BytesIO(take_photo(upload(out.getvalue())).data)).size == (20, 40)


def _png_that_says(width: int, height: int) -> bytes:
    """A small file that unpacks into a large picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\x00" * 1000)), (b"IEND", b"")]
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        photo()[:900],
        _png_that_says(6000, 5000),
        _png_that_says(60000, 60000),
        b"\xff\xd8\xff" + b"x" * 12_000_001,
    ],
    ids=["empty", "gif", "head", "svg", "pdf", "cut", "large", "bomb", "bytes"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(UnfitError, match="Kies"):
        take_photo(upload(data))


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF....WEBP", b"GIF89a"]),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_it(data: bytes, head: bytes) -> None:
    """Anything is either a photo of ours or refused in words."""
    try:
        taken = take_photo(upload(head + data))
    except UnfitError:
        return
    assert Image.open(BytesIO(taken.data)).format == "JPEG"


@pytest.mark.parametrize(
    ("data", "sort"),
    [
        (WEBM, "audio/webm"),
        (b"OggS" + b"\x00" * 40, "audio/ogg"),
        (b"\x00\x00\x00\x20ftypM4A " + b"\x00" * 40, "audio/mp4"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"ID3\x04" + b"\x00" * 20, "audio/mpeg"),
        (b"\xff\xfb\x90" + b"\x00" * 20, "audio/mpeg"),
        (b"RIFF\x24\x00\x00\x00WEBP", ""),
        (b"\xff\xd8\xff\xe0", ""),
        (b"<html>", ""),
        (b"", ""),
        (WEBM + b"V_VP8" + b"\x00" * 20, ""),
        (b"\x00\x00\x00\x20ftypisom" + b"hdlr" + b"\x00" * 8 + b"vide", ""),
    ],
)
def test_a_recording_is_known_by_what_it_begins_with(data: bytes, sort: str) -> None:
    assert sound_of(data) == sort
    if not sort:
        with pytest.raises(UnfitError):
            take_voice(upload(data))


def test_a_recording_of_an_hour_is_too_long() -> None:
    with pytest.raises(UnfitError, match="kortere opname"):
        take_voice(upload(WEBM + b"\x00" * 8_000_000))


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-3", (0, 4)),
        ("bytes=4-", (4, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=8-99", (8, 10)),
        ("bytes=-99", (0, 10)),
        ("", None),
        ("bytes=10-", None),
        ("bytes=5-2", None),
        ("bytes=-", None),
        ("bytes=-0", None),
        ("bytes=0-1,3-4", None),
        ("items=0-1", None),
    ],
)
def test_a_part_of_a_file(header: str, part: tuple[int, int] | None) -> None:
    found = part_asked(header, 10)
    assert (found and (found.start, found.stop)) == part


def test_of_nothing_there_is_no_part() -> None:
    assert part_asked("bytes=0-3", 0) is None

"""Of a recording only the sound stays. The files are real ones, made by common programs, with tags in every place they know."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lemniscaat.datapoints.attaching import UnfitError, sound_of, take_voice
from lemniscaat.datapoints.sounds.ogg import _sum
from lemniscaat.datapoints.sounds.only import only_sound
from tests.datapoints.photos import VOICES, upload

FILES = sorted(path.name for path in VOICES.iterdir())
TOLD = re.compile(rb"Geheim|Dordrecht|2025|TAG|Lavf|ID3|LIST|INFO|udta|SoundHandler|location", re.IGNORECASE)
IN_PLACE = {"audio/webm", "audio/mp4", "audio/ogg"}


@pytest.mark.parametrize("name", FILES)
def test_what_the_phone_wrote_beside_it_is_gone(name: str) -> None:
    came = (VOICES / name).read_bytes()
    assert b"Geheim" in came
    taken = take_voice(upload(came, name))
    assert taken.content_type == sound_of(came) == sound_of(taken.data)
    left = {found for found in TOLD.findall(taken.data) if found != b"Tag"}
    # the empty list of comments of Opus keeps its name
    assert left <= ({b"Tag"} if name != "opus.ogg" else {b"Tag", b"TAG"}), left
    if taken.content_type in IN_PLACE:
        assert len(taken.data) == len(came)
    # taken out once is taken out
    assert only_sound(taken.data, taken.content_type) == taken.data


@pytest.mark.parametrize("name", FILES)
def test_what_is_heard_stays_as_it_was(name: str) -> None:
    """Every kind has its own mark of sound; the longest piece without a tag is found again, byte for byte."""
    came = (VOICES / name).read_bytes()
    kept = only_sound(came, sound_of(came))
    middle = came[len(came) // 2 : len(came) // 2 + 200]
    assert middle in kept


def test_pages_keep_a_right_sum() -> None:
    data = only_sound((VOICES / "opus.ogg").read_bytes(), "audio/ogg")
    at = pages = 0
    while at < len(data):
        end = at + 27 + data[at + 26]
        end += sum(data[at + 27 : end])
        page = bytearray(data[at:end])
        told, page[22:26] = page[22:26], bytes(4)
        assert int.from_bytes(told, "little") == _sum(page)
        at, pages = end, pages + 1
    assert pages >= 3


def test_something_else_than_sound_beside_it_is_refused() -> None:
    """A track of words or places cannot be told apart from the sound once it lies in the same heap."""
    webm, mp4 = (VOICES / "opus.webm").read_bytes(), (VOICES / "aac.m4a").read_bytes()
    for data in (webm.replace(b"\x83\x81\x02", b"\x83\x81\x11"), mp4.replace(b"soun", b"meta")):
        with pytest.raises(UnfitError, match="opnieuw op"):
            take_voice(upload(data))


def test_after_the_sound_nothing_follows() -> None:
    for name in ("opus.ogg", "lame.mp3", "plain.aac", "pcm.wav"):
        came = (VOICES / name).read_bytes()
        sort = sound_of(came)
        assert only_sound(came + b"Geheim achteraan" * 9, sort) == only_sound(came, sort)


@given(st.sampled_from(FILES), st.data())
@settings(max_examples=200, deadline=None)
def test_no_broken_file_breaks_it(name: str, data: st.DataObject) -> None:
    came = bytearray((VOICES / name).read_bytes())
    for _n in range(data.draw(st.integers(1, 6))):
        came[data.draw(st.integers(0, len(came) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(came[: data.draw(st.integers(0, len(came)))])
    try:
        take_voice(upload(cut))
    except UnfitError:
        return

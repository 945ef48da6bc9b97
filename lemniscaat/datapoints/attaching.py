"""A photo or a voice with a note: what is in the file counts, and of a photo only the picture is kept, of a voice only the sound."""

from __future__ import annotations

import re
import secrets
import warnings
from dataclasses import dataclass
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from lemniscaat.datapoints.models import AttachmentKind
from lemniscaat.datapoints.sounds.only import only_sound

LONGEST_SIDE = 1600
MOST_PHOTO_BYTES = 12_000_000
MOST_VOICE_BYTES = 8_000_000
MOST_PIXELS = 24_000_000
# a JPEG is read at a fraction of its size, so that a large one asks no more memory
MOST_JPEG_PIXELS = 110_000_000
PICTURES = ("JPEG", "PNG", "WEBP", "GIF")
_VIDEO = re.compile(rb"hdlr.{8}vide|V_VP[89]|V_AV1|V_MPEG|V_THEORA|\x80theora", re.DOTALL)


class UnfitError(ValueError):
    """This file is not taken in; the message is a sentence for whoever chose it."""


@dataclass(frozen=True)
class Taken:
    """A file that was taken in; `slug` is its unguessable name in an address."""

    kind: str
    slug: str
    content_type: str
    data: bytes


def take_photo(upload: UploadedFile[bytes]) -> Taken:
    """The picture in this file as a JPEG of at most 1600 pixels, and nothing else that was in it.

    No place, camera, moment, comment, profile or small preview comes along. UnfitError where there is no picture.
    """
    data = _read(upload, MOST_PHOTO_BYTES)
    # the library that makes PDFs sets this for the whole process: half a photo would pass for one
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # the header tells the size before anything is unpacked; the bound is ours, below
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            small = _drawn_anew(data)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise UnfitError(_("Dit konden we niet lezen als foto. Kies een foto als JPG of PNG.")) from fault
    out = BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return Taken(AttachmentKind.PHOTO, secrets.token_hex(16), "image/jpeg", out.getvalue())


def take_voice(upload: UploadedFile[bytes]) -> Taken:
    """The sound of a recording, without what the device wrote beside it. UnfitError for anything else, a film too."""
    data = _read(upload, MOST_VOICE_BYTES)
    content_type = sound_of(data)
    try:
        sound = only_sound(data, content_type)
    except ValueError as fault:
        raise UnfitError(
            _("Dit is geen geluid dat we kennen. Neem het opnieuw op, of kies een mp3, m4a of wav.")
        ) from fault
    return Taken(AttachmentKind.VOICE, secrets.token_hex(16), content_type, sound)


def sound_of(data: bytes) -> str:
    """The content type of a recording by what it begins with; empty for what is none, or has a film in it."""
    head = data[:16]
    found = ""
    if head.startswith(b"\x1aE\xdf\xa3"):
        found = "audio/webm"
    elif head.startswith(b"OggS"):
        found = "audio/ogg"
    elif head[4:8] == b"ftyp":
        found = "audio/mp4"
    elif head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        found = "audio/wav"
    elif head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0):
        found = "audio/mpeg"
    film = found in {"audio/webm", "audio/ogg", "audio/mp4"} and _VIDEO.search(data)
    return "" if film else found


def _drawn_anew(data: bytes) -> Image.Image:
    """The pixels on a fresh sheet, upright: what hung on the file stays behind."""
    with Image.open(BytesIO(data), formats=PICTURES) as image:
        jpeg = image.format in {"JPEG", "MPO"}
        if image.width * image.height > (MOST_JPEG_PIXELS if jpeg else MOST_PIXELS):
            raise ValueError("too many pixels")
        if jpeg:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = Image.new("RGB", upright.size, "white")
    fresh.paste(upright, mask=upright.getchannel("A"))
    return fresh


def _read(upload: UploadedFile[bytes], most: int) -> bytes:
    data = upload.read(most + 1) if (upload.size or 0) <= most else b""
    if not data or len(data) > most:
        raise UnfitError(_("Dit bestand is te groot. Kies een kleiner bestand, of een kortere opname."))
    return data
